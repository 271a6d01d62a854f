"""What every room at the front needs, in one value: made once at the start, then only read."""

from __future__ import annotations

from aiohttp import web

from bot.announcer import Announcer
from bot.clock import Clock
from bot.conductor import Conductor
from bot.guests import Reception
from bot.handing import Hands
from bot.organisation import Organisation
from bot.settings import Settings
from bot.wording import Wording
from dialogs.frozen import Frozen
from storage.database import Database
from storage.keystore import KeyStore


class House(Frozen):
    """The parts that the doors, the courier and the keeper work with."""

    settings: Settings
    organisation: Organisation
    wording: Wording
    clock: Clock
    database: Database
    keystore: KeyStore
    announcer: Announcer
    reception: Reception
    conductor: Conductor
    hands: Hands


HOUSE: web.AppKey[House] = web.AppKey("house", House)
