"""What a backup brings back is not sent once more, and what was withdrawn since is so again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bot.backups import back_up
from bot.clock import Clock
from bot.console import members
from bot.house import House
from bot.opening import migrate_both, opened
from bot.settings import Settings
from bot.withdrawing import withdraw_again
from dialogs.frozen import replace
from storage import consents, mail, messages, needs, notices, passkeys
from storage.database import Database
from storage.doors import Door
from storage.errors import NotFound
from storage.messages import Delivery
from storage.needs import NewNeed
from storage.notices import Notice, State
from storage.passkeys import Passkey
from storage.referral_values import Status
from storage.restoring import Doors, Ended, Unsent
from storage.staff_values import Member, StaffRole
from storage.statements import table_of
from storage.tables import ConversationRow
from tests.bot.backups import ONE, elsewhere, files, folder, put_back
from tests.console.colleagues import hired, referral_of
from tests.databases import rows_of
from tests.houses import StillClock, Visitor
from tests.web.colleagues import Colleague

__all__ = ["elsewhere", "folder"]

WITHDRAW = ("everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:data")


async def test_what_was_on_its_way_is_not_sent_again_unless_a_colleague_does(
    elsewhere: Settings, folder: Path
) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, Clock()) as house:
        noor = Colleague(house, await hired(house, "Noor"))
        await Visitor(house, Door.TELEGRAM).sends_a_request()
        await noor.takes()
        arrived, words = await noor.writes("Dag"), await noor.writes("Bent u er?")
        async with house.database.begin() as db:
            await mail.take_out(db, arrived)
            await messages.mark(db, [arrived], Delivery.SENT)
            told = Notice(house.clock.new_id(), noor.referral.id, noor.referral.queue, None)
            await notices.put(db, [told], house.clock.now())
            waiting = (await mail.counts(db)).waiting
        await back_up(elsewhere, Clock(), folder)
    assert waiting > 1
    restored = await put_back(elsewhere, folder, over=True)
    assert restored.unsent == Unsent(waiting, 1)
    async with opened(elsewhere, Clock()) as house:
        noor.house = house
        async with house.database.begin() as db:
            counts = await mail.counts(db)
            assert (counts.waiting, counts.dropped) == (0, waiting)
            (listed,) = await notices.listing(db, noor.member, 10)
            assert listed.state is State.NEEDLESS
            await messages.wait_again(db, words, noor.member.id)
        assert await noor.sees_delivery_of(arrived) is Delivery.SENT
        assert await noor.sees_delivery_of(words) is Delivery.WAITING


async def test_what_was_open_in_need_is_not_any_more(elsewhere: Settings, folder: Path) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, Clock()) as house:
        visitor = Visitor(house)
        noor = await hired(house, "Noor", "mentoring")
        coo = await hired(house, "Coo", roles={StaffRole.COORDINATOR})
        await visitor.sends_a_request()
        reference = (await referral_of(house, visitor)).reference or ""
        new = NewNeed(house.clock.new_id(), reference, "Het is dringend.", house.clock.now())
        async with house.database.begin() as db:
            await needs.ask(db, house.keystore.system, noor, new)
            await needs.decide(db, coo, new.id, house.clock.now(), is_allowed=True)
            await needs.opened(db, noor, new.id, house.clock.now())
        await back_up(elsewhere, Clock(), folder)
    await put_back(elsewhere, folder, over=True)
    async with opened(elsewhere, Clock()) as house, house.database.reading() as db:
        with pytest.raises(NotFound):
            await needs.opened(db, noor, new.id, house.clock.now())


@ONE
async def test_letters_stay_where_only_the_keys_are_put_back(
    elsewhere: Settings, folder: Path
) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, Clock()) as house:
        await Visitor(house, Door.TELEGRAM).sends_a_request()
        await back_up(elsewhere, Clock(), folder)
        async with house.database.reading() as db:
            before = await mail.counts(db)
    (data,) = files(folder, "data")
    data.unlink()
    restored = await put_back(elsewhere, folder, over=True)
    assert restored.unsent == Unsent(0, 0)
    async with opened(elsewhere, Clock()) as house, house.database.reading() as db:
        assert await mail.counts(db) == before
        assert before.waiting


async def test_what_was_withdrawn_since_is_named_and_nothing_else(
    elsewhere: Settings, folder: Path, clock: StillClock
) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, clock) as house:
        before, since, renews = [Visitor(house) for _ in range(3)]
        for each in (before, since, renews):
            await each.sends_a_request()
        await before.presses(*WITHDRAW)
        reference = (await referral_of(house, since)).reference
        clock.pass_by(timedelta(hours=1))
        await back_up(elsewhere, clock, folder)
        clock.pass_by(timedelta(hours=1))
        await since.presses(*WITHDRAW)
        newcomer = Visitor(house)
        await newcomer.sends_a_request()
        await newcomer.presses(*WITHDRAW)
        await renewed(house, renews)
    restored = await put_back(elsewhere, folder, over=True)
    assert [(each.purpose, each.reference) for each in restored.ended] == [("data", reference)]


async def test_who_was_shut_out_since_stays_so(elsewhere: Settings, folder: Path) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, Clock()) as house:
        noor, bas = await hired(house, "Noor"), await hired(house, "Bas")
        kept, lost = await with_passkey(house, noor), await with_passkey(house, noor)
        await back_up(elsewhere, Clock(), folder)
        async with house.database.begin() as db:
            await passkeys.remove(db, noor.id, lost)
        await members.disable(house, bas.email)
    restored = await put_back(elsewhere, folder, over=True)
    assert restored.shut == Doors(frozenset({lost}), frozenset({bas.id}))
    async with opened(elsewhere, Clock()) as house:
        found = {each.id: each.active for each in await members.everyone(house)}
        assert found == {noor.id: True, bas.id: False}
        async with house.database.reading() as db:
            (left,) = await passkeys.of_member(db, house.keystore.system, noor.id)
        assert left.id == kept


async def test_where_nothing_was_no_passkey_comes_back(
    house: House, settings: Settings, elsewhere: Settings, folder: Path
) -> None:
    lost = await with_passkey(house, await hired(house, "Noor"))
    await back_up(settings, Clock(), folder)
    restored = await put_back(elsewhere, folder)
    assert restored.shut == Doors(frozenset({lost}), frozenset())


@pytest.mark.parametrize("door", [Door.WEB, Door.TELEGRAM])
async def test_what_was_withdrawn_since_is_withdrawn_again(
    elsewhere: Settings, folder: Path, clock: StillClock, door: Door
) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, clock) as house:
        withdraws, erases, stays = [Visitor(house, door) for _ in range(3)]
        for each in (withdraws, erases, stays):
            await each.sends_a_request()
        kept = (await referral_of(house, stays)).reference
        await back_up(elsewhere, clock, folder)
        clock.pass_by(timedelta(hours=1))
        await withdraws.presses(*WITHDRAW)
        await erases.presses(*WITHDRAW)
        await erases.presses("everywhere.go:rights", "rights.overview:erase")
    restored = await put_back(elsewhere, folder, over=True)
    assert await contents(elsewhere) == 2
    async with opened(elsewhere, clock) as house:
        assert await withdraw_again(house, restored.ended) == []
        # Twice is as once.
        assert await withdraw_again(house, restored.ended) == []
        stays.house = house
        assert (await referral_of(house, stays)).reference == kept
        gone = await referral_of(house, withdraws)
        assert gone.status is Status.WITHDRAWN
    assert await contents(elsewhere) == 1


async def test_what_cannot_be_withdrawn_again_is_told(
    elsewhere: Settings, clock: StillClock
) -> None:
    await migrate_both(elsewhere)
    async with opened(elsewhere, clock) as house:
        visitor = Visitor(house)
        await visitor.sends_a_request()
        person_id = (await referral_of(house, visitor)).person_id
        assert person_id is not None
        async with house.database.begin() as db:
            connection = await db.connection()
            spoilt = {"session": b"\xe1" + bytes(60)}
            await connection.execute(table_of(ConversationRow).update().values(spoilt))
        ended = Ended("data", None, person_id)
        assert await withdraw_again(house, [ended]) == [ended]


async def contents(settings: Settings) -> int:
    """Count the requests of which it is kept what was said in them."""
    database = Database.at(settings.database_url)
    found = await rows_of(database, "SELECT id FROM referral WHERE content IS NOT NULL")
    await database.close()
    return len(found)


async def with_passkey(house: House, member: Member) -> UUID:
    """Give a colleague a passkey, and its id."""
    id, now = house.clock.new_id(), house.clock.now()
    async with house.database.begin() as db:
        new = Passkey(id, member.id, "Telefoon", id.bytes, b"key", 0, now)
        await passkeys.add(db, house.keystore.system, new)
    return id


async def renewed(house: House, visitor: Visitor) -> None:
    """Let somebody agree once more to what they agreed to."""
    person_id = (await referral_of(house, visitor)).person_id
    assert person_id is not None
    async with house.database.begin() as db:
        for each in await consents.held(db, person_id):
            again = replace(each, id=house.clock.new_id(), given_at=house.clock.now())
            await consents.record(db, [(person_id, again)])
