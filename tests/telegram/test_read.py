"""Every kind of update, and what it means."""

from __future__ import annotations

import json

import pytest

from bot.envelopes import Envelope, Sender
from bot.telegram.read import KINDS, Blocked, Heard, Unreadable, read
from dialogs.events import Attached, Chose, Edited, Event, Overheard, Said
from storage.doors import Door
from tests.botapi.spec import spec
from tests.telegram.updates import (
    BOT,
    CHANNEL,
    FILE,
    GROUP,
    PERSON,
    PHOTO,
    PLACE,
    PRIVATE,
    SUPERGROUP,
    VOTE,
    Json,
    member,
    message,
    press,
    update,
)

SENDER = Sender(Door.TELEGRAM, "1001", "en")


def event_of(raw: Json) -> Event | None:
    match read(raw):
        case Heard(envelope=Envelope(event=event)):
            return event
        case _:
            return None


@pytest.mark.parametrize(
    "content",
    [
        {"photo": PHOTO},
        {"voice": {**FILE, "duration": 1}},
        {"sticker": {**FILE, "type": "regular", "width": 1, "height": 1}},
        {"document": FILE},
        {"location": PLACE},
        {"contact": {"phone_number": "+3200000000", "first_name": "Testpersoon"}},
        {"poll": VOTE},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"something_of_next_year": {"a": 1}},
        {"photo": PHOTO, "caption": ""},
        {},
    ],
)
def test_what_is_no_text_is_attached(content: Json) -> None:
    assert event_of(update("message", message(**content))) == Attached()


def test_a_caption_is_read_as_words() -> None:
    raw = update("message", message(photo=PHOTO, caption="Dit is de brief"))
    assert event_of(raw) == Said("Dit is de brief", attached=True)


def key_of(number: int, part: Json) -> str:
    found = read({"update_id": number, "message": part})
    assert isinstance(found, Heard)
    return found.envelope.key


def test_the_pictures_of_an_album_are_one_event_and_its_caption_another() -> None:
    picture = message(photo=PHOTO, media_group_id="77")
    assert key_of(7, picture | {"caption": "Kijk"}) == "telegram:7"
    assert key_of(8, picture) == key_of(9, picture) == "telegram:album:77"


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": message(text="a")},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"write_access_allowed": {}},
        {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "a"}}},
    ],
)
def test_what_telegram_itself_writes_is_not_answered(content: Json) -> None:
    assert read(update("message", message(**content))) is None


def test_a_changed_message_is_edited_whatever_is_in_it() -> None:
    for content in ({"text": "/stop"}, {"photo": PHOTO, "caption": "a"}):
        assert event_of(update("edited_message", message(**content, edit_date=2))) == Edited()


@pytest.mark.parametrize(
    ("data", "event"),
    [
        ("intake.relationship:family", Chose("intake.relationship", "family")),
        ("welcome.language:nl", Chose("welcome.language", "nl")),
        ("a.b:c:d", Chose("a.b", "c:d")),
        ("nothing", Chose("nothing", "")),
        ("", Chose("", "")),
        (None, Chose("", "")),
    ],
)
def test_a_button_is_chosen_and_waits_for_a_sign(data: str | None, event: Event) -> None:
    found = read(update("callback_query", press(data)))
    assert found == Heard(Envelope(SENDER, "telegram:7", event, pressed=True), "55")


@pytest.mark.parametrize(
    "old",
    [
        {"message": {"chat": PRIVATE, "message_id": 3, "date": 0}},
        {"message": None, "inline_message_id": "x"},
    ],
)
def test_a_button_below_a_message_that_is_gone_is_chosen_all_the_same(old: Json) -> None:
    found = read(update("callback_query", press(**old)))
    assert found == Heard(
        Envelope(SENDER, "telegram:7", Chose("intake.relationship", "family"), pressed=True), "55"
    )


def test_a_command_is_no_press_so_that_its_answer_stands_below_it() -> None:
    found = read(update("message", message(text="/menu")))
    there = Envelope(SENDER, "telegram:7", Chose("everywhere.go", "menu"), message=3)
    assert found == Heard(there)


@pytest.mark.parametrize("chat", [GROUP, SUPERGROUP])
def test_in_a_group_only_commands_are_overheard(chat: Json) -> None:
    for text in ("/start victim", "/stop@test_bot", "/anything"):
        found = read(update("message", message(chat, text=text)))
        expected = Sender(Door.TELEGRAM, str(chat["id"]), "en")
        assert found == Heard(Envelope(expected, "telegram:7", Overheard()))
    assert read(update("message", message(chat, text="hallo"))) is None
    assert read(update("message", message(chat, photo=PHOTO))) is None
    assert read(update("message", message(chat, sender=BOT, text="/start"))) is None
    assert read(update("edited_message", message(chat, text="/start"))) is None
    assert event_of(update("callback_query", press(message=message(chat)))) == Overheard()


