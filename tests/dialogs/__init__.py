"""What is said, in which order: proved without a database, a clock or a wire."""
