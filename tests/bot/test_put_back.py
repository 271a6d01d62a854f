"""What a backup brings back is not sent once more, and what was withdrawn since is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.backups import back_up
from bot.clock import Clock
from bot.house import House
from bot.opening import migrate_both, opened
from bot.settings import Settings
from storage import consents, mail, messages, notices
from storage.doors import Door
from storage.messages import Delivery
from storage.notices import Notice, State
from storage.restoring import Ended, Unsent
from tests.bot.backups import ONE, elsewhere, files, folder, put_back
from tests.console.colleagues import hired, referral_of
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
    assert restored.ended == [Ended("data", reference)]


async def renewed(house: House, visitor: Visitor) -> None:
    """Let somebody agree once more to what they agreed to."""
    person_id = (await referral_of(house, visitor)).person_id
    assert person_id is not None
    async with house.database.begin() as db:
        for each in await consents.held(db, person_id):
            again = replace(each, id=house.clock.new_id(), given_at=house.clock.now())
            await consents.record(db, [(person_id, again)])
