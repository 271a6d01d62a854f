"""Who works at the invented house, and by what everybody may sign in there."""

from __future__ import annotations

from typing import Final

from dialogs.frozen import Frozen
from storage.staff_values import StaffRole

PASSPHRASE: Final = "een demo waar niets echt van is"
# Known to everybody who reads this: it guards a house that exists for as long as it is looked at.
SECRET: Final = "DEMODEMODEMODEMODEMODEMODEMODEMO"

EVERY_QUEUE: Final = ("intake", "administration", "mentoring")


class DemoColleague(Frozen):
    """Somebody who works there; `key` is how the stories name them."""

    key: str
    name: str
    roles: frozenset[StaffRole]
    queues: tuple[str, ...]
    language: str = "nl"

    @property
    def email(self) -> str:
        """Give the address to sign in with."""
        return f"{self.key}@demo.example"


COLLEAGUES: Final = (
    DemoColleague(
        "noor", "Noor Demo", frozenset({StaffRole.COLLEAGUE}), ("intake", "administration")
    ),
    DemoColleague("bas", "Bas Demo", frozenset({StaffRole.MEDIATOR}), ("intake",)),
    DemoColleague("els", "Els Demo", frozenset({StaffRole.COORDINATOR}), EVERY_QUEUE),
    DemoColleague(
        "wim", "Wim Demo", frozenset({StaffRole.SECRETARY, StaffRole.COMMITTEE}), EVERY_QUEUE
    ),
    DemoColleague(
        "ada", "Ada Demo", frozenset({StaffRole.DIRECTOR, StaffRole.READER}), EVERY_QUEUE, "en"
    ),
    DemoColleague("kim", "Kim Demo", frozenset({StaffRole.ADMIN, StaffRole.PRIVACY}), EVERY_QUEUE),
)
