"""What this is made of is listed whole; and nobody says that nothing is known who could not ask."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tools.supply import (
    CONTROL,
    LOCKED,
    NOT_MEASURED,
    PINNED,
    SOUND,
    VULNERABLE,
    asked,
    listed,
    packages,
    vendored,
)

A_FLAW = {"id": "PYSEC-1"}
ANOTHER = {"name": "yarl", "version": "1.0.0", "vulns": []}


def program(tmp_path: Path, *answers: object) -> str:
    """Write a program that answers one thing after the other, as pip-audit would."""
    answer, path = tmp_path / "answer.json", tmp_path / "pip-audit"
    answer.write_text(
        json.dumps([each if each is None else {"dependencies": each} for each in answers])
    )
    path.write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys\n"
        f"path = pathlib.Path({str(answer)!r})\n"
        "first, *rest = json.loads(path.read_text())\n"
        "path.write_text(json.dumps(rest))\n"
        "first is None and sys.exit('ERROR: not reached')\n"
        "print(json.dumps(first))\n"
        "sys.exit(any(each['vulns'] for each in first['dependencies']))\n"
    )
    path.chmod(0o755)
    return str(path)


def control(*known: object) -> list[object]:
    name, _, version = CONTROL.partition("==")
    return [{"name": name, "version": version, "vulns": list(known)}]


def test_every_locked_package_is_listed_with_its_hashes() -> None:
    lines = LOCKED.read_text("utf-8").splitlines()
    pinned = [(found["name"], found["version"]) for line in lines if (found := PINNED.match(line))]
    assert [(each.name, each.version) for each in packages()] == pinned
    assert [each.name for each in packages() if not each.hashes] == []


def test_every_component_that_is_installed_says_its_licence() -> None:
    # One is for another kind of machine; of one another release is for a newer Python.
    assert {each.name for each in packages() if not each.licence} <= {"colorama", "numpy"}
    assert [each.name for each in vendored() if not each.licence] == []


def test_the_list_is_what_cyclonedx_asks_for() -> None:
    made = listed()
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    components = made["components"]
    assert isinstance(components, list)
    references = [each["bom-ref"] for each in components]
    assert len(references) == len(set(references))
    assert {"pkg:npm/htmx.org@4.0.1"} <= set(references)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ((control(A_FLAW), [ANOTHER]), SOUND),
        ((control(A_FLAW), [{**ANOTHER, "vulns": [A_FLAW]}]), VULNERABLE),
        ((control(A_FLAW), None), NOT_MEASURED),
        ((control(), [ANOTHER]), NOT_MEASURED),
        ((None, [ANOTHER]), NOT_MEASURED),
    ],
    ids=["sound", "vulnerable", "cut off", "the control is not found", "not reached"],
)
def test_only_who_finds_the_control_has_measured(
    tmp_path: Path, answers: tuple[object, ...], code: int
) -> None:
    ended, words = asked(program(tmp_path, *answers))
    assert ended == code
    assert words.startswith("Not measured") == (code == NOT_MEASURED)
