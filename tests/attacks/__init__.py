"""Attacks and faults at full size: `make assure` runs them, and judges what takes time."""
