"""Letters: what is said unasked. The first words of each tell nothing to whoever looks on.

No topic opens a letter itself: `turn` makes one of whatever it shows after an event that the
person did not cause.
"""

from __future__ import annotations

from dialogs.frozen import replace
from dialogs.screens import Line, Screen

OPENING = Line("everywhere.opening")


def letter(screen: Screen) -> Screen:
    """Make a message that stays readable, and opens neutrally."""
    return replace(screen, lines=(OPENING, *screen.lines), lasting=True)
