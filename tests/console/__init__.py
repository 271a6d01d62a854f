"""The desk, asked as a browser asks it."""
