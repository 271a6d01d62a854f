"""A Bot API server for tests."""
