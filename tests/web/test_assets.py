"""What comes from others is what was looked at, and it came with its licence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from bot.pages.assets import FOLDER, Assets

FROM_OTHERS = pytest.mark.parametrize(
    "vendor",
    [
        FOLDER / "vendor",
        FOLDER.parent / "documents" / "vendor",
        Path(__file__).parents[1] / "browser" / "vendor",
    ],
    ids=["served", "set with", "tested with"],
)


def notes_in(vendor: Path) -> list[dict[str, Any]]:
    return list(json.loads((vendor / "VENDOR.json").read_text("utf-8")))


@FROM_OTHERS
def test_every_file_of_others_is_what_the_notes_say(vendor: Path) -> None:
    for note in notes_in(vendor):
        body = (vendor / note["file"]).read_bytes()
        assert len(body) == note["bytes"], note["file"]
        assert hashlib.sha256(body).hexdigest() == note["sha256"], note["file"]


@FROM_OTHERS
def test_nothing_of_others_lies_here_without_a_note_and_a_licence(vendor: Path) -> None:
    notes = notes_in(vendor)
    noted = {note["file"] for note in notes}
    assert {path.name for path in vendor.iterdir()} == {*noted, "VENDOR.json"}
    for package in {note["package"] for note in notes}:
        assert any(
            note["file"].endswith(".LICENSE") for note in notes if note["package"] == package
        )


def test_the_version_changes_with_every_byte(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a", "utf-8")
    before = Assets.read(tmp_path)
    (tmp_path / "a.css").write_text("b", "utf-8")
    assert Assets.read(tmp_path).version != before.version


def test_no_sheet_and_no_script_of_ours_leads_elsewhere() -> None:
    for path in (*FOLDER.glob("*.css"), *FOLDER.glob("*.js")):
        text = path.read_text("utf-8")
        assert "http://" not in text, path
        assert "https://" not in text, path
