"""Telegram fails, and people do what nobody expects: everybody gets an answer, nothing changes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.announcer import MAIL
from bot.house import House
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import rows_of
from tests.houses import StillClock
from tests.journeys.desk import Desk
from tests.journeys.test_telegram import to_a_sent_request

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def later(house: House, clock: StillClock, seconds: int) -> None:
    clock.pass_by(timedelta(seconds=seconds))
    house.announcer.announce(MAIL)


@pytest.mark.parametrize("receiver", ["webhook"], indirect=True)
@pytest.mark.parametrize("fault", ["flood", "refuse", "drop"])
async def test_a_letter_that_fails_arrives_later(
    house: House, botapi: BotApi, phone: Phone, clock: StillClock, fault: str
) -> None:
    match fault:
        case "flood":
            struck = botapi.faults.flood(3, method="sendMessage")
        case "refuse":
            struck = botapi.faults.refuse(500, "Internal Server Error", method="sendMessage")
        case _:
            struck = botapi.faults.drop(method="sendMessage")
    await phone.say("/start")
    await struck.reached.wait()
    on_the_road = "SELECT 1 FROM letter WHERE leased_until IS NOT NULL"
    async with asyncio.timeout(10):
        while await rows_of(house.database, on_the_road):
            pass
    later(house, clock, 3)
    assert "welcome.language:nl" in (await phone.screen()).buttons


@pytest.mark.parametrize("receiver", ["webhook"], indirect=True)
async def test_what_is_brought_twice_is_done_once(
    house: House, botapi: BotApi, phone: Phone
) -> None:
    await to_a_sent_request(phone)
    await phone.repeat()
    await botapi.mail.settled()
    assert await rows_of(house.database, "SELECT count(*) FROM referral") == [(1,)]


@pytest.mark.parametrize("receiver", ["poll"], indirect=True)
async def test_staff_see_that_somebody_blocked_the_bot(
    botapi: BotApi, phone: Phone, desk: Desk
) -> None:
    await to_a_sent_request(phone)
    page = await desk.claim()
    await phone.screen()
    await phone.block()
    await botapi.mail.settled()
    page = await desk.write(page, "Bent u er nog?")
    assert "geblokkeerd" in page.words


@pytest.mark.parametrize("receiver", ["poll"], indirect=True)
async def test_stopping_a_sent_request_tells_staff_and_silences_them(
    phone: Phone, desk: Desk
) -> None:
    await to_a_sent_request(phone)
    page = await desk.claim()
    await phone.screen()
    await phone.say("/stop")
    stopped = await phone.screen()
    assert "everywhere.go:stop" in stopped.buttons
    assert "intake.review:send" not in stopped.buttons
    page = await desk.get(page.address)
    assert not [form for form in page.forms if form.action.endswith("/close")]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("receiver", ["webhook"], indirect=True)
@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1,
                     "height": 1, "is_animated": False, "is_video": False}},
        {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]},
        {"voice": {"file_id": "1", "file_unique_id": "1", "duration": 1}},
        {"location": {"longitude": 4.0, "latitude": 52.0}},
    ],
)  # fmt: skip
async def test_what_is_no_text_gets_an_answer_and_changes_nothing(
    phone: Phone, content: dict[str, object]
) -> None:
    await phone.say("/start")
    await phone.screen()
    await phone.press("welcome.language:nl")
    asked = await phone.screen()
    await phone.send(content)
    answered = await phone.screen()
    assert answered.buttons == asked.buttons
    assert answered.text != asked.text


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("receiver", ["webhook"], indirect=True)
async def test_old_buttons_commands_and_edits_change_nothing(phone: Phone) -> None:
    first = await phone.say("/start")
    await phone.screen()
    await phone.press("welcome.language:nl")
    await phone.screen()
    await phone.press("welcome.role:victim")
    menu = await phone.screen()
    for does in (
        phone.forge("intake.review:send"),
        phone.forge("consent.data:yes"),
        phone.forge("nonsense"),
        phone.say("/nonsense"),
        phone.edit(first, "iets anders"),
    ):
        await does
        assert (await phone.screen()).buttons == menu.buttons


@pytest.mark.parametrize("receiver", ["webhook"], indirect=True)
async def test_in_a_group_the_bot_only_says_that_it_talks_in_private(
    house: House, botapi: BotApi
) -> None:
    group = Phone.in_group(botapi)
    await group.say("/start")
    said = await group.screen()
    assert not said.buttons
    assert await rows_of(house.database, "SELECT * FROM person") == []
