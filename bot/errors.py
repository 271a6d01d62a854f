"""What can go wrong between us and a door; an error's docstring is its message.

None of them holds an address, a token or a word that somebody wrote, so all of them may be logged.
"""

from __future__ import annotations


class DoorError(Exception):
    """Something went wrong at a door.

    `left` are messages of a letter that stand in the chat although not all of it arrived.
    """

    left: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Give the docstring's first line."""
        return str(self.__doc__).partition("\n")[0]


class Undelivered(DoorError):
    """A letter did not arrive.

    `permanent`: trying again cannot help. `closes_way`: nothing else will arrive there either,
    until the person writes to us again; `is_gone`: for the chat is not there any more.
    """

    def __init__(self, *, permanent: bool, closes_way: bool = False, is_gone: bool = False) -> None:
        """Say all that whoever carries letters must know."""
        super().__init__()
        self.permanent = permanent
        self.closes_way = closes_way
        self.is_gone = is_gone


class Later(DoorError):
    """The door asks us to wait before the next letter to anybody."""

    def __init__(self, seconds: float) -> None:
        """Say for how many seconds."""
        super().__init__()
        self.seconds = seconds


class TokenRefused(DoorError):
    """Telegram refuses BOT_TOKEN: get a new one from @BotFather; meanwhile letters wait."""


class SetUpRefused(DoorError):
    """Telegram refuses PUBLIC_URL: it takes https, on port 443, 80, 88 or 8443."""
