"""How it reaches people. All input and output is here."""
