"""What is in a letterbox opens to whoever has its key and signed in with their passphrase."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.backups import back_up
from bot.house import House
from bot.opening import opened
from bot.settings import Settings
from dialogs.values import Role
from storage import everything, own_keys, referrals
from storage.errors import Unreadable
from storage.referrals import Referral
from storage.schema import Schema
from storage.sealed import Seal
from tests.bot.backups import elsewhere, folder, put_back
from tests.console.boxes import (
    SHUT,
    STORY,
    house,
    moves,
    signed_in,
    told_story,
    with_passphrase,
    without_letterboxes,
)
from tests.console.colleagues import Office, address, opened_office
from tests.console.test_passkeys import device_of, signs_in
from tests.databases import KINDS, rows_of
from tests.houses import StillClock, Visitor

__all__ = ["elsewhere", "folder", "house"]

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
TO_A_MATTER = (
    "welcome.language:nl",
    "welcome.role:other",
    "welcome.other_role:client",
    "welcome.menu:request",
    "consent.before_client:go_on",
    "consent.age:yes",
    "consent.data:yes",
    "consent.contact:no",
    "intake.begin:go_on",
    "intake.name:skip",
    "intake.tongue:skip",
    "intake.support:skip",
    "intake.matter:decision",
)

TO_A_TEXT = (
    "welcome.language:nl",
    "welcome.role:other",
    "welcome.other_role:client",
    "welcome.menu:talk",
    "talk.begin:prepare",
    "talk.prepare:go_on",
    "consent.age:yes",
    "consent.letter:yes",
    "talk.questions:go_on",
    "talk.listener:administrator",
)
TO_THE_OFFICE = (
    "talk.review:pass_on",
    "talk.passing:go_on",
    "consent.data_for_text:yes",
    "talk.review:pass_on",
)


async def seal_of(house: House, referral: Referral) -> Seal:
    assert referral.person_id is not None
    return await house.keystore.seal_of(referral.person_id)


async def all_that_opens(house: House, referral: Referral) -> str:
    """Read with every key of this house what is kept of somebody, and what stands in any column."""
    seal = await seal_of(house, referral)
    async with house.database.reading() as db:
        of_person = await everything.of_person(db, seal)
    tables = [each.name for each in Schema.DATA.tables.sorted_tables]
    rows = [await rows_of(house.database, f'SELECT * FROM "{each}"') for each in tables]  # noqa: S608 - ours
    return f"{of_person}{rows}"


@both_kinds
async def test_only_who_has_the_key_reads_a_story(office: Office, clock: StillClock) -> None:
    noor = await with_passphrase(office, clock, "Noor")
    _, referral = await told_story(office)
    assert STORY in (await noor.claims(referral)).html
    els = await with_passphrase(office, clock, "Els")
    page = await els.opens(referral)
    assert (page.status, SHUT in page.html, STORY in page.html) == (200, True, False)


@both_kinds
async def test_the_house_alone_opens_no_story(office: Office, clock: StillClock) -> None:
    noor = await with_passphrase(office, clock, "Noor")
    _, referral = await told_story(office)
    assert STORY in (await noor.claims(referral)).html, "it is there, and she is signed in"
    kept = await all_that_opens(office.house, referral)
    assert "letter" in kept
    assert STORY not in kept
    wrong = b"another secret"
    async with office.house.database.reading() as db:
        own = await own_keys.own_of(db, noor.member.id)
        assert own is not None
        with pytest.raises(Unreadable):
            own.opened(wrong)
        ((token_sha256, laid),) = await rows_of(
            office.house.database, "SELECT token_sha256, own_key FROM staff_session"
        )
        assert isinstance(laid, bytes)
        assert isinstance(token_sha256, bytes)
        with pytest.raises(Unreadable):
            await own_keys.in_session(db, token_sha256, token_sha256.hex())


async def test_without_letterboxes_a_story_opens_as_ever(office: Office, clock: StillClock) -> None:
    noor = await with_passphrase(office, clock, "Noor")
    without_letterboxes(office.house)
    _, referral = await told_story(office)
    assert STORY in await all_that_opens(office.house, referral), "so that the test above can fail"
    assert STORY in (await noor.claims(referral)).html


async def test_before_anybody_could_open_it_there_is_no_letterbox(office: Office) -> None:
    noor = await office.colleague("Noor")
    _, referral = await told_story(office)
    assert STORY in (await noor.claims(referral)).html


@both_kinds
async def test_answers_in_own_words_are_in_the_letterbox_too(
    office: Office, clock: StillClock
) -> None:
    noor = await with_passphrase(office, clock, "Noor")
    visitor = Visitor(office.house)
    await visitor.starts()
    await visitor.presses(*TO_A_MATTER)
    await visitor.says("Het besluit van de blauwe brief")
    await visitor.says(STORY)
    await visitor.presses("intake.review:send")
    referral = await office.referral_of(visitor)
    kept = await all_that_opens(office.house, referral)
    assert "decision" in kept
    assert STORY not in kept
    assert "blauwe brief" not in kept
    page = await noor.claims(referral)
    assert STORY in page.html
    assert "blauwe brief" in page.html
    async with office.house.database.reading() as db:
        asked = await referrals.answers(db, await seal_of(office.house, referral), referral.id)
    assert (asked.role, set(asked.letters)) == (Role.CLIENT, {"decision", "unclear"})


async def test_a_text_that_is_handed_over_is_in_the_letterbox_too(
    office: Office, clock: StillClock
) -> None:
    noor = await with_passphrase(office, clock, "Noor")
    visitor = Visitor(office.house)
    await visitor.starts()
    await visitor.presses(*TO_A_TEXT)
    await visitor.says(STORY)
    await visitor.says(STORY)
    await visitor.presses(*TO_THE_OFFICE)
    referral = await office.referral_of(visitor)
    assert STORY not in await all_that_opens(office.house, referral)
    assert STORY in (await noor.claims(referral)).html


async def test_a_passkey_opens_the_desk_and_no_letterbox(office: Office, clock: StillClock) -> None:
    noor = await with_passphrase(office, clock, "Noor")
    _, referral = await told_story(office)
    await noor.claims(referral)
    device, browser = await device_of(noor), office.browser()
    assert (await signs_in(browser, device)).status == 303
    page = await browser.get(address(referral))
    assert (page.status, SHUT in page.html, STORY in page.html) == (200, True, False)
    mine = await browser.get("/staff/me")
    assert office.house.wording.staff("nl", "letterbox.passkey") in mine.html


@both_kinds
async def test_a_story_goes_along_to_another_queue(office: Office, clock: StillClock) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    els = await with_passphrase(office, clock, "Els", "zuid")
    _, referral = await told_story(office)
    await noor.claims(referral)
    assert (await moves(noor, referral, "zuid")).status == 303
    assert STORY in (await els.claims(referral)).html
    assert STORY not in await all_that_opens(office.house, referral)


@both_kinds
async def test_who_cannot_open_a_story_moves_its_request_all_the_same(
    office: Office, clock: StillClock
) -> None:
    await with_passphrase(office, clock, "Noor", "intake")
    els = await with_passphrase(office, clock, "Els", "zuid")
    _, referral = await told_story(office)
    guus = await office.colleague("Guus", "intake")
    await guus.claims(referral)
    await moves(guus, referral, "zuid")
    page = await els.claims(referral)
    assert "bleven in de brievenbus van Aanmeldpunt" in page.html
    assert STORY not in page.html


async def test_erasing_goes_as_ever(office: Office, clock: StillClock) -> None:
    noor = await with_passphrase(office, clock, "Noor")
    visitor, referral = await told_story(office)
    await noor.claims(referral)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert (await noor.opens(referral)).status == 404


async def test_a_story_that_was_put_back_opens_as_before(
    office: Office, clock: StillClock, elsewhere: Settings, folder: Path
) -> None:
    noor = await with_passphrase(office, clock, "Noor")
    _, referral = await told_story(office)
    await noor.claims(referral)
    await back_up(office.house.settings, clock, folder)
    await put_back(elsewhere, folder)
    async with opened(elsewhere, clock) as house, opened_office(house) as again:
        browser = await signed_in(again, clock, noor.member)
        assert STORY in (await browser.get(address(referral))).html
        assert STORY not in await all_that_opens(house, referral)
