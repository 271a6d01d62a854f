"""Neutral information, in cards; asks nothing and keeps nothing.

Each card knows its source and when it was last checked. A mirrored card says the same to both
sides: same topics, same order, worded for the one who reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.events import Chose, Event
from dialogs.screens import Button, Screen
from dialogs.steps import MENU, Move, Step, Ways, back_button, buttons, lines, not_understood
from dialogs.values import Place, Role, Service, Session, Topic

SUBJECTS = Place(Topic.INFO, "subjects")


@dataclass(frozen=True, slots=True)
class Card:
    """One subject on one screen; worded as `info.<name>.<side>` when both sides read their own."""

    name: str
    group: str
    source: str
    checked: date
    mirrored: bool = False

    @property
    def place(self) -> Place:
        """Name the place where this card is shown."""
        return Place(Topic.INFO, self.name)

    def show(self, session: Session) -> Screen:
        """Show the card in the wording of the reader's side."""
        id = f"{self.place}.{side_of(session.role)}" if self.mirrored else f"{self.place}.text"
        ways = tuple(
            Button(str(self.place), option, f"info.every.{option}")
            for option in ("next", "subjects")
        )
        return Screen(lines(f"{self.place}.title", id), ways)

    def answer(self, session: Session, event: Event) -> Move:
        """Turn to the next card, or to all subjects."""
        match event:
            case Chose(option="next"):
                return Move(session.at(after(self).place))
            case Chose(option="subjects"):
                return Move(session.at(SUBJECTS))
            case _:
                return not_understood(session)


@dataclass(frozen=True, slots=True)
class Subjects:
    """The groups of cards; a service without cards of its own shows whom to ask."""

    def show(self, session: Session) -> Screen:
        """Show what there is to read for this service."""
        if session.service is Service.MEDIATION:
            return Screen(
                lines(f"{SUBJECTS}.ask"), (*buttons(SUBJECTS, *GROUPS), back_button(SUBJECTS))
            )
        whom_to_ask = lines(f"{SUBJECTS}.{session.service}", "info.contact.text")
        return Screen(whom_to_ask, (back_button(SUBJECTS),))

    def answer(self, session: Session, event: Event) -> Move:
        """Open a group, or go back to the menu."""
        match event:
            case Chose(option="back"):
                return Move(session.at(MENU))
            case Chose(option=group) if group in GROUPS and session.service is Service.MEDIATION:
                return Move(session.at(Place(Topic.INFO, group)))
            case _:
                return not_understood(session)


WAY_OF_WORKING = "https://perspectiefherstelbemiddeling.nl/zo-werkt-het/onze-werkwijze-stappen"
QUESTIONS = "https://production.perspectiefherstelbemiddeling.nl/zo-werkt-het/veel-gestelde-vragen/"
STARTING_POINTS = "https://www.strafrechtketen.nl/partners/perspectief-herstelbemiddeling"
YOUR_ROLE = "https://perspectiefherstelbemiddeling.nl/en/referrers/your-role-referrer"
TWO_OFFERS = (
    "https://www.perspectiefherstelbemiddeling.nl/Meta-Navigatie/Nieuws/"
    "Verwarring-over-aanbod-Perspectief/"
)
ORGANISATION = "https://perspectiefherstelbemiddeling.nl/wie-zijn-wij/organisatie"
HOME = "https://perspectiefherstelbemiddeling.nl/en"
VICTIMS_DIRECTIVE = "https://eur-lex.europa.eu/eli/dir/2012/29/oj"
CHECKED = date(2026, 11, 22)

CARDS: tuple[Card, ...] = (
    Card("what", "about", STARTING_POINTS, CHECKED, mirrored=True),
    Card("forms", "about", WAY_OF_WORKING, CHECKED),
    Card("steps", "about", WAY_OF_WORKING, CHECKED, mirrored=True),
    Card("mediator", "about", ORGANISATION, CHECKED),
    Card("voluntary", "choice", STARTING_POINTS, CHECKED, mirrored=True),
    Card("refusal", "choice", YOUR_ROLE, CHECKED, mirrored=True),
    Card("criminal_case", "choice", TWO_OFFERS, CHECKED, mirrored=True),
    Card("costs", "choice", WAY_OF_WORKING, CHECKED),
    Card("confidential", "safe", STARTING_POINTS, CHECKED),
    Card("neutral", "safe", QUESTIONS, CHECKED, mirrored=True),
    Card("safety", "safe", VICTIMS_DIRECTIVE, CHECKED, mirrored=True),
    Card("contact", "safe", HOME, CHECKED),
)
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(card.group for card in CARDS))


def side_of(role: Role | None) -> str:
    """Say for which side a mirrored card is worded."""
    match role:
        case Role.VICTIM | Role.RELATIVE:
            return "harmed"
        case Role.OFFENDER:
            return "responsible"
        case _:
            return "anyone"


def after(card: Card) -> Card:
    """Name the card that follows; the last is followed by the first, so nobody reaches an end."""
    return CARDS[(CARDS.index(card) + 1) % len(CARDS)]


def shelf(group: str) -> Ways:
    """Make the screen that lists the cards of a group."""
    place = Place(Topic.INFO, group)
    cards = tuple((card.name, card.place) for card in CARDS if card.group == group)
    return Ways(place, (f"{place}.ask",), (*cards, ("all", SUBJECTS)))


STEPS: dict[str, Step] = {
    "subjects": Subjects(),
    **{group: shelf(group) for group in GROUPS},
    **{card.name: card for card in CARDS},
}
