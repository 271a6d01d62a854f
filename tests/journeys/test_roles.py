"""Each role sends a request of its own, in Telegram and on the chat page; who reads sends none."""

from __future__ import annotations

import pytest

from bot.house import House
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import rows_of
from tests.journeys.desk import Desk
from tests.journeys.test_telegram import assert_nobody_else_is_written_to
from tests.journeys.test_web import Chat
from tests.presses import INFORMED

pytestmark = pytest.mark.parametrize("receiver", ["poll"], indirect=True)

NAME = "Testpersoon Een"
# The role, what is pressed until the first words, the words, and what is pressed after them.
AGREED = ("consent.age:yes", "consent.data:yes", "consent.contact:no", "intake.begin:go_on")
OTHER = "welcome.role:other"
REQUESTS = {
    "witness": (
        ("welcome.role:relative", "welcome.menu:request", *INFORMED, *AGREED),
        NAME,
        ("intake.bond:witness", "intake.tongue:enough"),
        "Getuige",
    ),
    "referrer": (
        (
            *(OTHER, "welcome.other_role:referrer", "welcome.menu:request"),
            *("consent.before_referrer:go_on", *AGREED, "intake.permission:written"),
            "intake.name:skip",
        ),
        "Stichting Voorbeeld",
        ("intake.client_side:harmed", "intake.client_tongue:other"),
        "Op papier of in een mail",
    ),
    "client": (
        (
            *(OTHER, "welcome.other_role:client", "welcome.menu:request"),
            *("consent.before_client:go_on", *AGREED),
        ),
        NAME,
        (
            *("intake.tongue:skip", "intake.support:skip", "intake.matter:decision"),
            "intake.decision:enough",
        ),
        "Een besluit",
    ),
    "mentoring": (
        (
            *(OTHER, "welcome.other_role:mentoring", "welcome.menu:request"),
            *("consent.before_mentoring:go_on", *AGREED),
        ),
        NAME,
        (
            *("intake.tongue:skip", "intake.support:skip", "intake.mentoring_part:programme"),
            "intake.guidance:reflecting",
        ),
        "Kijken hoe goed het gaat",
    ),
}
READS = (
    OTHER,
    "welcome.other_role:professional",
    "welcome.menu:information",
    "info.subjects:about",
    "info.about:what",
    "info.what:steps",
    "info.steps:subjects",
    "info.subjects:more",
    "info.more:who",
    "info.who:training",
)

by_role = pytest.mark.parametrize("role", REQUESTS)


async def press(phone: Phone, *buttons: str) -> None:
    for button in buttons:
        await phone.press(button)
        await phone.screen()


async def is_nothing_kept(house: House) -> bool:
    kept = "SELECT id FROM referral UNION ALL SELECT id FROM consent"
    return await rows_of(house.database, kept) == []


async def begin(phone: Phone) -> None:
    await phone.say("/start")
    await phone.screen()
    await press(phone, "welcome.language:nl")


@by_role
async def test_each_role_sends_what_it_was_asked_and_is_answered(
    botapi: BotApi, phone: Phone, desk: Desk, role: str
) -> None:
    first, words, last, seen = REQUESTS[role]
    await begin(phone)
    await press(phone, *first)
    await phone.say(words)
    await phone.screen()
    await press(phone, *last, "intake.review:send")
    page = await desk.claim()
    assert words in page.words
    assert seen in page.words
    assert "Collega Een" in (await phone.screen()).text
    page = await desk.write(page, "Dag, ik lees met u mee.")
    assert "Dag, ik lees met u mee." in (await phone.screen()).text
    await desk.close(page, "Het beste gewenst.")
    assert "Het beste gewenst." in (await phone.screen()).text
    # Whoever is spoken of was not written to, and nothing of them lies about in the chat.
    assert_nobody_else_is_written_to(botapi, phone)
    assert words not in "\n".join(str(call) for call in botapi.calls)


@by_role
async def test_each_role_sends_the_same_on_the_chat_page(
    house: House, desk: Desk, role: str
) -> None:
    first, words, last, seen = REQUESTS[role]
    async with Chat.at(house) as chat:
        page = await chat.walk("welcome.language:nl", *first)
        page = await chat.say(page, words)
        for button in (*last, "intake.review:send"):
            page = await chat.press(page, button)
        at_desk = await desk.claim()
        assert words in at_desk.words
        assert seen in at_desk.words
        await desk.close(at_desk, "Het beste gewenst.")
        assert "Het beste gewenst." in (await chat.get("/chat")).words


async def test_a_professional_reads_in_telegram_and_nothing_is_asked_or_sent(
    house: House, phone: Phone
) -> None:
    await begin(phone)
    await press(phone, *READS)
    await phone.say("/menu")
    assert "welcome.menu:request" not in (await phone.screen()).buttons
    assert await is_nothing_kept(house)


async def test_a_professional_reads_on_the_chat_page_and_nothing_is_asked_or_sent(
    house: House,
) -> None:
    async with Chat.at(house) as chat:
        page = await chat.walk("welcome.language:nl", *READS, "everywhere.go:menu")
        assert "welcome.menu:request" not in [b for form in page.forms for b in form.buttons]
    assert await is_nothing_kept(house)


async def test_a_referrer_whose_client_has_not_agreed_is_asked_nothing(
    house: House, phone: Phone
) -> None:
    await begin(phone)
    way, *_ = REQUESTS["referrer"]
    await press(phone, *way[:3])
    await phone.press("consent.before_referrer:not_now")
    assert "welcome.menu:request" in (await phone.screen()).buttons
    assert await is_nothing_kept(house)
