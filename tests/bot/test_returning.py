"""A code leads one person back to one conversation, and nobody else anywhere."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import returning
from bot.envelopes import Envelope, read_letter
from bot.house import House
from bot.workers import keeper_of
from dialogs.events import StaffTook
from dialogs.returning import NOT_FOUND
from storage import mail, messages, referrals
from storage.doors import Door
from storage.messages import Author, Delivery, NewMessage
from tests.databases import rows_of
from tests.houses import StillClock, Visitor
from tests.storage.made import colleague

TO_A_CODE = ("everywhere.go:menu", "welcome.menu:more", "welcome.more:returning")


async def begins(visitor: Visitor) -> None:
    """Come to the menu."""
    await visitor.starts()
    await visitor.presses("welcome.language:nl", "welcome.role:victim")


async def code_of(visitor: Visitor) -> str:
    """Make a code, and confirm it."""
    shown = await visitor.presses(*TO_A_CODE, "returning.begin:code")
    code = shown.session.code
    assert len(code) == 16
    await visitor.presses("returning.code:written")
    kept = await visitor.says(code[-4:])
    assert kept.session.remark == "returning.code.kept"
    return code


async def came_back(visitor: Visitor, code: str) -> bool:
    """Type a code at a door; say whether that led back."""
    await visitor.starts("returning")
    typed = await visitor.says(code)
    assert typed.session.remark in {NOT_FOUND, "returning.resumed"}
    return typed.session.remark == "returning.resumed"


async def test_a_conversation_moves_to_the_door_where_its_code_is_typed(house: House) -> None:
    phone, page = Visitor(house, Door.TELEGRAM), Visitor(house)
    sent = await phone.sends_a_request()
    code = await code_of(phone)

    assert await came_back(page, f"{code[:8]} {code[8:]}")
    there = await page.presses("everywhere.go:menu", "welcome.menu:conversation")
    assert there.session.reference == sent.session.reference
    assert (await page.says("Hallo")).session.is_with_staff

    stranger = await phone.starts()
    assert stranger.session.place.step == "language"
    assert not stranger.session.agreements
    assert stranger.session.reference != sent.session.reference
    # And back again, by the same code.
    assert await came_back(phone, code)
    assert (await phone.says("Dag")).session.is_with_staff
    assert (await page.starts()).session.place.step == "language"


async def test_nothing_is_left_of_the_stranger_who_turned_out_to_be_somebody(house: House) -> None:
    phone, page = Visitor(house), Visitor(house)
    await begins(phone)
    code = await code_of(phone)
    people_before = await rows_of(house.database, "SELECT id FROM person")
    assert await came_back(page, code)
    assert await rows_of(house.database, "SELECT id FROM person") == people_before
    assert len(await rows_of(house.keystore._database, "SELECT * FROM person_key")) == 1
    assert await rows_of(house.database, "SELECT * FROM erasure") == []


async def test_a_new_code_takes_the_place_of_the_old_one(house: House) -> None:
    phone, page = Visitor(house), Visitor(house)
    await begins(phone)
    old, new = await code_of(phone), await code_of(phone)
    assert not await came_back(page, old)
    assert await came_back(page, new)


async def test_a_code_that_was_not_confirmed_leads_nowhere(house: House) -> None:
    phone, page = Visitor(house), Visitor(house)
    await begins(phone)
    shown = await phone.presses(*TO_A_CODE, "returning.begin:code", "returning.code:written")
    assert not await came_back(page, shown.session.code)


async def test_a_code_leads_nowhere_once_everything_was_erased(house: House) -> None:
    phone, page = Visitor(house), Visitor(house)
    await begins(phone)
    code = await code_of(phone)
    await phone.presses("everywhere.go:rights", "rights.overview:erase")
    assert not await came_back(page, code)
    assert await rows_of(house.database, "SELECT * FROM code") == []


async def test_a_code_goes_when_its_conversation_is_forgotten(
    house: House, clock: StillClock
) -> None:
    phone = Visitor(house)
    await begins(phone)
    await code_of(phone)
    clock.pass_by(timedelta(days=house.organisation.unfinished_days, hours=1))
    assert await keeper_of(house).round() == 1
    assert await rows_of(house.database, "SELECT * FROM code") == []


async def test_whoever_tries_too_often_reads_the_same_and_is_not_listened_to(
    house: House, clock: StillClock
) -> None:
    phone, page = Visitor(house), Visitor(house)
    await begins(phone)
    code = await code_of(phone)
    await page.starts("returning")
    wrong = [await page.says("0000 0000 0000 0000") for _ in range(returning.TRIES_AT_A_DOOR)]
    too_often = await page.says(code)
    assert {each.screen for each in wrong} == {too_often.screen}
    assert too_often.session.remark == NOT_FOUND
    clock.pass_by(returning.WITHIN + timedelta(seconds=1))
    assert await came_back(page, code)


async def test_new_doors_do_not_help_whoever_tries_code_after_code(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returning, "TRIES_IN_ALL", 3)
    phone = Visitor(house)
    await begins(phone)
    code = await code_of(phone)
    for _ in range(3):
        assert not await came_back(Visitor(house), "0000000000000000")
    assert not await came_back(Visitor(house), code)


async def test_a_code_is_compared_with_as_much_work_whether_or_not_it_is_somebodys(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = house.conductor._stage.returning.hashes
    compared: list[bool] = []
    verify = hashes._verify

    def watched(kept: str, offered: str) -> bool:
        compared.append(verify(kept, offered))
        return compared[-1]

    monkeypatch.setattr(hashes, "_verify", watched)
    phone = Visitor(house)
    await begins(phone)
    code = await code_of(phone)
    assert not await came_back(Visitor(house), "0000000000000000")
    assert await came_back(Visitor(house), code)
    assert compared == [False, True]


async def test_words_of_staff_that_nobody_fetched_are_brought_to_who_comes_back_in_telegram(
    house: House,
) -> None:
    page, phone = Visitor(house), Visitor(house, Door.TELEGRAM)
    await page.sends_a_request()
    code = await code_of(page)
    await write(house, "Dag, ik lees met u mee.")
    assert await came_back(phone, code)
    async with house.database.begin() as db:
        now = house.clock.now()
        leased = await mail.lease(db, house.keystore, 1, now, now + timedelta(minutes=1))
        while leased[0].message_id is None:
            await mail.done(db, [leased[0].id], now)
            leased = await mail.lease(db, house.keystore, 1, now, now + timedelta(minutes=1))
    body = read_letter(leased[0].body or "")
    assert body.address == phone.sender.address
    assert "Dag, ik lees met u mee." in {line.words for line in body.screen.lines}
    assert body.screen.lines[0].id == "everywhere.opening"


async def write(house: House, words: str) -> None:
    """Let a colleague take the only request there is, and write."""
    member = await colleague(house.database, house.keystore, queues=frozenset({"intake"}))
    ((referral_id, person_id),) = await rows_of(
        house.database, "SELECT id, person_id FROM referral"
    )
    referral, person = UUID(str(referral_id)), UUID(str(person_id))
    seal = await house.keystore.seal_of(person)
    new = NewMessage(
        house.clock.new_id(),
        referral,
        Author.STAFF,
        house.clock.now(),
        words,
        member.id,
        Delivery.WAITING,
    )

    async def first(db: AsyncSession) -> None:
        await referrals.claim(db, member, referral, house.clock.now())
        await messages.add(db, seal, new)

    await house.conductor.hear(Envelope(person, "staff:1", StaffTook(member.name), first))
