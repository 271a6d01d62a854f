"""What a form of the chat page says happened; nothing in it is trusted, and nothing is repeated."""

from __future__ import annotations

import re

from aiohttp import web

from bot.commands import event_of
from bot.pages.forms import Form
from dialogs.events import Chose, Event
from dialogs.frozen import Frozen, Hidden

KEY = re.compile(r"[A-Za-z0-9_-]{20,64}")
START = re.compile(r"[A-Za-z0-9_-]{1,64}")
# No place of the dialogs: the page is only to be drawn again, with the words as they stand.
REFRESH = "page:refresh"
LONGEST_BUTTON = 64


class Press(Frozen):
    """One sending of a form: its key, what happened, and what stands in the box."""

    key: str
    event: Event | None
    start: str
    words: Hidden[str]
    language: str


def read(form: Form) -> Press:
    """Read a form; raise a 400 for one that no page of ours can have sent."""
    key, press = form.get("key", ""), form.get("press")
    words, start = form.get("words", ""), form.get("start", "")
    fits = KEY.fullmatch(key) and len(press or "") <= LONGEST_BUTTON
    if not fits or (start and not START.fullmatch(start)):
        raise web.HTTPBadRequest
    return Press(key, _event(press, words), start, words, form.get("language", ""))


def _event(press: str | None, words: str) -> Event | None:
    if press == REFRESH:
        return None
    if press is not None:
        place, _, option = press.partition(":")
        return Chose(place, option)
    # An empty box that is sent says nothing.
    return event_of(words) if words.strip() else None
