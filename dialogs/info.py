"""Neutral information, read card by card; asks nothing and keeps nothing.

A mirrored card says the same to both sides: same topics, same order, worded for the one who reads
it. A card that nobody checked for too long is not shown, and whoever wants it is told whom to ask.
"""

from __future__ import annotations

from dialogs.cards import CARD, CARDS, Card
from dialogs.effects import CountHelp
from dialogs.events import Chose, Event
from dialogs.frozen import Frozen
from dialogs.screens import Button, Line, Screen
from dialogs.steps import Move, Step, lines, not_understood
from dialogs.values import Place, Role, Service, Session, Topic

SUBJECTS = Place(Topic.INFO, "subjects")
MORE = Place(Topic.INFO, "more")

# With the way to the rest there are five buttons, and with the question whether it helped.
SHELVES_AT_ONCE = 4
NEIGHBOURS_AT_ONCE = 2
AFTER_HELP = {"yes": "info.every.thanks", "no": "info.every.ask_a_human"}


class Subjects(Frozen):
    """The shelves of a service, from the first that this page shows; the rest is on `other`."""

    place: Place
    first: int
    other: Place

    def show(self, session: Session) -> Screen:
        """Show what there is to read about."""
        shelves = (named(self.place, Place(Topic.INFO, each)) for each in self.shelves(session))
        other = every(self.place, self.other.step) if self.leads_on(session) else ()
        return Screen(lines(f"{self.place}.ask"), (*shelves, *other))

    def answer(self, session: Session, event: Event) -> Move:
        """Open a shelf, or turn to the other page."""
        match event:
            case Chose(option=option) if option in self.shelves(session):
                return Move(session.at(Place(Topic.INFO, option)))
            case Chose(option=option) if option == self.other.step and self.leads_on(session):
                return Move(session.at(self.other))
            case _:
                return not_understood(session)

    def shelves(self, session: Session) -> tuple[str, ...]:
        """List the shelves on this page."""
        return shelves_of(session.service)[self.first :][:SHELVES_AT_ONCE]

    def leads_on(self, session: Session) -> bool:
        """Say whether there is another page; a page that is not the first leads back to it."""
        return self.first > 0 or len(shelves_of(session.service)) > SHELVES_AT_ONCE


class Shelf(Frozen):
    """A few cards on one thing."""

    name: str

    @property
    def place(self) -> Place:
        """Name the place of this shelf."""
        return Place(Topic.INFO, self.name)

    def show(self, session: Session) -> Screen:
        """Show the cards; when all of them are out of date, say whom to ask."""
        cards = self.cards(session)
        text = f"{self.place}.ask" if cards else "info.every.nothing_here"
        offered = (named(self.place, card.place) for card in cards)
        return Screen(lines(text), (*offered, *every(self.place, "subjects")))

    def answer(self, session: Session, event: Event) -> Move:
        """Open a card."""
        return opened(session, event, self.cards(session))

    def cards(self, session: Session) -> tuple[Card, ...]:
        """List the cards that this person can read."""
        return readable(session, tuple(card for card in CARDS if card.shelf == self.name))


class Reading(Frozen):
    """One card: what it says, from where, what one may ask next, and whether it helped."""

    card: Card

    def show(self, session: Session) -> Screen:
        """Show the card in the wording of the reader's side."""
        card, place = self.card, self.card.place
        side = side_of(session.role) if card.mirrored else "text"
        source = Line("info.every.source", words=card.sites, day=card.checked)
        said = lines(f"{place}.title", f"{place}.{side}", *card.facts)
        return Screen(
            (*said, source) if card.sources else said,
            (
                *(named(place, neighbour.place) for neighbour in self.neighbours(session)),
                *every(place, *AFTER_HELP, "subjects"),
            ),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Read on; or count whether this helped, and show the way to a human when it did not."""
        match event:
            case Chose(option=option) if option in AFTER_HELP:
                counted = CountHelp(self.card.name, helped=option == "yes")
                return Move(session.remarking(AFTER_HELP[option]), (counted,))
            case _:
                return opened(session, event, self.neighbours(session))

    def neighbours(self, session: Session) -> tuple[Card, ...]:
        """List what is offered beside this card; what cannot be read makes room for the next."""
        cards = tuple(CARD[name] for name in self.card.neighbours)
        return readable(session, cards)[:NEIGHBOURS_AT_ONCE]


def shelves_of(service: Service) -> tuple[str, ...]:
    """List the shelves that hold a card of this service."""
    return tuple(dict.fromkeys(card.shelf for card in CARDS if service in card.services))


def readable(session: Session, cards: tuple[Card, ...]) -> tuple[Card, ...]:
    """Leave out what is for another service or out of date."""
    return tuple(
        card
        for card in cards
        if session.service in card.services and not card.is_out_of_date(session.checked_since)
    )


def opened(session: Session, event: Event, cards: tuple[Card, ...]) -> Move:
    """Open one of the cards that are offered here, or go to the subjects."""
    match event:
        case Chose(option="subjects"):
            return Move(session.at(SUBJECTS))
        case Chose(option=option) if option in {card.name for card in cards}:
            return Move(session.at(CARD[option].place))
        case _:
            return not_understood(session)


def led_on(session: Session) -> Session:
    """Lead somebody from a card that is out of date to the subjects, and say why."""
    card = CARD.get(session.place.step) if session.place.topic is Topic.INFO else None
    if card is None or not card.is_out_of_date(session.checked_since):
        return session
    return session.at(SUBJECTS).remarking("info.every.outdated")


def side_of(role: Role | None) -> str:
    """Say for which side a mirrored card is worded."""
    match role:
        case Role.VICTIM | Role.RELATIVE:
            return "harmed"
        case Role.OFFENDER:
            return "responsible"
        case _:
            return "anyone"


def named(here: Place, there: Place) -> Button:
    """Make the button that leads to a card or a shelf; it reads the same wherever it stands."""
    return Button(str(here), there.step, f"{there}.name")


def every(here: Place, *options: str) -> tuple[Button, ...]:
    """Make buttons that read the same on every card."""
    return tuple(Button(str(here), option, f"info.every.{option}") for option in options)


STEPS: dict[str, Step] = {
    "subjects": Subjects(SUBJECTS, 0, MORE),
    "more": Subjects(MORE, SHELVES_AT_ONCE, SUBJECTS),
    **{card.shelf: Shelf(card.shelf) for card in CARDS},
    **{card.name: Reading(card) for card in CARDS},
}
