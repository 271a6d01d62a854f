"""A file that is no whole backup of this house is refused, and none lies there for too long."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pyrage import x25519

from bot.backups import back_up
from bot.clock import Clock
from bot.encrypting import Identity, Recipient
from bot.house import House
from bot.settings import Settings
from dialogs.frozen import replace
from storage import backups, schema
from storage.database import Database
from storage.errors import BadBackup, NotFound, WrongKey
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.schema import Schema
from tests.bot.backups import ONE, files, folder, put_back, whole
from tests.databases import Place, rows_of
from tests.houses import StillClock, Visitor

__all__ = ["folder"]


def spoiled(path: Path) -> Iterator[bytes]:
    """Change a byte, here and there; cut it short; and let it be none at all."""
    good = path.read_bytes()
    for place in range(0, len(good), max(1, len(good) // 40)):
        yield good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
    yield from (good[:-1], good[: len(good) // 2], good[:-9], b"", gzip.compress(b""), b"words")
    lines = gzip.decompress(good).splitlines(keepends=True)
    yield gzip.compress(b"".join(lines[:-1]))
    yield gzip.compress(b"".join(lines[:-2] + lines[-1:]))


@ONE
async def test_a_backup_that_was_changed_or_cut_short_is_refused(
    house: House, settings: Settings, folder: Path
) -> None:
    await Visitor(house).sends_a_request()
    await back_up(settings, Clock(), folder)
    before = await whole(settings)
    (path,) = files(folder, "data")
    good = path.read_bytes()
    key_file = KeyFile.load_or_make(settings.key_file)
    with path.open("rb") as file:
        lines = gzip.decompress(good)
        assert backups.read(file, path.name, key_file).rows == lines.count(b"\n[")
    for bad in spoiled(path):
        path.write_bytes(bad)
        # The header of gzip has bytes that say nothing; what comes out of it is what counts.
        if lines == unpacked(bad):
            continue
        with pytest.raises(BadBackup, match=path.name):
            await put_back(settings, folder, over=True)
    assert await whole(settings) == before


def unpacked(bad: bytes) -> bytes | None:
    try:
        return gzip.decompress(bad)
    except (OSError, EOFError, zlib.error):
        return None


@ONE
async def test_the_key_file_of_another_house_opens_nothing(
    house: House, settings: Settings, folder: Path, tmp_path: Path
) -> None:
    assert house.database.is_sqlite
    await back_up(settings, Clock(), folder)
    other = replace(settings, key_file=tmp_path / "other.json")
    with pytest.raises(WrongKey, match="missing"):
        await put_back(other, folder, over=True)
    KeyFile.load_or_make(other.key_file).keep(Clock().now())
    with pytest.raises(BadBackup, match="another key file"):
        await put_back(other, folder, over=True)
    with pytest.raises(WrongKey):
        await back_up(other, Clock(), folder)


@ONE
async def test_an_earlier_form_is_put_back_and_brought_up_to_date(
    settings: Settings, folder: Path, tmp_path: Path, place: Place
) -> None:
    old = replace(settings, database_url=f"sqlite+aiosqlite:///{tmp_path / 'old.db'}")
    keystore = await KeyStore.open(
        place.keys_url, KeyFile.load_or_make(place.key_path), now=Clock().now()
    )
    database = Database.at(old.database_url)
    async with database.begin() as db:
        connection = await db.connection()
        await connection.run_sync(schema.upgrade, Schema.DATA, "0006")
        await connection.exec_driver_sql("INSERT INTO tally VALUES ('2026-03-02', 'sent', 4711)")
    await back_up(old, Clock(), folder)
    await database.close()
    await keystore.close()
    await put_back(settings, folder, over=True)
    again = Database.at(settings.database_url)
    await again.check()
    assert await rows_of(again, "SELECT count FROM tally") == [(4711,)]
    await again.close()


@ONE
async def test_the_form_of_a_newer_release_is_refused(
    house: House, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.database.is_sqlite
    with monkeypatch.context() as newer:
        newer.setattr(schema, "present", lambda _connection: "9999")
        await back_up(settings, Clock(), folder)
    with pytest.raises(BadBackup, match="newer release"):
        await put_back(settings, folder, over=True)


@ONE
async def test_backups_go_when_they_are_too_old_and_those_of_keys_sooner(
    house: House, settings: Settings, folder: Path, clock: StillClock
) -> None:
    assert house.database.is_sqlite
    for days in (24, 6, 1, 0):
        await back_up(settings, clock, folder)
        clock.pass_by(timedelta(days=days, seconds=1))
    assert len(files(folder, "keys")) == 2
    assert len(files(folder, "data")) == 3


@ONE
async def test_keys_that_are_too_old_go_also_when_no_backup_can_be_written(
    house: House,
    settings: Settings,
    folder: Path,
    clock: StillClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert house.database.is_sqlite
    await back_up(settings, clock, folder)
    (keys,) = files(folder, "keys")
    for beside in (f"{keys.name}.sha256", f".{keys.name}"):
        keys.with_name(beside).touch()
    clock.pass_by(timedelta(days=7, seconds=1))

    def full(*_: object) -> bytes:
        raise OSError("no space left on device")

    monkeypatch.setattr(backups, "_line", full)
    with pytest.raises(OSError, match="no space left"):
        await back_up(settings, clock, folder)
    assert not [*files(folder, "keys"), *files(folder, ".keys")]
    assert len(files(folder, "data")) == 1


@ONE
async def test_what_lies_beside_a_backup_is_not_taken_for_one(
    house: House, settings: Settings, folder: Path
) -> None:
    await Visitor(house).sends_a_request()
    await back_up(settings, Clock(), folder)
    before = await whole(settings)
    for path in files(folder):
        for beside in (".sha256", ".part", ".age.part"):
            path.with_name(f"{path.name}{beside}").write_text("no backup", "utf-8")
    await put_back(settings, folder, over=True)
    assert await whole(settings) == before


@ONE
async def test_files_are_for_their_owner_only_and_none_is_left_half_written(
    house: House, settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert house.database.is_sqlite
    await back_up(settings, Clock(), folder)
    assert {path.stat().st_mode & 0o077 for path in (folder, *files(folder))} == {0}
    before = files(folder)

    def full(*_: object) -> bytes:
        raise OSError("no space left on device")

    monkeypatch.setattr(backups, "_line", full)
    with pytest.raises(OSError, match="no space left"):
        await back_up(settings, Clock(), folder)
    assert files(folder) == before


@ONE
async def test_a_folder_without_a_backup_is_said_to_be_so(
    house: House, settings: Settings, tmp_path: Path
) -> None:
    assert house.database.is_sqlite
    with pytest.raises(NotFound, match="no backup"):
        await put_back(settings, tmp_path)


@ONE
async def test_an_encrypted_backup_opens_for_whom_it_is_for_and_nobody_else(
    house: House, settings: Settings, folder: Path, tmp_path: Path
) -> None:
    await Visitor(house).sends_a_request()
    before = await whole(settings)
    keys = [x25519.Identity.generate() for _ in range(2)]
    for name, key in zip(("hers", "his"), keys, strict=True):
        (tmp_path / name).write_text(f"# made: today\n{key}\n", "utf-8")
    hers, his = Identity.parse(str(tmp_path / "hers")), Identity.parse(str(tmp_path / "his"))
    await back_up(settings, Clock(), folder, Recipient.parse(str(keys[0].to_public())))
    paths = files(folder)
    assert [path.suffix for path in paths] == [".age", ".age"]
    for refused, why in ((None, "--identity"), (his, "somebody else")):
        with pytest.raises(BadBackup, match=why):
            await put_back(settings, folder, refused, over=True)
    await put_back(settings, folder, hers, over=True)
    assert await whole(settings) == before
    good = paths[0].read_bytes()
    paths[0].write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    with pytest.raises(BadBackup, match="was changed"):
        await put_back(settings, folder, hers, over=True)


@pytest.mark.parametrize("parse", [Recipient.parse, Identity.parse])
def test_what_is_no_key_is_said_to_be_none(parse: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match="this is no"):
        parse("age1never")
