"""How long an answer takes tells nobody what they may not know."""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from argon2 import PasswordHasher

from bot.house import House
from storage import staff
from tests.attacks.measures import Measure
from tests.console.colleagues import PASSPHRASE, Office, address, opened_office
from tests.houses import StillClock

LOOKS, TRIES = 1500, 60
NO_DIFFERENCE, OF_A_TRY = 0.05, 0.05
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

Ask = Callable[[], Awaitable[object]]


async def compared(one: Ask, other: Ask, times: int) -> tuple[list[float], list[float]]:
    """Ask for both in turns, so that whatever slows one slows the other; gives milliseconds."""
    took: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    gc.disable()
    try:
        for number in range(2 * times):
            # Each comes first as often as second.
            which = (number + number // 2) % 2
            began = perf_counter()
            await (one, other)[which]()
            took[which].append((perf_counter() - began) * 1000)
    finally:
        gc.enable()
    return took


def told_apart(one: list[float], other: list[float]) -> float:
    """Say how often one takes longer than the other: a half when nothing can be learnt of it."""
    ranked = sorted([(value, 1) for value in one] + [(value, 0) for value in other])
    ranks = sum(rank for rank, (_, is_one) in enumerate(ranked, start=1) if is_one)
    return (ranks - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))


async def test_a_request_of_others_takes_as_long_as_none(house: House, measure: Measure) -> None:
    async with opened_office(house) as office:
        _, referral = await office.request()
        noor = await office.colleague("Noor", "mentoring")
        times = measure.many(LOOKS, least=50)
        foreign, none = await compared(
            lambda: noor.get(address(referral)),
            lambda: noor.get(f"/staff/r/{house.clock.new_id()}"),
            times,
        )
        apart = told_apart(foreign, none)
        measure.note(f"of {2 * times}, medians {median(foreign):.2f} and {median(none):.2f} ms")
        measure.below(NO_DIFFERENCE, abs(apart - 0.5), "told apart, off a half by", "")


async def test_a_page_that_does_more_is_told_apart(house: House) -> None:
    async with opened_office(house) as office:
        _, referral = await office.request()
        noor = await office.colleague("Noor")
        there, none = await compared(
            lambda: noor.get(address(referral)),
            lambda: noor.get(f"/staff/r/{house.clock.new_id()}"),
            50,
        )
        assert abs(told_apart(there, none) - 0.5) > NO_DIFFERENCE


async def test_an_address_that_nobody_has_is_refused_as_slowly_as_a_wrong_passphrase(
    house: House, clock: StillClock, measure: Measure
) -> None:
    careful = PasswordHasher()
    async with opened_office(house, careful) as office:
        noor = await office.hires("Noor")
        async with house.database.begin() as db:
            kept = careful.hash(PASSPHRASE)
            await staff.set_password(db, house.keystore.system, noor.id, kept)
        times = measure.many(TRIES, least=5)
        known, unknown = await compared(
            lambda: refused(office, clock, noor.email),
            lambda: refused(office, clock, "niemand@kantoor.example"),
            times,
        )
        difference = abs(median(known) - median(unknown)) / median(unknown)
        measure.note(f"of {2 * times}, medians {median(known):.1f} and {median(unknown):.1f} ms")
        measure.below(OF_A_TRY, difference, "difference", "of a try")


async def refused(office: Office, clock: StillClock, email: str) -> None:
    """Try to sign in with what is wrong, as the first one for an hour."""
    clock.pass_by(HOUR)
    wrong = {"email": email, "passphrase": "iets heel anders dan dat", "code": "000000"}
    page = await office.browser().post("/staff/sign-in", htmx=False, **wrong)
    assert page.status == 401
