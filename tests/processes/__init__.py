"""The commands as an operator runs them: processes of their own, started, stopped and killed."""
