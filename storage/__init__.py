"""What is remembered. Knows the nouns of a conversation, and nothing of how people reach it."""
