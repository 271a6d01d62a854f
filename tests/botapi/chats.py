"""The chats as Telegram keeps them: who may be written to, what stands in them, what may change.

It refuses in Telegram's own words what Telegram would refuse.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dialogs.frozen import Frozen

Json = dict[str, Any]

BOT: Final[Json] = {"id": 1, "is_bot": True, "first_name": "Test", "username": "test_bot"}
# Times are counted, not read: every message comes a second after the one before.
FIRST_DATE: Final = 1_760_000_000


class Refused(Exception):
    """Telegram says no: a code, why, and perhaps for how long."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(f"{code} {description}")
        self.code, self.description, self.parameters = code, description, parameters


def bad_request(why: str) -> Refused:
    return Refused(400, f"Bad Request: {why}")


class Button(Frozen):
    """One button as a person sees it, and what it sends."""

    label: str
    data: str


class Shown(Frozen):
    """What a person sees at one moment in one message of the bot."""

    message_id: int
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    edited: bool = False

    @property
    def buttons(self) -> dict[str, str]:
        """Each button's data and label, in reading order."""
        return {button.data: button.label for row in self.rows for button in row}


@dataclass(slots=True)
class Message:
    """One message; `content` is what is in it besides a text."""

    id: int
    text: str | None = None
    by_bot: bool = False
    keyboard: list[list[Json]] = field(default_factory=list)
    content: Json = field(default_factory=dict)

    def shown(self, *, edited: bool) -> Shown:
        rows = tuple(
            tuple(Button(b["text"], b.get("callback_data", "")) for b in row)
            for row in self.keyboard
        )
        return Shown(self.id, self.text or "", rows, edited)


@dataclass(slots=True)
class Chat:
    """A chat with one person, or a group in which that person writes."""

    id: int
    person: Json
    kind: str = "private"
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)

    def described(self) -> Json:
        """Describe the chat itself."""
        name = "first_name" if self.kind == "private" else "title"
        return {"id": self.id, "type": self.kind, name: self.person["first_name"]}

    def message(self, message: Message) -> Json:
        """Describe one message in it."""
        described: Json = {
            "message_id": message.id,
            "from": BOT if message.by_bot else self.person,
            "chat": self.described(),
            "date": FIRST_DATE + message.id,
            **message.content,
        }
        if message.text is not None:
            described["text"] = message.text
        if message.keyboard:
            described["reply_markup"] = {"inline_keyboard": message.keyboard}
        return described


class Chats:
    """All chats of one bot; `changed` is told whenever somebody sees something new."""

    def __init__(self) -> None:
        self.by_id: dict[int, Chat] = {}
        self.changed = asyncio.Condition()
        self._ids = iter(range(1, 10**9))

    def open(self, chat: Chat) -> Chat:
        return self.by_id.setdefault(chat.id, chat)

    def add(self, chat: Chat, message: Message) -> Message:
        chat.messages[message.id] = message
        return message

    def next_id(self) -> int:
        return next(self._ids)

    def find(self, parameters: Mapping[str, Any]) -> Chat:
        """Find the chat a call is about, if the bot may write there."""
        chat = self.by_id.get(_number(parameters["chat_id"]))
        if chat is None:
            raise bad_request("chat not found")
        if chat.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return chat

    async def send(self, parameters: Mapping[str, Any]) -> Json:
        """A new message below all others."""
        chat = self.find(parameters)
        text = _text(parameters)
        message = Message(self.next_id(), text, by_bot=True, keyboard=_keyboard(parameters))
        self.add(chat, message)
        return await self._show(chat, message, edited=False)

    async def edit_text(self, parameters: Mapping[str, Any]) -> Json:
        """Another text, and the keyboard that is sent along or none."""
        return await self._edit(parameters, _text(parameters))

    async def edit_keyboard(self, parameters: Mapping[str, Any]) -> Json:
        """Another keyboard below the same text."""
        return await self._edit(parameters, None)

    async def delete(self, parameters: Mapping[str, Any]) -> bool:
        """A message that is gone, also one of the person."""
        if self.find(parameters).messages.pop(_number(parameters["message_id"]), None) is None:
            raise bad_request("message to delete not found")
        return True

    async def delete_all(self, parameters: Mapping[str, Any]) -> bool:
        """Messages that are gone; those that are not there are passed over."""
        chat = self.find(parameters)
        async with self.changed:
            for number in unpacked(parameters["message_ids"]):
                chat.messages.pop(_number(number), None)
            self.changed.notify_all()
        return True

    async def _edit(self, parameters: Mapping[str, Any], text: str | None) -> Json:
        chat = self.find(parameters)
        message = chat.messages.get(_number(parameters.get("message_id", 0)))
        if message is None:
            raise bad_request("message to edit not found")
        if not message.by_bot:
            raise bad_request("message can't be edited")
        after = (message.text if text is None else text, _keyboard(parameters))
        if after == (message.text, message.keyboard):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        message.text, message.keyboard = after
        return await self._show(chat, message, edited=True)

    async def _show(self, chat: Chat, message: Message, *, edited: bool) -> Json:
        shown = message.shown(edited=edited)
        async with self.changed:
            chat.shown.append(shown)
            how = "bot, instead" if edited else "bot"
            chat.transcript.append(f"{how}: {shown.text} {list(shown.buttons)}")
            self.changed.notify_all()
        described = chat.message(message)
        return described | ({"edit_date": described["date"] + 1} if edited else {})


def unpacked(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can say
    """Read what was sent as its JSON; forms have nothing but texts."""
    return json.loads(value) if isinstance(value, str) else value


def _text(parameters: Mapping[str, Any]) -> str:
    text = str(parameters["text"]).strip()
    if not text:
        raise bad_request("message text is empty")
    return text


def _keyboard(parameters: Mapping[str, Any]) -> list[list[Json]]:
    markup = parameters.get("reply_markup") or {}
    rows: list[list[Json]] = unpacked(markup).get("inline_keyboard", [])
    if any(not button["text"].strip() for row in rows for button in row):
        raise bad_request("inline keyboard button text must be non-empty")
    return [row for row in rows if row]


def _number(value: object) -> int:
    """Numbers come as texts too; what is no number names nothing."""
    try:
        return int(str(value))
    except ValueError:
        return 0