def test_a_group_that_takes_the_bot_in_is_answered() -> None:
    assert event_of(update("my_chat_member", member(GROUP, "left", "member"))) == Overheard()
    assert event_of(update("my_chat_member", member(SUPERGROUP, "kicked", "member"))) == Overheard()
    assert read(update("my_chat_member", member(CHANNEL, "left", "member"))) is None


@pytest.mark.parametrize("gone", ["kicked", "left"])
def test_who_blocks_the_bot_closes_the_way(gone: str) -> None:
    assert read(update("my_chat_member", member(PRIVATE, "member", gone))) == Blocked(SENDER)


def test_who_allows_the_bot_again_has_not_said_anything() -> None:
    assert read(update("my_chat_member", member(PRIVATE, "kicked", "member"))) is None


@pytest.mark.parametrize(
    "raw",
    [
        update("channel_post", message(CHANNEL, text="/start")),
        update("message", message(CHANNEL, text="/start")),
        update("message", message(sender=BOT, text="hallo")),
        update("business_message", message(text="hallo")),
        update("inline_query", {"id": "1", "from": PERSON, "query": "a", "offset": ""}),
        update("poll", VOTE),
        update("something_of_next_year", {"a": 1}),
        {"update_id": 7},
    ],
)
def test_what_is_not_for_us_is_nothing(raw: Json) -> None:
    assert read(raw) is None


@pytest.mark.parametrize(
    ("code", "language"),
    [("nl", "nl"), ("NL", "nl"), ("pt-br", "pt"), ("", "nl"), ("../..", "nl"), (None, "nl")],
)
def test_the_language_is_a_hint(code: str | None, language: str) -> None:
    sender = PERSON | {"language_code": code}
    match read(update("message", message(sender=sender, text="a"))):
        case Heard(envelope=Envelope(sender=Sender(language=found))):
            assert found == language
        case other:
            pytest.fail(str(other))


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"update_id": "7", "message": message(text="a")},
        {"update_id": True, "message": message(text="a")},
        update("message", {"text": "a"}),
        update("message", message(text=5)),
        update("message", message(text="geheim\0")),
        update("message", message({"id": "x", "type": "private"}, text="a")),
        update("message", message({"id": 10**400, "type": "private"}, text="a")),
        {"update_id": 7, "message": "a"},
        {"update_id": 7, "message": ["a"]},
        update("message", message(sender=PERSON | {"language_code": 5}, text="a")),
        update("callback_query", press(data=5)),  # type: ignore[arg-type]
        update("callback_query", {"id": "1"}),
        update("my_chat_member", {"chat": PRIVATE}),
    ],
)
def test_what_cannot_be_read_is_kept_whole_and_shown_nowhere(raw: Json) -> None:
    found = read(raw)
    assert isinstance(found, Unreadable)
    assert json.loads(found.text) == raw
    assert found.key == ("telegram:7" if raw.get("update_id") == 7 else "telegram:unnumbered")
    assert "geheim" not in repr(found)


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        (update("message", message(text=5)), "en"),
        (update("callback_query", press(data=5)), "en"),  # type: ignore[arg-type]
        (update("message", message(sender=PERSON | {"language_code": 5}, text="a")), "nl"),
    ],
)
def test_who_wrote_it_in_private_is_seen_in_what_cannot_be_read(raw: Json, language: str) -> None:
    found = read(raw)
    assert isinstance(found, Unreadable)
    assert found.sender == Sender(Door.TELEGRAM, "1001", language)
    assert found.sender.language == language
    assert found.message == (3 if "message" in raw else None)


@pytest.mark.parametrize("number", ["3", True, 0, 2**64, None])
def test_what_has_no_number_in_its_chat_is_set_aside_all_the_same(number: object) -> None:
    found = read(update("message", message(text=5) | {"message_id": number}))
    assert isinstance(found, Unreadable)
    assert (found.sender, found.message) == (Sender(Door.TELEGRAM, "1001"), None)


@pytest.mark.parametrize(
    "raw",
    [
        {},
        update("message", message(GROUP, text=5)),
        update("message", message({"id": "x", "type": "private"}, text="a")),
        update("callback_query", press(data=5, message=message(GROUP))),  # type: ignore[arg-type]
    ],
)
def test_nobody_is_written_to_where_others_read_along(raw: Json) -> None:
    found = read(raw)
    assert isinstance(found, Unreadable)
    assert found.sender is None


def test_every_kind_that_is_asked_for_exists() -> None:
    assert set(KINDS) < spec().types["Update"]["fields"].keys()


def test_the_updates_of_this_test_are_as_telegram_sends_them() -> None:
    for raw in (
        update("message", message(text="a")),
        update("message", message(photo=PHOTO, caption="a")),
        update("callback_query", press()),
        update("my_chat_member", member(PRIVATE, "member", "kicked")),
    ):
        assert spec().check_object("Update", raw) == []


def test_neither_words_nor_addresses_show() -> None:
    shown = repr(read(update("message", message(text="geheim"))))
    assert "geheim" not in shown
    assert "1001" not in shown
