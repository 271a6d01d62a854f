"""An update becomes an envelope; pure, so that one update always means the same.

Everything in it comes from outside. Only conversations with one person are answered; where others
read along, the bot says no more than that it talks in private.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.commands import event_of, is_command
from bot.envelopes import Envelope, Sender
from bot.json_limits import BadJson, check
from bot.telegram.notices import NOTICES
from dialogs.events import Attached, Chose, Edited, Event, Overheard, Said
from storage.doors import Door

Json = Mapping[str, object]

# What is asked of Telegram; every other kind of update is for bots that do more than talk.
KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")

# The library is given no more of a message than this: what it knows of pictures or polls may be
# older than what Telegram sends, and nobody should go without an answer for that.
MESSAGE: Final = frozenset(
    {"message_id", "date", "chat", "from", "text", "caption", "media_group_id"}
)

GROUPS: Final = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
GONE: Final = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})

LANGUAGE = re.compile(r"[a-z]{2,3}")

# What the library raises on an update that is not as it should be; it checks no types itself.
MALFORMED: Final = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Heard:
    """Something for the conductor; `press` is the button press that waits for a sign of life."""

    envelope: Envelope
    press: str | None = None


@dataclass(frozen=True, slots=True)
class Blocked:
    """The way to somebody was closed by them, until they write again."""

    sender: Sender


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update in a form that nobody here knows; it is set aside, for somebody to look at.

    The sender is whoever wrote it in private, if that much can be seen.
    """

    key: str
    text: str = field(repr=False)
    sender: Sender | None = None


Read = Heard | Blocked | Unreadable | None


def read(raw: Json) -> Read:
    """Read an update; None when it holds nothing for us."""
    key = _key(raw)
    if number_of(raw) is None:
        return _unreadable(raw)
    try:
        return _read(key, Update.de_json(_needed(raw), None), raw)
    except MALFORMED:
        return _unreadable(raw)


def read_fetched(raw: Json) -> Read:
    """Read one of many updates that came together, so that each is checked by itself."""
    try:
        check(raw)
    except BadJson:
        return _unreadable(raw)
    return read(raw)


def _unreadable(raw: Json) -> Unreadable:
    return Unreadable(_key(raw), json.dumps(raw), _writer(raw))


def _writer(raw: Json) -> Sender | None:
    """See who wrote or pressed something in private, in an update that is not as it should be."""
    match raw:
        case {"message": {"chat": {"id": int(id), "type": "private"}, **rest}}:
            pass
        case {"callback_query": {"message": {"chat": {"id": int(id), "type": "private"}}, **rest}}:
            pass
        case _:
            return None
    match rest:
        case {"from": {"language_code": str(code)}}:
            return _named(id, code)
        case _:
            return _named(id)


def number_of(update: Json) -> int | None:
    """Find the number of an update, also of one that cannot be read any further."""
    number = update.get("update_id")
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _key(raw: Json) -> str:
    return f"telegram:{number_of(raw) or 'unnumbered'}"


def _needed(raw: Json) -> dict[str, object]:
    """Leave out what is not read, so that it cannot be misread."""
    parts = {kind: _trimmed(raw[kind]) for kind in KINDS if kind in raw}
    return {"update_id": raw["update_id"], **parts}


def _trimmed(part: object) -> Json:
    if not isinstance(part, dict):
        raise TypeError
    if "message_id" in part:
        return {name: part[name] for name in MESSAGE & part.keys()}
    if "message" in part:
        return part | {"message": _trimmed(part["message"])}
    return part


def _read(key: str, update: Update, raw: Json) -> Read:
    match update:
        case Update(callback_query=CallbackQuery() as press):
            return _pressed(key, press)
        case Update(message=Message() as message):
            return _written(key, message, raw["message"])
        case Update(edited_message=Message() as message) if message.text or message.caption:
            # A location that moves is edited too, every few seconds.
            return _in_private(key, message, Edited())
        case Update(my_chat_member=ChatMemberUpdated() as change):
            return _membership(key, change)
        case _:
            return None


def _pressed(key: str, press: CallbackQuery) -> Heard:
    """Read a button press; its message may be too old to be shown along, but its chat is known."""
    place, _, option = (press.data or "").partition(":")
    chat = press.message.chat if press.message else None
    in_public = chat is not None and chat.type != ChatType.PRIVATE
    event = Overheard() if in_public else Chose(place, option)
    sender = _sender(chat.id if chat else press.from_user.id, press.from_user)
    return Heard(Envelope(sender, key, event, pressed=True), press.id)


def _written(key: str, message: Message, raw: object) -> Heard | None:
    if message.chat.type in GROUPS:
        return _in_group(key, message)
    event = _event_of(message, raw)
    if isinstance(event, Attached) and message.media_group_id:
        # The pictures of an album arrive one by one, but were sent at once: one answer is enough.
        key = f"telegram:album:{message.media_group_id}"
    return _in_private(key, message, event) if event else None


def _event_of(message: Message, raw: object) -> Event | None:
    if message.text is not None:
        return event_of(message.text)
    match message.caption, raw:
        case str(caption), _ if caption:
            return Said(caption, attached=True)
        case _, dict(content) if NOTICES & content.keys():
            return None
        case _:
            return Attached()


def _in_private(key: str, message: Message, event: Event) -> Heard | None:
    if message.chat.type != ChatType.PRIVATE or _is_bot(message.from_user):
        return None
    return Heard(Envelope(_sender(message.chat.id, message.from_user), key, event))


def _in_group(key: str, message: Message) -> Heard | None:
    if not is_command(message.text or "") or _is_bot(message.from_user):
        return None
    return Heard(Envelope(_sender(message.chat.id, message.from_user), key, Overheard()))


def _membership(key: str, change: ChatMemberUpdated) -> Heard | Blocked | None:
    """Read that the bot was blocked, allowed again, added to a group or removed from one."""
    sender = _sender(change.chat.id, change.from_user)
    if change.new_chat_member.status in GONE:
        return Blocked(sender)
    was_gone = change.old_chat_member.status in GONE
    if was_gone and change.chat.type in GROUPS:
        return Heard(Envelope(sender, key, Overheard()))
    return None


def _is_bot(user: User | None) -> bool:
    return user is not None and user.is_bot


def _sender(chat_id: int, user: User | None) -> Sender:
    """Name who it is; the language is that of their app, perhaps on somebody else's phone."""
    if not isinstance(chat_id, int):
        raise TypeError
    return _named(chat_id, (user and user.language_code) or "")


def _named(chat_id: int, tag: str = "") -> Sender:
    code = tag.partition("-")[0].lower()
    if LANGUAGE.fullmatch(code):
        return Sender(Door.TELEGRAM, str(chat_id), code)
    return Sender(Door.TELEGRAM, str(chat_id))
