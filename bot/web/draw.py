"""A session becomes what the chat page shows: bubbles, choices, and what is always possible.

Everything comes from the session and the words both ways, so a page can be drawn again at any time.
"""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_time

from bot.house import House
from bot.web.links import Links, Part
from bot.web.visitors import Visitor
from bot.wording import Label
from dialogs.frozen import Frozen, Hidden
from dialogs.screens import Button, Line, Screen
from dialogs.turn import show
from dialogs.typed import LISTENING
from dialogs.values import Session
from storage.messages import Author, Message

SIDE_BY_SIDE = {"yes", "no"}
# They lead on or back without an answer; all choices weigh the same, these only stand together.
WITHOUT_ANSWER = {"skip", "enough", "previous", "back"}
# Pages of our own that a text may lead to.
OURS = ("copies", "privacy")
# More paragraphs than this are one text, not a series of remarks.
FEW = 3


class Bubble(Frozen):
    """Something the program says; the id stays the same as long as it says the same thing."""

    id: str
    paragraphs: Hidden[tuple[tuple[Part, ...], ...]]


class Choice(Frozen):
    """A button of the screen, and how it stands beside the others."""

    data: str
    text: str
    shape: str


class Said(Frozen):
    """Words of one of two people; one's own have no name."""

    number: int
    own: bool
    name: str | None
    at: str
    time: str
    words: Hidden[str]


def picture(
    house: House, session: Session, visitor: Visitor | None, screen: Screen | None = None
) -> dict[str, object]:
    """Draw a session, or another screen, as the values of the template."""
    screen, wording = screen or show(session), house.wording
    language, service = session.language, session.service
    ours = {each: wording.text(language, service, f"page.open_{each}") or "" for each in OURS}
    links = Links(house.organisation, house.settings.address, ours)
    worded = wording.screen(language, service, screen, reveal=True)
    version = 0 if visitor is None else visitor.version
    danger = wording.text(language, service, "page.danger")
    leaving = wording.text(language, service, "page.leaving") if session.is_with_staff else None
    zone = house.settings.timezone
    away = wording.text(language, service, "page.letterbox") or ""
    return {
        "thread": [] if visitor is None else _thread(visitor.thread, language, zone, away),
        "bubbles": [
            Bubble(f"{session.place}-{version}-{number}", tuple(map(links.parts, paragraphs)))
            for number, paragraphs in enumerate(_grouped(worded.paragraphs, session.remark))
        ],
        "choices": _choices(screen.buttons, worded.buttons),
        "fixed": worded.fixed,
        "takes_words": screen.takes_words or session.is_with_staff or session.place in LISTENING,
        "danger": links.parts(danger) if danger else (),
        "leaving": links.parts(leaving) if leaving else (),
        "organisation": house.organisation.name,
        "exit_address": house.organisation.exit_address,
    }


def problem(house: House, session: Session, lines: Iterable[Line]) -> str:
    """Word lines that belong to no screen of the session."""
    worded = (
        house.wording.line(session.language, session.service, line, reveal=True) for line in lines
    )
    return " ".join(each for each in worded if each)


def _grouped(paragraphs: tuple[str, ...], remark: str | None) -> list[tuple[str, ...]]:
    """Put a longer text into one bubble; a remark about what was just done stands before it."""
    apart = 1 if remark else 0
    first, rest = paragraphs[:apart], paragraphs[apart:]
    return [*zip(first), *([rest] if len(rest) > FEW else zip(rest))]


def _choices(buttons: tuple[Button, ...], labels: tuple[Label, ...]) -> list[Choice]:
    options = {button.option for button in buttons}
    return [
        Choice(label.data, label.text, _shape(label.data.partition(":")[2], options))
        for label in labels
    ]


def _shape(option: str, options: set[str]) -> str:
    if option in SIDE_BY_SIDE and options >= SIDE_BY_SIDE:
        return "half"
    return "aside" if option in WITHOUT_ANSWER else "whole"


def _thread(messages: Iterable[Message], language: str, zone: ZoneInfo, away: str) -> list[Said]:
    """Word what was said; what is in a letterbox does not open here, and `away` says so."""
    said, day = [], None
    for message in messages:
        local = message.at.astimezone(zone)
        # The day is told once, with the first words of it.
        time = (
            format_time(local, "short", tzinfo=zone, locale=language)
            if local.date() == day
            else format_datetime(local, "d MMM HH:mm", tzinfo=zone, locale=language)
        )
        day, own = local.date(), message.author is Author.PERSON
        name = None if own else message.staff_name
        at = local.isoformat(timespec="minutes")
        said.append(
            Said(message.seq, own, name, at, time, away if message.letter else message.words)
        )
    return said
