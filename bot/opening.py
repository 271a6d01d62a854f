"""Opens a house: reads its files, opens its databases, and closes them again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from bot.announcer import Announcer
from bot.clock import Clock
from bot.complaining import Complaining
from bot.conductor import Conductor
from bot.facts import Source
from bot.guests import Reception
from bot.handing import Hands
from bot.hashes import SlowHashes
from bot.house import House
from bot.organisation import Organisation
from bot.outgoing import Outgoing
from bot.performing import Performer
from bot.reopening import Reopening
from bot.requesting import Requesting
from bot.returning import Returning
from bot.settings import Settings
from bot.stage import Stage
from bot.understanding.hearing import Understanding
from bot.wording import LOCALES, Wording
from dialogs.frozen import Frozen
from storage.database import Database, migrate
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.schema import Schema


class Paper(Frozen):
    """What is read from files that people wrote."""

    organisation: Organisation
    wording: Wording
    understanding: Understanding

    @classmethod
    def read(cls, settings: Settings, clock: Clock) -> Self:
        """Read all of it, or raise what is wrong with it."""
        organisation = Organisation.read(settings.organisation_file)
        source = Source(organisation, settings.timezone, clock.now, settings.address)
        return cls(organisation, Wording.load(LOCALES, source), Understanding.load(LOCALES))


@asynccontextmanager
async def opened(settings: Settings, clock: Clock) -> AsyncIterator[House]:
    """Open everything, or raise what is wrong with it and leave nothing open.

    An embedded database is brought to its newest form here; any other is migrated by a command.
    """
    paper = Paper.read(settings, clock)
    key_file = KeyFile.load_or_make(settings.key_file)
    await migrate_embedded(settings)
    keystore = await KeyStore.open(
        settings.keystore_url, key_file, now=clock.now(), monotonic=clock.monotonic
    )
    database = Database.at(settings.database_url)
    try:
        await database.check()
        house = furnished(settings, clock, paper, database, keystore)
        yield house
        await house.conductor.rest()
    finally:
        await database.close()
        await keystore.close()


def furnished(
    settings: Settings, clock: Clock, paper: Paper, database: Database, keystore: KeyStore
) -> House:
    """Put the rooms of a house together; nothing is read or asked here."""
    organisation, wording, zone = paper.organisation, paper.wording, settings.timezone
    returning = Returning(keystore, SlowHashes())
    complaining = Complaining(clock, organisation, keystore.system)
    requesting = Requesting(clock, organisation, zone)
    reception = Reception(keystore, clock, wording.languages, organisation)
    hands = Hands()
    stage = Stage(
        database,
        reception,
        Performer(clock, organisation, wording, keystore, returning, complaining, requesting, zone),
        returning,
        paper.understanding,
        Reopening(clock, organisation, keystore, zone),
        Outgoing(clock, keystore, hands),
    )
    announcer = Announcer()
    return House(
        settings,
        organisation,
        wording,
        clock,
        database,
        keystore,
        announcer,
        reception,
        Conductor(stage, announcer, clock.monotonic, hands),
        hands,
    )


async def migrate_embedded(settings: Settings) -> None:
    """Bring databases that nobody but this process uses to their newest form."""
    if settings.keystore_url.startswith("sqlite"):
        await migrate(settings.keystore_url, Schema.KEYS)
    if settings.database_url.startswith("sqlite"):
        await migrate(settings.database_url)


async def migrate_both(settings: Settings) -> None:
    """Bring both databases to their newest form."""
    await migrate(settings.keystore_url, Schema.KEYS)
    await migrate(settings.database_url)
