"""A self-reflection on the chat page: saved, resumed, taken along as files, and erased."""

from __future__ import annotations

import json
import re

import pytest

from storage.database import Database
from tests.databases import rows_of
from tests.web.visits import Visit

WORDS = "Een plek om rustig te praten."

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


async def reflects(visit: Visit) -> None:
    await visit.opens()
    await visit.presses(
        "welcome.language:nl",
        "welcome.role:other",
        "welcome.other_role:mentoring",
        "welcome.menu:reflection",
        "reflection.before:go_on",
        "consent.age:yes",
        "consent.reflection:yes",
        "reflection.level:level.organisation",
        "reflection.overview:parts",
        "reflection.parts:others",
        "reflection.more_parts:start",
        "reflection.start:first_meeting.fits.yes",
        "reflection.start:first_meeting.present.written",
        "reflection.start:first_meeting.minimum.yes",
        "reflection.start:agreement.fits.partly",
        "reflection.start:agreement.present.no",
        "reflection.start:agreement.minimum.yes",
        "reflection.start:own_goals.fits.unknown",
    )
    await visit.says(WORDS)


async def test_a_reflection_is_resumed_taken_along_and_erased(
    visit: Visit, database: Database
) -> None:
    await reflects(visit)
    await visit.presses("everywhere.go:stop", "everywhere.go:menu", "welcome.menu:reflection")
    page = await visit.presses("reflection.overview:copy")
    found = re.search(r"/copies/[\w-]+", page.text)
    assert found
    async with visit.client.get(f"{found[0]}/pdf") as answer:
        assert (await answer.read()).startswith(b"%PDF-")
    async with visit.client.get(f"{found[0]}/txt") as answer:
        assert WORDS in await answer.text()
    async with visit.client.get(f"{found[0]}/json") as answer:
        told = json.loads(await answer.read())
    assert told["schema_version"] == "rm-reflection/1"
    assert told["findings"] == {
        "strengths": ["first_meeting"],
        "minimums": ["agreement"],
        "absent": [],
        "unsure": ["own_goals"],
    }
    assert told["missing"]["start"] == WORDS
    assert told["about"]["level"] == "organisation"
    assert not {"score", "rank", "total"} & told.keys()
    await visit.opens()
    await visit.presses("everywhere.go:rights", "rights.overview:erase")
    assert await rows_of(database, "SELECT * FROM conversation") == []


async def test_what_is_held_names_every_answer_of_a_reflection(visit: Visit) -> None:
    await reflects(visit)
    page = await visit.presses("everywhere.go:rights", "rights.overview:copy")
    found = re.search(r"/copies/[\w-]+", page.text)
    assert found
    async with visit.client.get(f"{found[0]}/txt") as answer:
        text = " ".join((await answer.text()).split())
    assert WORDS in text
    assert "Ja, het staat op papier" in text
