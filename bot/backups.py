"""Backups in a folder: the data and the keys apart, for neither may lie where the other does."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Final

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.console.auditing import Doing
from bot.encrypting import ENCRYPTED, Identity, Recipient, decrypted, encrypted
from bot.settings import Settings
from bot.terms import DATA_BACKUPS, KEY_BACKUPS
from dialogs.frozen import Frozen
from storage import audit, backups, restoring, rotation
from storage.audit import Entry
from storage.backups import Backup
from storage.canary import is_recognised
from storage.database import Database
from storage.duties import alone
from storage.errors import Conflict, NotFound, WrongKey
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.restoring import Doors, Ended, Forgotten, Unsent
from storage.schema import Schema

MOMENT: Final = "%Y%m%dT%H%M%SZ"
NAMES: Final = "{}-????????T??????Z"
ENDINGS: Final = (".gz", f".gz{ENCRYPTED}")
KEPT: Final[Mapping[Schema, timedelta]] = {Schema.DATA: DATA_BACKUPS, Schema.KEYS: KEY_BACKUPS}


class Written(Frozen):
    """A backup that lies on the disk."""

    path: Path
    rows: int
    sha256: str


class Restored(Frozen):
    """What was put back, and what was made true again since.

    `ended` are the consents that ended since: what they were for is back, until it is withdrawn
    again. `shut` is by which passkeys and to whom the desk would have opened again.
    """

    backups: Mapping[Schema, Backup]
    forgotten: Forgotten
    unsent: Unsent
    ended: Sequence[Ended]
    shut: Doors


async def back_up(
    settings: Settings, clock: Clock, folder: Path, recipient: Recipient | None = None
) -> list[Written]:
    """Write both backups, while everything goes on; those that are too old by now are removed.

    Keys that are too old go also when none can be written: nobody erased may be read for longer.
    The data comes first: so whoever is in it has their key in the other. With a recipient no file
    lies there that is not encrypted. Raise WrongKey when the key file is not that of the key
    store.
    """
    now, written = clock.now(), list[Written]()
    _forget(folder, Schema.KEYS, now)
    key_file = KeyFile.load_or_make(settings.key_file)
    async with AsyncExitStack() as stack:
        data, keys = await _databases(stack, settings)
        async with keys.reading() as db:
            if not await is_recognised(db, key_file):
                raise NotFound("there are no keys yet, so there is nothing to copy")
        for database in (data, keys):
            suffix = ENDINGS[recipient is not None]
            path = folder / f"{database.schema}-{now.strftime(MOMENT)}{suffix}"
            with _new_file(path) as file, encrypted(file, recipient) as plain:
                rows = await backups.write(database, key_file, now, plain)
            written.append(Written(path, rows, _sha256(path)))
    _forget(folder, Schema.DATA, now)
    return written


def too_old(folder: Path, which: Schema, now: datetime) -> list[Path]:
    """List what lies in a folder of older backups than may be kept, with all that is beside them.

    That is also a sum, or what was half written when the power went.
    """
    # A moment that is written so comes after all that were before it.
    oldest = f"{which}-{(now - KEPT[which]).strftime(MOMENT)}"
    found = [path for dot in ("", ".") for path in folder.glob(f"{dot}{NAMES.format(which)}.gz*")]
    return sorted(path for path in found if path.name.removeprefix(".") < oldest)


async def restore(
    settings: Settings,
    clock: Clock,
    folder: Path,
    identity: Identity | None = None,
    *,
    replace: bool,
    forget_keyless: bool,
) -> Restored:
    """Put the newest backups of a folder back: data, keys or both, all of it or nothing.

    Raise Conflict for a database that is not empty, unless it is to be replaced, and for people
    whose key is nowhere, unless they are to be forgotten; WrongKey when the key file lacks one that
    the keys are wrapped by; Unavailable while a process works there.
    """
    key_file, now = KeyFile.load_or_make(settings.key_file), clock.now()
    if key_file.is_new:
        raise WrongKey(f"the key file {settings.key_file} is missing; put it back first")
    async with AsyncExitStack() as stack:
        found = {each.schema: each for each in _whole(stack, folder, identity, key_file)}
        if not found:
            raise NotFound(f"there is no backup in {folder}")
        data, keys = await _databases(stack, settings)
        stack.enter_context(alone(data))
        keystore = KeyStore(keys, key_file, clock.monotonic)
        ended, unsent, doors = list[Ended](), Unsent(0, 0), Doors()
        async with data.begin() as db, keys.begin() as key_db:
            for database, here in ((data, db), (keys, key_db)):
                await _ready(database, here, found, replace=replace)
                if database is data and Schema.DATA in found:
                    ended = await restoring.ended_since(db, found[Schema.DATA].at)
                    doors = await restoring.doors_there(db)
                if database.schema in found:
                    await restoring.put_back(here, found[database.schema])
            if Schema.DATA in found:
                unsent = await restoring.drop_what_was_on_its_way(db, now)
                doors = await restoring.shut_again(db, doors)
            await rotation.require_all(key_db, key_file)
            await restoring.drop_keys_again(key_db, keystore)
            forgotten = await restoring.forget_again(db, key_db, keystore, now)
            if forgotten.keyless and not forget_keyless:
                raise Conflict(
                    f"of {forgotten.keyless} people in the data the key is not among the keys, "
                    "which are older; nothing was changed: --forget-keyless erases them"
                )
            await audit.append(db, keystore, Entry(now, None, "", Doing.RESTORED))
        await keys.scrub("person_key")
        await data.scrub()
    return Restored(found, forgotten, unsent, ended, doors)


async def _ready(
    database: Database, db: AsyncSession, found: Mapping[Schema, Backup], *, replace: bool
) -> None:
    """Let it take its time; raise Conflict when something would be lost that nobody said may go."""
    await restoring.take_time(db)
    if database.schema not in found:
        await database.check()
    elif not replace and not await restoring.is_empty(db):
        raise Conflict(
            f"the {database.schema} database is not empty; nothing was changed: "
            "--yes replaces all that is in it"
        )


async def _databases(stack: AsyncExitStack, settings: Settings) -> tuple[Database, Database]:
    data = Database.at(settings.database_url)
    stack.push_async_callback(data.close)
    keys = Database.at(settings.keystore_url, Schema.KEYS)
    stack.push_async_callback(keys.close)
    return data, keys


def _whole(
    stack: AsyncExitStack, folder: Path, identity: Identity | None, key_file: KeyFile
) -> Iterator[Backup]:
    """Read the newest backup of each database, and leave it open for as long as it is needed."""
    for each in Schema:
        named = (path for end in ENDINGS for path in folder.glob(NAMES.format(each) + end))
        for path in sorted(named)[-1:]:
            file: IO[bytes] = stack.enter_context(path.open("rb"))
            if path.suffix == ENCRYPTED:
                file = stack.enter_context(decrypted(file, path.name, identity))
            yield backups.read(file, path.name, key_file)


def _forget(folder: Path, which: Schema, now: datetime) -> None:
    for path in too_old(folder, which, now):
        path.unlink()


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Make a file for its owner only, complete before it has its name."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    draft.touch(mode=0o600)
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
