"""What can be said while nothing can be kept: one may read, and is told whom to call; no more.

Nobody's session can be read then, so a button itself says where it stands. What would have to
become true is not done, and not spoken of as if it were.
"""

from __future__ import annotations

from dialogs.cards import CARDS
from dialogs.effects import Turn
from dialogs.events import Chose, Event, Started
from dialogs.frozen import replace
from dialogs.handoff import CONTACTS, HUMAN
from dialogs.info import SUBJECTS
from dialogs.screens import Screen
from dialogs.steps import MENU, lines
from dialogs.turn import FIXED, STEPS, show, turn
from dialogs.urgent import LINES
from dialogs.values import Place, Role, Service, Session, Topic

AWAY = Place(Topic.WELCOME, "away")
PLACES = {str(place): place for place in STEPS}
# By these somebody is told the facts of a service of which they are not known to be.
READERS = {Service.ADMINISTRATION: Role.CLIENT, Service.MENTORING: Role.MENTORING}


def meanwhile(stranger: Session, event: Event) -> Turn:
    """Answer whoever did this, over the session of a stranger; their own stays as it was.

    What leads to something to read is answered by that; all else is left at `AWAY`.
    """
    there = reading(stranger, event) if isinstance(event, Chose) else None
    if there is None:
        return Turn(stranger.at(AWAY), (), away(stranger, event))
    told = there.remarking(f"{AWAY}.reading")
    return Turn(told, (), show(told))


def reading(stranger: Session, press: Chose) -> Session | None:
    """Find what somebody comes to read by a press; one that has an effect is not possible now."""
    here = served(stranger.at(PLACES.get(press.place, MENU)))
    done = turn(here, press)
    there = done.session
    is_reading = there.place.topic is Topic.INFO or there.place in {LINES, HUMAN}
    return there if is_reading and not done.effects else None


def served(stranger: Session) -> Session:
    """Let somebody read as one of the service that the card, or the shelf, is written for."""
    step = stranger.place.step
    services = {each for card in CARDS if step in {card.name, card.shelf} for each in card.services}
    if not services or stranger.service in services:
        return stranger
    (role,) = (role for service, role in READERS.items() if service in services)
    return replace(stranger, role=role)


def away(stranger: Session, event: Event) -> Screen:
    """Say what is not possible now, whom to call, and what there is to read."""
    undone = () if isinstance(event, Started) else lines(f"{AWAY}.undone")
    subjects = STEPS[SUBJECTS].show(stranger).buttons
    return Screen((*undone, *lines(f"{AWAY}.text"), *CONTACTS), subjects, FIXED)
