"""Sessions and answers as text, before they are sealed and after they are opened.

What an older or a newer release wrote is read as far as it is understood: a topic that is gone
leads home, and an unknown field is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from msgspec.json import decode, encode
from msgspec.structs import asdict

from dialogs.frozen import Frozen
from dialogs.values import (
    Agreement,
    Answer,
    Complaint,
    Copy,
    Handoff,
    Place,
    Purpose,
    Role,
    Service,
    Session,
    Standing,
    Topic,
)

HOME = Place(Topic.WELCOME, "menu")

Word = TypeVar("Word", bound=StrEnum)


def text_of(value: Mapping[str, Any] | Sequence[object] | Frozen) -> str:
    """Write as compactly as can be: this is sealed, and read by nobody."""
    return encode(value).decode()


def write_session(session: Session) -> str:
    """Write a whole session, field by field under its own name."""
    return text_of(
        asdict(session)
        | {
            "place": str(session.place),
            "came_from": session.came_from and str(session.came_from),
            "bound_for": session.bound_for and str(session.bound_for),
            "complaint": session.complaint and write_complaint(session.complaint),
        }
    )


def read_session(text: str) -> Session:
    """Read a session, also one that stands at a place that a release took away."""
    found = decode(text)
    return Session(
        place=_place(found.get("place", "")),
        language=found.get("language", "nl"),
        role=word(Role, found.get("role")),
        reference=found.get("reference", ""),
        agreements=read_agreements(found.get("agreements", ())),
        answers=read_answers(found.get("answers", ())),
        handoff=word(Handoff, found.get("handoff")),
        asked=word(Purpose, found.get("asked")),
        colleague=found.get("colleague"),
        came_from=_place_or_none(found.get("came_from")),
        bound_for=_place_or_none(found.get("bound_for")),
        complaint=read_complaint(found.get("complaint")),
        drafts=words(Topic, found.get("drafts", _drafts_before(found))),
        sent=words(Purpose, found.get("sent", ())),
        checked_since=_day_or_none(found.get("checked_since")),
        proof=found.get("proof", ""),
        ticket=found.get("ticket", ""),
        copy=word(Copy, found.get("copy")),
        code=found.get("code", ""),
        has_pin=found.get("has_pin", False),
        unspoken=tuple(found.get("unspoken", ())),
        remark=found.get("remark"),
        guessed=tuple(found.get("guessed", ())),
        worried=found.get("worried", False),
        is_warning=found.get("is_warning", False),
    )


def read_answers(found: Iterable[list[str | None]]) -> tuple[Answer, ...]:
    return tuple(Answer(step or "", option, words) for step, option, words in found)


def read_agreements(found: Iterable[list[str]]) -> tuple[Agreement, ...]:
    """Read consents; one to a purpose that is not known here permits nothing here."""
    known = ((word(Purpose, purpose), version) for purpose, version in found)
    return tuple(Agreement(purpose, version) for purpose, version in known if purpose is not None)


def write_complaint(complaint: Complaint) -> list[str]:
    return [complaint.standing, complaint.words, complaint.service]


def read_complaint(found: list[str] | None) -> Complaint | None:
    """Read how far a complaint is; one at a standing that is not known here is not shown."""
    if found is None:
        return None
    # What was written before a second service took complaints does not name the first.
    how_far, words, about = (*found, Service.MEDIATION)[:3]
    standing, service = word(Standing, how_far), word(Service, about)
    return Complaint(service, standing, words) if service and standing else None


def word(kind: type[Word], found: str | None) -> Word | None:
    """Read one of a list of words; nothing when it is not on the list, or no word at all."""
    return _known(kind).get(found) if isinstance(found, str) else None


@cache
def _known(kind: type[Word]) -> Mapping[str, Word]:
    return {one.value: one for one in kind}


def words(kind: type[Word], found: Iterable[str]) -> tuple[Word, ...]:
    """Read the words of a list that are known here."""
    return tuple(one for each in found if (one := word(kind, each)) is not None)


def _drafts_before(found: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what was being answered, in a session that was written before drafts had a name."""
    return (Topic.INTAKE,) if found.get("agreements") and not found.get("handoff") else ()


def _place_or_none(found: str | None) -> Place | None:
    return None if found is None else _place(found)


def _day_or_none(found: str | None) -> date | None:
    return None if found is None else date.fromisoformat(found)


def _place(found: str) -> Place:
    topic, _, step = found.partition(".")
    known = word(Topic, topic)
    return HOME if known is None else Place(known, step)
