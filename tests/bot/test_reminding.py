"""A mediator is told by e-mail that their licence ends soon, and that it ended: each of it once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from msgspec.structs import force_setattr

from bot.house import House
from bot.reminding import Reminder
from bot.settings import Settings
from bot.smtp import send_mail
from bot.workers import working
from dialogs.frozen import replace
from storage import licences, staff
from storage.licences import Licence
from storage.staff_values import Member, StaffRole
from tests.console.colleagues import hired
from tests.houses import StillClock
from tests.mailserver import MailServer

MEDIATOR = {StaffRole.MEDIATOR}
SOON = timedelta(days=60)
PATIENCE_S = 20.0
NEVER_SO = b"550 no such mailbox"


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    """A server that takes e-mail."""
    async with MailServer() as server:
        yield server


@pytest.fixture
def reminder(house: House, post: MailServer) -> Reminder:
    settings = Settings(smtp_url=post.url, smtp_from="werkplek@huis.example")
    return Reminder(house, partial(send_mail, settings))


@pytest.fixture
async def mo(house: House) -> Member:
    """A mediator whose licence goes on for a hundred days."""
    member = await hired(house, "Mo", roles=MEDIATOR)
    await lasts(house, member, timedelta(days=100))
    return member


async def lasts(house: House, member: Member, length: timedelta, mediations: int = 0) -> None:
    until = house.clock.now().date() + length
    async with house.database.begin() as db:
        await licences.keep(db, Licence(member.id, None, until, mediations))


async def test_each_stage_is_told_once(
    house: House, reminder: Reminder, post: MailServer, clock: StillClock, mo: Member
) -> None:
    told = []
    for days in (0, 39, 1, 1, 59, 1, 1, 1):
        clock.pass_by(timedelta(days=days))
        await reminder.round()
        await reminder.round()
        told.append(len(post.came))
    assert told == [0, 0, 1, 1, 1, 2, 2, 2]
    soon, ended = (mail.get_content() for mail in post.came)
    assert ("loopt af op" in soon, "is afgelopen op" in ended) == (True, True)
    assert set(post.readers) == {mo.email}
    # A licence that was renewed ends another time.
    await lasts(house, mo, SOON)
    await reminder.round()
    assert len(post.came) == 3


async def test_what_is_still_to_be_done_is_told_and_nothing_of_anybody_else(
    house: House, reminder: Reminder, post: MailServer, mo: Member
) -> None:
    await hired(house, "Coo", roles={StaffRole.COORDINATOR})
    asked = replace(house.organisation.licensing, mediations=9)
    force_setattr(house.organisation, "licensing", asked)
    await lasts(house, mo, SOON, mediations=7)
    await reminder.round()
    (mail,) = post.came
    say = house.wording.staff
    assert mail["Subject"] == say("nl", "reminder.subject")
    assert say("nl", "licence.lacking_mediations", count=2) in mail.get_content()


async def test_who_could_not_be_reached_is_told_in_another_round(
    house: House, reminder: Reminder, post: MailServer, mo: Member
) -> None:
    await lasts(house, mo, SOON)
    post.refusals.append(NEVER_SO)
    await reminder.round()
    assert post.came == []
    async with house.database.reading() as db:
        assert (await licences.of(db, [mo.id]))[mo.id].told_on is None
    await reminder.round()
    assert post.readers == [mo.email]


async def test_who_does_not_mediate_here_any_more_is_told_nothing(
    house: House, reminder: Reminder, post: MailServer, mo: Member
) -> None:
    els = await hired(house, "Els")
    for each in (mo, els):
        await lasts(house, each, SOON)
    async with house.database.begin() as db:
        await staff.change(db, mo.id, active=False)
    await reminder.round()
    assert post.came == []


async def test_who_works_for_the_house_reminds_too(
    house: House, post: MailServer, mo: Member
) -> None:
    await lasts(house, mo, SOON)
    force_setattr(house.settings, "smtp_url", post.url)
    force_setattr(house.settings, "smtp_from", "werkplek@huis.example")
    async with working(house), asyncio.timeout(PATIENCE_S):
        await post.until_came()
    assert post.readers == [mo.email]
