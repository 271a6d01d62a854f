"""What can happen in a story: each says by whom, and how long after what came before it."""

from __future__ import annotations

from dialogs.frozen import Frozen


class Presses(Frozen):
    """The person presses buttons, each by its data; what begins with “>” is typed."""

    after_min: int
    buttons: tuple[str, ...]


class Says(Frozen):
    """The person types something."""

    after_min: int
    words: str


class Blocks(Frozen):
    """The person blocks the bot, so that nothing arrives any more."""

    after_min: int


class Does(Frozen):
    """A colleague sends a form of the desk, as its page would; `what` is the end of its address."""

    after_min: int
    who: str
    what: str
    fields: tuple[tuple[str, str], ...] = ()


Happening = Presses | Says | Blocks | Does


class Story(Frozen):
    """What happened with one person, in order; it began so many hours ago."""

    hours_ago: float
    door: str
    language: str
    happenings: tuple[Happening, ...]


def claims(after_min: int, who: str) -> Does:
    """Pick a request up."""
    return Does(after_min, who, "claim", (("knows", "no"),))


def answers(after_min: int, who: str, words: str) -> Does:
    """Write to the person."""
    return Does(after_min, who, "write", (("kind", "answer"), ("words", words)))


def notes(after_min: int, who: str, words: str) -> Does:
    """Leave a note for colleagues."""
    return Does(after_min, who, "write", (("kind", "note"), ("words", words)))


def closes(after_min: int, who: str, outcome: str, words: str) -> Does:
    """Close a request, with last words and how it ended."""
    return Does(after_min, who, "close", (("outcome", outcome), ("words", words)))


def rests(after_min: int, who: str, words: str) -> Does:
    """Let a request rest until a day; the day is filled in when it is played."""
    return Does(after_min, who, "snooze", (("until", "in three days"), ("words", words)))


def offers(after_min: int, who: str, to: str, words: str) -> Does:
    """Ask a colleague to take a request over."""
    return Does(after_min, who, "transfer", (("to", to), ("words", words)))


def steps(after_min: int, who: str, before: str, to: str, words: str = "") -> Does:
    """Bring a complaint a step further."""
    return Does(after_min, who, "advance", (("before", before), ("to", to), ("words", words)))
