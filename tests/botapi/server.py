"""A Bot API server on loopback: it takes what Telegram takes, refuses what Telegram refuses.

Whatever it refuses without having been told to is noted: the bot did something wrong.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Self

from aiohttp import web

from dialogs.frozen import Frozen
from tests.botapi.chats import BOT, Chat, Chats, Refused, bad_request, unpacked
from tests.botapi.faults import Dropped, Faults
from tests.botapi.mail import Mail
from tests.botapi.spec import spec

# A token in the right form, that opens nothing.
TOKEN: Final = "1:a-token-that-opens-nothing-anywhere"

# What a test waits for and has not happened by then will not happen any more.
PATIENCE_S: Final = 10

COMMAND = re.compile(r"[a-z0-9_]{1,32}")

ME: Final = {
    **BOT,
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


class Call(Frozen):
    """A call as it came in, whatever became of it."""

    method: str
    parameters: Mapping[str, Any]


class BotApi:
    """The server; used inside `async with`. See `fixture.py` for how a test uses it."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.chats = Chats()
        self.mail = Mail(self.perform)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.refused: list[str] = []
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.presses: dict[str, bool] = {}
        self._allowed: list[str] = []
        self._came = asyncio.Condition()
        self._people = iter(range(1001, 10**6))
        self._methods: dict[str, Callable[[Mapping[str, Any]], Awaitable[object]]] = {
            "answerCallbackQuery": self._answer_press,
            "deleteMessage": self.chats.delete,
            "deleteMessages": self.chats.delete_all,
            "deleteWebhook": self.mail.delete_hook,
            "editMessageReplyMarkup": self.chats.edit_keyboard,
            "editMessageText": self.chats.edit_text,
            "getMe": self._me,
            "getUpdates": self.mail.fetch,
            "getWebhookInfo": self._hook_info,
            "sendChatAction": self._chat_action,
            "sendMessage": self.chats.send,
            "setMyCommands": self._set_commands,
            "setWebhook": self.mail.set_hook,
        }

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=1, handler_cancellation=True
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.faults.end_all()
        await self.mail.close()
        await self._runner.cleanup()

    def next_person(self) -> int:
        """Number the people as they come."""
        return next(self._people)

    def allow(self, *reasons: str) -> None:
        """Say what may be refused in this test without being a mistake: a part of the reason."""
        self._allowed += reasons

    @property
    def mistakes(self) -> list[str]:
        """Everything that was refused and that the test did not allow."""
        return [each for each in self.refused if not any(part in each for part in self._allowed)]

    def called(self, method: str) -> list[Mapping[str, Any]]:
        """The parameters of all calls of one method so far."""
        return [call.parameters for call in self.calls if call.method == method]

    async def until_called(self, method: str, times: int = 1) -> None:
        """Wait until a call of this method has come in, whatever becomes of it."""
        async with self._came, asyncio.timeout(PATIENCE_S):
            await self._came.wait_for(lambda: len(self.called(method)) >= times)

    async def perform(self, method: str, parameters: Mapping[str, Any]) -> object:
        """Make a call, as over HTTP; raise Refused or Dropped when it fails."""
        async with self._came:
            self.calls.append(Call(method, parameters))
            self._came.notify_all()
        if fault := self._fault_of(method, parameters):
            self.refused.append(f"{method}: {fault.description}")
            raise fault
        is_answer_lost = await self.faults.strike(method, parameters)
        try:
            result = await self._methods[method](parameters)
        except Refused as refused:
            if not self._is_told(parameters):
                self.refused.append(f"{method}: {refused.description}")
            raise
        if is_answer_lost:
            raise Dropped
        return result

    def _fault_of(self, method: str, parameters: Mapping[str, Any]) -> Refused | None:
        if faults := spec().check(method, parameters):
            return bad_request("; ".join(faults))
        if method not in self._methods:
            return Refused(501, f"Not Implemented: {method} is missing in tests/botapi")
        return None

    def _is_told(self, parameters: Mapping[str, Any]) -> bool:
        """Say whether the person blocked the bot, which no bot can know beforehand."""
        chat = self._chat_of(parameters)
        return chat is not None and chat.blocked

    def _chat_of(self, parameters: Mapping[str, Any]) -> Chat | None:
        chat_id = str(parameters.get("chat_id", ""))
        return next((c for c in self.chats.by_id.values() if str(c.id) == chat_id), None)

    async def _called(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return _answer(Refused(401, "Unauthorized"))
        try:
            parameters = await _parameters(request)
            result = await self.perform(request.match_info["method"], parameters)
        except Refused as refused:
            return _answer(refused)
        except Dropped:
            if request.transport:
                request.transport.abort()
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    async def _me(self, _: Mapping[str, Any]) -> object:
        return ME

    async def _hook_info(self, _: Mapping[str, Any]) -> object:
        url = self.mail.hook.url if self.mail.hook else ""
        waiting = len(self.mail.waiting)
        return {"url": url, "has_custom_certificate": False, "pending_update_count": waiting}

    async def _chat_action(self, parameters: Mapping[str, Any]) -> bool:
        return bool(self.chats.find(parameters))

    async def _answer_press(self, parameters: Mapping[str, Any]) -> bool:
        press = str(parameters["callback_query_id"])
        if press not in self.presses:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        async with self.chats.changed:
            self.presses[press] = True
            self.chats.changed.notify_all()
        return True

    async def _set_commands(self, parameters: Mapping[str, Any]) -> bool:
        commands: list[dict[str, str]] = unpacked(parameters["commands"])
        if not all(COMMAND.fullmatch(each["command"]) for each in commands):
            raise bad_request("BOT_COMMAND_INVALID")
        scope = unpacked(parameters.get("scope", {"type": "default"}))["type"]
        self.commands[scope, parameters.get("language_code", "")] = commands
        return True

    async def answered(self, press: str) -> None:
        """Wait until the bot has shown that a button press arrived."""
        async with self.chats.changed, asyncio.timeout(PATIENCE_S):
            await self.chats.changed.wait_for(lambda: self.presses[press])


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Take them from the address, from JSON or from a form, as Telegram does."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= json.loads(await request.read() or b"{}")
    else:
        given |= await request.post()
    return given


def _answer(refused: Refused) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refused.code,
        "description": refused.description,
    }
    if refused.parameters:
        body["parameters"] = refused.parameters
    return web.json_response(body, status=refused.code)
