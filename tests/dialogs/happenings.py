"""What can happen in a conversation, for the walk to choose from."""

from __future__ import annotations

from hypothesis import strategies as st

from dialogs.events import (
    AskLapsed,
    Attached,
    Chose,
    Commanded,
    Edited,
    StaffAsked,
    StaffClosed,
    StaffReleased,
    StaffTook,
    StaffWrote,
)
from dialogs.values import ASKED_BY_STAFF, Role

SECRET = "Sterrenstof"
WORDS = st.sampled_from(
    [f"{SECRET} 12345678", "06 1234 5678", f"{SECRET}@voorbeeld.example", "  ", SECRET * 300]
)
SIDES = st.sampled_from(["", *Role, "complaint", "returning", "nonsense"])
ANYWHERE = (
    *("stop", "urgent", "human", "rights", "menu"),
    *("help", "language", "privacy", "copy", "complaint", "x"),
)
COPIES = (
    Chose("rights.overview", "copy"),
    Chose("everywhere.go", "copy"),
    Chose("reflection.overview", "copy"),
    Chose("talk.review", "take_along"),
    Chose("complaint.review", "take_along"),
)
SENDING = (Chose("intake.review", "send"), Chose("talk.review", "pass_on"))
ODD = st.sampled_from([Attached(), Edited(), Commanded()])
STAFF = st.sampled_from(
    [
        StaffTook("Collega"),
        StaffWrote("Collega", "Dag."),
        *map(StaffAsked, ASKED_BY_STAFF),
        *map(AskLapsed, ASKED_BY_STAFF),
        StaffReleased(),
        StaffClosed("Collega", "Dag."),
        StaffClosed("Collega", "Dag.", may_ask=True),
    ]
)
