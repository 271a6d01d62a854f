"""What is changed about a colleague while they are being let in holds from the start.

A slow hash tells what came of it when the test lets it: so what comes between is no chance.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from threading import Event
from typing import Literal

import pytest
from argon2 import PasswordHasher

from bot.console import members
from bot.house import House
from storage import passkeys, signin, staff
from storage.staff_values import Member
from tests.console.boxes import house
from tests.console.colleagues import ALL_ROUND, PASSPHRASE, Office, opened_office
from tests.console.devices import Device
from tests.console.pages import Page
from tests.console.test_passkeys import device_of, makes, origin_of, signs_in
from tests.console.test_set_up import filled, path_of
from tests.console.test_signing_in import tries
from tests.databases import KINDS, rows_of, waits
from tests.houses import QUICK, StillClock

__all__ = ["house"]

PATIENCE_S = 20
SESSIONS = "SELECT staff_id FROM staff_session"
SIGN_INS = "SELECT seq FROM audit WHERE what = 'signed_in'"
LETTERBOXES = "SELECT queue FROM letterbox"

PASSKEYS = "SELECT id FROM passkey"
PASSPHRASES = "SELECT id FROM staff WHERE password IS NOT NULL"

Change = Callable[[House, Member], Awaitable[None]]

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
on_postgresql = pytest.mark.parametrize("kind", ["postgresql"], indirect=True)


class Unhurried(PasswordHasher):
    """Hashes and compares as ever, and tells what came of it only when it may."""

    def __init__(self) -> None:
        super().__init__(QUICK.time_cost, QUICK.memory_cost, QUICK.parallelism)
        self.has_worked, self.may_tell = Event(), Event()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - its name there
        try:
            return super().verify(hash, password)
        finally:
            self._wait()

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        made = super().hash(password, salt=salt)
        self._wait()
        return made

    def _wait(self) -> None:
        self.has_worked.set()
        assert self.may_tell.wait(PATIENCE_S), "nobody let it tell"


@pytest.fixture
def hasher() -> Unhurried:
    return Unhurried()


@pytest.fixture
async def office(house: House, hasher: Unhurried) -> AsyncIterator[Office]:
    """A desk at which comparing a passphrase takes as long as a test likes."""
    async with opened_office(house, hasher) as office:
        yield office


async def while_hashing(
    hasher: Unhurried, entering: Awaitable[Page], change: Awaitable[None]
) -> Page:
    """Have somebody enter with what is right, and change something just before that is told."""
    page = asyncio.ensure_future(entering)
    assert await asyncio.to_thread(hasher.has_worked.wait, PATIENCE_S)
    try:
        await change
    finally:
        hasher.may_tell.set()
    return await page


async def signs_in_while(
    office: Office, clock: StillClock, hasher: Unhurried, change: Change
) -> Page:
    noor = await office.hires("Noor", "intake")
    entering = tries(office.browser(), noor, clock)
    return await while_hashing(hasher, entering, change(office.house, noor))


async def invited(office: Office) -> tuple[Member, str]:
    """Give Noor a link, and say where it leads."""
    link = await members.add(office.house, "Noor", "noor@kantoor.example", ALL_ROUND, ["intake"])
    return (await members.everyone(office.house))[0], path_of(link)


async def is_disabled(house: House, noor: Member) -> None:
    await members.disable(house, noor.email)


async def is_reset(house: House, noor: Member) -> None:
    await members.reset(house, noor.email)


async def is_disabled_and_reset(house: House, noor: Member) -> None:
    await is_disabled(house, noor)
    await is_reset(house, noor)


async def has_another_passphrase(house: House, noor: Member) -> None:
    async with house.database.begin() as db:
        await staff.set_password(db, house.keystore.system, noor.id, QUICK.hash("een andere zin"))


async def has_the_same_passphrase_anew(house: House, noor: Member) -> None:
    async with house.database.begin() as db:
        await staff.set_password(db, house.keystore.system, noor.id, QUICK.hash(PASSPHRASE))


async def has_another_secret(house: House, noor: Member) -> None:
    async with house.database.begin() as db:
        await staff.set_totp(db, house.keystore.system, noor.id, "B" * 32)


async def leaves_the_queue(house: House, noor: Member) -> None:
    async with house.database.begin() as db:
        await staff.change(db, noor.id, queues=["zuid"])


@both_kinds
@pytest.mark.parametrize(
    "change",
    [
        is_disabled,
        is_reset,
        is_disabled_and_reset,
        has_another_passphrase,
        has_the_same_passphrase_anew,
        has_another_secret,
    ],
)
async def test_what_was_right_when_it_was_compared_opens_nothing_when_it_is_not_kept_any_more(
    office: Office,
    clock: StillClock,
    hasher: Unhurried,
    change: Change,
) -> None:
    page = await signs_in_while(office, clock, hasher, change)
    noor = (await members.everyone(office.house))[0]
    wrong = await tries(office.browser(), noor, clock, passphrase="iets heel anders dan dat")
    assert (page.status, page.html) == (wrong.status, wrong.html)
    assert "Set-Cookie" not in page.headers
    for kept in (SESSIONS, SIGN_INS, LETTERBOXES):
        assert await rows_of(office.house.database, kept) == []


@both_kinds
async def test_who_leaves_a_queue_while_they_sign_in_makes_no_letterbox_of_it(
    office: Office, clock: StillClock, hasher: Unhurried
) -> None:
    page = await signs_in_while(office, clock, hasher, leaves_the_queue)
    assert page.status == 303
    assert await rows_of(office.house.database, LETTERBOXES) == [("zuid",)]


@on_postgresql
async def test_who_is_being_let_in_no_more_is_not_by_passkey(office: Office) -> None:
    noor = await office.colleague("Noor")
    device = await device_of(noor)
    async with asyncio.timeout(PATIENCE_S):
        async with office.house.database.begin() as db:
            await staff.change(db, noor.member.id, active=False)
            signing_in = asyncio.create_task(signs_in(office.browser(), device))
            await waits(office.house.database, signing_in)
        assert (await signing_in).status == 401
    assert await rows_of(office.house.database, SESSIONS) == []


@on_postgresql
async def test_who_is_being_reset_is_not_let_in_by_passkey_and_neither_is_in_the_others_way(
    office: Office,
) -> None:
    noor = await office.colleague("Noor")
    device = await device_of(noor)
    async with asyncio.timeout(PATIENCE_S):
        async with office.house.database.begin() as db:
            await staff.change(db, noor.member.id, active=True)
            signing_in = asyncio.create_task(signs_in(office.browser(), device))
            await waits(office.house.database, signing_in)
            await passkeys.remove_all(db, noor.member.id)
        assert (await signing_in).status == 401
    assert await rows_of(office.house.database, SESSIONS) == []


@on_postgresql
async def test_who_is_being_reset_makes_no_passkey_that_outlasts_it(office: Office) -> None:
    noor = await office.colleague("Noor")
    async with asyncio.timeout(PATIENCE_S):
        async with office.house.database.begin() as db:
            await staff.change(db, noor.member.id, active=True)
            await passkeys.remove_all(db, noor.member.id)
            making = asyncio.create_task(makes(noor, Device(origin_of(noor))))
            await waits(office.house.database, making)
        assert (await making).status == 422
    assert await rows_of(office.house.database, PASSKEYS) == []


@both_kinds
@pytest.mark.parametrize("change", [is_disabled, is_reset, is_disabled_and_reset])
async def test_who_is_changed_while_they_set_themselves_up_does_not_do_so_with_that_link(
    office: Office, clock: StillClock, hasher: Unhurried, change: Change
) -> None:
    noor, path = await invited(office)
    entering = filled(office.browser(), path, clock)
    page = await while_hashing(hasher, entering, change(office.house, noor))
    assert (page.status, "gone" in page.ids) == (404, True)
    for kept in (SESSIONS, LETTERBOXES, PASSPHRASES):
        assert await rows_of(office.house.database, kept) == []


@both_kinds
async def test_who_leaves_a_queue_while_they_set_themselves_up_makes_no_letterbox_of_it(
    office: Office, clock: StillClock, hasher: Unhurried
) -> None:
    noor, path = await invited(office)
    entering = filled(office.browser(), path, clock)
    page = await while_hashing(hasher, entering, leaves_the_queue(office.house, noor))
    assert page.status == 303
    assert await rows_of(office.house.database, LETTERBOXES) == [("zuid",)]


@on_postgresql
async def test_who_gets_another_link_while_they_use_theirs_is_in_nobodys_way(
    office: Office, clock: StillClock, hasher: Unhurried
) -> None:
    noor, path = await invited(office)
    hasher.may_tell.set()
    house, until = office.house, clock.now() + members.VALID
    async with asyncio.timeout(PATIENCE_S):
        async with house.database.begin() as db:
            await staff.change(db, noor.id, active=True)
            entering = asyncio.create_task(filled(office.browser(), path, clock))
            await waits(house.database, entering)
            await signin.add_link(db, b"of another link", noor.id, until)
        assert (await entering).status == 404
    assert await rows_of(house.database, PASSPHRASES) == []
