"""A self-reflection on mentoring: what to know first, its parts, and what the answers say.

It is kept under a consent of its own until the person ends it or stays away too long, and no
colleague sees it. Nothing is scored, and nothing is asked about anybody who takes part.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dialogs.considering import (
    FORM,
    GROUPS,
    LEVEL,
    OVERVIEW,
    Considering,
    missed,
    next_part,
    without,
)
from dialogs.copies import offered
from dialogs.criteria import BOOKS, Component
from dialogs.events import Chose, Event
from dialogs.findings import Finding, findings
from dialogs.frozen import Frozen
from dialogs.screens import Button, Line, Screen
from dialogs.steps import MENU, Move, Step, buttons, lines, not_understood, toward
from dialogs.values import Copy, Place, Session, Topic

BEFORE = Place(Topic.REFLECTION, "before")
CRITERIA = Place(Topic.INFO, "criteria")
GUIDANCE = ("reflection.guidance.site", "reflection.guidance.email", "reflection.guidance.phone")

# Three parts at once leave room to turn the page and to go back.
PARTS_AT_ONCE = 3
PAGES = ("parts", "more_parts", "last_parts")
ADDITIONS = "additions"


class Before(Frozen):
    """What a self-reflection is and is not, before anybody is asked for a consent."""

    def show(self, session: Session) -> Screen:
        """Say whose set this is, and name the book on the real one."""
        book = Line(f"{BEFORE}.book", words=BOOKS.get(session.language, BOOKS["en"]))
        return Screen(
            (*lines(f"{BEFORE}.what", f"{BEFORE}.own_set"), book),
            buttons(BEFORE, "go_on", "read_more", "not_now"),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Lead to the consent, to the information, or back."""
        match event:
            case Chose(option="go_on"):
                return Move(toward(session, FORM.before))
            case Chose(option="read_more"):
                return Move(session.at(CRITERIA))
            case Chose(option="not_now"):
                return Move(session.at(MENU))
            case _:
                return not_understood(session)


class Overview(Frozen):
    """Where a reflection stands: what comes next, every part, what was found."""

    def show(self, session: Session) -> Screen:
        """Name the part that comes next, and who can help."""
        part = next_part(session)
        text = lines(f"{OVERVIEW}.text")
        if part is not None:
            text += (Line(f"{OVERVIEW}.next", detail=Line(f"{part}.name")),)
        ways = self.ways(session)
        copy = ("copy",) if "report" in ways else ()
        return Screen((*text, *lines(*GUIDANCE)), buttons(OVERVIEW, *ways, *copy))

    def answer(self, session: Session, event: Event) -> Move:
        """Go on where it stopped, or somewhere else."""
        match event:
            case Chose(option="copy") if "report" in self.ways(session):
                return offered(session, Copy.REFLECTION)
            case Chose(option="level"):
                return Move(without(session, "level").at(LEVEL))
            case Chose(option=option) if option in self.ways(session):
                return Move(session.at(self.ways(session)[option]))
            case _:
                return not_understood(session)

    def ways(self, session: Session) -> dict[str, Place]:
        """Name the ways from here; there is a report as soon as there is something to tell."""
        part = next_part(session)
        ways = {} if part is None else {"go_on": part}
        ways |= {"parts": Place(Topic.REFLECTION, PAGES[0]), "level": LEVEL}
        if findings(FORM.answered(session)).tell_something:
            ways["report"] = Place(Topic.REFLECTION, Finding.STRENGTHS)
        return ways


class Parts(Frozen):
    """A page of parts, to begin anywhere; the last page leads to the first."""

    page: int

    @property
    def place(self) -> Place:
        """Name this place."""
        return Place(Topic.REFLECTION, PAGES[self.page])

    @property
    def ways(self) -> dict[str, Place]:
        """Name the parts on this page, and the ways from it."""
        first = self.page * PARTS_AT_ONCE
        following = PAGES[(self.page + 1) % len(PAGES)]
        parts = tuple(Component)[first : first + PARTS_AT_ONCE]
        return {
            **{part: Place(Topic.REFLECTION, part) for part in parts},
            "others": Place(Topic.REFLECTION, following),
            "overview": OVERVIEW,
        }

    def show(self, _session: Session) -> Screen:
        """Show the parts by their names."""
        labels = {str(part): f"reflection.{part}.name" for part in Component}
        return Screen(
            lines("reflection.parts.ask"),
            tuple(
                Button(str(self.place), way, labels.get(way, f"reflection.parts.{way}"))
                for way in self.ways
            ),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Open a part, or turn the page."""
        match event:
            case Chose(option=option) if option in self.ways:
                return Move(session.at(self.ways[option]))
            case _:
                return not_understood(session)


class Told(Frozen):
    """One page of the report; the pages are read one after the other."""

    page: str
    following: Place

    @property
    def place(self) -> Place:
        """Name this place."""
        return Place(Topic.REFLECTION, self.page)

    def show(self, session: Session) -> Screen:
        """Tell what was found, or that there is nothing of this."""
        told = tuple(self.told(session)) or lines("reflection.report.nothing")
        ways = ("next", "overview") if self.following != OVERVIEW else ("overview",)
        return Screen(
            (*lines(f"{self.place}.ask"), *told),
            tuple(Button(str(self.place), way, f"reflection.report.{way}") for way in ways),
        )

    def told(self, session: Session) -> Iterator[Line]:
        """Word each criterion of this page, or what somebody missed."""
        found = findings(FORM.answered(session))
        if self.page == ADDITIONS:
            for part, words in found.missed.items():
                yield from missed(Line(f"reflection.{part}.name"), words)
        else:
            for criterion in found.found[Finding(self.page)]:
                text = Line(f"reflection.{criterion.name}.text")
                yield Line("reflection.report.item", detail=text)

    def answer(self, session: Session, event: Event) -> Move:
        """Turn the page, or go back to the overview."""
        match event:
            case Chose(option="next"):
                return Move(session.at(self.following))
            case Chose(option="overview"):
                return Move(session.at(OVERVIEW))
            case _:
                return not_understood(session)


REPORT = tuple(Place(Topic.REFLECTION, page) for page in (*Finding, ADDITIONS))

STEPS: dict[str, Step] = {
    "before": Before(),
    "overview": Overview(),
    **{group: Considering(group) for group in GROUPS},
    **{name: Parts(page) for page, name in enumerate(PAGES)},
    **{here.step: Told(here.step, following) for here, following in pairwise((*REPORT, OVERVIEW))},
}
