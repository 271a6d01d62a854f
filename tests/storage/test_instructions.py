"""What to do at a step is kept by service and language, and taken away by an empty text."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.frozen import replace
from dialogs.values import Service
from storage import instructions
from storage.database import Database
from storage.instructions import Instruction, Step

DUTCH = Instruction(Service.MEDIATION, Step.WAITING, "nl", "Lees eerst alles.", date(2026, 3, 2))
ENGLISH = replace(DUTCH, language="en", words="Read everything first.")


async def test_what_was_written_last_is_what_is_told(database: Database) -> None:
    later = replace(DUTCH, words="Bel niet.", written_on=DUTCH.written_on + timedelta(days=1))
    async with database.begin() as db:
        for each in (DUTCH, later):
            await instructions.keep(db, each)
        assert await instructions.of_services(db, [Service.MEDIATION]) == [later]
        assert await instructions.of_services(db, [Service.MENTORING]) == []


async def test_it_is_told_in_ones_own_language_or_else_in_another(database: Database) -> None:
    async with database.begin() as db:
        for each in (DUTCH, ENGLISH):
            await instructions.keep(db, each)
        for language, found in (("nl", DUTCH), ("en", ENGLISH), ("ar", ENGLISH)):
            assert await instructions.find(db, Service.MEDIATION, Step.WAITING, language) == found
        assert await instructions.find(db, Service.MEDIATION, Step.CLOSING, "nl") is None


async def test_an_empty_text_takes_away_that_language_only(database: Database) -> None:
    async with database.begin() as db:
        for each in (DUTCH, ENGLISH, replace(DUTCH, words="")):
            await instructions.keep(db, each)
        assert await instructions.of_services(db, [Service.MEDIATION]) == [ENGLISH]
