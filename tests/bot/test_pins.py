"""A PIN shuts a conversation at a door where somebody was away, and opens it there again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import returning
from bot.envelopes import LetterBody, read_letter
from bot.house import House
from bot.workers import keeper_of
from dialogs.returning import NOT_FOUND
from storage import locks, mail
from storage.doors import Door
from tests.bot.test_returning import came_back, code_of, write
from tests.databases import rows_of
from tests.houses import StillClock, Visitor

TO_A_PIN = (
    "everywhere.go:menu",
    "welcome.menu:more",
    "welcome.more:returning",
    "returning.begin:pin",
)
PIN = "2580"
WORDS = "Dag, ik lees met u mee."


@pytest.fixture
def away(house: House) -> timedelta:
    """As long as somebody may be away."""
    return timedelta(minutes=house.organisation.lock_after_minutes)


async def with_pin(house: House, door: Door = Door.TELEGRAM) -> Visitor:
    """Somebody who sent a request, and chose a PIN."""
    visitor = Visitor(house, door)
    await visitor.sends_a_request()
    await visitor.presses(*TO_A_PIN)
    kept = await visitor.says(PIN)
    assert kept.session.remark == "returning.pin.kept"
    return visitor


async def letters(house: House) -> list[LetterBody]:
    """Take every letter out of the box, in order."""
    found, now = [], house.clock.now()
    async with house.database.begin() as db:
        while leased := await mail.lease(db, house.keystore, 9, now, now + timedelta(minutes=1)):
            found += [read_letter(each.body or "") for each in leased]
            await mail.done(db, [each.id for each in leased], now)
    return found


def words_in(bodies: list[LetterBody]) -> Iterator[str]:
    return (line.words for body in bodies for line in body.screen.lines if line.words)


async def test_who_opens_a_chat_that_is_shut_sees_a_first_visit(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    clock.pass_by(away - timedelta(seconds=1))
    assert (await owner.starts()).session.is_with_staff
    clock.pass_by(away)
    shown = await owner.presses("everywhere.go:menu")
    newcomer = await Visitor(house, Door.TELEGRAM).presses("everywhere.go:menu")
    assert shown.screen == newcomer.screen
    assert not shown.session.agreements
    assert not shown.session.has_pin


async def test_the_pin_opens_what_was_shut(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    before = await rows_of(house.database, "SELECT id FROM person")
    clock.pass_by(away)
    assert not await came_back(owner, "8520")
    assert await came_back(owner, PIN)
    assert (await owner.says("Dag")).session.is_with_staff
    assert await rows_of(house.database, "SELECT id FROM person") == before


async def test_a_pin_opens_nothing_at_another_door(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    clock.pass_by(away)
    await owner.starts()
    assert not await came_back(Visitor(house), PIN)


async def test_a_letter_to_a_door_that_is_shut_says_nothing_and_the_words_wait(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    await letters(house)
    clock.pass_by(away)
    await write(house, WORDS)
    (unopened,) = await letters(house)
    assert [line.id for line in unopened.screen.lines] == ["everywhere.opening"]
    assert unopened.address == owner.sender.address
    assert await came_back(owner, PIN)
    assert WORDS in words_in(await letters(house))


async def test_a_letter_reaches_somebody_behind_a_door_where_another_is_now(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    clock.pass_by(away)
    await owner.starts()
    await letters(house)
    await write(house, WORDS)
    (unopened,) = await letters(house)
    assert [line.id for line in unopened.screen.lines] == ["everywhere.opening"]
    assert await came_back(owner, PIN)
    assert WORDS in words_in(await letters(house))


async def test_whoever_erases_everything_at_a_shut_door_erases_nothing_behind_it(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    clock.pass_by(away)
    await owner.presses("everywhere.go:rights", "rights.overview:erase")
    assert await came_back(owner, PIN)
    assert (await owner.says("Dag")).session.is_with_staff


async def test_a_stranger_who_is_forgotten_leaves_the_door_shut(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    clock.pass_by(away)
    await owner.starts()
    clock.pass_by(timedelta(days=house.organisation.unfinished_days, hours=1))
    assert await keeper_of(house).round() == 1
    assert await came_back(owner, PIN)


async def test_after_five_wrong_pins_only_the_code_helps_for_a_day(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    code = await code_of(owner)
    clock.pass_by(away)
    await owner.starts("returning")
    for _ in range(returning.TRIES_AT_A_PIN):
        assert (await owner.says("1357")).session.remark == NOT_FOUND
    clock.pass_by(timedelta(hours=23))
    assert not await came_back(owner, PIN)
    clock.pass_by(returning.WITHIN + timedelta(seconds=1))
    assert await came_back(owner, code)


async def test_a_pin_that_was_removed_shuts_nothing(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    await owner.presses("returning.begin:no_pin")
    clock.pass_by(away)
    assert (await owner.starts()).session.is_with_staff
    assert await rows_of(house.database, 'SELECT * FROM "lock"') == []


async def test_a_pin_cannot_be_found_from_its_hash_without_the_key_file(
    house: House, clock: StillClock, away: timedelta
) -> None:
    owner = await with_pin(house)
    clock.pass_by(away)
    await owner.starts()
    stage = house.conductor._stage
    async with house.database.reading() as db:
        (pin,) = await locks.behind(db, stage.reception.index(owner.sender))
    hashed = pin.hashed(await house.keystore.seal_of(pin.person_id))
    assert hashed.startswith("$argon2id$")
    assert not await stage.returning.hashes.is_right(hashed, PIN)
