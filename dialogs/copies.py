"""A copy to take along: where it can be fetched, and for how long.

Every topic that makes one leads here with `offered`. The copy itself is never in the conversation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.effects import OfferCopy
from dialogs.events import Event
from dialogs.screens import Line, Screen
from dialogs.steps import Move, Step, aside, back, back_button, lines
from dialogs.values import Copy, Place, Session, Topic

READY = Place(Topic.COPIES, "ready")


@dataclass(frozen=True, slots=True)
class Ready:
    """The copy can be fetched, from a page of ours and not from the chat."""

    def show(self, session: Session) -> Screen:
        """Say what it is, where it is, and how long."""
        return Screen(
            (
                *lines(*((f"{READY}.{session.copy}",) if session.copy else ())),
                Line(f"{READY}.link", words=session.ticket),
                *lines(f"{READY}.term"),
            ),
            (back_button(READY),),
        )

    def answer(self, session: Session, event: Event) -> Move:
        """Go back to where the person came from."""
        return back(session, event)


def offered(session: Session, copy: Copy) -> Move:
    """Make a copy fetchable, and say where."""
    ready = replace(aside(session, READY), copy=copy)
    return Move(ready, (OfferCopy(copy, session.ticket),))


def settled(session: Session) -> Session:
    """End an offer when somebody looks at something else; the next one has another ticket."""
    is_over = session.place != READY and (session.ticket or session.copy)
    return replace(session, ticket="", copy=None) if is_over else session


STEPS: dict[str, Step] = {"ready": Ready()}
