"""A day at an invented house, to be looked at: what is in it happened to nobody."""
