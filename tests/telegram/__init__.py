"""The Telegram door, from a wire to a conductor and back."""
