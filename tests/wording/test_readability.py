"""Every text is easy to read, and every screen is short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

import pytest

from bot import readability
from dialogs.graph import whole
from dialogs.turn import show
from dialogs.urgent import WORRIED
from tests.wording.said import CATALOGS, LANGUAGES, screens, texts

LONGEST_SENTENCE = 20
# A translation may need a few words more.
AVERAGE_SENTENCE = {"nl": 12, "en": 12}
AVERAGE_TRANSLATED = 14
MOST_PARAGRAPHS = 3
LONGEST_PARAGRAPH = 45
# By language, where it has a formula; consent, safety and rights must be the easiest of all.
EASE = {"nl": (60, 70), "en": (60, 70), "de": (45, 60), "fr": (45, 60)}
STRICT = ("consent.", "rights.", "urgent.", "info.safety.")
# Said in several languages at once.
NOT_MEASURED = {"welcome.language.ask"}
# Rows of a list: one help line, or one source, each.
ROWS = ("urgent.lines.", "info.every.source")
GOES_ON = re.compile(r"[.!?؟]\s+\S")


def hard(language: str, id: str, text: str) -> Iterator[str]:
    """Say what makes a text hard to read."""
    cut = readability.sentences(language, text)
    words = sum(map(len, cut))
    if words < readability.SHORTEST_TEXT or id in NOT_MEASURED:
        return
    if max(map(len, cut)) > LONGEST_SENTENCE:
        yield f"{id} has a sentence of {max(map(len, cut))} words"
    if words > AVERAGE_SENTENCE.get(language, AVERAGE_TRANSLATED) * len(cut):
        yield f"{id} has {words / len(cut):.1f} words a sentence"
    ease = readability.ease(language, text)
    if ease is not None and ease < (needed := EASE[language][id.startswith(STRICT)]):
        yield f"{id} has an ease of {ease:.0f}, and needs {needed}"
    for paragraph in text.split("\n\n"):
        if sum(map(len, readability.sentences(language, paragraph))) > LONGEST_PARAGRAPH:
            yield f"{id} has a long paragraph"


def paragraphs(language: str, ids: tuple[str, ...]) -> int:
    """Count the paragraphs of a screen: what is one sentence or a row of a list is none."""
    said = (CATALOGS[language].texts[id].forms[0] for id in ids if not id.startswith(ROWS))
    return sum(bool(GOES_ON.search(each)) for text in said for each in text.split("\n\n"))


@LANGUAGES
def test_every_text_is_easy_to_read(language: str) -> None:
    said = texts(CATALOGS[language])
    assert [fault for id, text in said for fault in hard(language, id, text)] == []


@LANGUAGES
@pytest.mark.no_cover
def test_a_screen_has_at_most_three_paragraphs(language: str) -> None:
    # What was typed is answered around what a screen says: by one remark, and by help.
    around = {"info.guesses.sure", "problem.press_a_button", *WORRIED}
    shown = chain(screens(), map(show, whole().sessions.values()))
    said = {tuple(line.id for line in each.lines if line.id not in around) for each in shown}
    for ids in said:
        assert paragraphs(language, ids) <= MOST_PARAGRAPHS, ids


@pytest.mark.parametrize(
    ("language", "text", "fault"),
    [
        ("nl", f"Dit is {'een heel ' * 10}goed huis.", "sentence of"),
        ("en", f"This is {'a very ' * 10}good house.", "sentence of"),
        ("nl", "Deze zin heeft net een paar woorden te veel om hem vlot te lezen.", "a sentence"),
        ("en", "This one has just a few words too many to be read with ease.", "a sentence"),
        (
            "nl",
            "Gegevensverwerking gebeurt uitsluitend overeenkomstig de regelgeving.",
            "ease",
        ),
        ("en", "Personal information operations are exclusively undertaken accordingly.", "ease"),
        ("nl", "Dit is kort. " * 16, "paragraph"),
        ("en", "This is short. " * 16, "paragraph"),
    ],
)
def test_a_hard_text_is_found(language: str, text: str, fault: str) -> None:
    assert any(fault in each for each in hard(language, "planted.text", text))


def test_a_consent_must_be_easier_than_the_rest() -> None:
    text = "Een collega leest uw antwoorden en bewaart alles veilig."
    assert list(hard("nl", "info.planted", text)) == []
    assert list(hard("nl", "consent.planted", text)) != []


@LANGUAGES
def test_a_long_screen_is_found(language: str) -> None:
    assert paragraphs(language, ("info.what.harmed", "consent.before.choice")) > MOST_PARAGRAPHS


@LANGUAGES
def test_what_counts_as_easy_stands_in_a_text_and_is_explained(language: str) -> None:
    everything = "\n".join(text.lower() for _, text in texts(CATALOGS[language]))
    for term, meaning in readability.TERMS.get(language, {}).items():
        assert term.lower() in everything, term
        assert list(hard(language, term, meaning)) == []


@pytest.mark.parametrize(
    ("word", "number"),
    [("u", 1), ("gesprek", 2), ("bemiddelaar", 4), ("zwijgen", 2), ("mooie", 2), ("België", 3)],
)
def test_dutch_syllables_are_counted(word: str, number: int) -> None:
    assert readability.dutch_syllables(word) == number


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("mediator", 4), ("asked", 1), ("wanted", 2), ("table", 2), ("something", 2)),
        *(("being", 2), ("area", 3), ("quiet", 2), ("people", 2), ("I", 1), ("safely", 2)),
    ],
)
def test_english_syllables_are_counted(word: str, number: int) -> None:
    assert readability.english_syllables(word) == number


def test_the_formula_is_that_of_douma() -> None:
    # Five words of six syllables in one sentence.
    assert readability.ease("nl", "Het is goed zo, mevrouw.") == pytest.approx(
        206.835 - 0.93 * 5 - 77 * 6 / 5
    )


def test_the_formula_is_that_of_flesch() -> None:
    # Five words of six syllables in one sentence.
    assert readability.ease("en", "It is good so, madam.") == pytest.approx(
        206.835 - 1.015 * 5 - 84.6 * 6 / 5
    )
