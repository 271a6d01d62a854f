"""Of two who change at once who opens a letterbox, one comes after the other and sees what it did.

Where a test holds one transaction open, the other is seen to wait for it before it ends.
"""

from __future__ import annotations

import asyncio

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console import members
from storage import letterbox, own_keys
from storage.duties import Duty, take_turns
from storage.errors import LastKey
from storage.own_keys import KeptKey
from storage.pairs import PrivateKey
from storage.staff_tables import LetterboxKeyRow
from storage.staff_values import Member
from tests.console.boxes import (
    gives_on,
    house,
    signed_in,
    who_opens,
    with_passphrase,
    with_spare_key,
)
from tests.console.colleagues import Office
from tests.databases import KINDS, rows_of, waits
from tests.houses import StillClock

__all__ = ["house"]

PATIENCE_S = 20
GIVEN = "SELECT staff_id FROM letterbox_key"

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
on_postgresql = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


async def is_reset(db: AsyncSession, member: Member) -> None:
    """Forget what a colleague opened, as a reset does before it ends."""
    await letterbox.take_away(db, member.id, even_the_last=True)
    await own_keys.forget_own(db, member.id)


@on_postgresql
async def test_who_is_being_reset_is_given_no_key(office: Office, clock: StillClock) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    els = await with_passphrase(office, clock, "Els", "intake")
    async with asyncio.timeout(PATIENCE_S):
        async with office.house.database.begin() as db:
            await is_reset(db, els.member)
            giving = asyncio.create_task(gives_on(noor))
            await waits(office.house.database, giving, "advisory")
        assert (await giving).status == 404
    assert await rows_of(office.house.database, GIVEN) == [(noor.member.id,)]


@on_postgresql
async def test_who_is_reset_while_a_key_is_given_to_them_has_none_after_it(
    office: Office, clock: StillClock
) -> None:
    spare, house = PrivateKey.new(), office.house
    with_spare_key(house, spare.public)
    noor = await with_passphrase(office, clock, "Noor", "intake")
    els = await with_passphrase(office, clock, "Els", "intake")
    async with asyncio.timeout(PATIENCE_S):
        async with house.database.begin() as db:
            await take_turns(db, Duty.LETTERBOXES)
            key = await letterbox.with_spare(db, "intake", spare)
            await letterbox.give(db, "intake", key, els.member.id)
            resetting = asyncio.create_task(members.reset(house, els.member.email))
            await waits(house.database, resetting, "advisory")
        await resetting
    assert await rows_of(house.database, GIVEN) == [(noor.member.id,)]


@on_postgresql
async def test_a_key_is_not_given_on_when_its_letterbox_is_made_anew_meanwhile(
    office: Office, clock: StillClock
) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    els = await with_passphrase(office, clock, "Els", "intake")
    form = (await noor.get("/staff/me")).form("/letterboxes")
    async with asyncio.timeout(PATIENCE_S):
        async with office.house.database.begin() as db:
            await is_reset(db, noor.member)
            assert await letterbox.make(db, "intake", els.member.id)
            giving = asyncio.create_task(noor.submit(form))
            await waits(office.house.database, giving, "advisory")
            made = list(await db.exec(select(LetterboxKeyRow.box)))
        assert (await giving).status == 409
    async with office.house.database.reading() as db:
        assert list(await db.exec(select(LetterboxKeyRow.box))) == made, "or new letters are lost"


@on_postgresql
async def test_of_two_who_sign_in_first_one_makes_the_letterbox(
    office: Office, clock: StillClock
) -> None:
    noor, els = await office.hires("Noor", "intake"), await office.hires("Els", "intake")
    async with asyncio.timeout(PATIENCE_S):
        async with office.house.database.begin() as db:
            pair = KeptKey.of(PrivateKey.new(), b"slow hash", b"salt", (1, 8, 1))
            await own_keys.keep_own(db, noor.id, pair)
            assert await letterbox.make(db, "intake", noor.id)
            signing_in = asyncio.create_task(signed_in(office, clock, els))
            await waits(office.house.database, signing_in, "advisory")
        await signing_in
    assert await who_opens(office.house) == {noor.id}


@both_kinds
async def test_two_who_have_a_key_do_not_both_leave_at_once(
    office: Office, clock: StillClock
) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    els = await with_passphrase(office, clock, "Els", "intake")
    await gives_on(noor)
    leaving = (members.disable(office.house, each.member.email) for each in (noor, els))
    went = await asyncio.gather(*leaving, return_exceptions=True)
    assert [type(each) for each in went].count(LastKey) == 1
