"""A newer master key wraps everybody's key: whatever cuts that short, every key still opens."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event

from storage import rotation
from storage.database import Database
from storage.errors import BadKeyFile, Conflict, NotFound, Unavailable, WrongKey
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.recent import SECONDS
from storage.rotation import Wrapped
from storage.schema import Schema
from tests.databases import NOW, Place, rows_of
from tests.storage.made import new_id
from tests.storage.stores import everything_in, opened

PERSON_KEY = Schema.KEYS.tables.tables["person_key"]
SPOT = ("message", "body", UUID(int=7))


class Cut(Exception):
    """The power went."""


class Forgetful:
    """A time in which nothing that was read is remembered: each moment is much later."""

    def __init__(self) -> None:
        self._times = count(0.0, SECONDS)

    def __call__(self) -> float:
        return next(self._times)


@contextmanager
def cut_before(database: Database, step: int) -> Iterator[list[int]]:
    """Cut whoever works there short before its statement, or commit, of this number."""
    engine, steps = database._writer.sync_engine, [0]

    def taken(*_: object) -> None:
        steps[0] += 1
        if steps[0] == step:
            raise Cut

    for name in ("before_cursor_execute", "commit"):
        event.listen(engine, name, taken)
    try:
        yield steps
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(engine, name, taken)


async def rotated(place: Place, keys: Database) -> int:
    key_file = await rotation.begin(keys, place.key_path, NOW)
    return await rotation.rewrap(keys, key_file)


def names(place: Place) -> set[str]:
    return set(KeyFile.load_or_make(place.key_path).kek)


async def used(keys: Database) -> set[object]:
    return {name for (name,) in await rows_of(keys, "SELECT kek_id FROM person_key")}


async def test_everybodys_key_is_wrapped_by_a_newer_one_and_opens_the_same(
    place: Place, keystore: KeyStore, keys: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "A_PORTION", 2)
    people = [new_id() for _ in range(5)]
    await keystore.make(people)
    blob = (await keystore.seal_of(people[4])).seal(*SPOT, "woorden")
    assert await rotated(place, keys) == 5
    assert await used(keys) == {"k2026b"}
    assert await rows_of(keys, "SELECT kek_id FROM canary") == [("k2026b",)]
    again = await opened(place)
    assert set(await again.seals(people)) == set(people)
    assert (await again.seal_of(people[4])).open(*SPOT, blob) == "woorden"
    await again.close()


async def test_cut_short_at_any_step_every_key_opens_in_every_process_and_the_next_run_ends_it(
    place: Place, keystore: KeyStore, keys: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "A_PORTION", 2)
    people = {new_id() for _ in range(3)}
    await keystore.make(people)
    running = await opened(place, Forgetful())
    for step in count(1):
        with cut_before(keys, step) as steps:
            try:
                await rotated(place, keys)
            except Cut:
                pass
            else:
                break
        assert steps == [step]
        started = await opened(place, Forgetful())
        newcomers = [new_id(), new_id()]
        for process, newcomer in zip((running, started), newcomers, strict=True):
            await process.make([newcomer])
            assert (await process.seals(people)).keys() == people
        await rotated(place, keys)
        for newcomer in newcomers:
            assert (await keystore.seal_of(newcomer)).person_id == newcomer
            await keystore.erase(newcomer, NOW)
        assert (await running.seals(people)).keys() == people
        assert len(await used(keys)) == 1
        await rotation.drop_older(keys, place.key_path)
        assert await used(keys) == names(place)
        await started.close()
    assert step > 10
    await running.close()


async def test_a_process_that_lacks_the_newest_key_says_so_and_makes_nobodys(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    before = place.key_path.read_text()
    await rotation.begin(keys, place.key_path, NOW)
    for spoilt in (before, "{}", None):
        place.key_path.unlink()
        if spoilt is not None:
            place.key_path.write_text(spoilt)
        with pytest.raises(Unavailable, match=r"master\.json"):
            await keystore.make([new_id()])
    assert await used(keys) == set()


async def test_what_runs_does_not_take_the_key_file_of_another_house(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    anna = new_id()
    await rotation.begin(keys, place.key_path, NOW)
    other = KeyFile.load_or_make(place.folder / "other.json").keep(NOW).with_newer(NOW)
    place.key_path.write_text(other.written())
    with pytest.raises(Unavailable):
        await keystore.make([anna])


async def test_two_who_rotate_at_once_add_one_key(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    people = [new_id() for _ in range(3)]
    await keystore.make(people)
    beside = Database.at(place.keys_url, Schema.KEYS)
    await asyncio.gather(rotated(place, keys), rotated(place, beside))
    await beside.close()
    again = await opened(place)
    assert set(await again.seals(people)) == set(people)
    assert await used(keys) <= names(place)
    await again.close()


async def test_whoever_is_erased_while_keys_are_wrapped_gets_no_key_back(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    anna, bram = new_id(), new_id()
    await keystore.make([anna, bram])
    key_file = await rotation.begin(keys, place.key_path, NOW)
    await keystore.erase(anna, NOW)
    assert await rotation.rewrap(keys, key_file) == 1
    assert await rows_of(keys, "SELECT count(*) FROM person_key") == [(1,)]


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("{}")])
async def test_without_the_right_key_file_nothing_is_changed(
    place: Place, keystore: KeyStore, keys: Database, spoil: object
) -> None:
    await keystore.make([new_id()])
    before = await everything_in(keys)
    assert callable(spoil)
    spoil(place.key_path)
    for refused in (
        rotation.begin(keys, place.key_path, NOW),
        rotation.drop_older(keys, place.key_path),
    ):
        with pytest.raises((WrongKey, BadKeyFile)):
            await refused
    assert await everything_in(keys) == before


@pytest.mark.usefixtures("keystore")
async def test_the_key_file_of_another_house_is_refused(place: Place, keys: Database) -> None:
    other = KeyFile.load_or_make(place.folder / "other.json").keep(NOW)
    before = other.path.read_text()
    with pytest.raises(WrongKey):
        await rotation.begin(keys, other.path, NOW)
    with pytest.raises(WrongKey):
        await rotation.check(keys, other)
    assert other.path.read_text() == before


async def test_a_key_store_without_keys_has_nothing_to_rotate(place: Place, keys: Database) -> None:
    with pytest.raises(NotFound):
        await rotation.begin(keys, place.key_path, NOW)
    assert not place.key_path.exists()


async def test_keys_are_counted_by_what_wraps_them_and_one_that_was_changed_is_found(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    people = sorted([new_id() for _ in range(3)])
    await keystore.make(people)
    async with keys.begin() as db:
        spoilt = PERSON_KEY.update().where(PERSON_KEY.c.person_id == people[1])
        await (await db.connection()).execute(spoilt.values(wrapped=b"x" * 60))
    assert await rotated(place, keys) == 2
    key_file = KeyFile.load_or_make(place.key_path)
    found = await rotation.check(keys, key_file)
    assert found == {"k2026a": Wrapped(0, 1), "k2026b": Wrapped(2, 0)}
    with pytest.raises(Conflict, match="does not open"):
        await rotation.drop_older(keys, place.key_path)
    assert names(place) == {"k2026a", "k2026b"}
    assert await rotated(place, keys) == 2
    assert await used(keys) == {"k2026a", "k2026c"}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_key_as_it_was_wrapped_before_is_in_no_file(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    await keystore.make([new_id()])
    ((before,),) = await rows_of(keys, "SELECT wrapped FROM person_key")
    assert isinstance(before, bytes)
    await rotated(place, keys)
    await keys.scrub("person_key")
    assert not any(before in path.read_bytes() for path in place.folder.glob("keys.db*"))


@pytest.mark.usefixtures("keystore")
async def test_a_key_file_that_cannot_be_written_stops_it_before_anything_is_changed(
    place: Place, keys: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, _other: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    before = await everything_in(keys)
    with pytest.raises(BadKeyFile, match="cannot be written"):
        await rotation.begin(keys, place.key_path, NOW)
    assert await everything_in(keys) == before
    assert names(place) == {"k2026a"}


@pytest.mark.usefixtures("keystore")
async def test_the_key_file_stays_its_owners_and_where_it_lies(
    place: Place, keys: Database
) -> None:
    elsewhere = place.folder / "elsewhere.json"
    shutil.move(place.key_path, elsewhere)
    elsewhere.chmod(0o400)
    place.key_path.symlink_to(elsewhere)
    await rotation.begin(keys, place.key_path, NOW)
    assert place.key_path.is_symlink()
    assert elsewhere.stat().st_mode & 0o777 == 0o400
    assert names(place) == {"k2026a", "k2026b"}
    assert [path.name for path in elsewhere.parent.glob(".*")] == []
