"""The script as chapters: every screen a role can come to, by subject, in the order of the steps.

What reads the same for an earlier role is not repeated; every sentence of the catalog stands in the
book once at least, also one that is hidden now because a fact is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeVar

from bot.wording import Wording
from dialogs.asking import AskedByStaff
from dialogs.cards import CARDS
from dialogs.consent import AskConsent
from dialogs.events import Chose, Event, Started
from dialogs.frozen import Frozen, replace
from dialogs.graph import NEWCOMER, Graph, Situation, ids_of, situation, walked, whole
from dialogs.letters import OPENING
from dialogs.screens import Button, Line, Screen
from dialogs.steps import MENU
from dialogs.turn import STEPS, show, turn
from dialogs.values import Place, Role, Session, Topic
from dialogs.warning import AskToWarn
from dialogs.welcome import label_of

T = TypeVar("T")
BACK = "everywhere.back"
CHOICES = tuple(Place(Topic.WELCOME, step) for step in ("role", "other_role"))


class Said(Frozen):
    """One text and its address; not `always` is what only stands there in some situations."""

    id: str
    text: str
    always: bool = True


class Way(Frozen):
    """A button in words, and the place it leads to; empty where it leads back."""

    label: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Page:
    """One place in words. `ids` are the addresses of all its words, also those on buttons."""

    place: str
    said: tuple[Said, ...]
    ways: tuple[Way, ...] = ()
    sources: tuple[str, ...] = ()
    checked: str = ""
    version: str = ""
    ids: frozenset[str] = field(default=frozenset(), compare=False)


class Part(Frozen):
    """The pages about one subject."""

    title: str
    pages: tuple[Page, ...]


class Chapter(Frozen):
    """What one role meets; `as_before` are places that read as in an earlier chapter."""

    title: str
    parts: tuple[Part, ...]
    as_before: tuple[str, ...] = ()


class Pair(Frozen):
    """A card in the words of both sides, to be read beside each other, and how far they differ."""

    title: str
    sides: tuple[str, ...]
    longer_by: int


class Book(Frozen):
    """The script of a language, as it was on one day."""

    language: str
    day: date
    chapters: tuple[Chapter, ...]
    pairs: tuple[Pair, ...]


def read_book(wording: Wording, language: str, day: date) -> Book:
    """Read the whole script of a language."""
    reader = Reader(wording, language)
    roles = tuple(by_role(reader))
    letters = Chapter(reader.say("book.letters"), (Part("", tuple(reader.letters())),))
    pages = [page for each in (*roles, letters) for part in each.parts for page in part.pages]
    told = frozenset().union(*(page.ids for page in pages))
    others = Chapter(reader.say("book.others"), tuple(reader.others(told)))
    pairs = tuple(reader.pair(card.place) for card in CARDS if card.mirrored)
    return Book(language, day, (*roles, letters, others), pairs)


def by_role(reader: Reader) -> Iterator[Chapter]:
    """Read what everybody meets first, and then what each role meets."""
    written: set[Page] = set()
    for role in (None, *Role):
        pages = list(reader.pages(walk_of(role), role))
        title = reader.say("book.first") if role is None else reader.text(label_of(role))
        new = [page for page in pages if page not in written]
        before = tuple(page.place for page in pages if page in written)
        yield Chapter(title, tuple(reader.parts(new)), before)
        written.update(new)


@cache
def walk_of(role: Role | None) -> Graph:
    """Walk what somebody can do who has one role, or none yet; another role is another chapter."""
    others = [each for each in Role if each is not role]
    choosing: list[Event] = [Chose(str(place), each) for place in CHOICES for each in others]
    first = NEWCOMER if role is None else replace(NEWCOMER, role=role, place=MENU)
    return walked(first, [*choosing, *map(Started, others)], closely)


@cache
def sent_unasked() -> tuple[tuple[Session, tuple[Line, ...]], ...]:
    """Find what is sent without being asked for, each once, and who may be the first to get it."""
    graph, found = whole(), dict[tuple[Line, ...], Session]()
    for arrow in sorted(graph.arrows, key=lambda each: (each.name, each.start)):
        before = graph.sessions[arrow.start]
        after = turn(before, arrow.event)
        if after.screen is not None and after.screen != show(after.session):
            found.setdefault(after.screen.lines, before)
    return tuple((before, lines) for lines, before in found.items())


def closely(session: Session) -> Situation:
    """Tell roles apart too, or a choice that is left out would leave nobody behind."""
    return (*situation(session), session.role)


def in_order(rows: Iterable[Sequence[T]]) -> list[T]:
    """Put what stands in any of the rows into one, each before what it stood before."""
    order: list[T] = []
    for row in rows:
        for number, each in enumerate(row, 1):
            if each not in order:
                behind = (order.index(later) for later in row[number:] if later in order)
                order.insert(min(behind, default=len(order)), each)
    return order


def gathered(each_one: Iterable[T], name: Callable[[T], str]) -> Iterable[tuple[str, list[T]]]:
    """Put what has the same name together, in the order in which the names are met."""
    found: dict[str, list[T]] = {}
    for each in each_one:
        found.setdefault(name(each), []).append(each)
    return found.items()


class Reader(Frozen):
    """Somebody who reads every screen in one language."""

    wording: Wording
    language: str

    def pages(self, graph: Graph, role: Role | None) -> Iterator[Page]:
        """Read what this role meets, place by place."""
        met: dict[Place, list[tuple[Session, Screen]]] = {}
        elsewhere: set[str] = set()
        for session in graph.sessions.values():
            screen = show(session)
            elsewhere.update(button.label for button in screen.buttons)
            if session.role is role:
                met.setdefault(session.place, []).append((session, screen))
            else:
                elsewhere.update(id for line in screen.lines for id in ids_of(line))
        for place in STEPS:
            if place in met:
                yield self.page(place, met[place], graph.ids - elsewhere)

    def page(
        self, place: Place, seen: Sequence[tuple[Session, Screen]], ids: frozenset[str]
    ) -> Page:
        """Read one place in every situation; `ids` may stand above it after a press or a word."""
        step, (session, _) = STEPS[place], seen[0]
        lines = in_order(dict.fromkeys(screen.lines for _, screen in seen))
        always = set(lines).intersection(*(screen.lines for _, screen in seen))
        shown = {id for line in lines for id in ids_of(line)}
        rest = sorted(id for id in ids - shown if id.startswith(f"{place}."))
        buttons = in_order(dict.fromkeys(screen.buttons for _, screen in seen))
        card = next((each for each in CARDS if each.place == place), None)
        return Page(
            str(place),
            (
                *(Said(each.id, self.line(session, each), each in always) for each in lines),
                *(Said(id, self.template(id), always=False) for id in rest),
            ),
            tuple(dict.fromkeys(self.way(each, seen) for each in buttons)),
            () if card is None else card.sources,
            "" if card is None else card.checked.isoformat(),
            step.version if isinstance(step, AskConsent | AskedByStaff | AskToWarn) else "",
            frozenset({*shown, *rest, *(each.label for each in buttons)}),
        )

    def way(self, button: Button, seen: Sequence[tuple[Session, Screen]]) -> Way:
        """Read a button, and where it leads who meets it first."""
        session = next(each for each, screen in seen if button in screen.buttons)
        after = turn(session, Chose(button.place, button.option)).session
        leads_to = "" if button.label == BACK else str(after.place)
        return Way(self.text(button.label, session), leads_to)

    def parts(self, pages: Iterable[Page]) -> Iterator[Part]:
        """Put pages that belong to one subject together, under its name."""
        for subject, found in gathered(pages, lambda page: page.place.partition(".")[0]):
            yield Part(self.say(f"book.part.{subject}"), tuple(found))

    def letters(self) -> Iterator[Page]:
        """Read what is sent without being asked for."""
        for before, lines in sent_unasked():
            address = ", ".join(line.id for line in lines if line != OPENING)
            said = tuple(Said(line.id, self.line(before, line)) for line in lines)
            yield Page(address, said, ids=frozenset(id for line in lines for id in ids_of(line)))

    def others(self, told: frozenset[str]) -> Iterator[Part]:
        """Read what stands in the catalog and on no screen, together as it is addressed."""
        left = (id for id in self.wording.ids(self.language) if id not in told)
        return self.parts(
            Page(address, tuple(Said(id, self.template(id)) for id in ids))
            for address, ids in gathered(left, lambda id: id.rpartition(".")[0])
        )

    def line(self, session: Session, line: Line) -> str:
        """Read a line; one that is hidden because a fact is not known stands in square brackets."""
        worded = self.wording.line(self.language, session.service, line, reveal=True)
        return worded or "[" + " / ".join(map(self.template, ids_of(line))) + "]"

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

    def say(self, id: str, **values: object) -> str:
        """Read a word of the book itself."""
        return self.wording.staff(self.own_language, id, **values)

    @property
    def own_language(self) -> str:
        """Name the language of the book itself; where staff do not read this one, their first."""
        ours = self.wording.desk_languages
        return self.language if self.language in ours else ours[0]
