"""What the answers of a self-reflection say: in words, without a score and without a ranking.

Each criterion stands in one list at most, in the order of the programme, and nothing is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from dialogs.criteria import CRITERIA, Component, Criterion
from dialogs.frozen import Frozen, Hidden
from dialogs.values import Answer

HERE = frozenset({"written", "unwritten"})
LACKING = frozenset({"partly", "no"})


class Finding(StrEnum):
    """What may be found about a criterion, in the order in which it is told."""

    STRENGTHS = "strengths"
    MINIMUMS = "minimums"
    ABSENT = "absent"
    UNSURE = "unsure"


class Opinion(Frozen):
    """What somebody answered on one criterion; None is what was not asked, or not answered."""

    fits: str | None = None
    present: str | None = None
    minimum: str | None = None

    @property
    def applies(self) -> bool:
        """Say whether the criterion fits the programme, if only in part."""
        return self.fits in {"yes", "partly"}


# What is a minimum to somebody and is not there yet is told as such, and not once more as absent.
FOUND: Mapping[Finding, Callable[[Opinion], bool]] = {
    Finding.STRENGTHS: lambda one: one.applies and one.present in HERE,
    Finding.MINIMUMS: lambda one: one.applies and one.present in LACKING and one.minimum == "yes",
    Finding.ABSENT: lambda one: one.applies and one.present in LACKING and one.minimum != "yes",
    Finding.UNSURE: lambda one: one.fits == "unknown",
}


class Findings(Frozen):
    """A whole reflection, read: what was found, and what somebody missed, in their own words."""

    found: Mapping[Finding, tuple[Criterion, ...]]
    missed: Hidden[Mapping[Component, str]]

    @property
    def tell_something(self) -> bool:
        """Say whether there is anything to report."""
        return any(self.found.values()) or bool(self.missed)


def opinions(answers: Iterable[Answer]) -> dict[str, Opinion]:
    """Put the answers on each criterion together, by its name."""
    options = {answer.step: answer.option for answer in answers}
    return {
        each.name: Opinion(
            options.get(f"{each.name}.fits"),
            options.get(f"{each.name}.present"),
            options.get(f"{each.name}.minimum"),
        )
        for each in CRITERIA
    }


def findings(answers: Iterable[Answer]) -> Findings:
    """Read the answers of a reflection."""
    given = tuple(answers)
    held = opinions(given)
    words = {answer.step: answer.words for answer in given}
    return Findings(
        {
            finding: tuple(each for each in CRITERIA if is_so(held[each.name]))
            for finding, is_so in FOUND.items()
        },
        {each: text for each in Component if (text := words.get(f"{each}.missing"))},
    )
