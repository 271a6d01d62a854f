"""What is said unasked opens with words that tell nothing to whoever looks on."""

from __future__ import annotations

from typing import get_args

import pytest

from dialogs.events import (
    AskLapsed,
    ComplaintAdvanced,
    Elapsed,
    Forgotten,
    LinkEnded,
    News,
    Outlived,
    StaffAsked,
    StaffClosed,
    StaffReleased,
    StaffTook,
    StaffWrote,
)
from dialogs.graph import whole
from dialogs.letters import OPENING
from dialogs.turn import turn
from dialogs.values import Purpose, Standing

HAPPENED: tuple[News, ...] = (
    Elapsed(),
    Outlived(),
    LinkEnded(),
    Forgotten(),
    StaffTook("Collega"),
    StaffWrote("Collega", "Woorden."),
    StaffReleased(),
    StaffClosed("Collega", "Woorden."),
    ComplaintAdvanced(Standing.OFFERED, "Woorden."),
    StaffAsked(Purpose.RESEARCH),
    AskLapsed(Purpose.RESEARCH),
)


def test_nothing_that_can_happen_is_left_out_here() -> None:
    assert {type(event) for event in HAPPENED} == set(get_args(News))


@pytest.mark.no_cover
def test_every_letter_of_every_conversation_opens_neutrally() -> None:
    screens = [
        turn(session, event).screen for session in whole().sessions.values() for event in HAPPENED
    ]
    letters = [screen for screen in screens if screen is not None]
    assert {letter.lines[0] for letter in letters} == {OPENING}
    assert {OPENING} not in [set(letter.lines) for letter in letters]
    assert all(letter.lasting for letter in letters)
