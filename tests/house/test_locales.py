"""Every language says everything, and every check of that would notice if one did not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import catalogs

LOCALES = Path(__file__).parents[2] / "locales"

Check = Callable[[Path], list[str]]

CHECKS: tuple[Check, ...] = (
    catalogs.unreadable,
    catalogs.of_another_language,
    catalogs.missing,
    catalogs.said_twice,
    catalogs.empty,
    catalogs.unfinished,
    catalogs.other_placeholders,
    catalogs.steering_marks,
)

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

WORDS = """msgid "intake.name.ask"
msgstr "{name}, reference \u2066{reference}\u2069, {{as}} it is"

msgid "everywhere.days"
msgid_plural "everywhere.days"
msgstr[0] "one day"
msgstr[1] "{count} days"

"""

FAULTS: tuple[tuple[Check, str], ...] = (
    (catalogs.unreadable, 'msgid "menu.ask" msgstr\n'),
    (catalogs.of_another_language, HEADER.format(language="fr")),
    (catalogs.missing, WORDS + 'msgid "menu.ask"\nmsgstr "Menu"\n'),
    (catalogs.missing, WORDS.replace("intake.name.ask", "intake.phone.ask")),
    (catalogs.said_twice, WORDS + WORDS[: WORDS.index("\n\n") + 2]),
    (catalogs.empty, WORDS.replace("one day", "")),
    (catalogs.empty, WORDS.replace("{count} days", " ")),
    (catalogs.unfinished, "#, fuzzy\n" + WORDS),
    (catalogs.unfinished, WORDS + '#~ msgid "menu.ask"\n#~ msgstr "Menu"\n'),
    (catalogs.other_placeholders, WORDS.replace("{name}", "{who}")),
    (catalogs.other_placeholders, WORDS.replace("{name}", "")),
    (catalogs.other_placeholders, WORDS.replace("{name}", "{name")),
    (catalogs.other_placeholders, WORDS.replace("{name}", "{name.__class__}")),
    (catalogs.other_placeholders, WORDS.replace("{name}", "{}")),
    (catalogs.steering_marks, WORDS.replace("\u2069", "")),
    (catalogs.steering_marks, WORDS.replace("\u2066", "\u2069")),
    (catalogs.steering_marks, WORDS.replace("\u2069", "\\n\u2069")),
    (catalogs.steering_marks, WORDS.replace("one day", "\u202eone day")),
    (catalogs.steering_marks, WORDS.replace("one day", "one\\tday")),
)


def locales_with(root: Path, english: str, file: str = "dialogs.po") -> Path:
    """Dutch and Arabic as they should be, and English of which this file is as given."""
    sound = {
        f"{language}/{domain}": HEADER.format(language=language) + WORDS
        for language in ("nl", "ar", "en")
        for domain in ("dialogs.po", "console.po")
    }
    header = "" if "Language:" in english else HEADER.format(language="en")
    for name, text in (sound | {f"en/{file}": header + english}).items():
        language, _, domain = name.partition("/")
        path = root / language / "LC_MESSAGES" / domain
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("check", CHECKS)
def test_every_language_is_sound(check: Check) -> None:
    assert check(LOCALES) == []


@pytest.mark.parametrize("check", CHECKS)
def test_sound_languages_have_no_faults(check: Check, tmp_path: Path) -> None:
    assert check(locales_with(tmp_path, WORDS)) == []


@pytest.mark.parametrize("file", ["dialogs.po", "console.po"])
@pytest.mark.parametrize(("check", "english"), FAULTS)
def test_a_fault_is_found(check: Check, english: str, file: str, tmp_path: Path) -> None:
    assert check(locales_with(tmp_path, english, file)) != []


def test_a_language_without_dialogs_is_found(tmp_path: Path) -> None:
    locales = locales_with(tmp_path, WORDS)
    (locales / "ar" / "LC_MESSAGES" / "dialogs.po").unlink()
    assert catalogs.unreadable(locales) != []


def test_a_language_may_do_without_a_console(tmp_path: Path) -> None:
    locales = locales_with(tmp_path, WORDS)
    (locales / "ar" / "LC_MESSAGES" / "console.po").unlink()
    assert [fault for check in CHECKS for fault in check(locales)] == []


def test_every_check_has_been_seen_to_fail() -> None:
    assert {check for check, _ in FAULTS} == set(CHECKS)
