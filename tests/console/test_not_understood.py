"""What was not understood, as colleagues see it."""

from __future__ import annotations

from datetime import timedelta

from storage import tally
from storage.staff_values import StaffRole
from tests.console.colleagues import Office
from tests.console.pages import Page
from tests.houses import StillClock


async def missed(
    office: Office, near: str, times: int, *, language: str = "nl", is_offered: bool = False
) -> None:
    name = tally.missed(language, near, is_offered=is_offered)
    async with office.house.database.begin() as db:
        await tally.add(db, name, times, office.house.clock.now())


async def seen(office: Office) -> Page:
    lezer = await office.colleague("Lezer", roles={StaffRole.READER})
    return await lezer.get("/staff/not-understood")


async def test_counts_are_told_by_language_and_topic(office: Office) -> None:
    await missed(office, "costs", 12, is_offered=True)
    await missed(office, "costs", 5)
    await missed(office, "", 7, language="en")
    page = await seen(office)
    assert page.status == 200
    assert {"nl", "en"} <= set(page.ids)
    dutch, english = page.html.split('<section id="en"')
    assert '<th scope="row">De kosten</th><td>10</td><td>5</td>' in dutch
    assert '<th scope="row">Lijkt op geen onderwerp</th><td>&lt;5</td><td>5</td>' in english


async def test_fewer_than_five_are_not_told(office: Office) -> None:
    await missed(office, "costs", 4, is_offered=True)
    await missed(office, "costs", 4)
    page = await seen(office)
    assert "empty" in page.ids
    assert "nl" not in page.ids


async def test_what_happened_more_than_a_year_ago_is_not_told(
    office: Office, clock: StillClock
) -> None:
    await missed(office, "costs", 4)
    clock.pass_by(timedelta(days=400))
    await missed(office, "costs", 4)
    assert "empty" in (await seen(office)).ids


async def test_other_counts_and_topics_that_are_no_more_are_left_out(office: Office) -> None:
    await missed(office, "no_more", 5)
    async with office.house.database.begin() as db:
        await tally.add(db, "info.costs.yes", 5, office.house.clock.now())
    assert "empty" in (await seen(office)).ids
