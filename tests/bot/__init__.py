"""How it reaches people: turns on real databases, letters on a real road."""
