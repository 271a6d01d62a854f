"""What Telegram sends and shows, with all that is in it and not needed."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]

BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "measured_bot"}
DATE = 1_767_225_600


def update(number: int, person: int, does: str, shown: Json) -> bytes:
    """Write what somebody does: words, or a press on a button of what is shown to them."""
    who = {**_chat(person), "is_bot": False, "language_code": "en"}
    if ":" in does:
        press = {"id": str(number), "chat_instance": str(-person), "data": does}
        return _written(number, "callback_query", press | {"from": who, "message": shown})
    words = {"message_id": number, "from": who, "date": DATE, "chat": _chat(person), "text": does}
    if does.startswith("/"):
        words["entities"] = [{"offset": 0, "length": len(does), "type": "bot_command"}]
    return _written(number, "message", words)


def message(number: int, said: Json) -> Json:
    """Give what a bot said in a chat as the message that it became."""
    shown = {
        "message_id": int(said.get("message_id") or number),
        "from": BOT,
        "date": DATE,
        "chat": _chat(int(said["chat_id"])),
        "text": said["text"],
    }
    if keyboard := said.get("reply_markup"):
        # Some write it into the call as JSON, others as a text that is JSON.
        shown["reply_markup"] = json.loads(keyboard) if isinstance(keyboard, str) else keyboard
    return shown


def _written(number: int, kind: str, part: Json) -> bytes:
    return json.dumps({"update_id": number, kind: part}).encode()


def _chat(id: int) -> Json:
    return {"id": id, "first_name": f"User {id}", "type": "private"}
