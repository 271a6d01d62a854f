"""What is said, in which order. Pure: the standard library and nothing else."""
