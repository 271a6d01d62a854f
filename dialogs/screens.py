"""What is shown: lines and buttons, named by message id and never worded."""

from __future__ import annotations

from datetime import date

from dialogs.frozen import Frozen, Hidden


class Line(Frozen, array_like=True):
    """One paragraph, named by message id.

    `detail` is a line that stands inside this one as `{detail}`; `words` are a human's, and stand
    as `{words}`. `own` says that they are the person's own: a door that leaves its text lying about
    shows only that something was filled in. `day` is worded in full as `{day}`.
    """

    id: str
    words: Hidden[str | None] = None
    detail: Line | None = None
    own: bool = False
    day: date | None = None


class Button(Frozen, array_like=True):
    """A choice: where it belongs, what it chooses, and the message id of its label."""

    place: str
    option: str
    label: str


class Screen(Frozen):
    """What is shown: lines, then choices, then the buttons that are there on every screen.

    `lasting` marks a result that stays readable: it is never edited into something else.
    `takes_words` says that typed words are an answer here.
    """

    lines: tuple[Line, ...]
    buttons: tuple[Button, ...] = ()
    fixed: tuple[Button, ...] = ()
    lasting: bool = False
    takes_words: bool = False
