"""What a door hands to the conductor, and what it gets back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import get_args
from uuid import UUID

from msgspec import to_builtins
from msgspec.json import Decoder, decode
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.events import Act, Event
from dialogs.frozen import Frozen, Hidden
from dialogs.screens import Button, Line, Screen
from dialogs.values import Service, Session
from storage.doors import Door
from storage.written import text_of

ACTS: dict[str, Callable[..., Event]] = {each.__name__: each for each in get_args(Act)}

First = Callable[[AsyncSession], Awaitable[None]]


class Sender(Frozen):
    """Somebody at a door; the address is how the door knows them again, the language is a hint."""

    door: Door
    address: Hidden[str]
    language: str = "nl"

    def __eq__(self, other: object) -> bool:
        """Know somebody again, in whichever language."""
        return isinstance(other, Sender) and (
            (self.door, self.address) == (other.door, other.address)
        )

    def __hash__(self) -> int:
        """Be the same as whoever is equal."""
        return hash((self.door, self.address))


class Envelope(Frozen):
    """One event, from a person or about a person (then their id stands in for the sender).

    `key` is made from the event's own number, so that what is heard twice is done once. `first` is
    what a member of staff does to the request, in the same transaction and before the turn; when it
    raises, nothing happened. `message_id` names the words that a letter about this event delivers.
    What was `pressed` is a button of a screen, which may change where it stands. What is played
    `again` was set aside before: when it fails once more, whoever plays it is told. A `message` has
    a number by which it stands in a chat that others keep too, until it is taken out.
    """

    sender: Sender | UUID
    key: str
    event: Event
    first: First | None = None
    message_id: UUID | None = None
    pressed: bool = False
    again: bool = False
    message: int | None = None


class Outcome(Frozen):
    """What came of an envelope; no screen means that nothing needs to be said."""

    screen: Screen | None
    session: Session
    heard_before: bool = False


class Chat(Frozen):
    """Where messages stand, and how somebody is spoken with there."""

    address: Hidden[str]
    language: str
    service: Service

    def text(self) -> str:
        """Write it as text, to be sealed."""
        return text_of([self.address, self.language, self.service])


def read_chat(text: str) -> Chat:
    """Read where messages stand; raise ValueError when it says nothing of it."""
    address, language, service = decode(text)
    return Chat(address, language, Service(service))


class Brought(Frozen):
    """A letter in a chat: which message is the screen from now on, or none, and which are new."""

    screen_message: int | None
    new: tuple[int, ...] = ()


class LetterBody(Frozen):
    """A screen on its way: to which address, in which language, in the place of the last or not."""

    address: Hidden[str]
    language: str
    service: Service
    screen: Screen
    replaces: bool

    def text(self) -> str:
        """Write the letter as text, to be sealed."""
        screen = self.screen
        return text_of(
            Posted(
                self.address,
                self.language,
                self.service,
                self.replaces,
                screen.lasting,
                screen.takes_words,
                screen.lines,
                screen.buttons,
                screen.fixed,
            )
        )


class Posted(Frozen):
    """A letter as it lies in the outbox."""

    address: Hidden[str]
    language: str
    service: Service
    replaces: bool
    lasting: bool
    takes_words: bool
    lines: tuple[Line, ...]
    buttons: tuple[Button, ...]
    fixed: tuple[Button, ...]


LETTERS = Decoder(Posted)


def write_envelope(envelope: Envelope, sender: Sender) -> str:
    """Write what somebody did as text, to be sealed and set aside."""
    event = {"event": type(envelope.event).__name__, **to_builtins(envelope.event)}
    return text_of({**event, "from": to_builtins(sender), "pressed": envelope.pressed})


def read_envelope(text: str, key: str) -> Envelope:
    """Read back what somebody did; raise LookupError, TypeError or ValueError when it is none."""
    found = decode(text)
    sender = found.pop("from")
    act, pressed = ACTS[found.pop("event")], found.pop("pressed", False)
    door = Door(sender.pop("door"))
    return Envelope(Sender(door, **sender), key, act(**found), pressed=pressed)


def read_letter(text: str) -> LetterBody:
    """Read a letter back; raise ValueError when it is none."""
    it = LETTERS.decode(text)
    screen = Screen(it.lines, it.buttons, it.fixed, it.lasting, it.takes_words)
    return LetterBody(it.address, it.language, it.service, screen, it.replaces)
