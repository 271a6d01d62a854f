"""The log says that something happened, never what somebody wrote, and no secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs

TOKEN = "12345678:" + "A" * 35


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave logging as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_token_and_the_text_of_an_error_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("debug", "text")
    try:
        int("Sterrenstof")
    except ValueError:
        logging.getLogger("x").exception("calling %s", f"https://api/bot{TOKEN}/getMe")
    said = capsys.readouterr().err
    assert "<token>" in said
    assert "ValueError" in said
    assert TOKEN not in said
    assert "Sterrenstof" not in said


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("info", "json")
    logging.getLogger("x").warning("twee\nregels")
    (row,) = capsys.readouterr().err.splitlines()
    assert json.loads(row)["message"] == "twee\nregels"
    assert json.loads(row)["level"] == "warning"
