"""Somebody with Telegram on their phone: writes, presses, sends pictures, and looks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from tests.botapi.chats import BOT, FIRST_DATE, Chat, Json, Message, Shown
from tests.botapi.server import PATIENCE_S, BotApi

MEMBER: Final = {"user": BOT, "status": "member"}
KICKED: Final = {"user": BOT, "status": "kicked", "until_date": 0}
LEFT: Final = {"user": BOT, "status": "left"}


@dataclass(slots=True)
class Phone:
    """One person's chat with the bot, or their group in which the bot is.

    Nothing here waits for the bot but `screen` and `answered`.
    """

    api: BotApi
    chat: Chat
    last: Json
    _seen: int = 0

    @classmethod
    def of(cls, api: BotApi, name: str = "Testpersoon", language: str = "nl") -> Phone:
        """Give somebody a phone; they have not written yet."""
        id = api.next_person()
        person = {"id": id, "is_bot": False, "first_name": name, "language_code": language}
        return cls(api, Chat(id, person), {})

    @classmethod
    def in_group(cls, api: BotApi, name: str = "Testgroep") -> Phone:
        """Give somebody a group."""
        phone = cls.of(api, name)
        phone.chat = Chat(-phone.chat.id, phone.chat.person, "group")
        return phone

    @property
    def transcript(self) -> str:
        """Everything that was said, a line each."""
        return "\n".join(self.chat.transcript)

    async def say(self, text: str) -> int:
        """Write a message; gives its id."""
        content: Json = {}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self._write(Message(self.api.chats.next_id(), text, content=content))

    async def send(self, content: Json) -> int:
        """Send something that is no text, such as `{"location": {...}}`; gives its id."""
        return await self._write(Message(self.api.chats.next_id(), content=content))

    async def edit(self, message_id: int, text: str) -> None:
        """Change what one wrote."""
        message = self.chat.messages[message_id]
        message.text = text
        edited = self.chat.message(message) | {"edit_date": FIRST_DATE + message_id + 1}
        await self._push("edited_message", edited, f"chat {self.chat.id}")

    async def press(self, button: str, *, is_old: bool = False) -> str:
        """Press the newest button with this label or data; gives the press.

        `is_old`: so long ago that Telegram tells the bot no more than which message it was.
        """
        for message in reversed(self.chat.messages.values()):
            for each in (each for row in message.keyboard for each in row):
                if button in {each["text"], each["callback_data"]}:
                    return await self._press(message, each["callback_data"], is_old=is_old)
        raise AssertionError(f"There is no button {button}:\n{self.transcript}")

    async def forge(self, data: str) -> str:
        """Press a button that the bot never offered, as a changed app can."""
        message = next(m for m in reversed(self.chat.messages.values()) if m.by_bot)
        return await self._press(message, data, is_old=False)

    async def block(self) -> None:
        """Want nothing from the bot any more."""
        self.chat.blocked = True
        await self._member(MEMBER, KICKED)

    async def unblock(self) -> None:
        """Think better of it."""
        self.chat.blocked = False
        await self._member(KICKED, MEMBER)

    async def add_bot(self) -> None:
        """Take the bot into the group."""
        await self._member(LEFT, MEMBER)

    async def repeat(self) -> None:
        """Have Telegram bring the last update once more, as it does when an answer was lost."""
        await self.api.mail.repeat(self.last, f"chat {self.chat.id}")

    async def delete(self, message_id: int) -> None:
        """Delete a message on both sides; the bot is not told."""
        del self.chat.messages[message_id]

    async def screen(self) -> Shown:
        """Wait for the next thing the bot shows, a new message or a changed one."""
        changed, shown = self.api.chats.changed, self.chat.shown
        try:
            async with asyncio.timeout(PATIENCE_S), changed:
                await changed.wait_for(lambda: len(shown) > self._seen)
        except TimeoutError:
            raise AssertionError(f"The bot shows nothing more:\n{self.transcript}") from None
        self._seen += 1
        return shown[self._seen - 1]

    async def _write(self, message: Message) -> int:
        self.api.chats.open(self.chat)
        self.api.chats.add(self.chat, message)
        self.chat.transcript.append(f"person: {message.text or list(message.content)}")
        await self._push("message", self.chat.message(message), f"chat {self.chat.id}")
        return message.id

    async def _press(self, message: Message, data: str, *, is_old: bool) -> str:
        press = str(10**17 + self.api.chats.next_id())
        self.api.presses[press] = False
        self.chat.transcript.append(f"person presses: {data}")
        whole = self.chat.message(message)
        query = {
            "id": press,
            "from": self.chat.person,
            "message": {**_only(whole, "message_id", "chat"), "date": 0} if is_old else whole,
            "chat_instance": str(self.chat.id),
            "data": data,
        }
        await self._push("callback_query", query, f"presses {self.chat.person['id']}")
        return press

    async def _member(self, before: Json, after: Json) -> None:
        self.api.chats.open(self.chat)
        change = {
            "chat": self.chat.described(),
            "from": self.chat.person,
            "date": FIRST_DATE,
            "old_chat_member": before,
            "new_chat_member": after,
        }
        await self._push("my_chat_member", change, f"member {self.chat.id}")

    async def _push(self, kind: str, part: Json, queue: str) -> None:
        self.last = await self.api.mail.push(kind, part, queue)


def _only(whole: Json, *names: str) -> Json:
    return {name: whole[name] for name in names}
