"""Nothing is promised that no setting and no test makes true."""

import pytest

from bot.catalogs import Catalog, Text, read_all
from dialogs.frozen import replace
from tests.wording.promises import ROOT, STATEMENT, faults, promised, promises, register

CATALOGS = read_all(ROOT / "locales", "dialogs.po")


# What no text says: something about a time, about who reads, and about what is kept.
PLANTED = {
    "nl": (
        "U krijgt binnen twee dagen antwoord.",
        "Niemand anders ziet dit.",
        "Daarna is dit gewist.",
    ),
    "en": (
        "You get an answer within two days.",
        "Nobody else sees this.",
        "After that it is erased.",
    ),
    "fr": (
        "Vous recevez une réponse dans les deux jours.",
        "Personne d’autre ne le voit.",
        "Ensuite, tout est effacé.",
    ),
    "de": (
        "Sie bekommen innerhalb von zwei Tagen Antwort.",
        "Niemand sonst sieht das.",
        "Danach wird es gelöscht.",
    ),
    "pl": (
        "Odpowiedź przyjdzie w ciągu dwóch dni.",
        "Nikt inny tego nie zobaczy.",
        "Potem to usuwamy.",
    ),
    "tr": ("İki gün içinde cevap gelir.", "Bunu başka kimse görmez.", "Sonra bunlar silinir."),
    "ar": ("يأتي الرد خلال يومين.", "لا يرى هذا أحد غيرنا.", "بعد ذلك نحذف كل شيء."),
    "uk": (
        "Відповідь надійде протягом двох днів.",
        "Ніхто інший цього не побачить.",
        "Потім ми це видалимо.",
    ),
}
ABOUT = ("time", "reader", "kept")
# Each promises one thing, in one sentence.
ONE_OF_EACH = ("copies.ready.again", "handoff.human.here", "copies.ready.gone")
# Of what the Dutch promises, how much each language promises in so many words.
IN_SO_MANY_WORDS = 0.9


def with_text(language: str, id: str, text: str) -> dict[str, Catalog]:
    """Plant a text in the words of a language."""
    catalog = CATALOGS[language]
    planted = Text((text,), frozenset())
    return {**CATALOGS, language: replace(catalog, texts={**catalog.texts, id: planted})}


def test_every_promise_is_bound_to_what_makes_it_true() -> None:
    assert faults(CATALOGS, register()) == []


@pytest.mark.parametrize(
    ("language", "about", "text"),
    [
        (language, about, text)
        for language in CATALOGS
        for about, text in zip(ABOUT, PLANTED[language], strict=True)
    ],
)
def test_a_promise_that_one_language_makes_and_nothing_binds_is_found(
    language: str, about: str, text: str
) -> None:
    found = faults(with_text(language, "welcome.role.ask", text), register())
    assert f"welcome.role.ask promises something about {about}, in {language}" in found


@pytest.mark.parametrize("language", [each for each in CATALOGS if each != "nl"])
def test_a_translation_that_promises_more_than_the_dutch_is_found(language: str) -> None:
    for about, id, text in zip(ABOUT, ONE_OF_EACH, PLANTED[language], strict=True):
        longer = f"{CATALOGS[language].texts[id].forms[0]} {text}"
        found = faults(with_text(language, id, longer), register())
        assert found == [f"{id} promises more about {about} in {language} than in Dutch"]


@pytest.mark.parametrize("language", CATALOGS)
def test_what_the_dutch_promises_is_seen_in_every_language(language: str) -> None:
    """Words that find nothing would find no fault either."""
    dutch = [made for made in promises(CATALOGS).values() if "nl" in made]
    seen = sum(language in made for made in dutch)
    assert seen >= IN_SO_MANY_WORDS * len(dutch)


def test_a_question_and_a_label_promise_nothing() -> None:
    assert promised("nl", "Wilt u dat ik dit bewaar?", STATEMENT) == {}
    assert promised("nl", "Stop met bewaren", STATEMENT) == {}


def test_a_binding_that_was_left_behind_is_found() -> None:
    bound = {**register(), "welcome.ask": {"kept": ["no promise: nothing is said"]}}
    found = faults(CATALOGS, bound)
    assert found == ["welcome.ask promises nothing about kept any more"]


@pytest.mark.parametrize(
    "binding",
    [
        "{first_answer}",
        "tests/dialogs/test_walk.py::test_that_nobody_wrote",
        "tests/nowhere.py::test_it",
        "bot/cli/inside.py::run",
        "no promise: ",
        "",
    ],
)
def test_a_binding_that_leads_nowhere_is_found(binding: str) -> None:
    bound = {**register(), "welcome.hello": {"time": [binding]}}
    found = faults(CATALOGS, bound)
    assert found == [f"welcome.hello is bound to “{binding}”, which is not there"]


def test_a_promise_that_is_bound_to_nothing_is_found() -> None:
    bound = {**register(), "welcome.hello": {"time": []}}
    assert len(faults(CATALOGS, bound)) == 1
