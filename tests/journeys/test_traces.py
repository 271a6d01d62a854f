"""What people wrote stands nowhere in the clear: not in the databases, and not in the logs."""

from __future__ import annotations

from io import StringIO

import pytest

from bot.house import House
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import Place, Supply
from tests.journeys.desk import Desk
from tests.journeys.traces import hits
from tests.presses import INFORMED

SENTINELS = {
    "name": "Sterrenstof",
    "number": "06 98761234",
    "story": "de blauwe olifant",
    "reply": "groene giraffe",
    "note": "paarse pinguïn",
    "e-mail of staff": "een@kantoor.example",
}

pytestmark = pytest.mark.parametrize("receiver", ["webhook"], indirect=True)


async def leave_traces(phone: Phone, desk: Desk, botapi: BotApi) -> None:
    """Write every sentinel where people write such things."""
    await phone.say("/start")
    await phone.screen()
    for button in (
        "welcome.language:nl",
        "welcome.role:offender",
        "welcome.menu:request",
        *INFORMED,
        "consent.age:yes",
        "consent.data:yes",
        "consent.contact:yes",
        "intake.begin:go_on",
        "intake.way:phone",
    ):
        await phone.press(button)
        await phone.screen()
    await phone.say(SENTINELS["number"])
    await phone.screen()
    for button in (
        "safe_to_call:no",
        "shared_phone:yes",
        "safe_times:skip",
        "voicemail:nothing",
        "neutral_words:neutral",
    ):
        await phone.press(f"intake.{button}")
        await phone.screen()
    await phone.say(SENTINELS["name"])
    await phone.screen()
    for button in ("intake.tongue:enough", "intake.review:send"):
        await phone.press(button)
        await phone.screen()
    await phone.say(SENTINELS["story"])
    await botapi.mail.settled()
    page = await desk.claim()
    page = await desk.write(page, SENTINELS["reply"])
    await desk.submit(page.form("/write"), kind="note", words=SENTINELS["note"])


@pytest.fixture
async def log(phone: Phone, desk: Desk, botapi: BotApi, debug_log: StringIO) -> str:
    """What the log says of a conversation in which every sentinel was written."""
    await leave_traces(phone, desk, botapi)
    return debug_log.getvalue()


async def test_no_log_holds_what_was_written(phone: Phone, botapi: BotApi, log: str) -> None:
    assert "The log is open." in log
    for what, sentinel in SENTINELS.items():
        assert sentinel not in log, what
    assert str(phone.chat.id) not in log
    assert botapi.token not in log


@pytest.mark.usefixtures("log")
async def test_no_file_holds_what_was_written(house: House, place: Place, supply: Supply) -> None:
    for what, sentinel in SENTINELS.items():
        assert hits(sentinel, supply.files(place)) == [], what

    # The search can fail: what stands in a clear column is found.
    async with house.database.begin() as db:
        connection = await db.connection()
        await connection.exec_driver_sql("UPDATE referral SET code_name = 'de blauwe olifant'")
    assert hits(SENTINELS["story"], supply.files(place)) != []
