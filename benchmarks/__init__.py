"""Measures, each as a ratio within one run; nothing here is a test, for machines differ."""
