"""What goes into the log: that something happened, never what somebody wrote, and no secret.

Nothing here is meant to be logged in the first place; the filter is the second net.
"""

from __future__ import annotations

import json
import logging
import re
import sys

TOKEN = re.compile(r"\d{1,20}:[\w-]{30,64}")
# These write whole updates, addresses with tokens in them, or SQL with its values.
TALKATIVE = (
    "aiohttp",
    "aiosqlite",
    "alembic",
    "asyncio",
    "httpcore",
    "httpx",
    "sqlalchemy",
    "telegram",
)


class Redacting(logging.Filter):
    """Takes out what looks like a bot's token, and the text of exceptions."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, without what it may not say."""
        record.msg, record.args = TOKEN.sub("<token>", record.getMessage()), None
        if record.exc_info and record.exc_info[0] is not None:
            record.msg = f"{record.msg} ({record.exc_info[0].__name__})"
            record.exc_info, record.exc_text = None, None
        return True


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the few fields that may be written."""
        fields = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(fields, ensure_ascii=False)


def set_up(level: str, form: str) -> None:
    """Send the log to standard error, in text or JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Redacting())
    handler.setFormatter(
        Json() if form == "json" else logging.Formatter("%(asctime)s %(levelname)s %(message)s")
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
