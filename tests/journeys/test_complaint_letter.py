"""A complaint as a letter: made here, sent by its person, and kept nowhere unless they ask."""

from __future__ import annotations

import pytest

from bot.house import House
from bot.terms import FETCHABLE
from bot.workers import keeper_of
from dialogs.values import Service
from tests.databases import Place, Supply, rows_of
from tests.houses import StillClock
from tests.journeys.doors import ONE_HOUSE, Visitor, kept
from tests.journeys.traces import hits

pytestmark = ONE_HOUSE

HAPPENED, EMPLOYEE = "De blauwe olifant belde mij nooit terug.", "Paarse Pinguïn"
NAME, REACHED_AT = "Sterrenstof Test", "Giraffelaan 1, Utrecht"
STANDING = "SELECT id FROM consent WHERE ended_at IS NULL"
TO_THE_QUESTIONS = (
    *("complaint.begin:letter", "complaint.letter:go_on"),
    *("consent.age:yes", "consent.letter_of_complaint:yes", "complaint.questions:go_on"),
)


async def writes_a_letter(visitor: Visitor) -> None:
    await visitor.comes("complaint")
    await visitor.presses("welcome.language:nl", "welcome.role:offender", *TO_THE_QUESTIONS)
    await visitor.says(HAPPENED, EMPLOYEE, NAME, REACHED_AT)
    await visitor.presses("complaint.review:take_along")
    assert visitor.reads("copies.ready.complaint_letter")


async def test_a_letter_is_fetched_and_nothing_of_it_is_left(
    visitor: Visitor, house: House, clock: StillClock, place: Place, supply: Supply
) -> None:
    await writes_a_letter(visitor)
    assert (await visitor.fetches("pdf")).startswith(b"%PDF-")
    text = (await visitor.fetches("txt")).decode()
    assert "Postbus 14208" in text
    for words in (HAPPENED, EMPLOYEE, NAME, REACHED_AT):
        assert words in text

    await visitor.presses("copies.ready:done")
    assert visitor.reads("copies.ready.gone")
    assert await rows_of(house.database, STANDING) == []
    # That there was a link goes with its quarter of an hour.
    assert await kept(house) == {"consent", "copy"}
    clock.pass_by(FETCHABLE)
    await keeper_of(house).round()
    assert await kept(house) == {"consent"}
    for words in (HAPPENED, EMPLOYEE, NAME, REACHED_AT):
        assert hits(words, supply.files(place)) == []


async def test_who_leaves_a_letter_where_it_is_keeps_nothing_either(
    visitor: Visitor, house: House, clock: StillClock
) -> None:
    await writes_a_letter(visitor)
    clock.pass_by(FETCHABLE)
    await keeper_of(house).round()
    assert await kept(house) == {"consent"}
    assert await rows_of(house.database, STANDING) == []
    await visitor.presses("everywhere.go:menu", "welcome.menu:complaint")
    assert "complaint.begin:resume" not in visitor.buttons


async def test_what_somebody_keeps_is_changed_and_made_a_letter_again(
    visitor: Visitor, house: House
) -> None:
    await writes_a_letter(visitor)
    await visitor.presses("copies.ready:keep")
    assert visitor.reads("complaint.review.ask")
    await visitor.presses(
        *("complaint.review:change", "complaint.change:you", "complaint.change_you:reached_at")
    )
    await visitor.says("een@voorbeeld.example")
    await visitor.presses("complaint.review:take_along")
    text = (await visitor.fetches("txt")).decode()
    assert "een@voorbeeld.example" in text
    assert REACHED_AT not in text
    await visitor.presses("everywhere.go:stop")
    assert await rows_of(house.database, STANDING) == []


@pytest.mark.parametrize("answer", ["go_on", "not_now"])
async def test_a_letter_is_told_of_before_anything_is_asked(
    visitor: Visitor, house: House, answer: str
) -> None:
    await visitor.comes("complaint")
    await visitor.presses("welcome.language:nl", "welcome.role:victim", "complaint.begin:letter")
    for line in ("what", "alone", "words"):
        assert visitor.reads(f"complaint.letter.{line}")
    assert visitor.reads("handoff.human.complaints_post")
    assert visitor.reads("handoff.human.complaints_email")
    await visitor.presses(f"complaint.letter:{answer}")
    assert await kept(house) == set()


async def test_a_client_makes_a_letter_to_the_office(visitor: Visitor) -> None:
    await visitor.comes("complaint")
    await visitor.presses("welcome.language:nl", "welcome.role:other", "welcome.other_role:client")
    await visitor.presses("complaint.begin:office", "complaint.office:letter")
    assert visitor.reads("handoff.human.complaints_site", Service.ADMINISTRATION)
    await visitor.presses(*TO_THE_QUESTIONS[1:])
    await visitor.says(HAPPENED)
    await visitor.presses("complaint.employee:skip", "complaint.sent_back:yes")
    await visitor.presses("complaint.signed:enough", "complaint.review:take_along")
    text = (await visitor.fetches("txt")).decode()
    assert text.startswith("Aan SBM Halsteren")
    assert "De rechtbank heeft mij" in text
    assert "ommissie" not in text
