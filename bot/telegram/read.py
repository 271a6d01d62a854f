"""An update becomes an envelope; pure, so that one update always means the same.

Everything in it comes from outside. Only conversations with one person are answered; where others
read along, the bot says no more than that it talks in private.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from telegram.constants import ChatMemberStatus, ChatType

from bot.commands import event_of, is_command
from bot.envelopes import Envelope, Sender
from bot.json_limits import LARGEST, BadJson, check
from bot.telegram.notices import NOTICES
from dialogs.events import Attached, Chose, Edited, Event, Overheard, Said
from dialogs.frozen import Frozen, Hidden
from storage.doors import Door

Json = Mapping[str, object]

# What is asked of Telegram; every other kind of update is for bots that do more than talk.
KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")

GROUPS: Final = (ChatType.GROUP, ChatType.SUPERGROUP)
GONE: Final = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)

LANGUAGE = re.compile(r"[a-z]{2,3}")

# What reading raises where an update is not as it should be.
MALFORMED: Final = (LookupError, TypeError)


class Heard(Frozen):
    """Something for the conductor; `press` is the button press that waits for a sign of life."""

    envelope: Envelope
    press: str | None = None

    @property
    def key(self) -> str:
        """The key of the update."""
        return self.envelope.key


class Blocked(Frozen):
    """The way to somebody was closed by them, until they write again."""

    sender: Sender


class Unreadable(Frozen):
    """An update in a form that nobody here knows; it is set aside, for somebody to look at.

    The sender is whoever wrote it in private, if that much can be seen, and `message` the number
    of what they wrote.
    """

    key: str
    text: Hidden[str]
    sender: Sender | None = None
    message: int | None = None


Read = Heard | Blocked | Unreadable | None


def read(raw: Json) -> Read:
    """Read an update under the limits of any JSON; None when it holds nothing for us."""
    try:
        check(raw)
        return _unreadable(raw) if number_of(raw) is None else _read(_key(raw), raw)
    except (BadJson, *MALFORMED):
        return _unreadable(raw)


def _unreadable(raw: Json) -> Unreadable:
    try:
        text = json.dumps(raw)
    except RecursionError:
        # Deeper than anything that Telegram sends; its number must do.
        text = json.dumps({"update_id": number_of(raw)})
    return Unreadable(_key(raw), text, *_writer(raw))


def _writer(raw: Json) -> tuple[Sender | None, int | None]:
    """See who wrote or pressed something in private, and the number of what they wrote.

    The update is not as it should be.
    """
    number = None
    match raw:
        case {"message": {"chat": {"id": int(id), "type": "private"}, **rest}}:
            number = _number(_part(raw, "message"))
        case {"callback_query": {"message": {"chat": {"id": int(id), "type": "private"}}, **rest}}:
            pass
        case _:
            return None, None
    match rest:
        case {"from": {"language_code": str(code)}}:
            return _named(id, code), number
        case _:
            return _named(id), number


def number_of(update: Json) -> int | None:
    """Find the number of an update, also of one that cannot be read any further."""
    number = update.get("update_id")
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _key(raw: Json) -> str:
    return f"telegram:{number_of(raw) or 'unnumbered'}"


def _read(key: str, update: Json) -> Read:
    """Read what is needed of it, and nothing else, so that nothing else can be misread."""
    match next((kind for kind in KINDS if kind in update), None):
        case "callback_query" as kind:
            return _pressed(key, _part(update, kind))
        case "message" as kind:
            return _written(key, _part(update, kind))
        case "edited_message" as kind:
            return _edited(key, _part(update, kind))
        case "my_chat_member" as kind:
            return _membership(key, _part(update, kind))
        case _:
            return None


def _pressed(key: str, press: Json) -> Heard:
    """Read a button press; its message may be too old to be shown along, but its chat is known."""
    place, _, option = (_text(press, "data") or "").partition(":")
    chat = _part(_part(press, "message"), "chat") if press.get("message") else None
    in_public = chat is not None and chat["type"] != ChatType.PRIVATE
    event = Overheard() if in_public else Chose(place, option)
    user = _part(press, "from")
    return Heard(Envelope(_sender(chat or user, user), key, event, pressed=True), str(press["id"]))


def _written(key: str, message: Json) -> Heard | None:
    if _part(message, "chat")["type"] in GROUPS:
        return _in_group(key, message)
    event = _event_of(message)
    if isinstance(event, Attached) and message.get("media_group_id"):
        # The pictures of an album arrive one by one, but were sent at once: one answer is enough.
        key = f"telegram:album:{message['media_group_id']}"
    return _in_private(key, message, event) if event else None


def _edited(key: str, message: Json) -> Heard | None:
    # A location that moves is edited too, every few seconds.
    has_words = _text(message, "text") or _text(message, "caption")
    return _in_private(key, message, Edited()) if has_words else None


def _event_of(message: Json) -> Event | None:
    words, caption = _text(message, "text"), _text(message, "caption")
    if words is not None:
        return event_of(words)
    if caption:
        return Said(caption, attached=True)
    return None if NOTICES & message.keys() else Attached()


def _in_private(key: str, message: Json, event: Event) -> Heard | None:
    chat, user = _part(message, "chat"), _user(message)
    if chat["type"] != ChatType.PRIVATE or _is_bot(user):
        return None
    return Heard(Envelope(_sender(chat, user), key, event, message=_number(message)))


def _in_group(key: str, message: Json) -> Heard | None:
    chat, user = _part(message, "chat"), _user(message)
    if not is_command(_text(message, "text") or "") or _is_bot(user):
        return None
    return Heard(Envelope(_sender(chat, user), key, Overheard()))


def _membership(key: str, change: Json) -> Heard | Blocked | None:
    """Read that the bot was blocked, allowed again, added to a group or removed from one."""
    chat = _part(change, "chat")
    sender = _sender(chat, _part(change, "from"))
    if _part(change, "new_chat_member")["status"] in GONE:
        return Blocked(sender)
    was_gone = _part(change, "old_chat_member")["status"] in GONE
    if was_gone and chat["type"] in GROUPS:
        return Heard(Envelope(sender, key, Overheard()))
    return None


def _user(message: Json) -> Json | None:
    """Give who wrote; a channel may stand in for them."""
    return _part(message, "from") if message.get("from") else None


def _is_bot(user: Json | None) -> bool:
    return user is not None and user.get("is_bot") is True


def _sender(chat: Json, user: Json | None) -> Sender:
    """Name who it is; the language is that of their app, perhaps on somebody else's phone."""
    chat_id = chat["id"]
    if not isinstance(chat_id, int):
        raise TypeError
    return _named(chat_id, (user and _text(user, "language_code")) or "")


def _named(chat_id: int, tag: str = "") -> Sender:
    code = tag.partition("-")[0].lower()
    if LANGUAGE.fullmatch(code):
        return Sender(Door.TELEGRAM, str(chat_id), code)
    return Sender(Door.TELEGRAM, str(chat_id))


def _number(message: Json) -> int | None:
    """Give the number of a message in its chat; without one it is heard, and stays there."""
    number = message.get("message_id")
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return number if 0 < number <= LARGEST else None


def _part(whole: Json, name: str) -> Json:
    part = whole[name]
    if not isinstance(part, dict):
        raise TypeError
    return part


def _text(whole: Json, name: str) -> str | None:
    text = whole.get(name)
    if text is not None and not isinstance(text, str):
        raise TypeError
    return text
