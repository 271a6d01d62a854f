"""Writes docs/assurance.md: what must hold under attack and fault, and what was shown of it today.

Every row is run anew; its tests may note figures, which are written too. A row whose tests fail is
written as that, and the command ends with 1. Attacks have the machine to themselves, and so do
browsers; all else runs side by side before them. Rows that run by themselves are written into the
page that is there, with their own day; so one of them may take hours.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import pytest

from bot.clock import Clock
from dialogs.frozen import Frozen
from tests.attacks.measures import FIGURE

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "tests" / "assurance.toml"
PAGE = ROOT / "docs" / "assurance.md"
HEAD = """# What must hold

Each row is attacked by tests on this machine; a planted fault shows that they would notice. The
command `make assure` runs them all and writes this page: nothing here is written by hand. A row
that ran by itself since tells its own day, and what came of it.

{written}

| attack or fault | what must hold | shown by | measured | a planted fault is found by | not shown |
"""
RULE = "|---|---|---|---|---|---|\n"
WRITTEN = "Written on "
ALONE = ("tests/attacks/", "tests/browser/")
SIDE_BY_SIDE = ("--numprocesses=logical", "--dist=loadfile")


class Row(Frozen):
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


class Ran(Frozen):
    """One test as it ran: its file, its name without its parameters, and whether it held."""

    file: str
    name: str
    held: bool
    seconds: float
    figures: tuple[str, ...] = ()

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
    asked = arguments()
    wanted = [row for row in rows() if asked.only.lower() in row.attack.lower()]
    if not wanted:
        sys.exit(f"No row has “{asked.only}” in its name.")
    began = perf_counter()
    went_well, ran = run(dict.fromkeys(test for row in wanted for test in row.tests), asked.size)
    minutes = round((perf_counter() - began) / 60)
    day = Clock().now().date().isoformat()
    by_itself = f"by itself on {day}{sized(asked.size)}" if asked.only else ""
    lines = {row.attack: line(row, ran, by_itself) for row in wanted}
    failed = sum(not each.held for each in ran)
    counted = f"{len(ran) - failed} tests passed, {failed} failed, in {minutes} minutes"
    written = f"{WRITTEN}{day}: {counted}{sized(asked.size)}."
    before = asked.page.read_text("utf-8") if asked.only and asked.page.exists() else ""
    asked.page.write_text(page(written, lines, before), "utf-8")
    sys.exit(not went_well)


def sized(size: float) -> str:
    """Say how large attacks were, unless they were as large as they are made to be."""
    return "" if size == 1 else f", attacks {size:g} times their size"


def page(written: str, lines: Mapping[str, str], before: str) -> str:
    """Write the page; of one that was there before, what did not run stays, and when all of it ran.

    Rows are in the order of the list, and one that is not on it any more goes.
    """
    head, _, known = before.partition(RULE)
    rest = {each.removeprefix("| ").partition(" | ")[0]: each for each in known.splitlines()}
    when = [each for each in head.splitlines() if each.startswith(WRITTEN)] or [written]
    both = {**rest, **lines}
    body = "".join(f"{both[row.attack]}\n" for row in rows() if row.attack in both)
    return HEAD.format(written=when[0]) + RULE + body


def arguments() -> argparse.Namespace:
    """Read the arguments; without any it is a full run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=float, default=1.0, help="of the attacks; 1 is all")
    parser.add_argument("--only", default="", help="a part of the names of rows to run")
    parser.add_argument("--page", type=Path, default=PAGE, help="where to write")
    return parser.parse_args()


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
        name, _, case = name.partition("[")
        figures = tuple(
            f"{case.rstrip(']')}: {value}" if case else str(value)
            for kind, value in report.user_properties
            if kind == FIGURE
        )
        self.ran[report.nodeid] = Ran(file, name, held, seconds, figures)


def run(tests: Iterable[str], size: float) -> tuple[bool, list[Ran]]:
    """Run tests, those in a browser too, and say whether all held, and how each went."""
    watcher, every = Watcher(), list(tests)
    alone = [each for each in every if each.startswith(ALONE)]
    beside = [each for each in every if not each.startswith(ALONE)]
    codes = [
        pytest.main(["-q", *how, *some], plugins=[watcher])
        for how, some in ((SIDE_BY_SIDE, beside), ((f"--size={size}",), alone))
        if some
    ]
    return all(code == pytest.ExitCode.OK for code in codes), list(watcher.ran.values())


def line(row: Row, ran: Iterable[Ran], by_itself: str = "") -> str:
    """Write a row of the page; of one that ran by itself it is said when."""
    known = list(ran)
    shown, control = told(row.shown_by, known), told(row.control, known)
    figures = "; ".join(filter(None, (by_itself, measured(row.shown_by, known))))
    cells = (row.attack, row.aim, shown, figures, control, row.open)
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


def measured(tests: tuple[str, ...], ran: list[Ran]) -> str:
    """Give the figures that tests noted."""
    mine = [each for each in ran if any(each.is_of(test) for test in tests)]
    return "; ".join(figure for each in mine for figure in each.figures)


if __name__ == "__main__":
    main()
