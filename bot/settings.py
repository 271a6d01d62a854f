"""The environment, read once; a setting that is wrong ends the start in one readable line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from dialogs.frozen import Frozen, Hidden, field

SECRETS = (
    "BOT_TOKEN",
    "WEBHOOK_SECRET",
    "METRICS_TOKEN",
    "DATABASE_URL",
    "KEYSTORE_URL",
    "SMTP_URL",
)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
TOKEN = re.compile(r"\d{1,20}:[\w-]{30,64}")


class BadSetting(Exception):
    """A setting is missing, unknown or malformed; never repeats its value, which may be secret."""

    def __init__(self, name: str, why: str) -> None:
        """Name the setting and say what is wrong with it."""
        super().__init__(f"{name}: {why}")
        self.name = name


class Settings(Frozen):
    """All settings; the names in the environment are these in capitals."""

    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    bot_token: Hidden[str] = ""
    bot_api_url: str = ""
    webhook_secret: Hidden[str] = ""
    metrics_token: Hidden[str] = ""
    staff_chat: int = 0
    smtp_url: Hidden[str] = ""
    smtp_from: str = ""
    database_url: Hidden[str] = "sqlite+aiosqlite:///var/handreiking.db"
    keystore_url: Hidden[str] = "sqlite+aiosqlite:///var/keys/keystore.db"
    key_file: Path = Path("var/keys/master.json")
    organisation_file: Path = Path("organisation.toml")
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Amsterdam"))
    log_level: str = "info"
    log_format: str = "text"

    @classmethod
    def read(cls, environ: Mapping[str, str], dotenv: Path = Path(".env")) -> Self:
        """Read the environment, over what `.env` holds; raise BadSetting for the first mistake."""
        known = {name.upper() for name in cls.__struct_fields__}
        given = read_dotenv(dotenv, known) | {
            name: value for name, value in environ.items() if base_name(name) in known
        }
        values: dict[str, Any] = {}
        for name in sorted(known):
            text = one_of(name, given)
            if text:
                values[name.lower()] = READERS.get(name, plain)(name, text)
        settings = cls(**values)
        if settings.database_url == settings.keystore_url:
            raise BadSetting("KEYSTORE_URL", "must be another database than DATABASE_URL")
        if settings.smtp_url and not settings.smtp_from:
            raise BadSetting("SMTP_FROM", "must say from which address SMTP_URL sends")
        if settings.staff_chat and not settings.bot_token:
            raise BadSetting("STAFF_CHAT", "needs BOT_TOKEN")
        return settings

    @property
    def address(self) -> str:
        """Give the address at which people find our pages."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def is_https(self) -> bool:
        """Say whether people reach us over https."""
        return self.public_url.startswith("https://")


def base_name(name: str) -> str:
    """Strip `_FILE` off a name that says where a secret is kept."""
    bare = name.removesuffix("_FILE")
    return bare if bare in SECRETS else name


def read_dotenv(path: Path, known: set[str]) -> dict[str, str]:
    """Read `NAME=value` rows; an unknown name is a mistake here, for the file is ours alone."""
    if not path.is_file():
        return {}
    try:
        rows = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise BadSetting(str(path), "cannot be read") from error
    given = {}
    for number, row in enumerate(rows, 1):
        name, is_row, value = row.strip().partition("=")
        if not name or name.startswith("#"):
            continue
        if not is_row:
            raise BadSetting(f"{path} row {number}", "is not NAME=value")
        if base_name(name.strip()) not in known:
            raise BadSetting(name.strip(), f"is not a setting ({path} row {number})")
        given[name.strip()] = value.strip().strip("\"'")
    return given


def one_of(name: str, given: Mapping[str, str]) -> str:
    """Take a setting from the environment, or from the file that `<NAME>_FILE` names."""
    path = given.get(f"{name}_FILE") if name in SECRETS else None
    if not path:
        return given.get(name, "").strip()
    if given.get(name):
        raise BadSetting(name, f"is set twice, also as {name}_FILE")
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise BadSetting(f"{name}_FILE", "names a file that cannot be read") from error


