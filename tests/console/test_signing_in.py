"""Signing in takes all three, once; what was wrong is never said, and trying has its limits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pyotp
import pytest
from aiohttp import web
from argon2 import PasswordHasher

from bot.console import members
from bot.console.codes import step_of
from bot.console.tries import network_index
from dialogs.frozen import replace
from storage import signin, staff
from storage.staff_values import Member
from tests.console.colleagues import PASSPHRASE, Browser, Office, secret_of
from tests.console.pages import Page
from tests.databases import KINDS
from tests.houses import StillClock

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
HALF_A_MINUTE = timedelta(seconds=30)


def code_of(member: Member, clock: StillClock) -> str:
    return pyotp.TOTP(secret_of(member)).at(clock.now())


async def tries(browser: Browser, member: Member, clock: StillClock, **fields: str) -> Page:
    """Try to sign in with what is right, but for the fields that are given."""
    right = {"email": member.email, "passphrase": PASSPHRASE, "code": code_of(member, clock)}
    return await browser.post("/staff/sign-in", htmx=False, **(right | fields))


@pytest.fixture
async def noor(office: Office) -> Member:
    """A colleague who has a passphrase and a code."""
    return await office.hires("Noor")


@both_kinds
async def test_who_knows_all_three_is_let_in(
    office: Office, noor: Member, clock: StillClock
) -> None:
    page = await tries(office.browser(), noor, clock, next="/staff/queue?view=mine")
    assert (page.status, page.leads_to) == (303, "/staff/queue?view=mine")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("sid=")
    assert {"HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie


async def test_an_address_is_written_as_one_likes(
    office: Office, noor: Member, clock: StillClock
) -> None:
    email = f" {noor.email.upper()} "
    code = f"{code_of(noor, clock)[:3]} {code_of(noor, clock)[3:]}"
    assert (await tries(office.browser(), noor, clock, email=email, code=code)).status == 303


async def test_whatever_is_wrong_the_answer_is_the_same(
    office: Office, noor: Member, clock: StillClock
) -> None:
    faults = (
        {"passphrase": "iets heel anders dan dat"},
        {"passphrase": ""},
        {"passphrase": "x" * 5000},
        {"code": "000000"},
        {"code": "geen cijfers"},
    )
    answers = []
    for fault in faults:
        page = await tries(office.browser(), noor, clock, **fault)
        answers.append((page.status, page.html))
        clock.pass_by(timedelta(minutes=5))
    unknown = await tries(office.browser(), noor, clock, email="wie@kantoor.example")
    answers.append((unknown.status, unknown.html.replace("wie@kantoor.example", noor.email)))
    assert {status for status, _ in answers} == {401}
    assert len({html for _, html in answers}) == 1


async def test_who_is_disabled_or_not_set_up_stays_out(
    office: Office, noor: Member, clock: StillClock
) -> None:
    link = await members.add(office.house, "Els", "els@kantoor.example", noor.roles, [])
    els = replace(noor, email="els@kantoor.example")
    assert "/staff/setup/" in link
    assert (await tries(office.browser(), els, clock)).status == 401
    async with office.house.database.begin() as db:
        await staff.change(db, noor.id, active=False)
    assert (await tries(office.browser(), noor, clock)).status == 401


@both_kinds
async def test_a_code_opens_the_door_once(office: Office, noor: Member, clock: StillClock) -> None:
    assert (await tries(office.browser(), noor, clock)).status == 303
    assert (await tries(office.browser(), noor, clock)).status == 401
    earlier = pyotp.TOTP(secret_of(noor)).at(clock.now() - HALF_A_MINUTE)
    assert (await tries(office.browser(), noor, clock, code=earlier)).status == 401
    clock.pass_by(HALF_A_MINUTE)
    assert (await tries(office.browser(), noor, clock)).status == 303


@both_kinds
async def test_the_same_code_at_the_same_moment_opens_the_door_once(
    office: Office, noor: Member, clock: StillClock
) -> None:
    pages = await asyncio.gather(*(tries(office.browser(), noor, clock) for _ in range(4)))
    assert sorted(page.status for page in pages) == [303, 401, 401, 401]


def test_a_clock_may_be_half_a_minute_off(clock: StillClock) -> None:
    secret = "A" * 32
    maker, now = pyotp.TOTP(secret), clock.now()
    step = int(now.timestamp()) // 30
    for off, found in ((-2, None), (-1, step - 1), (0, step), (1, step + 1), (2, None)):
        assert step_of(secret, maker.at(now + off * HALF_A_MINUTE), now) == found


@both_kinds
async def test_after_five_wrong_tries_a_minute_the_right_one_must_wait(
    office: Office, noor: Member, clock: StillClock
) -> None:
    pages = await asyncio.gather(
        *(tries(office.browser(), noor, clock, passphrase=f"fout {n}") for n in range(8))
    )
    assert sorted(page.status for page in pages) == [401] * 5 + [429] * 3
    assert (await tries(office.browser(), noor, clock)).status == 429
    clock.pass_by(timedelta(minutes=2))
    assert (await tries(office.browser(), noor, clock)).status == 303


async def test_an_account_that_is_not_there_is_counted_alike(
    office: Office, noor: Member, clock: StillClock
) -> None:
    email = "wie@kantoor.example"
    pages = [await tries(office.browser(), noor, clock, email=email) for _ in range(6)]
    assert [page.status for page in pages] == [401] * 5 + [429]


async def test_colleagues_who_sign_in_rightly_lock_nobody_out(
    office: Office, noor: Member, clock: StillClock
) -> None:
    for _ in range(12):
        clock.pass_by(HALF_A_MINUTE)
        assert (await tries(office.browser(), noor, clock)).status == 303


@both_kinds
async def test_a_right_try_takes_back_only_itself(office: Office, clock: StillClock) -> None:
    account, network, now = b"a" * 16, b"n" * 16, clock.now()
    async with office.house.database.begin() as db:
        for _ in range(2):
            await signin.record(db, account, network, now)
        counted = await signin.record(db, account, network, now)
        assert (counted.account_hour, counted.address_hour) == (3, 3)
        await signin.forgive(db, account, network, now)
        counted = await signin.record(db, account, network, now)
        assert (counted.account_hour, counted.address_hour) == (1, 3)
        await signin.forgive(db, b"b" * 16, b"m" * 16, now)


async def test_a_hundred_wrong_tries_in_a_row_close_an_account_until_a_reset(
    office: Office, noor: Member, clock: StillClock
) -> None:
    house = office.house
    index = house.keystore.index("staff", noor.email)
    for number in range(signin.IN_A_ROW):
        clock.pass_by(timedelta(minutes=5))
        async with house.database.begin() as db:
            await signin.record(db, index, f"{number:016}".encode(), clock.now())
    clock.pass_by(timedelta(hours=2))
    assert (await tries(office.browser(), noor, clock)).status == 401


def test_a_network_is_counted_as_one(office: Office) -> None:
    def index(remote: str, email: str = "") -> bytes:
        return network_index(office.house, remote, email)

    assert index("203.0.113.7") == index("203.0.113.250", "x@kantoor.example")
    assert index("203.0.113.7") != index("203.0.112.7")
    assert index("2001:db8:1::1") == index("2001:db8:1:ffff::2")
    assert index("2001:db8:1::1") != index("2001:db8:2::1")
    assert index("127.0.0.1", "a@kantoor.example") != index("127.0.0.1", "b@kantoor.example")
    assert index("", "a@kantoor.example") != index("", "b@kantoor.example")


async def test_the_one_who_is_signed_in_need_not_do_it_again(office: Office) -> None:
    colleague = await office.colleague("Noor")
    page = await colleague.get("/staff/sign-in?next=/staff/me")
    assert (page.status, page.leads_to) == (303, "/staff/me")
    assert "sign-in" in (await office.browser().get("/staff/sign-in")).ids


async def test_a_hash_made_with_less_care_is_renewed(
    office: Office, noor: Member, clock: StillClock
) -> None:
    system = office.house.keystore.system
    careless = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(PASSPHRASE)
    async with office.house.database.begin() as db:
        await staff.set_password(db, system, noor.id, careless)
    await tries(office.browser(), noor, clock)
    async with office.house.database.reading() as db:
        known = await staff.credentials(db, system, noor.id)
    assert known.password not in {None, careless}
    clock.pass_by(HALF_A_MINUTE)
    assert (await tries(office.browser(), noor, clock)).status == 303


@pytest.mark.parametrize(
    "remote",
    ["::1", "10.244.1.7", "172.17.0.1", "172.31.9.9", "192.168.1.1", "fd00::1", "::ffff:10.0.0.1"],
)
def test_behind_a_router_each_account_is_counted_by_itself(office: Office, remote: str) -> None:
    of_noor, of_els = (
        network_index(office.house, remote, f"{name}@kantoor.example") for name in ("noor", "els")
    )
    assert of_noor != of_els


@pytest.mark.parametrize("remote", ["172.32.0.1", "192.169.0.1", "::ffff:203.0.113.7"])
def test_what_is_not_a_private_network_is_one(office: Office, remote: str) -> None:
    assert network_index(office.house, remote, "a") == network_index(office.house, remote, "b")


def test_an_address_is_the_same_network_in_either_writing(office: Office) -> None:
    def index(remote: str) -> bytes:
        return network_index(office.house, remote, "")

    assert index("::ffff:203.0.113.7") == index("203.0.113.8")
    assert index("::ffff:203.0.113.7") != index("::ffff:203.0.112.7")


async def test_a_stranger_behind_the_same_router_locks_nobody_out(
    office: Office, noor: Member, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.Request, "remote", "172.17.0.1")
    for number in range(signin.ADDRESS_AN_HOUR + 1):
        email = f"wie{number}@kantoor.example"
        assert (await tries(office.browser(), noor, clock, email=email)).status == 401
    assert (await tries(office.browser(), noor, clock)).status == 303
