"""The commands of the bot, the same in every language, and what each one means.

A command is a button by another name, so that it works from everywhere and needs no place of its
own in the dialog.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dialogs.events import Chose, Commanded, Event, Said, Started

EVERYWHERE: Final = "everywhere.go"
START: Final = "start"

MEANS: Final[Mapping[str, str]] = {
    "menu": "menu",
    "stop": "stop",
    "help": "help",
    "language": "language",
    "human": "human",
    "complaint": "complaint",
    "privacy": "privacy",
    "mydata": "copy",
    "forget": "rights",
}

# In the order in which Telegram lists them; described by the message ids `command.<name>`.
NAMES: Final = (START, *MEANS)

# In a group a command may name the bot it is meant for.
COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@\w+)?(?:\s+(?P<rest>.*))?", re.ASCII | re.DOTALL)
# What Telegram lets a link carry.
LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")


def event_of(text: str) -> Event:
    """Read what was typed: a command, or words."""
    command = COMMAND.fullmatch(text.strip())
    if not command:
        return Said(text)
    name, rest = command["name"].lower(), (command["rest"] or "").strip()
    if name == START:
        return Started(rest if LINK.fullmatch(rest) else "")
    option = MEANS.get(name)
    return Chose(EVERYWHERE, option) if option else Commanded()


def is_command(text: str) -> bool:
    """Say whether somebody in a group addresses the bot, whatever they ask of it."""
    return COMMAND.fullmatch(text.strip()) is not None
