"""A threat is recognised in typed words, and what only sounds like one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.understanding.hearing import Understanding
from bot.understanding.threats import BadWordList, Threats, cut
from bot.wording import LOCALES
from dialogs.events import Chose, Said
from dialogs.values import Session
from tests.bot.threats import HARMLESS, THREATENING

LANGUAGES = sorted(path.parent.name for path in LOCALES.glob("*/threats.toml"))
NUMBERED = [
    (language, number, is_threat)
    for examples, is_threat in ((THREATENING, True), (HARMLESS, False))
    for language, texts in examples.items()
    for number in range(len(texts))
]


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding.load(LOCALES)


def test_every_language_that_is_offered_has_its_words() -> None:
    assert sorted(path.parent.parent.name for path in LOCALES.glob("*/*/dialogs.po")) == LANGUAGES
    assert set(THREATENING) == set(HARMLESS) == set(LANGUAGES)


@pytest.mark.parametrize(("language", "number", "is_threat"), NUMBERED)
def test_a_threat_is_told_from_what_sounds_like_one(
    understanding: Understanding, language: str, number: int, *, is_threat: bool
) -> None:
    text = (THREATENING if is_threat else HARMLESS)[language][number]
    heard = understanding.of(Said(text), Session())
    assert isinstance(heard, Said)
    assert heard.threat is is_threat, text


def test_a_threat_is_heard_in_a_caption_and_in_capitals_and_far_down(
    understanding: Understanding,
) -> None:
    long = "Dit gaat over geld. " * 100 + "IK MÁÁK JE DOOD"
    for said in (Said(long), Said("ik maak je dood", attached=True)):
        heard = understanding.of(said, Session())
        assert isinstance(heard, Said)
        assert heard.threat


def test_an_arabic_question_ends_where_its_mark_stands(understanding: Understanding) -> None:
    threat = THREATENING["ar"][0]
    assert understanding.is_threat(f"كم يستغرق؟ {threat}")
    assert len(cut("كم يستغرق؟ متى")) == 2


def test_nothing_but_words_is_understood(understanding: Understanding) -> None:
    pressed = Chose("welcome.menu", "ik maak je dood")
    assert understanding.of(pressed, Session()) is pressed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("deeds =", "deed ="),
        ("who = [", "who = []\nrest = ["),
        ('"ik"', '"Ik"'),
        ('"ik"', '"één"'),
    ],
)
def test_a_list_that_could_never_match_is_refused(tmp_path: Path, old: str, new: str) -> None:
    text = (LOCALES / "nl" / "threats.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "threats.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadWordList):
        Threats.read(path)
