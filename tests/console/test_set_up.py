"""A set-up link makes an account, once: a passphrase of one's own, an app, and a name."""

from __future__ import annotations

import re
from datetime import timedelta
from ipaddress import IPv4Address
from typing import Any

import pyotp
import pytest

from bot.console import members
from bot.console.codes import picture
from bot.console.passphrases import suggested
from bot.hashes import SlowHashes
from dialogs.frozen import replace
from storage import staff
from storage.errors import Conflict, NotFound
from storage.staff_values import StaffRole
from tests.console.colleagues import PASSPHRASE, Browser, Office
from tests.console.pages import Page
from tests.databases import KINDS
from tests.houses import StillClock

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
EMAIL = "noor@kantoor.example"
EVERYWHERE = str(IPv4Address(0))


def path_of(link: str | None) -> str:
    assert link is not None
    return link[link.index("/staff/setup/") :]


def code_on(page: Page, clock: StillClock) -> str:
    found = re.search(r'id="secret"[^>]*>([A-Z2-7 ]+)<', page.html)
    assert found is not None
    return pyotp.TOTP(found[1].replace(" ", "")).at(clock.now())


async def filled(browser: Browser, path: str, clock: StillClock, **fields: str) -> Page:
    """Send the form with everything right, but for the fields that are given."""
    page = await browser.get(path)
    right = {
        "name": "Noor",
        "email": EMAIL,
        "language": "nl",
        "passphrase": PASSPHRASE,
        "code": code_on(page, clock),
    }
    return await browser.submit(page.form(path), htmx=False, **(right | fields))


@both_kinds
async def test_the_first_one_says_who_they_are_and_sees_every_queue(
    office: Office, clock: StillClock
) -> None:
    path = path_of(await members.setup_link(office.house))
    browser = office.browser()
    done = await filled(browser, path, clock)
    assert (done.status, done.leads_to) == (303, "/staff")
    token = done.headers["Set-Cookie"].partition(";")[0].removeprefix("sid=")
    office.clients.append(browser.client)
    assert (await Browser(office.client(sid=token)).get("/staff/queue")).status == 200
    noor = (await members.everyone(office.house))[0]
    assert (noor.name, noor.email, noor.roles) == ("Noor", EMAIL, frozenset(StaffRole))
    assert noor.queues == {queue.key for queue in office.house.organisation.queues}
    assert await members.setup_link(office.house) is None


@both_kinds
async def test_a_link_works_once(office: Office, clock: StillClock) -> None:
    path = path_of(await members.setup_link(office.house))
    await filled(office.browser(), path, clock)
    gone = await office.browser().get(path)
    assert (gone.status, "gone" in gone.ids) == (404, True)
    assert (await office.browser().post(path, name="Els")).status == 404
    assert (await office.browser().get(f"{path}/code.svg")).status == 404


async def test_a_link_works_for_a_day(office: Office, clock: StillClock) -> None:
    path = path_of(await members.setup_link(office.house))
    clock.pass_by(timedelta(hours=23))
    assert (await office.browser().get(path)).status == 200
    clock.pass_by(timedelta(hours=2))
    assert (await office.browser().get(path)).status == 404


async def test_each_start_prints_a_fresh_link_and_the_last_one_counts(office: Office) -> None:
    first = path_of(await members.setup_link(office.house))
    second = path_of(await members.setup_link(office.house))
    assert (await office.browser().get(first)).status == 404
    assert (await office.browser().get(second)).status == 200


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    office: Office, clock: StillClock
) -> None:
    path = path_of(await members.setup_link(office.house))
    before = await office.browser().get(path)
    for field, wrong in (
        ("name", " "),
        ("name", "x" * 61),
        ("name", "No\nor"),
        ("email", "noor"),
        ("passphrase", "kort"),
        ("passphrase", "x" * 129),
        ("code", "123"),
        ("code", "abcdef"),
    ):
        page = await filled(office.browser(), path, clock, **{field: wrong})
        assert (page.status, f"{field}-problem" in page.ids) == (422, True), field
        assert PASSPHRASE not in page.html
        assert code_on(page, clock) == code_on(before, clock)
        assert await members.everyone(office.house) == []
    assert (await filled(office.browser(), path, clock)).status == 303


async def test_a_colleague_who_was_added_sets_themselves_up(
    office: Office, clock: StillClock
) -> None:
    link = await members.add(
        office.house, "Els", "els@kantoor.example", [StaffRole.COLLEAGUE], ["intake"]
    )
    done = await filled(
        office.browser(), path_of(link), clock, name="Mallory", email="m@elders.example"
    )
    assert done.status == 303
    els = (await members.everyone(office.house))[0]
    assert (els.name, els.email) == ("Els", "els@kantoor.example")
    assert els.queues == {"intake"}


async def test_the_language_is_theirs_to_choose(office: Office, clock: StillClock) -> None:
    path = path_of(await members.setup_link(office.house))
    await filled(office.browser(), path, clock, language="en")
    assert (await members.everyone(office.house))[0].language == "en"


