"""The house keeps its rules, and every rule would notice if it did not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import rules

ROOT = Path(__file__).parents[2]

Rule = Callable[[Path], list[str]]

RULES: tuple[Rule, ...] = (
    rules.files_without_a_sentence,
    rules.long_files,
    rules.long_functions,
    rules.names_that_fit_everything,
    rules.dialogs_that_reach_out,
    rules.named_but_missing,
    rules.rooms_off_the_map,
)

SOUND = {
    "dialogs/__init__.py": '"""What is said."""\n',
    "dialogs/values.py": '"""The nouns."""\n\nfrom datetime import datetime\n',
    "storage/__init__.py": '"""What is remembered."""\n',
    "bot/__init__.py": '"""How it reaches people."""\n',
    "bot/console/queue.py": '"""Who waits."""\n',
    "bot/console/queue.html": "<p></p>\n",
    "locales/nl/LC_MESSAGES/dialogs.po": "",
    "ARCHITECTURE.md": (
        "`dialogs/values.py` is worded in `dialogs.po`, `locales/<language>/LC_MESSAGES/console.po`"
        " aside; `/chat/embed.js`, `text/plain` and `telegram.ext` are no files.\n\n"
        "```\nbot/        all I/O\n  console/  and/or   the staff's side\n```\n"
    ),
    "locales/nl/LC_MESSAGES/console.po": "",
}

FAULTS: tuple[tuple[Rule, str, str], ...] = (
    (rules.files_without_a_sentence, "bot/clock.py", ""),
    (rules.files_without_a_sentence, "tests/test_clock.py", '"""the time"""\n'),
    (rules.long_files, "tests/journeys/test_all.py", "pass\n" * 300),
    (rules.long_functions, "bot/clock.py", "def tick():\n" + "    pass\n" * 49),
    (rules.long_functions, "bot/clock.py", "class A:\n  async def tick():\n" + "    pass\n" * 49),
    (rules.names_that_fit_everything, "bot/web/utils.py", ""),
    (rules.names_that_fit_everything, "bot/templates/base.html.j2", ""),
    (rules.names_that_fit_everything, "storage/_common/people.py", ""),
    (rules.dialogs_that_reach_out, "dialogs/steps.py", "def late():\n    import aiohttp\n"),
    (rules.dialogs_that_reach_out, "dialogs/steps.py", "from bot.clock import now\n"),
    (rules.dialogs_that_reach_out, "dialogs/steps.py", "import logging.handlers\n"),
    (rules.named_but_missing, "ARCHITECTURE.md", "See `dialogs/turn.py`.\n"),
    (rules.named_but_missing, "ARCHITECTURE.md", "See `dialogs/turn`.\n"),
    (rules.named_but_missing, "ARCHITECTURE.md", "See `turn.py`.\n"),
    (rules.named_but_missing, "ARCHITECTURE.md", "```\nbot/   I/O\n  telegram/   a door\n```\n"),
    (rules.named_but_missing, "ARCHITECTURE.md", "```\nREADME.md   what it is\n```\n"),
    (rules.rooms_off_the_map, "storage/people.py", ""),
    (rules.rooms_off_the_map, "bot/telegram/read.py", ""),
    (
        rules.rooms_off_the_map,
        "ARCHITECTURE.md",
        "`dialogs/values.py`\n```mermaid\nbot/console/\n```\n",
    ),
)


def written(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_its_rules(rule: Rule) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_sound_house_has_no_faults(rule: Rule, tmp_path: Path) -> None:
    assert rule(written(tmp_path, SOUND)) == []


@pytest.mark.parametrize(("rule", "name", "text"), FAULTS)
def test_a_fault_is_found(rule: Rule, name: str, text: str, tmp_path: Path) -> None:
    assert len(rule(written(tmp_path, SOUND | {name: text}))) == 1


def test_every_rule_has_been_seen_to_fail() -> None:
    assert {rule for rule, _, _ in FAULTS} == set(RULES)
