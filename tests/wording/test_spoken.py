"""What is particular to one language: who reviewed it, and in which direction it is read."""

from __future__ import annotations

import pytest

from bot.catalogs import BadCatalog
from dialogs.screens import Line
from dialogs.values import Service
from tests.wording.conftest import WORDS, Worder, po

MEDIATION = Service.MEDIATION


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("", "Nog niet gelezen."),
        ('"X-Reviewed-By: Een Lezer\\n"\n', "Nog niet gelezen."),
        ('"X-Reviewed-By: \\n"\n"X-Reviewed-On: 2026-11-27\\n"\n', "Nog niet gelezen."),
        ('"X-Reviewed-By: Een Lezer\\n"\n"X-Reviewed-On: 2026-11-27\\n"\n', None),
    ],
)
def test_words_that_nobody_reviewed_say_so(header: str, said: str | None, written: Worder) -> None:
    words = po({"first": "{unreviewed}", "fact.unreviewed": "Nog niet gelezen."})
    wording = written(nl=words.replace("\n\n", f"\n{header}\n", 1))
    assert wording.text("nl", MEDIATION, "first") == said


def test_a_review_on_no_day_ends_the_start(written: Worder) -> None:
    header = '"X-Reviewed-By: Een Lezer\\n"\n"X-Reviewed-On: gisteren\\n"\n'
    with pytest.raises(BadCatalog):
        written(nl=po(WORDS).replace("\n\n", f"\n{header}\n", 1))


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("nl", "030 123", "U typte: 030 123"),
        ("nl", "\u0646\u0648\u0631", "U typte: \u2068\u0646\u0648\u0631\u2069"),
        ("ar", "030 123", "U typte: \u2068030 123\u2069"),
        ("ar", "a\n\nb", "U typte: \u2068a\u2069\n\n\u2068b\u2069"),
    ],
)
def test_where_something_is_read_from_the_right_a_value_stays_apart(
    language: str, words: str, said: str, written: Worder
) -> None:
    wording = written(nl=po(WORDS), ar=po(WORDS))
    line = Line("said", words=words)
    assert wording.line(language, MEDIATION, line, reveal=True) == said


def test_an_address_of_two_parts_stays_one(written: Worder) -> None:
    said = po(WORDS | {"link": "{phone}{words}"})
    line = Line("link", words="code")
    worded = written(nl=said, ar=said).line("ar", MEDIATION, line, reveal=True)
    assert worded == "\u2068030 234 00 45code\u2069"
