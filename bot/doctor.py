"""Looks whether a house can be opened, and what in it somebody should look at; changes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from bot.backups import too_old
from bot.catalogs import BadCatalog
from bot.clock import Clock
from bot.facts import Source
from bot.organisation import Organisation
from bot.rows import BadOrganisation
from bot.settings import LOOPBACK, Settings
from bot.understanding.hearing import Understanding
from bot.wording import LOCALES, Wording
from dialogs.cards import CARDS
from dialogs.frozen import Frozen
from dialogs.graph import whole
from storage import condition, letterbox, mail, rotation, setaside
from storage.canary import is_recognised
from storage.database import Database
from storage.errors import StorageError
from storage.keyfile import OTHERS_MAY, KeyFile
from storage.schema import Schema

SOON: Final = timedelta(days=30)
LATE: Final = timedelta(minutes=15)
OFF: Final = timedelta(seconds=5)
LITTLE_ROOM: Final = 2**30
# How many have the key of a letterbox, and what comes of that.
FEW: Final[Mapping[int, str]] = {
    0: "what is in it stays shut, and new words open to all who may read them, until one has it",
    1: "what is in it is lost with their passphrase; let them give the key on",
}
Look = Callable[[Settings, Clock], Awaitable[list[str]]]
NONE_YET: Final = "there is none yet; the first start makes it"


class Unwell(Exception):
    """Something is wrong, in a sentence."""


class State(StrEnum):
    """How something is found: well, to be looked at by somebody, or in the way of a start."""

    WELL = "well"
    LOOK = "look"
    WRONG = "wrong"


class Finding(Frozen):
    """How one thing is, and why if it is not well."""

    about: str
    state: State
    why: str = ""


async def examine(
    settings: Settings, clock: Clock, backups: Path | None = None
) -> AsyncIterator[Finding]:
    """Look at one thing after another, what takes longest at the end; and where backups lie."""
    looks: dict[str, Look] = {"backups": partial(_backups, backups)} if backups else {}
    for about, look in (looks | dict(LOOKS)).items():
        try:
            found = await look(settings, clock)
        except (Unwell, BadCatalog, BadOrganisation, StorageError, OSError) as error:
            yield Finding(about, State.WRONG, str(error))
            continue
        for why in found:
            yield Finding(about, State.LOOK, why)
        if not found:
            yield Finding(about, State.WELL)


async def _settings(settings: Settings, _clock: Clock) -> list[str]:
    found = []
    if settings.host not in LOOPBACK and not settings.is_https:
        found.append("HOST can be reached from outside, and PUBLIC_URL is not https")
    if not settings.smtp_url and not settings.staff_chat:
        found.append("nobody hears outside the desk that somebody waits: SMTP_URL, STAFF_CHAT")
    return found


async def _help_lines(settings: Settings, clock: Clock) -> list[str]:
    organisation = Organisation.read(settings.organisation_file)
    due = (clock.now() - timedelta(days=organisation.cards_expire_days) + SOON).date()
    return [
        f"{line.key} was compared with its source on {line.checked}; do that again"
        for line in organisation.lines_checked_before(due)
    ]


async def _cards(settings: Settings, clock: Clock) -> list[str]:
    expires = timedelta(days=Organisation.read(settings.organisation_file).cards_expire_days)
    today = clock.now().date()
    return [
        f"{card.name} is hidden from {card.checked + expires} on, unless it is checked again"
        for card in CARDS
        if card.is_out_of_date(today - expires + SOON)
    ]


async def _texts(settings: Settings, clock: Clock) -> list[str]:
    there = {path.name for path in LOCALES.iterdir() if path.is_dir()}
    left = there - set(_wording(settings, clock).languages)
    return [f"{language} is not offered, for texts are missing" for language in sorted(left)]


async def _typed_words(_settings: Settings, _clock: Clock) -> list[str]:
    try:
        Understanding.load(LOCALES).model.score("Wat kost bemiddeling?")
    except (ImportError, ValueError, LookupError, TypeError) as error:
        raise Unwell(f"nothing typed can be understood ({type(error).__name__})") from error
    return []


async def _keys(settings: Settings, _clock: Clock) -> list[str]:
    async with _there(settings.keystore_url, Schema.KEYS) as database:
        if database is None:
            return [NONE_YET]
        await _be_whole(database)
        key_file, found = KeyFile.load_or_make(settings.key_file), list[str]()
        async with database.reading() as db:
            if not await is_recognised(db, key_file):
                return [NONE_YET]
            left = await rotation.wrapped_by_older(db, key_file)
        if left:
            found.append(f"an older key wraps those of {left} people: `handreiking keys rotate`")
        if settings.key_file.stat().st_mode & OTHERS_MAY:
            found.append(f"others may read {settings.key_file}: chmod 600 it")
        return found


async def _data(settings: Settings, _clock: Clock) -> list[str]:
    async with _there(settings.database_url, Schema.DATA) as database:
        if database is None:
            return [NONE_YET]
        await _be_whole(database)
        if condition.free_bytes(database) < LITTLE_ROOM:
            return ["less than 1 GB is left on its disk"]
        return []


async def _time(settings: Settings, clock: Clock) -> list[str]:
    async with _there(settings.database_url, Schema.DATA) as database:
        if database is not None and await condition.ahead(database, clock.now()) > OFF:
            raise Unwell("the clock of this machine is behind what stands in the database")
        return []


async def _letters(settings: Settings, clock: Clock) -> list[str]:
    async with _there(settings.database_url, Schema.DATA) as database:
        if database is None:
            return []
        async with database.reading() as db:
            counts, aside = await mail.counts(db), await setaside.count(db)
    found = []
    if counts.oldest_at and counts.age(clock.now()) > LATE:
        found.append(f"{counts.waiting} wait, the oldest since {counts.oldest_at:%d-%m %H:%M} UTC")
    if aside:
        found.append(f"{aside} turns were set aside: see `handreiking aside list`")
    return found


async def _letterboxes(settings: Settings, _clock: Clock) -> list[str]:
    organisation = Organisation.read(settings.organisation_file)
    # Where there is a spare key, one colleague is enough.
    least = 1 if organisation.spare_key else 2
    async with _there(settings.database_url, Schema.DATA) as database:
        if database is None:
            return []
        async with database.reading() as db:
            holders = await letterbox.holders(db)
            aside = await letterbox.laid_aside(db)
    # Also those of before, for what was put in is still there.
    keys = sorted({*holders, *(queue.key for queue in organisation.letterboxes)})
    counts = {key: len(holders.get(key, ())) for key in keys}
    found = [
        f"the key of {queue} does not lie under `letterbox_spare_key` as it is now: "
        "keep an older spare key until who has that key signs in"
        for queue, key in sorted(aside.items())
        if key != organisation.spare_key
    ]
    return found + [
        f"{count or 'no'} colleague has the key of {key}: {FEW[count]}"
        for key, count in counts.items()
        if count < least
    ]


async def _backups(folder: Path, _settings: Settings, clock: Clock) -> list[str]:
    old = too_old(folder, Schema.KEYS, clock.now())
    return [f"{path} holds keys for longer than they may be kept: remove it" for path in old]


async def _dialog(settings: Settings, clock: Clock) -> list[str]:
    missing = _wording(settings, clock).missing(sorted(whole().ids))
    if missing:
        raise Unwell(f"nothing is said where it should be: {', '.join(missing)}")
    return []


LOOKS: Final[Mapping[str, Look]] = {
    "settings": _settings,
    "keys": _keys,
    "data": _data,
    "clock": _time,
    "letters": _letters,
    "letterboxes": _letterboxes,
    "texts": _texts,
    "typed words": _typed_words,
    "help lines": _help_lines,
    "cards": _cards,
    "dialog": _dialog,
}


def _wording(settings: Settings, clock: Clock) -> Wording:
    organisation = Organisation.read(settings.organisation_file)
    source = Source(organisation, settings.timezone, clock.now, settings.address)
    return Wording.load(LOCALES, source)


@asynccontextmanager
async def _there(url: str, schema: Schema) -> AsyncIterator[Database | None]:
    """Open a database that is in its newest form; None for a file that is not there yet."""
    if is_missing(url):
        yield None
        return
    database = Database.at(url, schema)
    try:
        await database.check()
        yield database
    finally:
        await database.close()


def is_missing(url: str) -> bool:
    """Say whether a database is a file that is not there yet."""
    parsed = make_url(url)
    return parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists()


async def _be_whole(database: Database) -> None:
    """Raise Unwell for a file that is damaged."""
    if damage := await condition.damage(database):
        raise Unwell(f"the file is damaged: {damage}")
