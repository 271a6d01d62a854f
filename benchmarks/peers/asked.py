"""What a peer is told by who measures it, and what it shows at each step of the walk.

Nothing but the standard library is imported here: peers live in an environment of their own.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

FIXED = ("stop", "urgent", "human", "rights", "menu")
# As long as a screen of ours is on average.
WORDS = "This is what a person reads at this step before they go on to the next. " * 4


@dataclass(frozen=True)
class Asked:
    """Where a peer listens and speaks, the walk, and where it keeps what it knows."""

    port: int
    path: str
    api_url: str
    token: str
    secret: str
    keeps: str
    walk: list[tuple[str, str]]


ASKED = Asked(**json.loads(os.environ["ASKED"]))


def says(step: int) -> str:
    """Give the text that answers a step."""
    return f"{step}. {WORDS}"


def rows(step: int) -> list[list[tuple[str, str]]]:
    """Give the buttons below it, rows of label and data: the next one, and five that are fixed."""
    fixed = [(name, f"everywhere.go:{name}") for name in FIXED]
    return [[("Go on", ASKED.walk[step][1])], fixed[:2], fixed[2:4], fixed[4:]]


def keyboard(step: int, board: Any, button: Any) -> Any:  # noqa: ANN401 - of either library
    """Make the buttons with what a library has for them."""
    return board(
        [[button(text=text, callback_data=data) for text, data in row] for row in rows(step)]
    )
