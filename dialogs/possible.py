"""What can happen on a screen: every press, words of every kind, and what others do."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.events import (
    Attached,
    Chose,
    Commanded,
    ComplaintAdvanced,
    Danger,
    Edited,
    Event,
    Forgotten,
    Guess,
    LinkEnded,
    Overheard,
    Returned,
    Said,
    StaffAsked,
    StaffClosed,
    StaffReleased,
    StaffTook,
    StaffWrote,
    Started,
)
from dialogs.frozen import replace
from dialogs.handoff import CONVERSATION
from dialogs.procedure import by_the_house
from dialogs.turn import show
from dialogs.typed import LISTENING
from dialogs.values import ASKED_BY_STAFF, Complaint, Session, Topic

SAMPLES = ("06 12345678", "naam@voorbeeld.example", "Een paar woorden.", "", "x" * 2500)

GUESSED = (
    *(("costs", "my_data", "human_contact"), ("apply_victim", "change_language", "court")),
    *(("complaint_how", "bewind_court", "thanks_bye"), ("greeting",), ("thanks_bye",)),
    *(("mentoring_self_reflection", "bewind_conversation_issue"), ()),
)


def possible(session: Session) -> Iterator[tuple[str, Event]]:
    """Name everything that can happen on the screen of this session."""
    screen = show(session)
    for button in (*screen.buttons, *screen.fixed):
        yield button.option, Chose(button.place, button.option)
    for option in ("help", "language", "privacy", "copy", "complaint", "gone"):
        yield option, Chose("everywhere.go", option)
    yield "old", Chose("intake.of_last_year", "yes")
    if session.place.topic is Topic.RETURNING:
        yield "words", Said("2580")
    for words in SAMPLES if screen.takes_words or session.is_with_staff else SAMPLES[:1]:
        yield "words", Said(words)
    yield from guessed(session)
    yield "a_complaint", Started("complaint")
    for event in (Started(), Attached(), Edited(), Commanded(), Overheard(), Returned()):
        yield type(event).__name__, event
    yield "forgotten", Forgotten()
    yield "link_ended", LinkEnded()
    if session.is_with_staff:
        yield from by_staff(session)
    if session.complaint is not None:
        yield from by_whoever_deals_with(session.complaint)


def guessed(session: Session) -> Iterator[tuple[str, Event]]:
    """Name what may be guessed of words."""
    words = Said("Een paar woorden.")
    yield "threat", replace(words, threat=True)
    for danger in Danger:
        yield f"danger_{danger}", replace(words, guess=Guess(danger=danger))
    if session.place in LISTENING:
        for topics in GUESSED:
            yield "guessed", replace(words, guess=Guess(topics))
            yield "clear", replace(words, guess=Guess(topics, is_sure=True))


def by_whoever_deals_with(complaint: Complaint) -> Iterator[tuple[str, Event]]:
    """Name what can be done with a complaint without its person."""
    for standing in by_the_house(complaint.service, complaint.standing):
        yield "complaint_advanced", ComplaintAdvanced(standing, "Woorden.")


def by_staff(session: Session) -> Iterator[tuple[str, Event]]:
    """Name what a colleague can do with an open request."""
    yield "taken", StaffTook("Collega")
    if session.is_warning:
        yield "taken_older", StaffTook("Collega", is_warning=False)
    yield "staff_words", StaffWrote("Collega", "Woorden.")
    yield "released", StaffReleased()
    may_ask = session.place == CONVERSATION and not session.is_warning
    for purpose in ASKED_BY_STAFF if may_ask else ():
        yield "asked", StaffAsked(purpose)
    yield "closed", StaffClosed("Collega", "Woorden.")
    yield "closed_and_asked", StaffClosed("Collega", "Woorden.", may_ask=True)
