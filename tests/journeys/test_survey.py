"""After a colleague closed a request a few questions may be answered, and nobody knows by whom."""

from __future__ import annotations

import pytest

from dialogs.survey import OF_PEOPLE, OF_REFERRERS, SCALES
from tests.databases import rows_of
from tests.journeys.desk import Desk
from tests.journeys.doors import ONE_HOUSE, Visitor
from tests.journeys.roles import COMERS

pytestmark = ONE_HOUSE

ANSWERS = "SELECT * FROM survey ORDER BY question"


@pytest.mark.parametrize(("who", "asked"), [("offender", OF_PEOPLE), ("referrer", OF_REFERRERS)])
async def test_after_a_closing_each_answers_their_own_questions_and_is_only_counted(
    visitor: Visitor, desk: Desk, who: str, asked: tuple[str, ...]
) -> None:
    await COMERS[who].sends_a_request(visitor)
    page = await desk.claim()
    await visitor.hears()
    await desk.close(page, "Het beste gewenst.")
    await visitor.hears("Het beste gewenst.")
    assert visitor.reads("survey.begin.ask")
    await visitor.presses("survey.begin:go_on")
    first, *others, last = asked
    for question in (first, *others):
        assert visitor.reads(f"survey.{question}.ask")
        await visitor.presses(f"survey.{question}:{SCALES[question][0]}")
    await visitor.presses(f"survey.{last}:skip")
    assert visitor.reads("survey.thanks.text")

    # A month, a queue, a question, an option and how often: nothing in a row is of a person.
    counted = [(question, SCALES[question][0], 1) for question in sorted((first, *others))]
    told = [("2026-03-01", "intake", *each) for each in counted]
    assert await rows_of(desk.house.database, ANSWERS) == told
    # Erasing everything leaves the counts, for they are nobody's.
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert await rows_of(desk.house.database, ANSWERS) == told
    # A colleague sees that something was answered; one answer would tell whose it is.
    survey = await desk.get("/staff/survey")
    assert desk.house.wording.template("nl", f"survey.{first}.ask") in survey.words
    assert survey.words.count("minder dan 5") == len(counted) * len(SCALES[first])


async def test_after_an_alarm_nothing_is_asked(visitor: Visitor, desk: Desk) -> None:
    await COMERS["victim"].sends_a_request(visitor)
    await visitor.says("als u nee zegt, sla ik die bemiddelaar voor zijn kop")
    page = await desk.claim()
    await visitor.hears()
    await desk.close(page, "Het beste gewenst.")
    await visitor.hears("Het beste gewenst.")
    assert visitor.reads("handoff.closed.text")
    assert "survey.begin:go_on" not in visitor.buttons


async def test_who_stops_by_themselves_is_asked_nothing(visitor: Visitor, desk: Desk) -> None:
    await COMERS["victim"].sends_a_request(visitor)
    await desk.claim()
    await visitor.hears()
    await visitor.presses("everywhere.go:stop")
    assert visitor.reads("handoff.left.text")
    assert "survey.begin:go_on" not in visitor.buttons
    assert await rows_of(desk.house.database, ANSWERS) == []
