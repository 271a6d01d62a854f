"""Who asks for the next one gets the most urgent request that is still free, and only one."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from storage.doors import Door
from tests.console.colleagues import Office, address, rows_on
from tests.console.test_claiming import both_kinds
from tests.houses import StillClock


async def test_the_next_one_is_the_most_urgent(office: Office, clock: StillClock) -> None:
    first = (await office.request())[1]
    clock.pass_by(timedelta(minutes=5))
    second = (await office.request())[1]
    noor = await office.colleague("Noor")
    for each in (first, second):
        page = await noor.get("/staff/queue")
        assert (await noor.submit(page.form("/next"))).leads_to == address(each)
    assert rows_on(await noor.get("/staff/queue?view=mine")) == [first.id, second.id]


async def test_when_nobody_waits_that_is_said(office: Office) -> None:
    other = (await office.request(Door.WEB))[1]
    noor, els = await office.colleague("Noor", "mentoring"), await office.colleague("Els")
    page = await noor.post("/staff/next", nonce="one")
    assert (page.status, "notice" in page.ids) == (409, True)
    assert office.house.wording.staff("nl", "queue.none_next") in page.html
    assert (await els.post("/staff/next", nonce="one")).leads_to == address(other)


@both_kinds
async def test_two_who_ask_at_once_get_two(office: Office) -> None:
    sent = {(await office.request())[1].id for _ in range(2)}
    pair = await office.colleague("Noor"), await office.colleague("Els")
    pages = await asyncio.gather(*(each.post("/staff/next", nonce="one") for each in pair))
    assert {page.leads_to.rpartition("/")[2] for page in pages} == {str(id) for id in sent}


async def test_pressing_twice_takes_one(office: Office) -> None:
    for _ in range(2):
        await office.request()
    noor = await office.colleague("Noor")
    form = (await noor.get("/staff/queue")).form("/next")
    await noor.submit(form)
    assert (await noor.submit(form)).leads_to == "/staff/queue?view=mine"
    assert len(rows_on(await noor.get("/staff/queue?view=mine"))) == 1
