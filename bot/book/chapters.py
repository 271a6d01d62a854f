"""The script as chapters: every screen a role can come to, in the order in which it is met.

What reads the same for an earlier role is not repeated; every sentence stands in the book once at
least, also one that is hidden now because a fact is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from bot.wording import Wording
from dialogs.cards import CARDS
from dialogs.events import Chose, Event, Started
from dialogs.graph import NEWCOMER, Graph, Situation, ids_of, situation, walked, whole
from dialogs.screens import Line, Screen
from dialogs.steps import MENU
from dialogs.turn import STEPS, show, turn
from dialogs.values import Place, Role, Session, Topic
from dialogs.welcome import label_of

REMARKS = (".problem", ".respected")
PLACES = {str(place) for place in STEPS}
CHOICES = tuple(Place(Topic.WELCOME, step) for step in ("role", "other_role"))


@dataclass(frozen=True, slots=True)
class Way:
    """A button in words, and the place it leads to."""

    option: str
    label: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Page:
    """One place in words. `now_and_then` are sentences that only stand there in some situations."""

    place: str
    paragraphs: tuple[str, ...]
    now_and_then: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    sources: tuple[str, ...] = ()
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one role meets; `as_before` are places that read as in an earlier chapter."""

    title: str
    pages: tuple[Page, ...]
    as_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A card in the words of both sides, to be read beside each other, and how far they differ."""

    title: str
    sides: tuple[str, ...]
    longer_by: int


@dataclass(frozen=True, slots=True)
class Book:
    """The script of a language."""

    language: str
    chapters: tuple[Chapter, ...]
    pairs: tuple[Pair, ...]


def read_book(wording: Wording, language: str) -> Book:
    """Read the whole script of a language."""
    reader = Reader(wording, language)
    everything = whole()
    last = (
        Chapter(reader.say("book.letters"), tuple(reader.letters(everything))),
        Chapter(reader.say("book.others"), tuple(reader.others(everything.ids))),
    )
    pairs = tuple(reader.pair(card.place) for card in CARDS if card.mirrored)
    return Book(language, (*by_role(reader), *last), pairs)


def by_role(reader: Reader) -> Iterator[Chapter]:
    """Read what everybody meets first, and then what each role meets."""
    written: set[Page] = set()
    for role in (None, *Role):
        graph = walk_of(role)
        pages = [reader.page(place, graph) for place in dict.fromkeys(places_of(graph))]
        title = reader.say("book.first") if role is None else reader.text(label_of(role))
        new = tuple(page for page in pages if page not in written)
        yield Chapter(title, new, tuple(page.place for page in pages if page in written))
        written |= set(new)


@cache
def walk_of(role: Role | None) -> Graph:
    """Walk what somebody can do who has one role, or none yet; another role is another chapter."""
    others = [each for each in Role if each is not role]
    choosing: list[Event] = [Chose(str(place), each) for place in CHOICES for each in others]
    first = NEWCOMER if role is None else replace(NEWCOMER, role=role, place=MENU)
    return walked(first, [*choosing, *map(Started, others)], closely)


def closely(session: Session) -> Situation:
    """Tell roles apart too, or a choice that is left out would leave nobody behind."""
    return (*situation(session), session.role)


def places_of(graph: Graph) -> Iterator[Place]:
    """List the places in the order in which they are met."""
    return (session.place for session in graph.sessions.values())


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads every screen in one language."""

    wording: Wording
    language: str

    def page(self, place: Place, graph: Graph) -> Page:
        """Read one place in every situation it is met in."""
        sessions = [each for each in graph.sessions.values() if each.place == place]
        first = sessions[0]
        always = show(first).lines
        sometimes = dict.fromkeys(
            line for session in sessions[1:] for line in show(session).lines if line not in always
        )
        shown = {id for line in (*always, *sometimes) for id in ids_of(line)}
        ways = tuple(self.ways(sessions))
        labels = {button.label for session in sessions for button in show(session).buttons}
        rest = sorted(id for id in graph.ids - shown - labels if id.startswith(f"{place}."))
        card = next((each for each in CARDS if each.place == place), None)
        return Page(
            str(place),
            tuple(self.lines(first, always)),
            (*self.lines(first, sometimes), *map(self.template, rest)),
            ways,
            () if card is None else card.sources,
            "" if card is None else card.checked.isoformat(),
        )

    def ways(self, sessions: Iterable[Session]) -> Iterator[Way]:
        """Read the buttons of a place, and where each leads."""
        seen = set()
        for session in sessions:
            for button in show(session).buttons:
                if button.option not in seen:
                    seen.add(button.option)
                    after = turn(session, Chose(button.place, button.option)).session
                    yield Way(button.option, self.text(button.label, session), str(after.place))

    def letters(self, graph: Graph) -> Iterator[Page]:
        """Read what is sent without being asked for."""
        seen: dict[Screen, Page] = {}
        for arrow in sorted(graph.arrows, key=lambda each: (each.name, str(each.start))):
            before = graph.sessions[arrow.start]
            after = turn(before, arrow.event)
            screen = after.screen
            if screen is not None and screen not in {show(after.session), *seen}:
                seen[screen] = Page(arrow.name, tuple(self.lines(before, screen.lines)))
        return iter(seen.values())

    def others(self, ids: Iterable[str]) -> Iterator[Page]:
        """Read what may stand above any screen, such as what was not understood."""
        for id in sorted(ids):
            if id.rpartition(".")[0] not in PLACES or id.endswith(REMARKS):
                yield Page(id, (self.template(id),))

    def lines(self, session: Session, lines: Iterable[Line]) -> Iterator[str]:
        """Read lines; one that is hidden because a fact is not known stands in square brackets."""
        for line in lines:
            worded = self.wording.line(self.language, session.service, line, reveal=True)
            yield worded or "[" + " / ".join(map(self.template, ids_of(line))) + "]"

    def pair(self, place: Place) -> Pair:
        """Read a mirrored card for both sides."""
        sides = tuple(self.template(f"{place}.{side}") for side in ("harmed", "responsible"))
        shortest, longest = sorted(map(len, sides))
        return Pair(self.template(f"{place}.title"), sides, round(100 * (longest / shortest - 1)))

    def text(self, id: str, session: Session = NEWCOMER) -> str:
        """Read one text."""
        return self.wording.text(self.language, session.service, id) or self.template(id)

    def template(self, id: str) -> str:
        """Read a text with the names of its facts in their places."""
        return self.wording.template(self.language, id)

    def say(self, id: str) -> str:
        """Read a word of the book itself."""
        return self.wording.staff(self.language, id)
