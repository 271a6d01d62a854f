"""The doors through which people reach us, as far as storage must tell them apart."""

from __future__ import annotations

from enum import StrEnum


class Door(StrEnum):
    """How a person reaches us, and how words reach the person."""

    TELEGRAM = "telegram"
    WEB = "web"
    TERMINAL = "terminal"

    @property
    def is_fetched(self) -> bool:
        """Say whether people come for their words here, so that no letter is brought to them."""
        return self is not Door.TELEGRAM
