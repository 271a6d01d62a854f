"""What is forgotten by itself: when its term is over, not before, and never much at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.house import House
from bot.retention import AGES, CLOSED, FEW, UNSENT, Due
from bot.terms import A_YEAR
from bot.workers import keeper_of
from storage.retention import AGED
from tests.databases import KINDS, rows_of
from tests.houses import StillClock, Visitor

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)


def term(house: House) -> timedelta:
    return house.organisation.closed_years * A_YEAR


async def sent_and_stopped(house: House) -> Visitor:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await visitor.presses("everywhere.go:stop")
    return visitor


async def people(house: House) -> int:
    return len(await rows_of(house.database, "SELECT id FROM person"))


async def due(house: House) -> dict[str, int]:
    async with house.database.begin() as db:
        found = await keeper_of(house).retention.due(db, house.clock.now())
    return {each.kind: each.count for each in found if each.count}


def test_every_table_that_ages_has_its_term() -> None:
    assert AGES.keys() == AGED.keys()


@both_kinds
async def test_what_was_closed_long_ago_is_forgotten_and_only_a_shell_stays(
    house: House, clock: StillClock
) -> None:
    await sent_and_stopped(house)
    clock.pass_by(term(house) - timedelta(days=1))
    await keeper_of(house).round()
    assert await people(house) == 1
    clock.pass_by(timedelta(days=2))
    assert await keeper_of(house).round() == 1
    assert await people(house) == 0
    shells = await rows_of(house.database, "SELECT status, content, reference FROM referral")
    assert shells == [("erased", None, None)]


async def test_who_wrote_since_is_kept(house: House, clock: StillClock) -> None:
    visitor = await sent_and_stopped(house)
    clock.pass_by(term(house) - timedelta(days=1))
    await visitor.presses("everywhere.go:menu")
    clock.pass_by(timedelta(days=2))
    await keeper_of(house).round()
    assert await people(house) == 1


async def test_who_still_waits_is_kept_however_long(house: House, clock: StillClock) -> None:
    await Visitor(house).sends_a_request()
    clock.pass_by(2 * term(house))
    await keeper_of(house).round()
    assert await people(house) == 1


async def test_what_is_due_is_counted_before_and_nothing_is_forgotten_by_that(
    house: House, clock: StillClock
) -> None:
    await sent_and_stopped(house)
    clock.pass_by(term(house) + timedelta(days=1))
    await Visitor(house).starts()
    clock.pass_by(timedelta(days=2))
    found = await due(house)
    assert found[CLOSED] == found[UNSENT] == 1
    assert found["heard"] > 0
    assert await people(house) == 2
    await keeper_of(house).round()
    assert set(await due(house)) == set()


async def test_much_at_once_is_left_until_somebody_confirms_it(
    house: House, clock: StillClock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(FEW + 1):
        await sent_and_stopped(house)
    clock.pass_by(term(house) + timedelta(days=1))
    await keeper_of(house).round()
    assert await people(house) == FEW + 1
    assert "purge" in caplog.text
    await keeper_of(house).round(is_confirmed=True)
    assert await people(house) == 0


@pytest.mark.parametrize(
    ("count", "of", "is_too_much"),
    [(FEW, FEW, False), (11, 54, True), (11, 55, False), (500, None, False)],
)
def test_more_than_a_fifth_is_much(count: int, of: int | None, is_too_much: bool) -> None:
    assert Due(CLOSED, count, of).is_too_much is is_too_much
