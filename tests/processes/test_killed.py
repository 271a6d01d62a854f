"""Killed after every step and started again: the person goes on, and nothing is lost or doubled."""

from __future__ import annotations

from itertools import pairwise

from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.presses import INFORMED
from tests.processes.conftest import Process

PRESSES = (
    "welcome.language:nl",
    "welcome.role:victim",
    "welcome.menu:request",
    *INFORMED,
    "consent.age:yes",
    "consent.data:yes",
    "consent.contact:no",
    "intake.begin:go_on",
    "intake.name:enough",
)
# What the person does, and a button that the screen after it offers.
STEPS = (
    *pairwise(("/start", *PRESSES)),
    ("Testpersoon Een", "intake.tongue:enough"),
    ("intake.tongue:enough", "intake.review:send"),
    ("intake.review:send", "everywhere.go:stop"),
)


async def test_the_person_goes_on_at_the_same_question(
    process: Process, botapi: BotApi, phone: Phone
) -> None:
    # A message that was changed before the kill is changed once more after it.
    botapi.allow("message is not modified")
    await process.start()
    for does, offered in STEPS:
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
