"""The Telegram door: updates become envelopes, worded screens become messages.

The library's own receivers stay unused: they acknowledge from memory, and what they had taken is
lost when the process dies.
"""
