"""What a text was made of is kept nowhere once it was taken along, unless somebody asks for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.copies import making
from bot.copies.values import Made
from bot.documents.pdf import as_pdf
from bot.documents.plain import as_text
from bot.house import House
from bot.terms import FETCHABLE
from bot.workers import keeper_of
from dialogs.drafts import GONE
from dialogs.steps import MENU, READY
from dialogs.values import Session
from storage import conversations
from storage.tables import ConversationRow
from tests.databases import rows_of
from tests.documents.reading import opened, said, tags, words
from tests.houses import StillClock, Visitor

HAPPENED, EMPLOYEE = "De blauwe olifant belde niet terug.", "Paarse Pinguïn"
NAME, REACHED_AT = "Sterrenstof Test", "Giraffelaan 1, Utrecht"
STANDING = "SELECT id FROM consent WHERE ended_at IS NULL"
A_MINUTE = timedelta(minutes=1)
TO_A_LETTER = (
    *("welcome.language:nl", "welcome.role:victim", "welcome.menu:complaint"),
    *("complaint.begin:letter", "complaint.letter:go_on"),
    *("consent.age:yes", "consent.letter_of_complaint:yes", "complaint.questions:go_on"),
)
OF_A_CLIENT = ("welcome.role:other", "welcome.other_role:client")
TO_A_TEXT = (
    *("welcome.language:nl", *OF_A_CLIENT, "welcome.menu:talk", "talk.begin:prepare"),
    *("talk.prepare:go_on", "consent.age:yes", "consent.letter:yes", "talk.questions:go_on"),
    "talk.listener:skip",
)


async def makes_a_letter(house: House) -> tuple[Visitor, str]:
    """Answer all questions and ask for the letter; give the ticket that fetches it."""
    visitor = Visitor(house)
    await visitor.starts()
    await visitor.presses(*TO_A_LETTER)
    for each in (HAPPENED, EMPLOYEE, NAME, REACHED_AT):
        await visitor.says(each)
    ready = await visitor.presses("complaint.review:take_along")
    assert ready.session.place == READY
    return visitor, ready.session.ticket


async def makes_a_text(house: House) -> tuple[Visitor, str]:
    visitor = Visitor(house)
    await visitor.starts()
    await visitor.presses(*TO_A_TEXT)
    for each in (HAPPENED, NAME):
        await visitor.says(each)
    ready = await visitor.presses("talk.review:take_along")
    return visitor, ready.session.ticket


Make = Callable[[House], Awaitable[tuple[Visitor, str]]]
MAKING = pytest.mark.parametrize("make", [makes_a_letter, makes_a_text])


async def fetched(house: House, ticket: str) -> Made:
    found = await making.fetched(house, ticket)
    assert found is not None
    return found[1]


async def stored(house: House) -> Session:
    """Read the one session there is, as it stands in the database."""
    async with house.database.reading() as db:
        (person_id,) = await db.exec(select(ConversationRow.person_id))
        seal = await house.keystore.seal_of(person_id)
        return (await conversations.find(db, {person_id: seal}))[person_id].session


async def assert_nothing_is_kept(house: House, ticket: str) -> None:
    session = await stored(house)
    assert (session.answers, session.drafts, session.agreements) == ((), (), ())
    assert await rows_of(house.database, STANDING) == []
    assert await making.fetched(house, ticket) is None


async def test_a_letter_is_addressed_and_says_what_was_written(house: House) -> None:
    _, ticket = await makes_a_letter(house)
    text = as_text((await fetched(house, ticket)).document)
    parts = (
        *(NAME, REACHED_AT, "Aan de secretaris", "Postbus 14208\n3508 SH Utrecht"),
        *("2 maart 2026", "Klacht over Perspectief Herstelbemiddeling", HAPPENED, EMPLOYEE),
        *("Met vriendelijke groet,", NAME),
    )
    at = 0
    for each in parts:
        at = text.index(each, at) + len(each)


async def test_a_letter_can_be_listened_to_and_has_room_to_sign(house: House) -> None:
    _, ticket = await makes_a_letter(house)
    made = await fetched(house, ticket)
    assert made.data is None
    pdf = as_pdf(made.document)
    assert said(opened(pdf), "MarkInfo", "Marked") == "True"
    assert tags(pdf) == [
        *("/Document", "/P", "/P", "/P", "/H1", "/P", "/P"),
        *("/H2", "/P", "/H2", "/P", "/P", "/P", "/P"),
    ]
    assert HAPPENED in words(pdf)


async def test_what_was_skipped_is_left_to_the_pen_and_an_unknown_address_is_left_out(
    house: House,
) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    await visitor.presses(*TO_A_LETTER[:1], *OF_A_CLIENT, "welcome.menu:complaint")
    await visitor.presses("complaint.begin:office", "complaint.office:letter", *TO_A_LETTER[4:])
    await visitor.says(HAPPENED)
    ready = await visitor.presses("complaint.employee:enough", "complaint.review:take_along")
    text = as_text((await fetched(house, ready.session.ticket)).document)
    assert text.startswith("Aan SBM Halsteren\n\n2 maart 2026\n\n")
    assert "Mail:" not in text
    assert "Om wie het gaat" not in text
    assert "Naam: ......" in text
    assert "Te bereiken via: ......" in text


@MAKING
async def test_nothing_is_left_of_a_letter_after_somebody_went_on(house: House, make: Make) -> None:
    visitor, ticket = await make(house)
    assert (await stored(house)).answers
    gone = await visitor.presses("copies.ready:done")
    assert (gone.session.place, gone.session.remark) == (MENU, GONE)
    await assert_nothing_is_kept(house, ticket)


@MAKING
async def test_what_a_text_was_made_of_goes_with_its_link(
    house: House, clock: StillClock, make: Make
) -> None:
    _, ticket = await make(house)
    clock.pass_by(FETCHABLE - A_MINUTE)
    await keeper_of(house).round()
    assert HAPPENED in as_text((await fetched(house, ticket)).document)
    clock.pass_by(A_MINUTE)
    await keeper_of(house).round()
    await assert_nothing_is_kept(house, ticket)
    assert await rows_of(house.database, "SELECT * FROM copy") == []


@MAKING
async def test_what_is_kept_stays_as_long_as_any_draft(
    house: House, clock: StillClock, make: Make
) -> None:
    visitor, ticket = await make(house)
    await visitor.presses("copies.ready:keep")
    assert HAPPENED in as_text((await fetched(house, ticket)).document)
    clock.pass_by(timedelta(days=house.organisation.unfinished_days) - timedelta(hours=1))
    assert await keeper_of(house).round() == 0
    assert (await stored(house)).answers
    clock.pass_by(timedelta(hours=2))
    assert await keeper_of(house).round() == 1
    assert await rows_of(house.database, "SELECT * FROM person") == []


async def test_a_link_that_ended_leaves_a_newer_one_alone(house: House, clock: StillClock) -> None:
    visitor, _ = await makes_a_letter(house)
    clock.pass_by(FETCHABLE - A_MINUTE)
    again = await visitor.presses("copies.ready:keep", "complaint.review:take_along")
    clock.pass_by(A_MINUTE)
    await keeper_of(house).round()
    assert HAPPENED in as_text((await fetched(house, again.session.ticket)).document)


async def test_another_copy_asked_for_beside_a_letter_is_that_copy(house: House) -> None:
    visitor, ticket = await makes_a_letter(house)
    await visitor.presses("everywhere.go:copy")
    assert (await fetched(house, ticket)).data is not None
    assert (await stored(house)).answers == ()
