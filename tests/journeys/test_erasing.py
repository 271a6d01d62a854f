"""Whoever erases everything leaves nothing but the proof of it: on no page, and in no file."""

from __future__ import annotations

import os
import re
from io import StringIO
from pathlib import Path
from uuid import UUID

from bot.house import House
from storage.schema import Schema
from tests.databases import Place, Supply, rows_of
from tests.houses import ROOT
from tests.journeys.desk import Desk, Page
from tests.journeys.doors import (
    NAME,
    ONE_HOUSE,
    TO_COME_BACK,
    OnPhone,
    Visitor,
    kept,
    makes_a_code,
    sends_a_request,
)
from tests.journeys.traces import content_of
from tests.processes.conftest import Process

pytestmark = ONE_HOUSE

STORY, REPLY, NOTE = "de blauwe olifant", "groene giraffe", "paarse pinguin"
COMPLAINT, ANSWER, PIN = "gele goudvis", "rode reiger", "2580"
WRITTEN = (NAME, STORY, REPLY, NOTE, COMPLAINT, ANSWER)


async def writes_all_over(visitor: Visitor, desk: Desk) -> tuple[Page, str]:
    """Leave words wherever one person can; give the page of the request, and the code."""
    await sends_a_request(visitor)
    await visitor.says(STORY)
    page = await desk.claim()
    await visitor.hears()
    page = await desk.write(page, REPLY)
    await visitor.hears(REPLY)
    page = await desk.submit(page.form("/write"), kind="note", words=NOTE)
    await visitor.says("/complaint")
    await visitor.presses("complaint.begin:filing", "complaint.filing:go_on")
    await visitor.presses("consent.complaint:yes", "complaint.questions:go_on")
    await visitor.says(COMPLAINT, "Iemand Anders", NAME, "een@voorbeeld.example")
    await visitor.presses("complaint.review:send")
    await desk.names_nobody()
    await desk.advance("director", ANSWER)
    await visitor.hears(ANSWER)
    code = await makes_a_code(visitor)
    await visitor.presses(*TO_COME_BACK, "returning.begin:pin")
    await visitor.says(PIN, "/mydata")
    assert STORY in (await visitor.fetches("txt")).decode()
    return page, code


async def marks_of(house: House, place: Place) -> dict[str, list[bytes]]:
    """Give what only one person's rows hold, in each form in which it may stand in a file."""
    (person,) = await rows_of(house.database, "SELECT id FROM person")
    id = UUID(str(person[0]))
    keys = Supply(place.folder).database(place.keys_url, Schema.KEYS)
    ((wrapped,),) = await rows_of(keys, "SELECT wrapped FROM person_key")
    await keys.close()
    assert isinstance(wrapped, bytes)
    return {"id": [id.bytes, id.hex.encode(), str(id).encode()], "key": [wrapped]}


def found_in(place: Place, marks: dict[str, list[bytes]]) -> set[str]:
    """Name the marks that are in any file: the databases, their write-ahead logs, the key file."""
    held = [content_of(path) for path in place.folder.rglob("*") if path.is_file()]
    return {
        mark for mark, forms in marks.items() if any(form in one for form in forms for one in held)
    }


async def test_erasing_leaves_nothing_but_the_proof(
    visitor: Visitor, house: House, desk: Desk, place: Place, debug_log: StringIO
) -> None:
    page, code = await writes_all_over(visitor, desk)
    marks = await marks_of(house, place)
    assert found_in(place, marks) == {"id", "key"}
    copy = visitor.copy
    await visitor.says("/forget")
    await visitor.presses("rights.overview:erase")
    assert visitor.reads("rights.erased.text")
    proof = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", visitor.text)
    assert proof

    # The shells say that there was a request and a complaint, and how long; they are nobody's.
    # Which messages are being taken out of a chat is known until that is done; test_swept.py waits.
    assert await kept(house) - {"trace"} == {"complaint", "referral"}
    assert await rows_of(house.database, "SELECT id FROM person") == []
    assert found_in(place, marks) == set()
    for address in (page.address, "/staff/queue?view=mine", "/staff/complaints", copy):
        seen = await desk.get(address)
        assert not [words for words in WRITTEN if words in seen.words]
    logged = debug_log.getvalue()
    assert "The log is open." in logged
    traces = [*WRITTEN, code, PIN, *(form.decode("latin-1") for form in marks["id"])]
    assert not [trace for trace in traces if trace in logged]
    if isinstance(visitor, OnPhone):
        assert str(visitor.phone.chat.id) not in logged

    # What opened the conversation opens nothing: whoever comes here is new.
    await visitor.comes("returning")
    await visitor.says(code)
    assert visitor.reads("returning.enter.not_found")
    assert await proved(house, place.folder, proof[0]) == "erased on 2026-03-02"


async def proved(house: House, folder: Path, number: str) -> str:
    """Ask the command line about a number, as the organisation does when it is shown one."""
    settings = house.settings
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": settings.database_url,
        "KEYSTORE_URL": settings.keystore_url,
        "KEY_FILE": str(settings.key_file),
        "ORGANISATION_FILE": str(settings.organisation_file),
    }
    code, out, err = await Process(environment, folder).run("proof", number)
    assert code == 0, err
    return out.strip().removeprefix(f"{number}: ")
