"""One conversation at two doors, and on a telephone that others use."""

from __future__ import annotations

from datetime import timedelta

from bot.house import House
from bot.returning import PIN_WITHIN, TRIES_AT_A_DOOR, TRIES_AT_A_PIN, WITHIN
from tests.houses import StillClock
from tests.journeys.desk import Desk
from tests.journeys.doors import ONE_HOUSE, TO_COME_BACK, Visitor, makes_a_code, sends_a_request

pytestmark = ONE_HOUSE

PIN, OTHER_PIN, OTHER_CODE = "2580", "8520", "1357 9246 8013 5792"
A_MOMENT = timedelta(seconds=1)
WORDS = "Dag, ik lees met u mee."


async def chooses_a_pin(visitor: Visitor) -> None:
    await visitor.presses(*TO_COME_BACK, "returning.begin:pin")
    await visitor.says(PIN)
    assert visitor.reads("returning.pin.kept")


async def leaves_it_alone(house: House, clock: StillClock) -> None:
    """Let as much time pass as shuts a conversation with a PIN."""
    clock.pass_by(timedelta(minutes=house.organisation.lock_after_minutes))


async def test_a_code_carries_a_conversation_to_another_door_and_back(
    visitor: Visitor, elsewhere: Visitor, desk: Desk
) -> None:
    await sends_a_request(visitor)
    code = await makes_a_code(visitor)
    await elsewhere.comes("returning")
    await elsewhere.says(code, "Nu schrijf ik hier.")
    page = await desk.claim()
    assert "Nu schrijf ik hier." in page.words
    await elsewhere.hears("Collega Een")
    await desk.write(page, WORDS)
    await elsewhere.hears(WORDS)

    await visitor.comes("returning")
    assert WORDS not in visitor.text
    await visitor.says(code)
    await desk.write(await desk.get(page.address), "En nu weer daar.")
    await visitor.hears("En nu weer daar.")
    await elsewhere.comes()
    assert "En nu weer daar." not in elsewhere.text
    assert "welcome.language:nl" in elsewhere.buttons


async def test_a_borrowed_telephone_shows_a_first_visit_until_the_pin_is_typed(
    visitor: Visitor, house: House, desk: Desk, clock: StillClock
) -> None:
    await visitor.comes()
    first = visitor.text, visitor.buttons
    await sends_a_request(visitor)
    await chooses_a_pin(visitor)
    page = await desk.claim()
    await visitor.hears()
    await leaves_it_alone(house, clock)

    # Somebody else has the telephone now.
    await visitor.comes()
    assert (visitor.text, visitor.buttons) == first
    await desk.write(page, WORDS)
    await visitor.hears()
    assert WORDS not in visitor.text
    await visitor.presses("welcome.language:nl", "welcome.role:offender", *TO_COME_BACK[1:])
    await visitor.presses("returning.begin:enter")
    await visitor.says(OTHER_PIN)
    assert visitor.reads("returning.enter.not_found")

    await visitor.says(PIN)
    assert WORDS in visitor.text
    await visitor.hears()
    assert visitor.reads("returning.resumed")
    await visitor.presses("everywhere.go:menu")
    assert "welcome.menu:conversation" in visitor.buttons


async def test_whoever_guesses_a_pin_too_often_needs_the_code(
    visitor: Visitor, house: House, clock: StillClock
) -> None:
    await sends_a_request(visitor)
    code = await makes_a_code(visitor)
    await chooses_a_pin(visitor)
    await leaves_it_alone(house, clock)
    await visitor.comes("returning")
    await tries_in_vain(visitor, OTHER_PIN, TRIES_AT_A_PIN)
    # A while later neither is listened to, for the PIN was guessed today.
    clock.pass_by(WITHIN + A_MOMENT)
    await tries_in_vain(visitor, PIN)
    await visitor.says(code)
    assert visitor.reads("returning.resumed")

    await leaves_it_alone(house, clock)
    await visitor.comes("returning")
    clock.pass_by(PIN_WITHIN + A_MOMENT)
    await visitor.says(PIN)
    assert visitor.reads("returning.resumed")


async def test_whoever_guesses_a_code_too_often_waits_and_then_comes_back(
    visitor: Visitor, elsewhere: Visitor, clock: StillClock
) -> None:
    await sends_a_request(visitor)
    code = await makes_a_code(visitor)
    await elsewhere.comes("returning")
    await tries_in_vain(elsewhere, OTHER_CODE, TRIES_AT_A_DOOR)
    await tries_in_vain(elsewhere, code)
    clock.pass_by(WITHIN + A_MOMENT)
    await elsewhere.says(code)
    assert elsewhere.reads("returning.resumed")


async def tries_in_vain(visitor: Visitor, digits: str, times: int = 1) -> None:
    for _ in range(times):
        await visitor.says(digits)
        assert visitor.reads("returning.enter.not_found")
