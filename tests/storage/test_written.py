"""A session comes back as it was, and an older or newer one as far as it is understood."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dialogs.values import (
    Agreement,
    Answer,
    Complaint,
    Handoff,
    Place,
    Purpose,
    Role,
    Service,
    Session,
    Standing,
    Topic,
)
from storage.written import HOME, read_session, write_session

MEDIATION, OFFERED = Service.MEDIATION, Standing.OFFERED
TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=20)
PLACES = some.builds(Place, some.sampled_from(Topic), TEXT)
ANSWERS = some.builds(Answer, TEXT, some.none() | TEXT, some.none() | TEXT)
AGREEMENTS = some.builds(Agreement, some.sampled_from(Purpose), TEXT)
COMPLAINTS = some.builds(Complaint, some.sampled_from(Service), some.sampled_from(Standing), TEXT)
SESSIONS = some.builds(
    Session,
    place=PLACES,
    language=TEXT,
    role=some.none() | some.sampled_from(Role),
    reference=TEXT,
    agreements=some.lists(AGREEMENTS, max_size=3).map(tuple),
    answers=some.lists(ANSWERS, max_size=3).map(tuple),
    handoff=some.none() | some.sampled_from(Handoff),
    asked=some.none() | some.sampled_from(Purpose),
    colleague=some.none() | TEXT,
    complaint=some.none()
    | some.builds(Complaint, some.sampled_from(Service), some.sampled_from(Standing), TEXT),
    came_from=some.none() | PLACES,
    checked_since=some.none() | some.dates(),
    unspoken=some.lists(TEXT, max_size=3).map(tuple),
    remark=some.none() | TEXT,
)


@given(SESSIONS)
def test_a_session_comes_back_as_it_was(session: Session) -> None:
    assert read_session(write_session(session)) == session


def written(**changes: object) -> str:
    session = Session(
        Place(Topic.INTAKE, "name"),
        role=Role.VICTIM,
        agreements=(Agreement(Purpose.DATA, "data-1"),),
        handoff=Handoff.WAITING,
        came_from=Place(Topic.INFO, "card"),
    )
    return json.dumps(json.loads(write_session(session)) | changes)


@pytest.mark.parametrize(
    ("changes", "name", "read"),
    [
        ({"place": "astrology.sign"}, "place", HOME),
        ({"place": "intake.gone"}, "place", Place(Topic.INTAKE, "gone")),
        ({"came_from": "astrology.sign"}, "came_from", HOME),
        ({"role": "astronaut"}, "role", None),
        ({"handoff": "teleported"}, "handoff", None),
        ({"agreements": [["marketing", "1"]]}, "agreements", ()),
        ({"complaint": ["offered", "x"]}, "complaint", Complaint(MEDIATION, OFFERED, "x")),
        ({"complaint": ["offered", "x", "astrology"]}, "complaint", None),
        ({"complaint": ["teleported", "x", "mediation"]}, "complaint", None),
        ({"something": "new"}, "language", "nl"),
    ],
)
def test_what_is_not_understood_leads_home_and_permits_nothing(
    changes: dict[str, object], name: str, read: object
) -> None:
    assert getattr(read_session(written(**changes)), name) == read


def test_a_session_of_an_older_release_lacks_fields() -> None:
    found: dict[str, Any] = {"place": "intake.name"}
    assert read_session(json.dumps(found)) == Session(Place(Topic.INTAKE, "name"))


def test_a_session_without_a_place_is_at_home() -> None:
    assert read_session("{}").place == HOME