@both_kinds
async def test_an_address_that_is_taken_is_said(office: Office, clock: StillClock) -> None:
    await members.add(office.house, "Els", EMAIL, [StaffRole.COLLEAGUE], [])
    path = path_of(await members.setup_link(office.house))
    page = await filled(office.browser(), path, clock)
    assert (page.status, "email-problem" in page.ids) == (422, True)
    assert (await filled(office.browser(), path, clock, email="n@kantoor.example")).status == 303


async def test_the_code_that_set_up_an_account_does_not_sign_in(
    office: Office, clock: StillClock
) -> None:
    path = path_of(await members.setup_link(office.house))
    page = await office.browser().get(path)
    code = code_on(page, clock)
    await filled(office.browser(), path, clock)
    fields = {"email": EMAIL, "passphrase": PASSPHRASE, "code": code}
    again = await office.browser().post("/staff/sign-in", htmx=False, **fields)
    assert again.status == 401


async def test_the_square_is_a_file_of_its_own(office: Office) -> None:
    path = path_of(await members.setup_link(office.house))
    page = await office.browser().get(f"{path}/code.svg")
    assert (page.status, page.headers["Content-Type"]) == (200, "image/svg+xml")
    assert page.elements[0] == "svg"


async def test_a_reset_takes_effect_before_the_link_is_used(
    office: Office, clock: StillClock
) -> None:
    noor = await office.colleague("Noor")
    path = path_of(await members.reset(office.house, noor.member.email))
    assert (await noor.get("/staff/me")).status == 303
    async with office.house.database.reading() as db:
        known = await staff.credentials(db, office.house.keystore.system, noor.member.id)
    assert known.totp is None
    assert (await filled(office.browser(), path, clock)).status == 303


async def test_who_is_disabled_cannot_use_a_link(office: Office) -> None:
    link = await members.add(office.house, "Els", "els@kantoor.example", [StaffRole.COLLEAGUE], [])
    disabled = await members.disable(office.house, " ELS@kantoor.example ")
    assert not disabled.active
    assert (await office.browser().get(path_of(link))).status == 404


async def test_nobody_is_added_who_cannot_be(office: Office) -> None:
    house, roles = office.house, [StaffRole.COLLEAGUE]
    for name, email, queues in (
        ("", EMAIL, []),
        ("Noor", "noor", []),
        ("Noor", EMAIL, ["secret"]),
    ):
        with pytest.raises(members.BadMember):
            await members.add(house, name, email, roles, queues)
    await members.add(house, "Noor", EMAIL, roles, [])
    with pytest.raises(Conflict):
        await members.add(house, "Els", EMAIL.upper(), roles, [])
    for email in ("wie@kantoor.example", ""):
        with pytest.raises(NotFound):
            await members.disable(house, email)


async def test_a_passphrase_is_hashed_with_care_and_compared() -> None:
    passphrases = SlowHashes()
    kept = await passphrases.hash(PASSPHRASE)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert await passphrases.is_right(kept, PASSPHRASE)
    assert not await passphrases.is_right(kept, PASSPHRASE + " ")
    assert not await passphrases.is_right(None, PASSPHRASE)
    assert not await passphrases.is_right("no hash", PASSPHRASE)
    assert not passphrases.is_outdated(kept)


def test_a_suggestion_has_groups_that_can_be_copied_by_hand() -> None:
    assert re.fullmatch(r"[a-z2-7]{5}(-[a-z2-7]{5}){4}", suggested("a token"))
    assert suggested("a token") != suggested("another token")


def test_the_square_can_be_drawn_for_who_has_no_address_yet() -> None:
    assert picture("A" * 32, "").startswith(b"<svg")


@pytest.mark.parametrize(
    ("given", "address", "outside"),
    [
        ({"host": EVERYWHERE}, "", "http://127.0.0.1:8080"),
        ({"host": "::"}, "", "http://127.0.0.1:8080"),
        ({"host": "::1"}, "", "http://[::1]:8080"),
        ({"host": "desk.local"}, "", "http://desk.local:8080"),
        ({"host": EVERYWHERE, "port": 0}, "http://127.0.0.1:43210/", "http://127.0.0.1:43210"),
        ({"public_url": "https://a.example"}, "http://127.0.0.1:1", "https://a.example"),
    ],
)
async def test_a_link_can_be_opened(
    office: Office, given: dict[str, Any], address: str, outside: str
) -> None:
    house = replace(office.house, settings=replace(office.house.settings, **{"port": 8080} | given))
    links = (
        await members.setup_link(house, address),
        await members.add(house, "Els", EMAIL, [StaffRole.COLLEAGUE], [], address=address),
        await members.reset(house, EMAIL, address=address),
    )
    for link in links:
        assert link is not None
        assert link.startswith(f"{outside}/staff/setup/")
