"""Who decides is told outside the desk that a colleague asks to read in need, once, and no name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from msgspec.structs import force_setattr

from bot.house import House
from bot.settings import Settings
from bot.smtp import send_mail
from bot.summoning import Summoner
from bot.telegram.group import tell_group
from bot.telegram.request import connected
from bot.workers import working
from storage import needs, staff, walls
from storage.needs import WAITS_FOR, NewNeed
from storage.referrals import Referral
from storage.staff_values import Member
from tests.botapi.chats import Chat
from tests.botapi.server import BotApi
from tests.console.colleagues import hired, referral_of
from tests.console.needing import COORDINATOR, NOWHERE, PRIVACY, WHY
from tests.databases import KINDS
from tests.houses import StillClock, Visitor
from tests.mailserver import MailServer

GROUP = -1001234567890
PATIENCE_S = 20.0
NEVER_SO = b"550 no such mailbox"
ASKED = "Een collega vraagt om in nood te lezen"


@pytest.fixture
async def post() -> AsyncIterator[MailServer]:
    """A server that takes e-mail."""
    async with MailServer() as server:
        yield server


@pytest.fixture
def summoner(house: House, post: MailServer) -> Summoner:
    """A house that can send e-mail."""
    settings = Settings(smtp_url=post.url, smtp_from="werkplek@huis.example")
    return Summoner(house, partial(send_mail, settings), None)


@pytest.fixture
async def els(house: House) -> Member:
    """Who asks."""
    return await hired(house, "Els", "mentoring")


@pytest.fixture
async def coo(house: House) -> Member:
    """Who coordinates where people write."""
    return await hired(house, "Coo", roles=COORDINATOR)


@pytest.fixture
async def referral(house: House) -> Referral:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    return await referral_of(house, visitor)


async def asks(house: House, els: Member, reference: str | None) -> UUID:
    new = NewNeed(house.clock.new_id(), reference or "", WHY, house.clock.now())
    async with house.database.begin() as db:
        await needs.ask(db, house.keystore.system, els, new)
    return new.id


@pytest.mark.parametrize("kind", KINDS, indirect=True)
async def test_who_decides_is_told_once_and_neither_who_nor_what(
    summoner: Summoner, post: MailServer, els: Member, coo: Member, referral: Referral
) -> None:
    await hired(summoner.house, "Far", "mentoring", roles=COORDINATOR)
    await asks(summoner.house, els, referral.reference)
    for _ in range(2):
        await summoner.round()
    (mail,) = post.came
    assert (mail["To"], mail["Subject"]) == (coo.email, ASKED)
    text = mail.get_content()
    assert f"{summoner.house.settings.address}/staff/needs" in text
    told = f"{mail['Subject']} {text}"
    for unsaid in (els.name, WHY, referral.reference, referral.code_name, str(referral.id)):
        assert unsaid
        assert unsaid not in told


async def test_each_question_is_told_and_two_at_once_in_one_e_mail(
    summoner: Summoner, post: MailServer, els: Member, coo: Member, referral: Referral
) -> None:
    for _ in range(2):
        await asks(summoner.house, els, referral.reference)
    await summoner.round()
    assert post.readers == [coo.email]
    await asks(summoner.house, els, referral.reference)
    await summoner.round()
    assert post.readers == [coo.email] * 2


async def test_who_guards_privacy_hears_of_what_is_not_there_and_who_coordinates_not(
    house: House, summoner: Summoner, post: MailServer, els: Member, coo: Member
) -> None:
    wies = await hired(house, "Wies", "mentoring", roles=PRIVACY)
    await asks(house, els, NOWHERE)
    await summoner.round()
    assert post.readers == [wies.email]
    assert coo.email not in post.readers


async def test_from_whom_it_is_kept_hears_nothing(
    summoner: Summoner, post: MailServer, els: Member, coo: Member, referral: Referral
) -> None:
    async with summoner.house.database.begin() as db:
        await walls.stand_aside(db, coo, referral.id)
    await asks(summoner.house, els, referral.reference)
    await summoner.round()
    assert post.came == []


async def test_who_asks_or_is_away_is_not_told(
    house: House, summoner: Summoner, post: MailServer, coo: Member, referral: Referral
) -> None:
    away = await hired(house, "Bram", roles=COORDINATOR)
    async with house.database.begin() as db:
        await staff.set_away(db, away.id, away=True)
    await asks(house, coo, referral.reference)
    await summoner.round()
    assert post.came == []


async def test_what_was_decided_is_not_told_any_more(
    summoner: Summoner, post: MailServer, els: Member, coo: Member, referral: Referral
) -> None:
    house = summoner.house
    id = await asks(house, els, referral.reference)
    async with house.database.begin() as db:
        await needs.decide(db, coo, id, house.clock.now(), is_allowed=False)
    await summoner.round()
    assert post.came == []


@pytest.mark.usefixtures("coo")
async def test_what_has_lapsed_is_not_told_any_more(
    summoner: Summoner, post: MailServer, clock: StillClock, els: Member, referral: Referral
) -> None:
    await asks(summoner.house, els, referral.reference)
    clock.pass_by(WAITS_FOR + timedelta(seconds=1))
    await summoner.round()
    assert post.came == []


async def test_who_could_not_be_reached_is_told_in_another_round(
    summoner: Summoner, post: MailServer, els: Member, coo: Member, referral: Referral
) -> None:
    await asks(summoner.house, els, referral.reference)
    post.refusals.append(NEVER_SO)
    await summoner.round()
    assert post.came == []
    for _ in range(2):
        await summoner.round()
    assert post.readers == [coo.email]


async def test_the_group_gets_a_card_that_leads_to_the_page(
    house: House, els: Member, referral: Referral
) -> None:
    async with BotApi() as botapi, connected(botapi.token, botapi.url) as bot:
        chat = botapi.chats.open(Chat(GROUP, {"first_name": "Collega's"}, "supergroup"))
        force_setattr(house.settings, "public_url", "https://huis.example")
        await asks(house, els, referral.reference)
        for _ in range(2):
            await Summoner(house, None, partial(tell_group, bot, GROUP)).round()
        assert [shown.text for shown in chat.shown] == [ASKED]
        (call,) = botapi.called("sendMessage")
        assert "https://huis.example/staff/needs" in str(call["reply_markup"])
        assert botapi.mistakes == []


@pytest.mark.usefixtures("coo")
async def test_a_group_that_is_gone_is_tried_again(
    house: House, els: Member, referral: Referral
) -> None:
    async with BotApi() as botapi, connected(botapi.token, botapi.url) as bot:
        botapi.allow("chat not found")
        await asks(house, els, referral.reference)
        summoner = Summoner(house, None, partial(tell_group, bot, GROUP))
        await summoner.round()
        chat = botapi.chats.open(Chat(GROUP, {"first_name": "Collega's"}, "supergroup"))
        await summoner.round()
        assert [shown.text for shown in chat.shown] == [ASKED]


async def test_who_works_for_the_house_tells_it_too(
    house: House, post: MailServer, els: Member, coo: Member, referral: Referral
) -> None:
    await asks(house, els, referral.reference)
    force_setattr(house.settings, "smtp_url", post.url)
    force_setattr(house.settings, "smtp_from", "werkplek@huis.example")
    async with working(house), asyncio.timeout(PATIENCE_S):
        while coo.email not in post.readers:
            await post.until_came()
