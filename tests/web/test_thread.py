"""Words both ways: the person reads what was meant for them, and only that."""

from __future__ import annotations

from bot.house import House
from bot.terms import UNDO
from storage.messages import Author, Delivery
from tests.houses import StillClock
from tests.web.colleagues import Colleague
from tests.web.visits import HTMX, Visit


async def test_words_go_both_ways_and_carry_the_colleagues_name(visit: Visit, house: House) -> None:
    await visit.sends_a_request()
    await visit.says("Is er iemand?")
    colleague = await Colleague.joins(house)
    await colleague.takes()
    await colleague.writes("Ja, <b>zeker</b>.")
    page = await visit.opens()
    assert page.bubbles.index("Is er iemand?") < page.bubbles.index("Ja, <b>zeker</b>.")
    assert f"<bdi>{colleague.member.name}</bdi>" in page.text


async def test_a_note_for_colleagues_is_never_shown(visit: Visit, house: House) -> None:
    await visit.sends_a_request()
    colleague = await Colleague.joins(house)
    await colleague.takes()
    await colleague.writes("Alleen voor ons.", Author.NOTE)
    for address in ("/chat", "/chat/conversation"):
        assert "Alleen voor ons." not in (await visit.opens(address)).text


async def test_the_desk_learns_that_words_were_fetched(visit: Visit, house: House) -> None:
    await visit.sends_a_request()
    colleague = await Colleague.joins(house)
    await colleague.takes()
    message_id = await colleague.writes("Bent u er nog?")
    assert await colleague.sees_delivery_of(message_id) is Delivery.WAITING
    async with visit.client.get("/chat/conversation", headers=HTMX) as answer:
        assert answer.status == 200
    assert await colleague.sees_delivery_of(message_id) is Delivery.FETCHED


async def test_words_that_may_be_taken_back_are_not_there_yet(
    visit: Visit, house: House, clock: StillClock
) -> None:
    await visit.sends_a_request()
    colleague = await Colleague.joins(house)
    await colleague.takes()
    message_id = await colleague.writes("Of toch niet.", held=UNDO)
    assert "Of toch niet." not in (await visit.opens()).text
    assert await colleague.sees_delivery_of(message_id) is Delivery.WAITING
    clock.pass_by(UNDO)
    assert "Of toch niet." in (await visit.opens()).bubbles
    assert await colleague.sees_delivery_of(message_id) is Delivery.FETCHED


async def test_somebody_elses_words_are_not_there(visit: Visit) -> None:
    await visit.sends_a_request()
    await visit.says("Van een ander")
    visit.client.session.cookie_jar.clear()
    await visit.sends_a_request()
    assert "Van een ander" not in visit.page.text


async def test_the_last_words_stay_readable_after_closing(visit: Visit, house: House) -> None:
    await visit.sends_a_request()
    colleague = await Colleague.joins(house)
    await colleague.takes()
    await colleague.closes("Het ga u goed.")
    page = await visit.opens()
    assert "Het ga u goed." in page.bubbles
    # For a while the conversation can go on from here.
    assert page.takes_words


async def test_who_stopped_reads_no_more_of_it(visit: Visit) -> None:
    await visit.sends_a_request()
    await visit.says("Laat maar")
    await visit.presses("everywhere.go:stop")
    assert "Laat maar" not in visit.page.text
