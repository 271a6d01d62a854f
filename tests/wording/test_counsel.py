"""Every rule that a lawyer has yet to read names the messages that word it, and they exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.catalogs import Catalog
from dialogs.safeguards import SAFEGUARDS
from tests.wording.conftest import ROOT
from tests.wording.said import CATALOGS

COUNSEL, TOLD = (ROOT / "docs" / f"{name}.md" for name in ("counsel", "safeguards"))
FEWEST_ROWS = 40
UNWORDED = "– "


def rows(page: str) -> dict[str, str]:
    """Read what words each rule, or why nothing does, by the rule."""
    cells = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)
    return {rule: worded for rule, worded in cells if rule != "Rule"}


def named(worded: str) -> list[str]:
    return re.findall(r"`([^`]+)`", worded)


def faults(page: str, catalog: Catalog) -> list[str]:
    """Name the rules that name no message, without a reason, and messages that are not there."""
    return [
        *(
            f"{rule} is worded by nothing"
            for rule, worded in rows(page).items()
            if not named(worded) and len(worded) <= len(UNWORDED)
        ),
        *(
            f"{rule} names {id}, which is not there"
            for rule, worded in rows(page).items()
            for id in named(worded)
            if not any(is_meant(id, each) for each in catalog.texts)
        ),
    ]


def is_meant(id: str, other: str) -> bool:
    prefix = id.removesuffix("*")
    return other == id if prefix == id else other.startswith(prefix)


def read(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize("language", sorted(CATALOGS))
def test_every_rule_names_messages_that_exist(language: str) -> None:
    assert len(rows(read(COUNSEL))) >= FEWEST_ROWS
    assert faults(read(COUNSEL), CATALOGS[language]) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("| Sv art. 1 | A rule | `info.what.nobody` |", "names info.what.nobody"),
        ("| Sv art. 1 | A rule | `info.nowhere.*` |", "names info.nowhere.*"),
        ("| Sv art. 1 | A rule | – |", "is worded by nothing"),
    ],
)
def test_a_rule_without_its_message_is_found(row: str, fault: str) -> None:
    found = faults(f"{read(COUNSEL)}\n{row}\n", CATALOGS["nl"])
    assert [each for each in found if fault in each] == found != []


def test_every_safeguard_that_rests_on_such_a_rule_is_among_them() -> None:
    resting = re.findall(r"^\| \d+ \| `(\w+)` \|.*\*\*\[L\]\*\*", read(TOLD), re.MULTILINE)
    meant = {id for worded in rows(read(COUNSEL)).values() for id in named(worded)}
    assert len(resting) > len(SAFEGUARDS) / 2
    for name in resting:
        for told in SAFEGUARDS[name]:
            assert any(is_meant(id, told) for id in meant), told
