"""The program with a fault planted in it, which an attack must find: `planted.py FAULT COMMAND`."""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

from bot import app, json_limits, speaking
from bot.__main__ import main
from bot.telegram import poll, receiving, webhook
from bot.telegram.read import Read, read
from storage import database
from tests.simulation.planted import hasty


def acknowledge_too_early() -> None:
    """Tell Telegram that something is heard which is not stored yet."""
    for module in (receiving, speaking):
        vars(module)["ears_of"] = hasty


def read_json_without_care() -> None:
    """Let fail what is no JSON, as it does where nobody thought of it."""
    vars(json_limits)["loads"] = json.loads


def wait_for_ever() -> None:
    """Let who says nothing stay."""
    app.KEEP_ALIVE_S = 3600


KEPT: list[object] = []


def keep_what_came() -> None:
    """Let go of nothing that ever arrived."""

    def keeping(update: Mapping[str, object]) -> Read:
        KEPT.append((bytearray(2**19), socket.socket()))
        return read(update)

    for module in (webhook, poll):
        vars(module)["read"] = keeping


def think_slowly() -> None:
    """Hold up everybody for a while at each update."""

    def slowly(update: Mapping[str, object]) -> Read:
        time.sleep(0.05)
        return read(update)

    for module in (webhook, poll):
        vars(module)["read"] = slowly


def trust_the_cache() -> None:
    """Commit without waiting for the disk."""
    database.PRAGMAS["synchronous"] = "NORMAL"


FAULTS: Final[dict[str, Callable[[], None]]] = {
    each.__name__: each
    for each in (
        acknowledge_too_early,
        read_json_without_care,
        wait_for_ever,
        keep_what_came,
        think_slowly,
        trust_the_cache,
    )
}

if __name__ == "__main__":
    FAULTS[sys.argv.pop(1)]()
    main()
