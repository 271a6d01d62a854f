"""What is made of typed words beside where they go: where the line is, help, or a topic.

Words that answer a question are an answer and never a topic; help is shown beside them all the
same. Words that answer nothing lead to what they ask for, or to three things to choose from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs import handoff, info, rights, urgent, welcome
from dialogs.cards import CARD, TOPICS
from dialogs.effects import CountMissed, NoteDanger, RaiseAlarm
from dialogs.events import Chose, Danger, Event, Guess, Said
from dialogs.frozen import Frozen, replace
from dialogs.info import SUBJECTS, every
from dialogs.screens import Button, Screen
from dialogs.steps import (
    ASIDE,
    LANGUAGE_PLACES,
    MENU,
    PRESS_A_BUTTON,
    READY,
    Move,
    Step,
    aside,
    lines,
    not_understood,
)
from dialogs.values import Place, Session, Topic

GUESSES = Place(Topic.INFO, "guesses")
# Where nothing is asked that words could answer. Who looks aside from a text of theirs stays there,
# for it goes when they go on.
LISTENING = frozenset(
    {
        *(Place(Topic.WELCOME, step) for step in welcome.STEPS),
        *(Place(Topic.INFO, step) for step in info.STEPS),
        *(GUESSES, handoff.HUMAN, handoff.LEFT, handoff.CLOSED),
        *(rights.OVERVIEW, rights.PRIVACY, urgent.LINES, urgent.BOUNDARY, urgent.DANGER),
    }
) - {*LANGUAGE_PLACES}

HUMAN = (handoff.HUMAN, "everywhere.human")
RIGHTS = (rights.OVERVIEW, f"{GUESSES}.rights")
LOOKED_AT: Mapping[str, tuple[Place, str]] = {
    **dict.fromkeys(("human_contact", "satisfaction_survey"), HUMAN),
    **dict.fromkeys(("my_data", "delete_my_data", "withdraw_consent"), RIGHTS),
    "change_language": (welcome.LANGUAGE, f"{welcome.MORE}.language"),
}
REQUEST = ("request", "resume", "conversation")
IN_THE_MENU: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("apply_victim", "apply_offender", "apply_relative", "apply_referrer"), REQUEST
    ),
    **dict.fromkeys(("bewind_conversation_issue", "bewind_decision_explanation"), ("talk",)),
    "complaint_how": ("complaint",),
    "mentoring_self_reflection": ("reflection",),
}
POLITE = {"greeting": f"{GUESSES}.hello", "thanks_bye": f"{GUESSES}.thanks"}


class Way(Frozen):
    """Where a topic leads somebody, and the button that says so."""

    topic: str
    place: Place
    label: str


class Guesses(Frozen):
    """What somebody may have meant, and a human when it is none of these."""

    def show(self, session: Session) -> Screen:
        """Offer what words were likely to ask for."""
        ways = (way for way in ways_to(session, session.guessed) if way.place != handoff.HUMAN)
        return Screen(
            lines(f"{GUESSES}.ask"),
            (
                *(Button(str(GUESSES), way.topic, way.label) for way in ways),
                Button(str(GUESSES), "none", f"{GUESSES}.none"),
                *every(GUESSES, "subjects"),
            ),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Go the chosen way; an older screen may have offered others."""
        match event:
            case Chose(option="subjects"):
                return Move(session.at(SUBJECTS))
            case Chose(option="none"):
                missed = CountMissed(nearest(session.guessed))
                return Move(aside(session.at(MENU), handoff.HUMAN), (missed,))
            case Chose(option=option):
                way = next(ways_to(session, (option,)), None)
                return not_understood(session) if way is None else Move(gone(session, way))
            case _:
                return not_understood(session)


def heard(before: Session, event: Said, move: Move) -> Move:
    """Add to what a step made of words what else there is to say of them."""
    danger = event.guess.danger
    if event.threat:
        # A threat may speak of danger to oneself as well: whom to call stands below the line.
        move, danger = at_the_boundary(move), danger and Danger.SOFT
    elif danger is Danger.HARD:
        return noted(Move(beside(move.session, urgent.DANGER), move.effects), danger)
    elif before.place in LISTENING and before.came_from != READY and move == not_understood(before):
        move = understood(before, event.guess)
    if danger is None:
        return move
    return noted(Move(replace(move.session, worried=True), move.effects), danger)


def at_the_boundary(move: Move) -> Move:
    """Say where the line is after words that sound like a threat; they went their usual way."""
    there = beside(move.session, urgent.BOUNDARY)
    alarm = (RaiseAlarm(),) if there.is_with_staff else ()
    return Move(there, (*move.effects, *alarm))


def beside(session: Session, place: Place) -> Session:
    """Show something first; what the step had to say stays, but that it did not understand."""
    there = aside(session, place)
    return there.remarking(None) if there.remark == PRESS_A_BUTTON else there


def noted(move: Move, danger: Danger) -> Move:
    """Let staff who have a request see what its person was shown."""
    note = (NoteDanger(danger),) if move.session.is_with_staff else ()
    return Move(move.session, (*move.effects, *note))


def understood(session: Session, guess: Guess) -> Move:
    """Lead to what words ask for, when that is clear, or to what they may ask for."""
    first = nearest(guess.topics)
    if guess.is_sure and first in POLITE:
        return Move(session.remarking(POLITE[first]))
    ways = tuple(ways_to(session, guess.topics))
    if not ways:
        return Move(session.remarking(f"{GUESSES}.unknown"), (CountMissed(first),))
    if guess.is_sure and ways[0].topic == first:
        return Move(gone(session, ways[0]).remarking(f"{GUESSES}.sure"))
    topics = tuple(way.topic for way in ways)
    offered = replace(session, place=GUESSES, guessed=topics, came_from=None)
    return Move(offered, (CountMissed(nearest(topics), is_offered=True),))


def nearest(topics: tuple[str, ...]) -> str:
    """Name the likeliest topic; empty when there is none."""
    return topics[0] if topics else ""


def gone(session: Session, way: Way) -> Session:
    """Go a way; what is looked at beside the way leads back to the menu."""
    home = replace(session, place=welcome.where_to_begin(session), came_from=None)
    return aside(home, way.place) if way.place in ASIDE else home.at(way.place)


def ways_to(session: Session, topics: tuple[str, ...]) -> Iterator[Way]:
    """Find where topics lead this person; two that lead to one place are one."""
    places: set[Place] = set()
    for topic in topics:
        way = way_to(session, topic)
        if way is not None and way.place not in places:
            places.add(way.place)
            yield way


def way_to(session: Session, topic: str) -> Way | None:
    """Find where a topic leads this person; None when there is nothing of it for them."""
    if topic in TOPICS:
        cards = info.readable(session, (CARD[TOPICS[topic]],))
        return next((Way(topic, card.place, f"{card.place}.name") for card in cards), None)
    if topic in LOOKED_AT:
        return Way(topic, *LOOKED_AT[topic])
    return way_of_the_menu(session, topic) if topic in IN_THE_MENU else None


def way_of_the_menu(session: Session, topic: str) -> Way | None:
    """Find a way that this person's menu has; who did not say who they are is asked that first."""
    if session.role is None:
        return Way(topic, welcome.ROLE, f"{welcome.MORE}.someone_else")
    ways = welcome.ways_from(session)
    found = (option for option in IN_THE_MENU[topic] if option in ways)
    labels = ((each, welcome.label_of_way(MENU, each, session.role)) for each in found)
    return next((Way(topic, ways[option], label) for option, label in labels), None)


STEPS: dict[str, Step] = {"guesses": Guesses()}
