"""No screen mixes languages: what is said in one of them is in its own letters, and said anew."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.catalogs import Catalog, Text
from bot.hours import Term
from bot.wording import Wording
from dialogs.frozen import replace
from dialogs.screens import Line, Screen
from dialogs.values import Service
from dialogs.welcome import LANGUAGES as OFFERED
from tests.wording.conftest import HOURS, Worder
from tests.wording.said import CATALOGS, LANGUAGES, screens

MEDIATION = Service.MEDIATION
SCRIPTS = {"ar": "ARABIC", "uk": "CYRILLIC"}
FEWEST_WORDS = 4
WORD = re.compile(r"[^\W\d_]+")
# The same in every language: names of languages, one of which stands in no other.
BY_THEIR_OWN_NAMES = "welcome.language."

# How nobody is addressed here: as a friend, or as one man.
FAMILIAR = {
    "nl": r"(?i:je|jij|jou|jouw|jullie)",
    "fr": r"(?i:tu|toi|ton|ta|tes)",
    "de": r"[Dd](?:u|ich|ir|eine?[mnrs]?)",
    "tr": r"(?i:sen|seni|sana|senin|sende|senden)",
    "ar": r"أنت|عليك|لديك|سؤالك|غيرك|تكتبه|تجد|تقصد|تبحث|تشعر|اتصل|اختر|اكتبه?",
    "uk": r"ви|вас|вам|вами|ваш\w*|[Тт]и|[Тт]ебе|[Тт]обі",
}


def familiar(language: str, catalog: Catalog) -> list[str]:
    """Name the texts that address somebody in another way than all others do."""
    sign = re.compile(rf"(?<!\w)(?:{FAMILIAR[language]})(?!\w)")
    return [id for id, text in catalog.texts.items() if sign.search(" ".join(text.forms))]


def borrowed(language: str, catalog: Catalog) -> Iterator[str]:
    """Name what reads as in another language, or in letters of another one."""
    others = [each for each in CATALOGS.items() if each[0] != language]
    for id, text in catalog.texts.items():
        if id.startswith(BY_THEIR_OWN_NAMES):
            continue
        (form,) = text.forms
        words = WORD.findall(re.sub(r"\{\w+\}", "", form))
        if len(words) >= FEWEST_WORDS:
            yield from (f"{id} is as in {name}" for name, each in others if same(each, id, form))
        if words and language in SCRIPTS and not is_written_in(SCRIPTS[language], words):
            yield f"{id} is in other letters"


def same(catalog: Catalog, id: str, form: str) -> bool:
    return id in catalog.texts and catalog.texts[id].forms[0] == form


def is_written_in(script: str, words: list[str]) -> bool:
    return any(script in unicodedata.name(sign, "") for word in words for sign in word)


def test_every_language_that_is_offered_has_its_words_and_is_complete(worder: Worder) -> None:
    assert set(OFFERED) == set(CATALOGS) == set(worder().languages)


@LANGUAGES
def test_nothing_is_borrowed_from_another_language(language: str) -> None:
    assert list(borrowed(language, CATALOGS[language])) == []


@pytest.mark.parametrize("language", [each for each in OFFERED if each != "nl"])
def test_a_borrowed_text_is_found(language: str) -> None:
    catalog, planted = CATALOGS[language], CATALOGS["nl"].texts["welcome.hello"]
    texts = {**catalog.texts, "welcome.hello": planted}
    assert list(borrowed(language, replace(catalog, texts=texts))) != []


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_label_in_other_letters_is_found(language: str) -> None:
    catalog = CATALOGS[language]
    texts = {**catalog.texts, "everywhere.stop": Text(("Stop",), frozenset())}
    assert list(borrowed(language, replace(catalog, texts=texts))) != []


@pytest.mark.parametrize("language", FAMILIAR)
def test_everybody_is_addressed_alike(language: str) -> None:
    assert familiar(language, CATALOGS[language]) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Wil je stoppen?"),
        ("fr", "Tu peux arrêter."),
        ("de", "Du kannst aufhören."),
        ("tr", "Bu senin seçimin."),
        ("ar", "هل لديك سؤال؟"),
        ("uk", "Чи ви хочете зупинитися?"),
    ],
)
def test_another_address_is_found(language: str, text: str) -> None:
    texts = {**CATALOGS[language].texts, "welcome.hello": Text((text,), frozenset())}
    assert familiar(language, replace(CATALOGS[language], texts=texts)) == ["welcome.hello"]


@LANGUAGES
def test_a_number_that_is_promised_is_the_same_in_every_language(language: str) -> None:
    for id, text in CATALOGS[language].texts.items():
        assert numbers(text) == numbers(CATALOGS["nl"].texts[id]), id


def numbers(text: Text) -> list[str]:
    return sorted(re.findall(r"\d+", " ".join(text.forms)))


@LANGUAGES
def test_each_line_of_each_screen_comes_from_its_own_catalog(language: str, worder: Worder) -> None:
    """The words of the other catalogs are taken away, and every screen reads as before."""
    wording, alone = worder(), worder()
    alone._dialogs = {language: CATALOGS[language]}
    for screen in screens():
        assert read(alone, language, screen) == read(wording, language, screen)


def read(wording: Wording, language: str, screen: Screen) -> object:
    return wording.screen(language, MEDIATION, screen, reveal=True)


@pytest.mark.parametrize(
    ("language", "term", "day"),
    [
        ("nl", "4 uur", "22 november 2026"),
        ("en", "4 hours", "22 November 2026"),
        ("fr", "4\u00a0heures", "22 novembre 2026"),
        ("de", "4 Stunden", "22 November 2026"),
        ("pl", "4 godziny", "22 listopada 2026"),
        ("tr", "4 saat", "22 Kasım 2026"),
        ("ar", "4 ساعات", "22 نوفمبر 2026"),
        ("uk", "4 години", "22 листопада 2026"),
    ],
)
def test_days_and_terms_are_said_as_in_their_language(
    language: str, term: str, day: str, worder: Worder
) -> None:
    wording = worder(first_answer=Term(4, "hour"), hours=HOURS)
    assert term in wording.fact(language, MEDIATION, "first_answer")
    source = Line("info.every.source", words="voorbeeld.example", day=date(2026, 11, 22))
    assert day in (wording.line(language, MEDIATION, source, reveal=True) or "")


@LANGUAGES
def test_hours_name_the_days_of_the_week_in_their_language(language: str, worder: Worder) -> None:
    evening = datetime(2026, 11, 26, 20, tzinfo=UTC)
    hours = worder(evening).fact(language, MEDIATION, "hours")
    opens = worder(evening).fact(language, MEDIATION, "opens")
    assert hours
    assert opens
    assert not set(hours) & set("{}")
