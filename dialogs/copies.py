"""A copy to take along: where it can be fetched, and for how long.

Every topic that makes one leads here with `offered`. The copy itself is never in the conversation,
and what a text is made of goes with it, unless its person says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.effects import OfferCopy
from dialogs.events import Chose, Event
from dialogs.frozen import Frozen, replace
from dialogs.screens import Line, Screen
from dialogs.steps import (
    MENU,
    READY,
    Move,
    Step,
    aside,
    back,
    back_button,
    buttons,
    lines,
    not_understood,
)
from dialogs.values import Copy, Place, Session, Topic

REVIEWS: Mapping[Copy, Place] = {
    Copy.TALK_TEXT: Place(Topic.TALK, "review"),
    Copy.COMPLAINT_LETTER: Place(Topic.COMPLAINT, "review"),
}
"""The texts: where the answers are read again that one is made of. Nobody asked to keep those."""


class Ready(Frozen):
    """The copy can be fetched, from a page of ours and not from the chat."""

    def show(self, session: Session) -> Screen:
        """Say what it is, where it is, and how long; and what becomes of the answers."""
        is_text = session.copy in REVIEWS
        return Screen(
            (
                *lines(*((f"{READY}.{session.copy}",) if session.copy else ())),
                Line(f"{READY}.link", words=session.ticket),
                *lines(f"{READY}.term", f"{READY}.{'goes' if is_text else 'again'}"),
            ),
            buttons(READY, "keep", "done") if is_text else (back_button(READY),),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from; keep the answers to a text, or let them go."""
        if session.copy is None or session.copy not in REVIEWS:
            return back(session, event)
        match event:
            case Chose(option="keep"):
                kept = replace(session, place=REVIEWS[session.copy], came_from=None, copy=None)
                return Move(kept.remarking(f"{READY}.kept"))
            case Chose(option="done"):
                return Move(session.at(MENU))
            case _:
                return not_understood(session)


def offered(session: Session, copy: Copy) -> Move:
    """Make a copy fetchable, and say where."""
    ready = replace(aside(session, READY), copy=copy)
    if copy in REVIEWS:
        # It waits there while its person looks aside; anywhere else it would be lost.
        ready = replace(ready, came_from=READY)
    return Move(ready, (OfferCopy(copy, session.ticket),))


def settled(session: Session) -> Session:
    """End an offer when somebody looks at something else; the next one has another ticket.

    A text ends together with the answers that it is made of.
    """
    stands = session.place == READY or session.copy in REVIEWS
    is_over = not stands and (session.ticket or session.copy)
    return replace(session, ticket="", copy=None) if is_over else session


STEPS: dict[str, Step] = {"ready": Ready()}
