"""Copies to take along: fetched with a ticket, for a quarter of an hour, and kept nowhere."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from storage import everything
from storage.database import Database
from storage.schema import Schema
from tests.databases import rows_of
from tests.houses import StillClock
from tests.presses import PRESSES
from tests.web.visits import Client, Visit

NAME, STORY = "Aleida Voorbeeld", "Een verhaal dat nergens anders staat."
TABLES = tuple(table.name for table in Schema.DATA.tables.sorted_tables)
TO_A_NAME = PRESSES[:-1]


async def everything_in(database: Database) -> list[list[tuple[object, ...]]]:
    return [await rows_of(database, f"SELECT * FROM {each}") for each in TABLES]  # noqa: S608 - ours


async def asks_for_a_copy(visit: Visit) -> str:
    """Ask for everything that is held, and give the address that is shown."""
    page = await visit.presses("everywhere.go:rights", "rights.overview:copy")
    found = re.search(r'href="(/copies/[\w-]+)"', page.text)
    assert found, "the link is there to be pressed"
    return found[1]


async def sends_a_request(visit: Visit) -> None:
    await visit.opens()
    await visit.presses(*TO_A_NAME)
    await visit.says(NAME)
    await visit.presses("intake.tongue:enough", "intake.review:send")
    await visit.says(STORY)


async def test_everything_that_is_held_is_read_on_a_page_and_fetched_as_files(
    visit: Visit,
) -> None:
    await sends_a_request(visit)
    address = await asks_for_a_copy(visit)
    page = await visit.opens(address)
    assert page.answer.status == 200
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert NAME in page.text
    assert STORY in page.text
    async with visit.client.get(f"{address}/pdf") as answer:
        assert (await answer.read()).startswith(b"%PDF-")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="2026-03-02.pdf"'
    async with visit.client.get(f"{address}/txt") as answer:
        assert STORY in await answer.text()
    async with visit.client.get(f"{address}/json") as answer:
        told = json.loads(await answer.read())
    assert told["schema_version"] == "rm-export/1"
    assert NAME in json.dumps(told["tables"]["referral"])
    assert STORY in json.dumps(told["tables"]["message"])
    (receipt,) = told["consent_receipts"]
    assert receipt["purposes"][0]["purpose"] == "data"
    assert receipt["privacy_notice"]["text"]


async def test_a_copy_holds_nothing_of_anybody_else(visit: Visit, client: Client) -> None:
    await sends_a_request(visit)
    client.session.cookie_jar.clear()
    other = Visit(client)
    await other.opens()
    await other.presses("welcome.language:nl", "welcome.role:offender")
    address = await asks_for_a_copy(other)
    async with client.get(f"{address}/json") as answer:
        text = await answer.text()
    assert NAME not in text
    assert STORY not in text


async def test_a_link_ends_after_a_quarter_of_an_hour(visit: Visit, clock: StillClock) -> None:
    await sends_a_request(visit)
    address = await asks_for_a_copy(visit)
    clock.pass_by(timedelta(minutes=14))
    assert (await visit.opens(address)).answer.status == 200
    clock.pass_by(timedelta(minutes=1))
    for each in (address, f"{address}/pdf", f"/copies/{'x' * 43}"):
        page = await visit.opens(each)
        assert page.answer.status == 410
        assert NAME not in page.text


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_whoever_is_erased_leaves_no_link(visit: Visit) -> None:
    await sends_a_request(visit)
    address = await asks_for_a_copy(visit)
    await visit.opens()
    await visit.presses("everywhere.go:rights", "rights.overview:erase")
    assert (await visit.opens(address)).answer.status == 410


async def test_the_copy_itself_is_kept_nowhere(visit: Visit, database: Database) -> None:
    await sends_a_request(visit)
    address = await asks_for_a_copy(visit)
    before = await everything_in(database)
    for kind in ("pdf", "txt", "json"):
        async with visit.client.get(f"{address}/{kind}") as answer:
            assert answer.status == 200
    assert await everything_in(database) == before


async def test_the_next_link_is_another_one(visit: Visit) -> None:
    await sends_a_request(visit)
    first = await asks_for_a_copy(visit)
    await visit.opens()
    await visit.presses("copies.ready:back")
    assert await asks_for_a_copy(visit) != first


async def test_every_row_of_a_person_is_told(visit: Visit, database: Database) -> None:
    await sends_a_request(visit)
    address = await asks_for_a_copy(visit)
    async with visit.client.get(f"{address}/json") as answer:
        told = json.loads(await answer.read())["tables"]
    for table in everything.tables_of_people():
        counted = await rows_of(database, f"SELECT count(*) FROM {table.name}")  # noqa: S608 - a name of ours
        assert counted == [(len(told.get(table.name, ())),)], table.name


def test_every_table_that_a_person_is_named_in_is_among_those_of_people() -> None:
    named = {
        table.name
        for table in Schema.DATA.tables.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert named <= {table.name for table in everything.tables_of_people()}


async def test_what_is_kept_and_why_can_be_read_by_anybody(
    visit: Visit, database: Database
) -> None:
    page = await visit.opens("/privacy")
    assert page.answer.status == 200
    assert "Hoe lang" in page.text
    assert "Set-Cookie" not in page.answer.headers
    assert await rows_of(database, "SELECT id FROM person") == []
    page = await visit.opens()
    await visit.presses("welcome.language:en", "welcome.role:victim", "everywhere.go:rights")
    link = re.search(r'href="(/privacy/en/mediation)"', visit.page.text)
    assert link
    assert "How long" in (await visit.opens(link[1])).text
    assert (await visit.opens("/privacy/en/nothing")).answer.status == 404
