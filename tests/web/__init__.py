"""The chat page over HTTP, as a browser without scripts and as htmx would ask for it."""
