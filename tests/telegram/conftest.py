"""A Bot API, somebody with a phone, a bot that is connected, and ears that remember."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import cast

import pytest
from telegram import Bot

from bot.catalogs import Catalog, Text
from bot.envelopes import Envelope, Outcome, Sender
from bot.facts import Source
from bot.telegram.listen import Ears
from bot.telegram.request import connected
from bot.wording import Wording
from dialogs.events import Event
from dialogs.values import Session
from tests.botapi.fixture import botapi, phone
from tests.botapi.server import BotApi

__all__ = ["botapi", "phone"]


@dataclass(slots=True)
class Memory:
    """What the house was told; what is in `trouble`, and in `refusals`, is raised instead."""

    envelopes: list[Envelope] = field(default_factory=list)
    closed: list[Sender] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    told: list[tuple[str, Event]] = field(default_factory=list)
    taken: list[tuple[str, int]] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    refusals: list[Exception] = field(default_factory=list)

    async def hear(self, envelope: Envelope) -> Outcome:
        if self.trouble:
            raise self.trouble.pop(0)
        self.envelopes.append(envelope)
        return Outcome(None, Session())

    async def close_way(self, sender: Sender) -> None:
        self.closed.append(sender)

    async def set_aside(
        self, key: str, text: str, _sender: Sender | None, _message: int | None
    ) -> None:
        self.aside.append((key, text))

    async def stand_by(self, sender: Sender, event: Event) -> None:
        self.told.append((sender.address, event))

    async def take_out(self, sender: Sender, message: int) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        self.taken.append((sender.address, message))

    @property
    def ears(self) -> Ears:
        return Ears(self.hear, self.close_way, self.set_aside, self.stand_by, self.take_out)


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
async def bot(botapi: BotApi) -> AsyncIterator[Bot]:
    async with connected(botapi.token, botapi.url) as bot:
        yield bot


def worded(*languages: str, **texts: str) -> Wording:
    """A wording that says a few things, the same in every language; dots are written as `__`."""
    catalog = Catalog(
        {id.replace("__", "."): Text((text,), frozenset()) for id, text in texts.items()}
    )
    everywhere = dict.fromkeys(languages or ("nl",), catalog)
    # No text here names a fact, so none is looked up.
    return Wording(everywhere, dict.fromkeys(everywhere, Catalog()), cast("Source", None))
