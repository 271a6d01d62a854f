"""Updates as Telegram sends them, made of as little as there can be."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

PERSON: Json = {"id": 1001, "is_bot": False, "first_name": "Testpersoon", "language_code": "en-GB"}
BOT: Json = {"id": 1, "is_bot": True, "first_name": "Test"}
PRIVATE: Json = {"id": 1001, "type": "private", "first_name": "Testpersoon"}
GROUP: Json = {"id": -5, "type": "group", "title": "Testgroep"}
SUPERGROUP: Json = {"id": -100_5, "type": "supergroup", "title": "Testgroep"}
CHANNEL: Json = {"id": -100_6, "type": "channel", "title": "Testkanaal"}

PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
FILE = {"file_id": "a", "file_unique_id": "b"}
PLACE = {"latitude": 1.0, "longitude": 1.0}
VOTE: Json = {
    "id": "1",
    "question": "?",
    "options": [],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
}


def update(kind: str, part: Json) -> Json:
    return {"update_id": 7, kind: part}


def message(chat: Json = PRIVATE, sender: Json = PERSON, **content: object) -> Json:
    return {"message_id": 3, "date": 1_760_000_000, "chat": chat, "from": sender, **content}


def press(data: str | None = "intake.relationship:family", **over: object) -> Json:
    whole = {
        "id": "55",
        "from": PERSON,
        "message": message(sender=BOT, text="?"),
        "chat_instance": "9",
        "data": data,
    } | over
    return {name: value for name, value in whole.items() if value is not None}


def member(chat: Json, before: str, after: str) -> Json:
    return {
        "chat": chat,
        "from": PERSON,
        "date": 1,
        "old_chat_member": state(before),
        "new_chat_member": state(after),
    }


def state(status: str) -> Json:
    return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})
