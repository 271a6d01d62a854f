"""Colleagues are told outside the desk that somebody waits, and never who."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import force_setattr

from bot.herald import LEASE, PAUSES, Herald
from bot.hours import Hours, Span
from bot.house import House
from bot.settings import Settings
from bot.smtp import send_mail
from bot.telegram.group import tell_group
from bot.telegram.request import connected
from bot.workers import working
from dialogs.events import Said
from dialogs.frozen import replace
from storage import notices, referrals, retention, staff, walls
from storage.duties import Duty, take_turns
from storage.notice_tables import NoticeRow
from storage.notices import Notice, State
from storage.staff_values import Member, Preferences, StaffRole
from tests.botapi.chats import Chat
from tests.botapi.server import BotApi
from tests.console.colleagues import hired, referral_of
from tests.databases import rows_of
from tests.houses import StillClock, Visitor
from tests.mailserver import MailServer

GROUP = -1001234567890
PATIENCE_S = 20.0
REPEAT = timedelta(minutes=30)
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
BY_DAY = Hours(((Span(540, 1020),),) * 7)


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    """A server that takes e-mail."""
    async with MailServer() as server:
        yield server


@pytest.fixture
def herald(house: House, post: MailServer) -> Herald:
    """A herald who can send e-mail."""
    settings = Settings(smtp_url=post.url, smtp_from="werkplek@huis.example")
    return Herald(house, partial(send_mail, settings), None)


async def likes_mail(house: House, name: str, *queues: str) -> Member:
    member = await hired(house, name, *queues, roles={StaffRole.COLLEAGUE})
    async with house.database.begin() as db:
        await staff.prefer(db, member.id, "nl", Preferences(has_mail=True))
    return member


async def states(house: House, member: Member) -> list[State]:
    async with house.database.reading() as db:
        return [each.state for each in await notices.listing(db, member, 10)]


async def waits(house: House) -> Visitor:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    return visitor


async def test_who_likes_it_gets_an_e_mail_without_a_word_about_the_person(
    house: House, herald: Herald, post: MailServer
) -> None:
    noor = await likes_mail(house, "Noor")
    await hired(house, "Bram", roles={StaffRole.COLLEAGUE})
    await likes_mail(house, "Els", "mentoring")
    referral = await referral_of(house, await waits(house))
    await herald.round()
    (mail,) = post.came
    assert (mail["To"], mail["From"]) == (noor.email, "werkplek@huis.example")
    assert mail["Subject"] == "Er wacht iemand in de wachtrij Aanmeldpunt"
    text = mail.get_content()
    assert f"{house.settings.address}/staff/r/{referral.id}" in text
    assert referral.code_name not in text
    assert referral.reference is not None
    assert referral.reference not in text
    assert await states(house, noor) == [State.SENT]


async def test_it_is_told_again_until_it_is_picked_up_and_then_to_who_coordinates_too(
    house: House, herald: Herald, post: MailServer, clock: StillClock
) -> None:
    noor = await likes_mail(house, "Noor")
    coordinator = await hired(house, "Carla", roles={StaffRole.COORDINATOR})
    referral = await referral_of(house, await waits(house))
    for _ in range(2):
        await herald.round()
    assert post.readers == [noor.email]
    clock.pass_by(REPEAT)
    await herald.round()
    assert sorted(post.readers[1:]) == sorted([noor.email, coordinator.email])
    async with house.database.begin() as db:
        await referrals.claim(db, noor, referral.id, clock.now())
    clock.pass_by(REPEAT)
    assert await herald.round() == 0
    assert len(post.came) == 3


async def test_from_whom_it_is_kept_is_not_told_and_reads_nothing_of_it(
    house: House, herald: Herald, post: MailServer
) -> None:
    noor, els = await likes_mail(house, "Noor"), await likes_mail(house, "Els")
    referral = await referral_of(house, await waits(house))
    async with house.database.begin() as db:
        await walls.stand_aside(db, noor, referral.id)
    await herald.round()
    assert post.readers == [els.email]
    assert await states(house, els) == [State.SENT]
    assert await states(house, noor) == []


async def test_from_whom_it_is_kept_after_it_was_put_down_is_not_told_any_more(
    house: House, herald: Herald, post: MailServer
) -> None:
    noor = await likes_mail(house, "Noor")
    referral = await referral_of(house, await waits(house))
    async with house.database.begin() as db:
        notice = Notice(house.clock.new_id(), referral.id, referral.queue, noor.id)
        await notices.put(db, [notice], house.clock.now())
        await walls.stand_aside(db, noor, referral.id)
    await herald.round()
    assert post.came == []
    assert await states(house, noor) == []


async def test_who_is_away_is_not_told(house: House, herald: Herald, post: MailServer) -> None:
    noor = await likes_mail(house, "Noor")
    async with house.database.begin() as db:
        await staff.set_away(db, noor.id, away=True, until=None)
    await waits(house)
    assert await herald.round() == 0
    assert post.came == []


async def test_who_works_for_the_house_sends_it_too(house: House, post: MailServer) -> None:
    noor = await likes_mail(house, "Noor")
    force_setattr(house.settings, "smtp_url", post.url)
    force_setattr(house.settings, "smtp_from", "werkplek@huis.example")
    async with working(house), asyncio.timeout(PATIENCE_S):
        await waits(house)
        await post.until_came()
    assert post.readers == [noor.email]


async def test_what_does_not_arrive_is_tried_again_and_given_up_in_the_end(
    house: House, herald: Herald, post: MailServer, clock: StillClock
) -> None:
    noor = await likes_mail(house, "Noor")
    await waits(house)
    post.refusals = [b"451 later"]
    await herald.round()
    assert await states(house, noor) == [State.WAITING]
    assert await herald.round() == 0
    clock.pass_by(PAUSES[0])
    await herald.round()
    assert await states(house, noor) == [State.SENT]
    clock.pass_by(REPEAT)
    post.refusals = [b"550 nobody here"]
    await herald.round()
    assert await states(house, noor) == [State.FAILED, State.SENT]


async def test_without_a_server_it_is_kept_and_needless_once_somebody_picked_it_up(
    house: House, clock: StillClock
) -> None:
    settings = Settings(smtp_url="smtp://127.0.0.1:9", smtp_from="werkplek@huis.example")
    herald = Herald(house, partial(send_mail, settings), None)
    noor = await likes_mail(house, "Noor")
    referral = await referral_of(house, await waits(house))
    await herald.round()
    assert await states(house, noor) == [State.WAITING]
    async with house.database.begin() as db:
        await referrals.claim(db, noor, referral.id, clock.now())
    clock.pass_by(PAUSES[0])
    assert await herald.round() == 0
    assert await states(house, noor) == [State.NEEDLESS]


async def test_nobody_is_told_at_night_except_after_a_threat(
    house: House, herald: Herald, post: MailServer, clock: StillClock
) -> None:
    services = {
        service: replace(office, hours=BY_DAY)
        for service, office in house.organisation.services.items()
    }
    force_setattr(house.organisation, "services", services)
    await likes_mail(house, "Noor")
    clock.pass_by(timedelta(hours=12))
    await waits(house)
    visitor = await waits(house)
    assert await herald.round() == 0
    await visitor.does(Said("woorden", threat=True))
    assert await herald.round() == 1
    assert len(post.came) == 1


async def test_the_group_gets_a_card_that_leads_to_the_desk(house: House) -> None:
    async with BotApi() as botapi, connected(botapi.token, botapi.url) as bot:
        chat = botapi.chats.open(Chat(GROUP, {"first_name": "Collega's"}, "supergroup"))
        force_setattr(house.settings, "public_url", "https://huis.example")
        referral = await referral_of(house, await waits(house))
        herald = Herald(house, None, partial(tell_group, bot, GROUP))
        assert [await herald.round() for _ in range(2)] == [1, 0]
        assert [shown.text for shown in chat.shown] == [
            "Er wacht iemand in de wachtrij Aanmeldpunt"
        ]
        (call,) = botapi.called("sendMessage")
        assert f"https://huis.example/staff/r/{referral.id}" in str(call["reply_markup"])
        assert botapi.mistakes == []


async def test_a_group_that_is_gone_is_not_told_again_at_once(house: House) -> None:
    noor = await hired(house, "Noor")
    async with BotApi() as botapi, connected(botapi.token, botapi.url) as bot:
        botapi.allow("chat not found")
        await waits(house)
        herald = Herald(house, None, partial(tell_group, bot, GROUP))
        await herald.round()
    assert await states(house, noor) == [State.FAILED]


async def test_what_was_told_is_forgotten_after_a_while(
    house: House, herald: Herald, clock: StillClock
) -> None:
    noor = await likes_mail(house, "Noor")
    await waits(house)
    await herald.round()
    async with house.database.begin() as db:
        await retention.forget(db, NoticeRow, clock.now())
    assert await states(house, noor) == [State.SENT]
    async with house.database.begin() as db:
        await retention.forget(db, NoticeRow, clock.now() + timedelta(seconds=1))
    assert await states(house, noor) == []


async def test_a_server_that_takes_long_has_nobody_told_twice(
    house: House, clock: StillClock
) -> None:
    told: list[str] = []
    everybody = [(await likes_mail(house, f"Collega {n}")).email for n in range(10)]
    await waits(house)

    async def quickly(to: str, *_: object) -> None:
        told.append(to)

    async def slowly(to: str, *_: object) -> None:
        clock.pass_by(timedelta(seconds=PATIENCE_S))
        if len(told) * timedelta(seconds=PATIENCE_S) > LEASE:
            await Herald(house, quickly, None).round()
        told.append(to)

    await Herald(house, slowly, None).round()
    assert sorted(told) == sorted(everybody)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_of_two_processes_one_tells_it(
    house: House, herald: Herald, post: MailServer
) -> None:
    noor = await likes_mail(house, "Noor")
    await waits(house)
    async with asyncio.timeout(PATIENCE_S), house.database.begin() as db:
        await take_turns(db, Duty.NOTICES)
        rounds = [asyncio.create_task(herald.round()) for _ in range(2)]
        while await rows_of(house.database, WAITING) != [(2,)]:
            pass
    assert sorted(await asyncio.gather(*rounds)) == [0, 1]
    assert post.readers == [noor.email]
