"""The chat page: the conversation in a browser, with and without scripts.

It reads what a person did, lets the conductor answer, and draws what the session says. It keeps
nothing of its own.
"""
