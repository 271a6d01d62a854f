"""Killed after every step and started again: the person goes on, and nothing is lost or doubled."""

from __future__ import annotations

from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.presses import TO_A_REQUEST
from tests.processes.conftest import Process


async def test_the_person_goes_on_at_the_same_question(
    process: Process, botapi: BotApi, phone: Phone
) -> None:
    # A message that was changed before the kill is changed once more after it.
    botapi.allow("message is not modified")
    await process.start()
    for does, offered in TO_A_REQUEST:
        if ":" in does:
            await phone.press(does)
        else:
            await phone.say(does)
        await botapi.mail.settled()
        await process.kill()
        await process.start()
        await until_offered(phone, offered)
    await phone.say("Sterrenstof leest dit later.")
    await botapi.mail.settled()
    await process.kill()
    (referral,) = await process.read("referrals")
    assert referral["status"] == "waiting"
    assert str(referral["reference"]) in phone.transcript
    assert "Sterrenstof" not in process.log.read_text()
    await process.run("forget", str(referral["reference"]), "--yes")
    (shell,) = await process.read("referrals")
    assert (shell["status"], shell["reference"]) == ("erased", None)


async def until_offered(phone: Phone, button: str) -> None:
    """Look at what arrives until this is offered; a letter may come twice after a kill."""
    while button not in (await phone.screen()).buttons:
        pass
