"""Writes docs/assurance.md: what must hold under attack and fault, and what was shown of it today.

Every row is run anew. A row whose tests fail is written as that, and the command ends with 1.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.clock import Clock

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "tests" / "assurance.toml"
PAGE = ROOT / "docs" / "assurance.md"
HEAD = """# What must hold

Each row is attacked by tests on this machine; a planted fault shows that they would notice. The
command `make assure` runs them all and writes this page: nothing here is written by hand.

Written on {day}: {passed} tests passed, {failed} failed, in {minutes} minutes.

| attack or fault | what must hold | shown by | a planted fault is found by | not shown |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that must hold; tests are named by file, or by file and name."""

    attack: str
    aim: str
    shown_by: tuple[str, ...]
    control: tuple[str, ...] = ()
    open: str = ""

    @property
    def tests(self) -> tuple[str, ...]:
        """Name all its tests."""
        return (*self.shown_by, *self.control)


@dataclass(frozen=True, slots=True)
class Ran:
    """One test as it ran: its file, its name without its parameters, and whether it held."""

    file: str
    name: str
    held: bool
    seconds: float

    def is_of(self, test: str) -> bool:
        """Say whether this is what a row names."""
        file, _, name = test.partition("::")
        return file == self.file and name in {"", self.name}


def rows() -> list[Row]:
    """Read the rows."""
    found = tomllib.loads(ROWS.read_text("utf-8"))["row"]
    return [
        Row(
            each["attack"],
            each["aim"],
            tuple(each["shown_by"]),
            tuple(each.get("control", ())),
            each.get("open", ""),
        )
        for each in found
    ]


def main() -> None:
    """Run what the rows name, write the page, and end with 1 when anything failed."""
    wanted = rows()
    went_well, ran = run(dict.fromkeys(test for row in wanted for test in row.tests))
    failed = [each for each in ran if not each.held]
    head = HEAD.format(
        day=Clock().now().date().isoformat(),
        passed=len(ran) - len(failed),
        failed=len(failed),
        minutes=round(sum(each.seconds for each in ran) / 60),
    )
    PAGE.write_text(head + "".join(f"{line(row, ran)}\n" for row in wanted), "utf-8")
    sys.exit(not went_well)


@dataclass(eq=False)
class Watcher:
    """Looks on while pytest runs; what was skipped was not shown."""

    ran: dict[str, Ran] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a part of a test went: its set-up, itself, or what comes after."""
        before = self.ran.get(report.nodeid)
        held = report.passed and (before is None or before.held)
        seconds = report.duration + (before.seconds if before else 0.0)
        file, _, name = report.nodeid.partition("::")
        self.ran[report.nodeid] = Ran(file, name.partition("[")[0], held, seconds)


def run(tests: Iterable[str]) -> tuple[bool, list[Ran]]:
    """Run tests, those in a browser too, and say whether all held, and how each went."""
    watcher = Watcher()
    code = pytest.main(["-q", *tests], plugins=[watcher])
    return code == pytest.ExitCode.OK, list(watcher.ran.values())


def line(row: Row, ran: Iterable[Ran]) -> str:
    """Write a row of the page."""
    known = list(ran)
    cells = (row.attack, row.aim, told(row.shown_by, known), told(row.control, known), row.open)
    return f"| {' | '.join(each or '–' for each in cells)} |"


def told(tests: tuple[str, ...], ran: list[Ran]) -> str:
    """Say of tests how many there were, that they held, and where they are."""
    mine = [each for each in ran if any(each.is_of(test) for test in tests)]
    if not mine:
        return ""
    failed = sum(not each.held for each in mine)
    count = f"**{failed} of {len(mine)} failed**" if failed else f"{len(mine)} held"
    files = ", ".join(f"`{file}`" for file in dict.fromkeys(each.file for each in mine))
    return f"{count}: {files}"


if __name__ == "__main__":
    main()
