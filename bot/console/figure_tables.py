"""What was counted, as tables for a page, a file and a chart; no row is a colleague."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta

from babel.dates import format_date, format_timedelta

from bot.console.desk import Say
from bot.console.fives import in_fives
from bot.console.period import Period
from bot.hours import Unit
from dialogs.frozen import Frozen
from storage.figures import Counted, Happened, Left
from storage.referral_values import Outcome

BY_MONTH = {"months": (Happened.NEW, "ended"), "answers": (Happened.IN_TIME, Happened.LATE)}
ENDS = (*Outcome, *Left)
REFUSALS = (Happened.SAID_NO, Happened.DECLINED)
HOUR, DAY = 60, 24 * 60


class Row(Frozen):
    """One line of a table; None stands for a number that is not told."""

    label: str
    counts: tuple[int | None, ...]


class Table(Frozen):
    """A table in words: `columns` head the counts, and `name` its rows."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def says_something(self) -> bool:
        """Say whether any number of it is told."""
        return any(count is not None for row in self.rows for count in row.counts)


class Words(Frozen):
    """How a table names what it counts."""

    say: Say
    language: str
    queue: Callable[[str], str]
    spoken: Callable[[str], str]


def tables(counted: Sequence[Counted], period: Period, words: Words) -> tuple[Table, ...]:
    """Make every table of a period."""
    say = words.say
    new = [each for each in counted if each.name == Happened.NEW]
    return (
        *_by_month(counted, period, words),
        _ends(counted, words),
        _split(words, "queues", ((words.queue(each.queue), each.count) for each in new)),
        _split(words, "languages", ((words.spoken(each.language), each.count) for each in new)),
        _split(words, "doors", ((say(f"door.{each.door}"), each.count) for each in new)),
    )


def steps(counted: Iterable[Counted], names: Iterable[str]) -> Counter[int]:
    """Count in which step each of these happened."""
    wanted, found = set(names), Counter[int]()
    for each in counted:
        if each.name in wanted:
            found[each.within] += each.count
    return found


def total(counted: Iterable[Counted], *names: str) -> int:
    """Count how often any of these happened."""
    return steps(counted, names).total()


def length_in_words(minutes: int, language: str, *, in_days: bool) -> str:
    """Word a step; hours in which an office is open are not told as days."""
    if minutes < 2 * HOUR:
        unit: Unit = "minute"
    else:
        unit = "day" if in_days and minutes >= 2 * DAY else "hour"
    length = timedelta(minutes=minutes)
    return str(format_timedelta(length, granularity=unit, threshold=10**9, locale=language))


def _by_month(counted: Sequence[Counted], period: Period, words: Words) -> Iterator[Table]:
    found = Counter[tuple[object, str]]()
    for each in counted:
        found[each.month, "ended" if each.name in ENDS else each.name] += each.count
    for table, names in BY_MONTH.items():
        rows = (
            Row(
                str(format_date(month, "LLL yyyy", locale=words.language)),
                tuple(in_fives(found[month, name]) for name in names),
            )
            for month in period.months
        )
        columns = tuple(words.say(f"figures.{name}") for name in names)
        yield Table(table, words.say(f"figures.{table}"), columns, tuple(rows))


def _ends(counted: Sequence[Counted], words: Words) -> Table:
    found = Counter[str]()
    for each in counted:
        found[each.name] += each.count
    rows = tuple(Row(words.say(f"outcome.{end}"), (in_fives(found[end]),)) for end in ENDS)
    refusals = tuple(Row(words.say(f"figures.{no}"), (in_fives(found[no]),)) for no in REFUSALS)
    return Table(
        "ends", words.say("figures.ends"), (words.say("figures.count"),), (*rows, *refusals)
    )


def _split(words: Words, name: str, found: Iterator[tuple[str, int]]) -> Table:
    counts = Counter[str]()
    for label, count in found:
        counts[label] += count
    rows = tuple(Row(label, (in_fives(counts[label]),)) for label in sorted(counts))
    return Table(name, words.say(f"figures.{name}"), (words.say("figures.new"),), rows)
