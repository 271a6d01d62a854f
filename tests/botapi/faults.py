"""What a test has the Bot API do wrong: refuse, drop the connection, or keep somebody waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

from tests.botapi.chats import Refused


class Dropped(Exception):
    """The connection ends without an answer."""


class Where(TypedDict, total=False):
    """Which calls a fault concerns, how many of them, and after how many that go well."""

    method: str
    chat_id: int
    times: int
    after: int


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong, for calls of one method or to one chat, a number of times."""

    refusal: Exception | None
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    after: int = 0
    is_answer_lost: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def concerns(self, method: str, parameters: Mapping[str, Any]) -> bool:
        chat_id = str(parameters.get("chat_id", ""))
        is_meant = (
            self.times > 0
            and self.method in {None, method}
            and (self.chat_id is None or str(self.chat_id) == chat_id)
        )
        if is_meant and self.after:
            self.after -= 1
            return False
        return is_meant

    def end(self) -> None:
        """It works again; whoever was kept waiting is served."""
        self.times = 0
        self._released.set()

    async def strike(self) -> None:
        self.times -= 1
        self.reached.set()
        if self.refusal:
            raise self.refusal
        if not self.is_answer_lost:
            await self._released.wait()


class Faults:
    """Everything that is to go wrong, in the order in which it was ordered."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, refusal: Exception, **where: Unpack[Where]) -> Fault:
        """Any refusal at all."""
        return self._order(refusal, where)

    def flood(self, seconds: int, **where: Unpack[Where]) -> Fault:
        """Too many calls: wait for some seconds."""
        description = f"Too Many Requests: retry after {seconds}"
        return self._order(Refused(429, description, retry_after=seconds), where)

    def refuse(self, code: int, description: str, **where: Unpack[Where]) -> Fault:
        """An answer such as 400, 403 or 500."""
        return self._order(Refused(code, description), where)

    def drop(self, **where: Unpack[Where]) -> Fault:
        """The connection breaks before anything is done."""
        return self._order(Dropped(), where)

    def lose(self, **where: Unpack[Where]) -> Fault:
        """The connection breaks when everything is done; nobody is told that it was."""
        fault = self._order(None, where)
        fault.is_answer_lost = True
        return fault

    def hold(self, **where: Unpack[Where]) -> Fault:
        """No answer before `end()`; await `reached` to know that somebody waits."""
        return self._order(None, where)

    def end_all(self) -> None:
        for fault in self._ordered:
            fault.end()

    async def strike(self, method: str, parameters: Mapping[str, Any]) -> bool:
        """Go wrong now, if that was ordered; say whether the answer gets lost."""
        for fault in self._ordered:
            if fault.concerns(method, parameters):
                await fault.strike()
                return fault.is_answer_lost
        return False

    def _order(self, refusal: Exception | None, where: Where) -> Fault:
        fault = Fault(refusal, **where)
        self._ordered.append(fault)
        return fault