def plain(_name: str, text: str) -> str:
    """Take a text as it is."""
    return text


def port(name: str, text: str) -> int:
    """Read a port, 0 (any that is free) to 65535."""
    if not text.isascii() or not text.isdigit() or int(text) not in range(65536):
        raise BadSetting(name, "is not a port from 0 to 65535")
    return int(text)


def address(name: str, text: str) -> str:
    """Read an outside address; plain http is for this machine only."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError as error:
        raise BadSetting(name, "is not an address") from error
    if parts.scheme not in {"https", "http"} or not host or parts.query or parts.fragment:
        raise BadSetting(name, "is not an address such as https://chat.example.org")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise BadSetting(name, "must be https, except on this machine")
    return text.rstrip("/")


def token(name: str, text: str) -> str:
    """Read a token as @BotFather gives it."""
    if not TOKEN.fullmatch(text):
        raise BadSetting(name, "does not look like a token of @BotFather (123456:ABC…)")
    return text


def secret(name: str, text: str) -> str:
    """Read a secret that Telegram, or a monitor, must send along."""
    if not re.fullmatch(r"[\w-]{16,256}", text, re.ASCII):
        raise BadSetting(name, "must be 16 to 256 signs of A-Z a-z 0-9 _ -")
    return text


def chat(name: str, text: str) -> int:
    """Read the number of a chat; that of a group is below zero."""
    if not re.fullmatch(r"-?[1-9]\d{0,19}", text, re.ASCII):
        raise BadSetting(name, "is not the number of a chat, such as -1001234567890")
    return int(text)


def mail_server(name: str, text: str) -> str:
    """Read the address of a server that sends e-mail."""
    try:
        url = urlsplit(text)
        is_whole = bool(url.hostname and url.port) and url.scheme in {"smtp", "smtps"}
    except ValueError as error:
        raise BadSetting(name, "is not the address of a server") from error
    if not is_whole or url.path or url.query or url.fragment:
        raise BadSetting(
            name, "is not an address such as smtp://name:password@mail.example.org:587"
        )
    return text


def mail_address(name: str, text: str) -> str:
    """Read an e-mail address."""
    if not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", text):
        raise BadSetting(name, "is not an e-mail address")
    return text


def database(name: str, text: str) -> str:
    """Read the address of a database of one of the two kinds there are."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise BadSetting(name, "is not the address of a database") from error
    if url.drivername not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
        raise BadSetting(name, "must start with sqlite+aiosqlite:/// or postgresql+asyncpg://")
    if not url.database or url.database == ":memory:":
        raise BadSetting(name, "does not name a database")
    return text


def path(_name: str, text: str) -> Path:
    """Read the name of a file."""
    return Path(text)


def zone(name: str, text: str) -> ZoneInfo:
    """Read a time zone."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadSetting(name, "is not a time zone such as Europe/Brussels") from error


def one_in(*choices: str) -> Callable[[str, str], str]:
    """Make a reader that takes one of a few words."""

    def read(name: str, text: str) -> str:
        if text.lower() not in choices:
            raise BadSetting(name, f"must be one of {', '.join(choices)}")
        return text.lower()

    return read


READERS: Mapping[str, Callable[[str, str], object]] = {
    "PORT": port,
    "PUBLIC_URL": address,
    "BOT_TOKEN": token,
    "BOT_API_URL": address,
    "WEBHOOK_SECRET": secret,
    "METRICS_TOKEN": secret,
    "STAFF_CHAT": chat,
    "SMTP_URL": mail_server,
    "SMTP_FROM": mail_address,
    "DATABASE_URL": database,
    "KEYSTORE_URL": database,
    "KEY_FILE": path,
    "ORGANISATION_FILE": path,
    "TIMEZONE": zone,
    "LOG_LEVEL": one_in("debug", "info", "warning", "error"),
    "LOG_FORMAT": one_in("text", "json"),
}
