"""A wrong setting ends the start in one line that names it and never repeats its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import BadSetting, Settings

NOWHERE = Path("nowhere/.env")
TOKEN = "12345678:" + "A" * 35


def test_nothing_set_is_a_house_on_this_machine() -> None:
    settings = Settings.read({}, NOWHERE)
    assert settings == Settings()
    assert (settings.host, settings.port, settings.bot_token) == ("127.0.0.1", 8080, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "65536"),
        ("PUBLIC_URL", "http://chat.example.org"),
        ("PUBLIC_URL", "handreiking.example"),
        ("PUBLIC_URL", "https://[bad"),
        ("BOT_TOKEN", "geheim"),
        ("WEBHOOK_SECRET", "short"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "postgresql+asyncpg://h:x/db"),
        ("DATABASE_URL", "sqlite+aiosqlite:///"),
        ("KEYSTORE_URL", "sqlite+aiosqlite:///var/handreiking.db"),
        ("TIMEZONE", "Europe/Nergens"),
        ("STAFF_CHAT", "@collegas"),
        ("SMTP_URL", "post.example.org"),
        ("SMTP_URL", "smtp://[bad:25"),
        ("SMTP_URL", "smtp://mail.example.org:25/inbox"),
        ("SMTP_FROM", "werkplek"),
        ("LOG_LEVEL", "loud"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_malformed_setting_is_named_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name) as error:
        Settings.read({name: value}, NOWHERE)
    assert value not in str(error.value)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"SMTP_URL": "smtps://mail.example.org:465"}, "SMTP_FROM"),
        ({"STAFF_CHAT": "-1001234567890"}, "STAFF_CHAT"),
    ],
)
def test_what_one_setting_needs_of_another_is_said(given: dict[str, str], name: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Settings.read(given, NOWHERE)


def test_a_way_to_tell_colleagues_is_read() -> None:
    given = {
        "SMTP_URL": "smtp://naam:w%40chtwoord@mail.example.org:587",
        "SMTP_FROM": "werkplek@example.org",
        "BOT_TOKEN": TOKEN,
        "STAFF_CHAT": "-1001234567890",
    }
    settings = Settings.read(given, NOWHERE)
    assert (settings.staff_chat, settings.smtp_from) == (-1001234567890, "werkplek@example.org")
    assert "chtwoord" not in repr(settings)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert Settings.read({"BOT_TOKEN_FILE": str(file)}, NOWHERE).bot_token == TOKEN


def test_a_secret_that_is_set_twice_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="BOT_TOKEN"):
        Settings.read({"BOT_TOKEN": TOKEN, "BOT_TOKEN_FILE": str(tmp_path / "x")}, NOWHERE)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="BOT_TOKEN_FILE"):
        Settings.read({"BOT_TOKEN_FILE": str(tmp_path / "x")}, NOWHERE)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"PORT=\xff")
    with pytest.raises(BadSetting, match="cannot be read"):
        Settings.read({}, dotenv)


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text('# ours\nPORT=9000\nLOG_LEVEL="debug"\n\n')
    settings = Settings.read({"PORT": "9001"}, dotenv)
    assert (settings.port, settings.log_level) == (9001, "debug")


@pytest.mark.parametrize("row", ["PROT=8080", "PORT 8080"])
def test_a_row_of_the_file_that_is_no_setting_is_a_mistake(tmp_path: Path, row: str) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(row)
    with pytest.raises(BadSetting, match="row 1"):
        Settings.read({}, dotenv)


def test_no_secret_shows_in_the_settings() -> None:
    settings = Settings.read({"BOT_TOKEN": TOKEN, "WEBHOOK_SECRET": "s" * 20}, NOWHERE)
    assert TOKEN not in repr(settings)
    assert "s" * 20 not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "https://chat.example.org"),
        ("PUBLIC_URL", "http://127.0.0.1:8080"),
        ("HOST", "::1"),
        ("KEY_FILE", "elsewhere/keys.json"),
        ("TIMEZONE", "Europe/Brussels"),
        ("LOG_FORMAT", "JSON"),
        ("DATABASE_URL", "postgresql+asyncpg://localhost/handreiking"),
    ],
)
def test_a_good_setting_is_taken(name: str, value: str) -> None:
    taken = getattr(Settings.read({name: value}, NOWHERE), name.lower())
    assert str(taken).lower() == value.lower()
