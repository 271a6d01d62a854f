"""How far each language is, is told; what it lacks is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from bot.catalogs import Review
from bot.cli import app_for
from bot.translations import translations
from bot.wording import LOCALES

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n{}\n'
REVIEWED = '"X-Reviewed-By: Een Lezer\\n"\n"X-Reviewed-On: 2026-11-27\\n"\n'
HELLO = 'msgid "hello"\nmsgstr "{}"\n\n'
LEAVING = 'msgid "leaving"\nmsgstr "Dag."\n'


def catalog(folder: Path, language: str, text: str) -> None:
    path = folder / language / "LC_MESSAGES" / "dialogs.po"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")


def test_what_a_language_lacks_and_who_read_it_is_told(tmp_path: Path) -> None:
    dutch = HELLO.format("Goed dat u er bent. Neem rustig de tijd.")
    catalog(tmp_path, "nl", HEADER.format(REVIEWED) + dutch + LEAVING)
    catalog(tmp_path, "tr", HEADER.format("") + HELLO.format("Bir iki üç dört beş altı."))
    first, second = translations(tmp_path)
    assert (first.language, first.missing) == ("nl", ())
    assert first.review == Review("Een Lezer", date(2026, 11, 27))
    assert (first.words_a_sentence, first.longest_sentence) == (4.5, 5)
    assert first.ease is not None
    assert first.ease > 90
    assert (second.language, second.missing) == ("tr", ("leaving",))
    assert (second.review, second.longest_sentence, second.ease) == (None, 6, None)


def test_every_language_stands_in_the_list() -> None:
    listed = CliRunner().invoke(app_for("locales"), ["locales"]).stdout.splitlines()
    there = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())
    assert [row.split()[0] for row in listed] == [f"language={each}" for each in there]
