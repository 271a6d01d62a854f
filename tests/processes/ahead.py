"""What is read before a process is forked: the program, and the words that it says and knows."""

from __future__ import annotations

from functools import cache

import pytest

from bot.catalogs import read_all
from bot.cli import app_for
from bot.understanding.hearing import Understanding
from bot.wording import CONSOLE, DIALOGS, LOCALES

AHEAD = pytest.MonkeyPatch()
READ = cache(read_all)
AHEAD.setattr("bot.wording.read_all", READ)
AHEAD.setattr(Understanding, "load", cache(Understanding.load))
app_for()
for file in (DIALOGS, CONSOLE):
    READ(LOCALES, file)
READ_AHEAD = Understanding.load(LOCALES).model
