"""What did not arrive says so, and can be sent once more by whoever wrote it."""

from __future__ import annotations

import pytest

from storage import messages, people
from storage.doors import Door
from storage.messages import LOST, Author, Delivery, Message
from storage.referrals import Referral
from tests.console.colleagues import Colleague, Office, address
from tests.console.test_writing import thread_of
from tests.databases import KINDS, rows_of

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
WORDS = "Sterrenstof"


async def said(colleague: Colleague, referral: Referral) -> Message:
    thread = await thread_of(colleague, referral)
    return next(each for each in thread if each.author is Author.STAFF)


async def lost(office: Office, how: Delivery) -> tuple[Colleague, Referral]:
    """Have words of Noor not arrive."""
    referral = (await office.request(Door.TELEGRAM))[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await noor.writes(referral, WORDS, kind="answer")
    message = await said(noor, referral)
    async with office.house.database.begin() as db:
        await messages.mark(db, [message.id], how)
    return noor, referral


@both_kinds
@pytest.mark.parametrize("how", sorted(LOST))
async def test_what_did_not_arrive_is_sent_again_in_the_same_words(
    office: Office, how: Delivery
) -> None:
    noor, referral = await lost(office, how)
    page = await noor.opens(referral)
    say = office.house.wording.staff
    assert all(say("nl", f"{room}.{how}") in page.html for room in ("lost", "delivery"))
    letters = await rows_of(office.house.database, "SELECT id FROM letter")
    for _ in range(2):
        assert (await noor.submit(page.form("/again"))).status == 303
    assert len(await rows_of(office.house.database, "SELECT id FROM letter")) == len(letters) + 1
    again = await said(noor, referral)
    assert (again.words, again.delivery) == (WORDS, Delivery.WAITING)
    assert "lost" not in (await noor.opens(referral)).classes
    assert len([m for m in await thread_of(noor, referral) if m.author is Author.STAFF]) == 1


async def test_only_its_writer_sends_it_again_and_only_what_is_lost(office: Office) -> None:
    noor, referral = await lost(office, Delivery.FAILED)
    els = await office.colleague("Els")
    message = str((await said(noor, referral)).id)
    assert not (await els.opens(referral)).has_form("/again")
    assert (await els.post(address(referral, "again"), message=message)).status == 409
    assert (await noor.post(address(referral, "again"), message="none")).status == 404
    await noor.post(address(referral, "again"), message=message)
    assert (await noor.post(address(referral, "again"), message=message)).status == 409


async def test_nothing_is_sent_again_to_who_has_blocked_us(office: Office) -> None:
    noor, referral = await lost(office, Delivery.BLOCKED)
    assert referral.person_id is not None
    async with office.house.database.begin() as db:
        way = await people.way_of(db, referral.person_id)
        await people.close_way(db, way.index)
    page = await noor.opens(referral)
    assert ("way-closed" in page.ids, page.has_form("/again")) == (True, False)
