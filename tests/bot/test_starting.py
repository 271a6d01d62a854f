"""A start reads what it needs; the rest is read when somebody first asks for it."""

from __future__ import annotations

import subprocess
import sys

from typer.testing import CliRunner

from bot.cli import COMMANDS, app_for
from tests.houses import ROOT

START = """
import sys
from bot.cli import app_for
from bot.understanding.hearing import Understanding
from bot.wording import LOCALES
app_for("serve")
Understanding.load(LOCALES)
print(*sys.modules)
"""
# To set documents, to bring a database to its newest form, to sum weights, to draw squares, to ask
# for passkeys, for another kind of database, to talk with Telegram, and for other commands.
LATER = {
    "alembic",
    "bot.book",
    "bot.demo",
    "numpy",
    "segno",
    "sqlalchemy.dialects.postgresql",
    "telegram",
    "typst",
    "webauthn",
}


def test_what_few_processes_need_is_not_read_at_the_start() -> None:
    told = subprocess.check_output([sys.executable, "-c", START], cwd=ROOT, text=True)
    read = {*told.split()}
    assert {"bot.app", "bot.stage"} <= read
    assert read & LATER == set()


def test_all_commands_are_read_and_told_of_when_none_is_asked_for() -> None:
    told = CliRunner().invoke(app_for(), ["--help"]).output.split()
    assert set(COMMANDS) <= {*told}


def test_a_command_that_there_is_not_is_refused() -> None:
    assert CliRunner().invoke(app_for("nothing"), ["nothing"]).exit_code == 2
