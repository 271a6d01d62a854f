"""A session ends: by itself, by signing out, everywhere at once; and a copied cookie with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.console.sessions import hashed
from bot.house import House
from dialogs.frozen import replace
from storage import signin, staff
from tests.console.colleagues import Colleague, Office, opened_office
from tests.houses import StillClock


async def is_in(colleague: Colleague) -> bool:
    return (await colleague.get("/staff/me")).status == 200


async def test_half_an_hour_of_nothing_ends_a_session(office: Office, clock: StillClock) -> None:
    noor = await office.colleague("Noor")
    clock.pass_by(signin.IDLE - timedelta(seconds=1))
    assert await is_in(noor)
    clock.pass_by(signin.IDLE)
    assert not await is_in(noor)


async def test_no_session_is_longer_than_a_working_day(office: Office, clock: StillClock) -> None:
    noor = await office.colleague("Noor")
    for _ in range(29):
        clock.pass_by(timedelta(minutes=20))
        assert await is_in(noor)
    clock.pass_by(timedelta(minutes=20))
    assert clock.now() - StillClock().now() == signin.ABSOLUTE
    assert not await is_in(noor)


async def test_signing_out_ends_every_copy_of_the_cookie(office: Office) -> None:
    noor = await office.colleague("Noor")
    copy = Colleague(office.client(sid=noor.token), noor.house, noor.member, noor.token)
    page = await noor.post("/staff/sign-out")
    assert (page.status, page.leads_to) == (303, "/staff/sign-in")
    assert page.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not await is_in(copy)


async def test_signing_out_everywhere_ends_the_other_ones_too(office: Office) -> None:
    member = await office.hires("Noor")
    here, there = [await office.signs_in(member) for _ in range(2)]
    els = await office.colleague("Els")
    await here.post("/staff/sign-out-everywhere")
    assert not await is_in(there)
    assert await is_in(els)


async def test_a_fourth_session_ends_the_one_that_was_idle_longest(
    office: Office, clock: StillClock
) -> None:
    member = await office.hires("Noor")
    sessions = []
    for _ in range(4):
        clock.pass_by(timedelta(minutes=1))
        sessions.append(await office.signs_in(member))
    assert [await is_in(each) for each in sessions] == [False, True, True, True]


async def test_who_is_disabled_is_out_at_once(office: Office) -> None:
    noor = await office.colleague("Noor")
    async with office.house.database.begin() as db:
        await staff.change(db, noor.member.id, active=False)
    assert not await is_in(noor)


async def test_a_cookie_of_ones_own_making_opens_nothing(office: Office) -> None:
    noor = await office.colleague("Noor")
    for made in ("", "x", noor.token + "x", hashed(noor.token).hex(), "é" * 200):
        other = Colleague(office.client(sid=made), noor.house, noor.member, made)
        assert not await is_in(other)


@pytest.fixture
async def https_office(house: House) -> AsyncIterator[Office]:
    """The same office behind https."""
    settings = replace(house.settings, public_url="https://desk.example.org")
    outside = replace(house, settings=settings)
    async with opened_office(outside) as office:
        yield office


async def test_over_https_no_other_host_can_set_the_cookie(https_office: Office) -> None:
    noor = await https_office.colleague("Noor")
    over_https = https_office.client(**{"__Host-sid": noor.token})
    other = Colleague(over_https, noor.house, noor.member, noor.token)
    assert not await is_in(noor)
    assert await is_in(other)
    page = await other.post("/staff/sign-out")
    parts = set(page.headers["Set-Cookie"].split("; "))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= parts
