"""A backup of one database: every row as it was at one moment, in a file that is signed.

It is gzip over rows of JSON. The first names the database, its form and the moment; then each table
has a row with its name and columns, before its rows of values; the last signs all that came before:

    {"schema": "data", "form": "0028", "at": "2026-03-02T10:15:00+00:00"}
    {"table": "person", "columns": ["id", "created_day"]}
    ["d5b2…", "2026-03-02"]
    {"signature": "9f3c…"}

Nothing in it is of one kind of database, so that it can be put back into the other as well.
"""

from __future__ import annotations

import gzip
import hmac
import json
import zlib
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from typing import IO, Final
from uuid import UUID

from sqlalchemy import select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen, Hidden
from storage import schema
from storage.database import Database
from storage.errors import BadBackup, NotMigrated
from storage.keyfile import KeyFile
from storage.schema import Schema

PURPOSE: Final = "backup"
A_PORTION: Final = 1_000
# What is sealed does not become smaller, however hard one tries.
LEVEL: Final = 1


class Portion(Frozen):
    """Some rows of one table; their values as JSON has them."""

    table: str
    columns: list[str]
    rows: list[list[object]]


class Backup(Frozen):
    """A backup that was read to its end and found whole; its file stays open while it is used."""

    schema: Schema
    form: str
    at: datetime
    rows: int
    file: Hidden[IO[bytes]]

    def portions(self) -> Iterator[Portion]:
        """Read it once more, some rows of a table at a time."""
        portion = Portion("", [], [])
        for line in _lines(self.file):
            told = json.loads(line)
            if isinstance(told, list):
                portion.rows.append(told)
                if len(portion.rows) == A_PORTION:
                    yield portion
                    portion = Portion(portion.table, portion.columns, [])
            elif "table" in told:
                yield portion
                portion = Portion(told["table"], told["columns"], [])
        yield portion


async def write(database: Database, key_file: KeyFile, at: datetime, file: IO[bytes]) -> int:
    """Write a backup while everything goes on, and give the number of its rows.

    Raise NotMigrated for a database that has no form yet.
    """
    signature, rows = _signature(key_file), 0
    with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=LEVEL) as packed:
        async with database.snapshot() as db:
            async for line in _written(db, database.schema, at):
                signature.update(line)
                packed.write(line)
                rows += line.startswith(b"[")
        packed.write(_last(signature))
    return rows


def read(file: IO[bytes], name: str, key_file: KeyFile) -> Backup:
    """Read a backup to its end; raise BadBackup for one that is not what this key file signed."""
    signature, rows, last = _signature(key_file), 0, b""
    try:
        lines = _lines(file)
        head = last = next(lines, b"")
        for line in lines:
            signature.update(last)
            rows += line.startswith(b"[")
            last = line
    except (EOFError, OSError, zlib.error):
        raise BadBackup(f"{name} is cut short or damaged") from None
    if not hmac.compare_digest(last, _last(signature)):
        raise BadBackup(f"{name} was changed, cut short, or made with another key file")
    told = json.loads(head)
    which, form = Schema(told["schema"]), str(told["form"])
    if form not in schema.forms(which):
        raise BadBackup(f"{name} was made by a newer release than this one")
    return Backup(which, form, datetime.fromisoformat(told["at"]), rows, file)


async def _written(db: AsyncSession, which: Schema, at: datetime) -> AsyncIterator[bytes]:
    """Write every row but the last; tables in the order in which they hang on one another."""
    connection = await db.connection()
    form = await connection.run_sync(schema.present)
    if form is None:
        raise NotMigrated(f"the {which} database is empty")
    yield _line({"schema": which, "form": form, "at": at})
    for table in await connection.run_sync(schema.tables_there):
        yield _line({"table": table.name, "columns": [column.name for column in table.c]})
        rows = select(table).execution_options(yield_per=A_PORTION)
        async with connection.stream(rows) as found:
            async for row in found:
                yield _line(list(row))


def _line(values: object) -> bytes:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.encode() + b"\n"


def _plain(value: object) -> str:
    """Write what JSON has no way for; `storage/restoring.py` reads it by the type of its column."""
    match value:
        case bytes():
            return b64encode(value).decode()
        case UUID():
            return value.hex
        case date():
            return value.isoformat()
        case _:
            raise TypeError("a column holds what no backup can")


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    with gzip.GzipFile(fileobj=file, mode="rb") as packed:
        yield from packed


def _signature(key_file: KeyFile) -> hmac.HMAC:
    return hmac.new(key_file.derive(PURPOSE), digestmod="sha256")


def _last(signature: hmac.HMAC) -> bytes:
    return _line({"signature": signature.hexdigest()})
