"""The pages in a real browser, as a person with a mouse, a keyboard or a small phone meets them."""
