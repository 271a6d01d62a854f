"""Tells the other processes on one PostgreSQL what changed here, and hears what changed there.

On the way a change has a name that only who has the key file can make: the server writes what it
passes on to files, where the id of somebody who was erased must not be found.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Iterable, Iterator

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcer import Announcer, Changes
from dialogs.frozen import Frozen, Hidden
from storage.calls import LONGEST, call, listen
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)

AGAIN_S = 3.0
# A line that is cut is noticed when something is said over it.
SPEAKS_EVERY_S = 5.0
SIGN_BYTES = 8
MOST_SIGNS = LONGEST // (2 * SIGN_BYTES + 1)


class Relay(Frozen):
    """One of these runs in each process that keeps pages open, or waits for something to do."""

    database: Database
    announcer: Announcer
    key: Hidden[bytes]

    async def run(self) -> None:
        """Tell and hear until cancelled. What changed here while the line was cut is told later."""
        with self.announcer.overhearing() as changes:
            while True:
                try:
                    async with self.database.line() as line:
                        await self._pass_on(line, changes)
                except StorageError as error:
                    log.warning("Other processes are not heard (%s).", type(error).__name__)
                await asyncio.sleep(AGAIN_S)

    async def _pass_on(self, line: AsyncConnection, changes: Changes) -> None:
        await listen(line, self._hear)
        # Whatever was missed before: who listens here looks again.
        self.announcer.tell(*self.announcer.names)
        while True:
            names = await changes.wait(SPEAKS_EVERY_S)
            try:
                for text in self._written(names):
                    await call(line, text)
            except StorageError:
                changes.add(*names)
                raise

    def _written(self, names: Iterable[str]) -> Iterator[str]:
        """Write names as calls; without names as an empty one."""
        signs = [self._sign(name) for name in names]
        for start in range(0, max(1, len(signs)), MOST_SIGNS):
            yield " ".join(signs[start : start + MOST_SIGNS])

    def _hear(self, text: str) -> None:
        signs = set(text.split())
        self.announcer.tell(*(each for each in self.announcer.names if self._sign(each) in signs))

    def _sign(self, name: str) -> str:
        return hashlib.blake2b(name.encode(), key=self.key, digest_size=SIGN_BYTES).hexdigest()
