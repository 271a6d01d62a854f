"""The key of a letterbox is given on by who has it, and somebody always keeps it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.clock import Clock
from bot.console import letterboxes, members
from bot.doctor import State, examine
from bot.settings import Settings
from dialogs.frozen import replace
from storage import audit, letterbox
from storage.audit_tables import AuditRow
from storage.errors import LastKey, NotFound
from storage.pairs import PrivateKey
from storage.staff_values import StaffRole
from tests.console.boxes import (
    SHUT,
    STORY,
    gives_on,
    house,
    signed_in,
    told_story,
    who_opens,
    with_passphrase,
    with_spare_key,
    without_letterboxes,
)
from tests.console.colleagues import Colleague, Office, address
from tests.console.test_audit import guard
from tests.console.test_set_up import filled, path_of
from tests.databases import KINDS
from tests.houses import StillClock
from tests.storage.made import was_given

__all__ = ["house"]

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
ADMIN = frozenset({StaffRole.ADMIN})


async def queues_in_log(office: Office) -> set[tuple[str, str | None]]:
    async with office.house.database.reading() as db:
        assert await audit.first_broken(db, office.house.keystore) is None
        return set(await db.exec(select(AuditRow.what, AuditRow.queue)))


async def examined(settings: Settings) -> list[str]:
    """Have the doctor look at letterboxes, and give what should be looked at."""
    looked = [each async for each in examine(settings, Clock())]
    return [each.why for each in looked if each.about == "letterboxes" and each.state is State.LOOK]


@both_kinds
async def test_a_key_is_given_on_with_a_press(office: Office, clock: StillClock) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    _, referral = await told_story(office)
    els = await with_passphrase(office, clock, "Els", "intake")
    await noor.claims(referral)
    assert SHUT in (await els.opens(referral)).html
    given = await gives_on(noor)
    assert given.leads_to == "/staff/me#letterboxes"
    assert STORY in (await els.opens(referral)).html
    assert {("letterbox_made", "intake"), ("key_given", "intake")} <= await queues_in_log(office)
    assert "· intake" in (await (await guard(office)).get("/staff/audit?check=yes")).html
    assert not (await noor.get("/staff/me")).has_form("/letterboxes")


async def test_only_who_has_a_key_gives_it_and_only_to_who_reads_there(
    office: Office, clock: StillClock
) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    els = await with_passphrase(office, clock, "Els", "intake")
    other = await with_passphrase(office, clock, "Guus", "mentoring")
    reader = await with_passphrase(
        office, clock, "Lot", "intake", roles=frozenset({StaffRole.READER})
    )

    async def gives(who: Colleague, to: Colleague) -> int:
        fields = {"queue": "intake", "to": str(to.member.id)}
        return (await who.post("/staff/me/letterboxes", htmx=False, **fields)).status

    assert await gives(els, els) == 409
    assert await gives(noor, other) == 404
    assert await gives(noor, reader) == 404
    assert await gives(reader, reader) == 403
    assert await who_opens(office.house) == {noor.member.id}
    clock.pass_by(timedelta(minutes=6))
    assert await gives(noor, els) == 403, "a code is asked for once more"


@both_kinds
async def test_the_last_key_is_not_taken_away(office: Office, clock: StillClock) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    admin = await with_passphrase(office, clock, "Ada", roles=ADMIN)
    page = f"/staff/people/{noor.member.id}"
    for refused in (
        await admin.post(page, role="colleague", queue="zuid"),
        await admin.post(page, role="reader", queue="intake"),
        await admin.post(f"{page}/disable"),
        await admin.post(f"{page}/reset"),
    ):
        assert refused.status == 409
        assert "Aanmeldpunt" in refused.html
    with pytest.raises(LastKey):
        await members.disable(office.house, noor.member.email)
    els = await with_passphrase(office, clock, "Els", "intake")
    await gives_on(noor)
    await members.disable(office.house, noor.member.email)
    assert await who_opens(office.house) == {els.member.id}


@both_kinds
async def test_a_new_passphrase_opens_nothing_until_a_key_is_given(
    office: Office, clock: StillClock
) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    els = await with_passphrase(office, clock, "Els", "intake")
    _, referral = await told_story(office)
    await gives_on(noor)
    await els.claims(referral)
    link = await members.reset(office.house, noor.member.email)
    assert not (await els.get("/staff/me")).has_form("/letterboxes"), "it would be lost on the way"
    browser = office.browser()
    done = await filled(browser, path_of(link), clock, passphrase="een heel andere zin van Noor")
    assert done.status == 303
    assert SHUT in (await browser.get(address(referral))).html
    await gives_on(els)
    assert STORY in (await browser.get(address(referral))).html


@both_kinds
async def test_the_command_line_loses_a_letterbox_only_when_told_to(
    office: Office, clock: StillClock
) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    _, referral = await told_story(office)
    with pytest.raises(LastKey):
        await members.reset(office.house, noor.member.email)
    await members.reset(office.house, noor.member.email, even_the_last=True)
    _, between = await told_story(office)
    els = await with_passphrase(office, clock, "Els", "intake")
    assert ("letterbox_replaced", "intake") in await queues_in_log(office)
    _, after = await told_story(office)
    assert SHUT in (await els.claims(referral)).html, "what was in it is lost, and the page says so"
    assert STORY in (await els.claims(between)).html, "nothing is put where nobody could open it"
    assert STORY in (await els.claims(after)).html
    assert await who_opens(office.house) == {els.member.id}


@both_kinds
async def test_a_spare_key_opens_what_nobody_opens_any_more(
    office: Office, clock: StillClock
) -> None:
    spare = PrivateKey.new()
    with_spare_key(office.house, spare.public)
    noor = await with_passphrase(office, clock, "Noor", "intake")
    _, referral = await told_story(office)
    await members.reset(office.house, noor.member.email, even_the_last=True)
    els = await with_passphrase(office, clock, "Els", "intake")
    assert SHUT in (await els.claims(referral)).html
    guus = await with_passphrase(office, clock, "Guus", "mentoring")
    for who, key in (
        (els.member.email, PrivateKey.new()),
        (guus.member.email, spare),
        ("niemand@kantoor.example", spare),
    ):
        with pytest.raises(NotFound):
            await letterboxes.give_with_spare(office.house, "intake", who, key)
    await letterboxes.give_with_spare(office.house, "intake", els.member.email, spare)
    assert STORY in (await els.opens(referral)).html
    assert ("spare_key_used", "intake") in await queues_in_log(office)


@both_kinds
async def test_a_letterbox_that_an_older_spare_key_opens_is_not_made_anew(
    office: Office, clock: StillClock
) -> None:
    older = PrivateKey.new()
    with_spare_key(office.house, older.public)
    noor = await with_passphrase(office, clock, "Noor", "intake")
    _, referral = await told_story(office)
    await members.reset(office.house, noor.member.email, even_the_last=True)
    with_spare_key(office.house, PrivateKey.new().public)
    els = await with_passphrase(office, clock, "Els", "intake")
    with_spare_key(office.house, None)
    await with_passphrase(office, clock, "Guus", "intake")
    await els.claims(referral)
    await letterboxes.give_with_spare(office.house, "intake", els.member.email, older)
    assert STORY in (await els.opens(referral)).html


@both_kinds
async def test_another_spare_key_takes_the_place_of_the_first(
    office: Office, clock: StillClock
) -> None:
    first, second = PrivateKey.new(), PrivateKey.new()
    with_spare_key(office.house, first.public)
    noor = await with_passphrase(office, clock, "Noor", "intake")
    with_spare_key(office.house, second.public)
    await signed_in(office, clock, noor.member)
    async with office.house.database.reading() as db:
        with pytest.raises(NotFound):
            await letterbox.with_spare(db, "intake", first)
        assert await letterbox.find(db, "intake") == letterbox.Letterbox(
            "intake", (await letterbox.with_spare(db, "intake", second)).public
        )


async def test_doctor_names_letterboxes_that_few_can_open(
    office: Office, clock: StillClock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("house") / "organisation.toml"
    settings = office.house.settings
    text = settings.organisation_file.read_text().replace(
        "letterbox = false", "letterbox = true", 1
    )
    path.write_text(text)
    settings = replace(settings, organisation_file=path)

    (none,) = await examined(settings)
    assert none.startswith("no colleague has the key of intake")
    noor = await with_passphrase(office, clock, "Noor", "intake")
    (one,) = await examined(settings)
    assert one.startswith("1 colleague has the key of intake")
    await with_passphrase(office, clock, "Els", "intake")
    await gives_on(noor)
    assert await examined(settings) == []


async def test_doctor_names_letterboxes_that_lie_under_another_spare_key(
    office: Office, clock: StillClock
) -> None:
    with_spare_key(office.house, PrivateKey.new().public)
    await with_passphrase(office, clock, "Noor", "intake")
    found = await examined(office.house.settings)
    assert any(each.startswith("the key of intake does not lie under") for each in found)


async def test_letterboxes_of_before_are_looked_after_where_a_service_has_none_any_more(
    office: Office, clock: StillClock
) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    _, referral = await told_story(office)
    without_letterboxes(office.house)
    els = await with_passphrase(office, clock, "Els", "intake")
    (found,) = await examined(office.house.settings)
    assert found.startswith("1 colleague has the key of intake")
    await gives_on(noor)
    assert STORY in (await els.claims(referral)).html


@both_kinds
async def test_a_key_that_opens_no_more_counts_for_nothing_and_is_given_anew(
    office: Office, clock: StillClock
) -> None:
    noor = await with_passphrase(office, clock, "Noor", "intake")
    _, referral = await told_story(office)
    els = await with_passphrase(office, clock, "Els", "intake")
    async with office.house.database.begin() as db:
        await was_given(db, els.member.id, PrivateKey.new().public, PrivateKey.new())
    assert (await els.get("/staff/me")).status == 200
    browser = await signed_in(office, clock, els.member)
    assert await who_opens(office.house) == {noor.member.id}
    mine = await browser.get("/staff/me")
    assert office.house.wording.staff("nl", "letterbox.not_mine") in mine.html
    with pytest.raises(LastKey):
        await members.disable(office.house, noor.member.email)
    assert (await gives_on(noor)).status == 303
    await els.claims(referral)
    assert STORY in (await browser.get(address(referral))).html
