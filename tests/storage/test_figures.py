"""Counts say what happened in a month, of nobody, and outlive whoever they were counted of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage import figures, people, referrals
from storage.database import Database
from storage.figures import STEPS, Counted, Happened, Left, step_of
from storage.keystore import KeyStore
from storage.referral_values import Outcome
from tests.databases import NOW, rows_of
from tests.storage.made import colleague, opened, person

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


async def everything(database: Database, *queues: str) -> list[tuple[date, str, int, int]]:
    async with database.reading() as db:
        found = await figures.between(db, queues or ("noord",), MARCH, APRIL)
    return sorted((each.month, each.name, each.within, each.count) for each in found)


async def test_the_same_is_counted_up_and_another_month_apart(
    database: Database, keystore: KeyStore
) -> None:
    referral_id = await opened(database, await person(database, keystore))
    async with database.begin() as db:
        case = await figures.case_of(db, referral_id)
        for day in (NOW, NOW, NOW + timedelta(days=30)):
            await figures.add(db, case, Happened.NEW, day)
        await figures.add(db, case, Outcome.ANSWERED, NOW, timedelta(minutes=50))
    assert await everything(database) == [
        (MARCH, "answered", 60, 1),
        (MARCH, "new", 0, 2),
        (APRIL, "new", 0, 1),
    ]


async def test_other_queues_and_other_months_are_left_out(
    database: Database, keystore: KeyStore
) -> None:
    referral_id = await opened(database, await person(database, keystore))
    async with database.begin() as db:
        case = await figures.case_of(db, referral_id)
        await figures.add(db, case, Happened.NEW, NOW - timedelta(days=31))
        await figures.add(db, case, Happened.NEW, NOW)
    assert await everything(database, "zuid") == []
    assert len(await everything(database, "noord", "zuid")) == 1


async def test_a_count_outlives_the_person(database: Database, keystore: KeyStore) -> None:
    anna = await person(database, keystore)
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        for case in await figures.open_cases(db, anna.id):
            await figures.add(db, case, Left.ERASED, NOW)
        await figures.answered(db, referral_id, NOW)
        await people.erase(db, anna.id, NOW)
    async with database.reading() as db:
        found = await figures.between(db, ["noord"], MARCH, MARCH)
    assert found == [Counted(MARCH, "", "", "", "erased", 0, 1)]
    assert list(map(tuple, await rows_of(database, "SELECT answered_at FROM referral"))) == [
        (None,)
    ]


async def test_only_what_lies_before_staff_is_an_open_case(
    database: Database, keystore: KeyStore
) -> None:
    anna, noor = await person(database, keystore), await colleague(database, keystore)
    first, _second = [await opened(database, anna) for _ in range(2)]
    async with database.begin() as db:
        await referrals.claim(db, noor, first, NOW)
        assert len(await figures.open_cases(db, anna.id)) == 2
        await referrals.close(db, noor, first, NOW, Outcome.REFERRED)
        assert len(await figures.open_cases(db, anna.id)) == 1


async def test_the_first_answer_is_the_first(database: Database, keystore: KeyStore) -> None:
    referral_id = await opened(database, await person(database, keystore))
    async with database.begin() as db:
        for later in (NOW, NOW + timedelta(days=1)):
            await figures.answered(db, referral_id, later)
        assert (await figures.case_of(db, referral_id)).answered_at == NOW


@pytest.mark.parametrize(
    ("minutes", "step"), [(0, 5), (5, 5), (5.1, 10), (60, 60), (61, 90), (10**9, STEPS[-1])]
)
def test_a_length_of_time_falls_in_one_step(minutes: float, step: int) -> None:
    assert step_of(timedelta(minutes=minutes)) == step


def test_no_two_things_that_are_counted_have_one_name() -> None:
    names = [*Happened, *Left, *Outcome]
    assert len(set(map(str, names))) == len(names)
