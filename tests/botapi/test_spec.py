"""The checker finds what Telegram would refuse, and lets through what it takes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.botapi.spec import spec

Json = dict[str, Any]


def keyboard(**action: object) -> Json:
    return {"inline_keyboard": [[{"text": "A", **action}]]}


def text(**more: object) -> Json:
    return {"chat_id": 1, "text": "a", **more}


COMMAND = {"command": "start", "description": "a"}

TAKEN: list[tuple[str, Json]] = [
    ("sendMessage", text()),
    ("sendMessage", text(chat_id="1", reply_markup=None)),
    ("sendMessage", text(reply_markup=keyboard(callback_data="x" * 64))),
    ("sendMessage", text(reply_markup=json.dumps(keyboard(url="https://example.org")))),
    ("sendMessage", text(reply_markup={"remove_keyboard": True})),
    ("sendMessage", text(disable_notification="true")),
    ("sendMessage", text(text="é" * 4096)),
    ("setMyCommands", {"commands": [COMMAND], "scope": {"type": "chat", "chat_id": 5}}),
    ("setMyCommands", {"commands": json.dumps([COMMAND] * 100), "language_code": "nl"}),
    ("getUpdates", {"timeout": "50", "limit": 100, "allowed_updates": '["message"]'}),
    ("setWebhook", {"url": "https://example.org", "secret_token": "a" * 256}),
    ("sendLocation", {"chat_id": 1, "latitude": 1, "longitude": "-1.5"}),
    (
        "sendMediaGroup",
        {
            "chat_id": 1,
            "media": [{"type": "photo", "media": "a"}, {"type": "video", "media": "b"}],
        },
    ),
    ("getMe", {}),
]

REFUSED: list[tuple[str, Json, str]] = [
    ("sendMesage", {}, "no method"),
    ("sendMessage", {"chat_id": 1}, "text is missing"),
    ("sendMessage", text(text=None), "text is missing"),
    ("sendMessage", text(words="a"), "no words"),
    ("sendMessage", text(text=5), "text is not of type String"),
    ("sendMessage", text(text="a" * 4097), "4097 characters"),
    ("sendMessage", text(text=""), "0 characters"),
    ("sendMessage", text(chat_id=[1]), "chat_id"),
    ("sendMessage", text(chat_id=True), "chat_id"),
    ("sendMessage", text(reply_to_message_id=4), "deprecated"),
    ("sendMessage", text(disable_notification="yes"), "Boolean"),
    ("sendMessage", text(reply_markup="{"), "reply_markup"),
    ("sendMessage", text(reply_markup=keyboard()), "exactly one thing"),
    ("sendMessage", text(reply_markup=keyboard(callback_data="a", url="b")), "exactly one thing"),
    ("sendMessage", text(reply_markup=keyboard(callback_data="é" * 33)), "66 bytes"),
    ("sendMessage", text(reply_markup=keyboard(callback_data="")), "0 bytes"),
    ("sendMessage", text(reply_markup=keyboard(callbackdata="a")), "no callbackdata"),
    ("sendMessage", text(reply_markup={"inline_keyboard": [{"text": "A"}]}), "[0]"),
    ("sendMessage", text(reply_markup={"inline_keyboard": {}}), "not a list"),
    ("setMyCommands", {"commands": [COMMAND] * 101}, "101 items"),
    ("setMyCommands", {"commands": [{"command": "a"}]}, "description is missing"),
    ("setMyCommands", {"commands": [COMMAND], "scope": {"type": "chats"}}, "scope"),
    ("setMyCommands", {"commands": [COMMAND], "scope": {"type": "chat"}}, "chat_id is missing"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "201 characters"),
    ("setWebhook", {"url": "https://example.org", "secret_token": "a" * 257}, "257 characters"),
    ("getUpdates", {"limit": 101}, "101 value"),
    ("getUpdates", {"timeout": "soon"}, "Integer"),
    ("sendLocation", {"chat_id": 1, "latitude": True, "longitude": 1}, "Float"),
]


@pytest.mark.parametrize(("method", "parameters"), TAKEN)
def test_what_telegram_takes_is_let_through(method: str, parameters: Json) -> None:
    assert spec().check(method, parameters) == []


@pytest.mark.parametrize(("method", "parameters", "reason"), REFUSED)
def test_a_planted_fault_is_found_and_named(method: str, parameters: Json, reason: str) -> None:
    faults = spec().check(method, parameters)
    assert len(faults) == 1
    assert reason in faults[0]


def test_all_faults_of_a_call_are_found() -> None:
    assert len(spec().check("sendMessage", {"txt": "a", "parse_mode": 5})) == 4


def test_an_object_that_telegram_would_send_is_checked_too() -> None:
    assert spec().check_object("Update", {"update_id": 1}) == []
    assert spec().check_object("Update", {"update_id": 1, "message": {}}) != []
    assert spec().check_object("MaybeInaccessibleMessage", {"message_id": 1}) != []
    assert spec().check_object("Nothing", {}) == ["Nothing: the type Nothing is not described"]


def test_it_describes_the_version_that_its_name_says() -> None:
    assert spec().version == "Bot API 10.3"
