"""What every history begins with: two databases, in which a few people came some way already."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine

from bot.courier import Courier
from bot.envelopes import Brought, Envelope, LetterBody, Sender
from bot.house import House
from bot.opening import Paper, furnished
from bot.settings import Settings
from dialogs.events import Chose, Started
from dialogs.values import Service
from storage import people, staff
from storage.database import Database
from storage.doors import Door
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.schema import Schema
from storage.staff import Member, StaffRole
from tests.houses import ROOT
from tests.presses import PRESSES
from tests.simulation.driver import Connection, Kept, Lines
from tests.simulation.loop import Loop, SeededClock
from tests.simulation.machine import Machine

NEWCOMER, ABOUT_TO_SEND, WAITING, CLAIMED, LEAVING = range(1001, 1006)
"""The chats of those who take part; all but the first have been here before."""

MEMORY = Path("/dev/shm")  # noqa: S108 - no file of another name than Python makes up
SENT = "intake.review:send"


@contextmanager
def grounded() -> Iterator[Ground]:
    """Make the ground of histories, in memory where there is a place for files there."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        ground = Ground(Path(folder))
        # What is there by now stays; looking it through again costs a third of each history.
        gc.collect()
        gc.freeze()
        yield ground
        gc.unfreeze()
        ground.end()


class Ground:
    """The files of one house, put back before each history, and all that stays alike.

    Whatever SQLAlchemy has learnt of statements is kept, for learning takes longer than a history.
    """

    def __init__(self, folder: Path) -> None:
        self.clock = SeededClock()
        self.settings = Settings(
            database_url=f"sqlite+aiosqlite:///{folder / 'data.db'}",
            keystore_url=f"sqlite+aiosqlite:///{folder / 'keys.db'}",
            key_file=folder / "secret" / "master.json",
            organisation_file=ROOT / "organisation.toml",
        )
        self.paper = Paper.read(self.settings, self.clock)
        with pytest.MonkeyPatch.context() as patch:
            # What other tests have learnt is of engines that do not connect through a machine.
            patch.setattr("storage.database.create_async_engine", create_async_engine)
            self.data = Database.at(self.settings.database_url)
            self.keys = Database.at(self.settings.keystore_url, Schema.KEYS)
        self.colleagues = [self._colleague(name) for name in ("Collega Een", "Collega Twee")]
        self.known: dict[int, UUID] = {}
        self._lines: list[Lines] = []
        for each in (self.data, self.keys):
            self._connects_through_machine(each)
        with closing(Loop()) as loop:
            loop.run_until_complete(self._prepare())
        self._kept = [Kept(each) for each in (self.data, self.keys)]

    def restore(self, lots: Random) -> None:
        """Put everything back as it was, and draw the lots of another history from now on."""
        self.clock.lots = lots
        for each in self._kept:
            each.restore()

    def stored(self, statement: str) -> list[Any]:
        """Look into the data database past everything."""
        return self._kept[0].file.execute(statement).fetchall()

    def end(self) -> None:
        """Leave the files to others."""
        for lines in self._lines:
            lines.close()
        for kept in self._kept:
            kept.file.close()

    def runs_on(self, machine: Machine) -> None:
        """Let every connection from now on be one of this machine."""
        self._machine = machine

    def opened(self) -> House:
        """Open the house as a process does that starts.

        What it only reads then is not read again: no fault strikes before it writes.
        """
        keystore = KeyStore(self.keys, self._key_file, self.clock.monotonic)
        return furnished(self.settings, self.clock, self.paper, self.data, keystore)

    async def close(self) -> None:
        """Give every connection back."""
        await self.data.close()
        await self.keys.close()

    def _connects_through_machine(self, database: Database) -> None:
        assert database.file
        for engine in (database._writer, database._reader):
            self._lines.append(lines := Lines(database.file))
            event.listen(engine.sync_engine, "do_connect", self._connect_by(lines))

    def _connect_by(self, lines: Lines) -> Callable[..., Connection]:
        return lambda *_: self._machine.connect(lines)

    def _colleague(self, name: str) -> Member:
        queue = self.paper.organisation.services[Service.MEDIATION].queue.key
        email = f"{name.replace(' ', '.')}@example.org".lower()
        roles = frozenset({StaffRole.COLLEAGUE})
        return Member(self.clock.new_id(), name, email, roles, frozenset({queue}), "nl")

    async def _prepare(self) -> None:
        machine = Machine()
        self.runs_on(machine)
        await machine.run(self._people_come())
        await self.close()
        await machine.end()

    async def _people_come(self) -> None:
        await self.data.migrate()
        await self.keys.migrate()
        key_file, now = KeyFile.load_or_make(self.settings.key_file), self.clock.now()
        await KeyStore.over(self.keys, key_file, now=now)
        self._key_file = KeyFile.load_or_make(self.settings.key_file)
        house = self.opened()
        system = house.keystore.system
        async with house.database.begin() as db:
            for each in self.colleagues:
                index = house.keystore.index("email", each.email)
                await staff.add(db, system, each, index)
        for chat in (ABOUT_TO_SEND, WAITING, CLAIMED, LEAVING):
            self.known[chat] = await _came(house, chat)
        courier = Courier(house.database, house.keystore, house.clock, house.announcer, _nowhere)
        self.sent = 0
        while carried := await courier.round():
            self.sent += carried


async def _came(house: House, chat: int) -> UUID:
    """Let somebody come to the last question before their request, or send it too."""
    sender = Sender(Door.TELEGRAM, str(chat))
    await house.conductor.hear(Envelope(sender, f"{chat} starts", Started()))
    for press in PRESSES if chat == ABOUT_TO_SEND else (*PRESSES, SENT):
        place, _, option = press.partition(":")
        pressed = Envelope(sender, f"{chat} {press}", Chose(place, option), pressed=True)
        outcome = await house.conductor.hear(pressed)
        assert outcome.session.remark != "problem.old_button", press
    index = house.keystore.index(sender.door, sender.address)
    async with house.database.reading() as db:
        return (await people.find_ways(db, [index]))[index].person_id


async def _nowhere(_letter: LetterBody, screen_message: int | None) -> Brought:
    return Brought(screen_message)
