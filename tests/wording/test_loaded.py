"""No text takes sides, presses or blames, neither for people nor for staff."""

import pytest

from bot.catalogs import Catalog, Text, read_all
from dialogs.frozen import replace
from tests.wording.conftest import ROOT
from tests.wording.loaded import Loaded

DIALOGS, CONSOLE = (read_all(ROOT / "locales", f"{file}.po") for file in ("dialogs", "console"))

# What somebody could write with the best of intentions.
PRESSING = {
    "nl": (
        "U moet hier uw naam invullen.",
        "Dan praat u met de dader.",
        "De commissie zegt of uw klacht terecht is.",
        "Bemiddeling helpt altijd.",
        "Het doel is vergeving.",
        "Was het een lastig gesprek?",
        "Indien u stopt, wordt alles gewist.",
    ),
    "en": (
        "You must fill in your name here.",
        "You have to fill in your name here.",
        "Then you talk with the offender.",
        "The committee says whether your complaint is justified.",
        "Mediation always helps.",
        "The aim is forgiveness.",
        "Prior to the talk you meet the mediator.",
    ),
    "fr": (
        "Vous devez écrire votre nom ici.",
        "Vous parlez alors avec le coupable.",
        "Le but est le pardon.",
    ),
    "de": (
        "Sie sollten hier Ihren Namen schreiben.",
        "Dann sprechen Sie mit dem Täter.",
        "Das Ziel ist Versöhnung.",
    ),
    "pl": ("Rozmawiają Państwo ze sprawcą.", "Mediacja to sukces.", "Celem jest pojednanie."),
    "tr": ("Sonra suçlu ile konuşursunuz.", "Adınızı yazmak zorundasınız.", "Amaç affetmektir."),
    "ar": ("ثم تتحدثون مع الجاني.", "يجب عليكم كتابة اسمكم.", "الهدف هو المصالحة."),
    "uk": ("Потім Ви говорите зі злочинцем.", "Ви повинні написати ім’я.", "Мета – примирення."),
}
NEUTRAL = {
    "nl": ("U mag stoppen.", "Vergelijk de twee brieven.", "Er is een strafzaak."),
    "en": (
        "You do not have to say why.",
        "You never have to say why.",
        "Is there a criminal case?",
        "You may stop.",
    ),
    "fr": ("Vous ne devez rien dire.", "Vous pouvez arrêter."),
    "de": ("Das müssen Sie nicht sagen.", "Sie können aufhören."),
    "pl": ("Można w każdej chwili skończyć.",),
    "tr": ("Durabilirsiniz.",),
    "ar": ("يمكنكم التوقف.",),
    "uk": ("Можна зупинитися.",),
}
LANGUAGES = pytest.mark.parametrize("language", sorted(PRESSING))


@LANGUAGES
def test_no_word_takes_sides_or_presses(language: str) -> None:
    assert Loaded.read(language).faults(DIALOGS[language], CONSOLE[language]) == []


@pytest.mark.parametrize(("language", "text"), [(k, v) for k, vs in PRESSING.items() for v in vs])
@pytest.mark.parametrize("file", [DIALOGS, CONSOLE])
def test_a_loaded_word_is_found(file: dict[str, Catalog], language: str, text: str) -> None:
    texts = {**file[language].texts, "planted.text": Text((text,), frozenset())}
    planted = replace(file[language], texts=texts)
    assert [id for id, _ in Loaded.read(language).found(planted)][-1] == "planted.text"


@pytest.mark.parametrize(("language", "text"), [(k, v) for k, vs in NEUTRAL.items() for v in vs])
def test_words_that_only_look_alike_are_left_alone(language: str, text: str) -> None:
    assert not Loaded.read(language).words.search(text)


@LANGUAGES
def test_a_reason_is_for_one_text_only_and_is_not_left_behind(language: str) -> None:
    loaded = Loaded.read(language)
    catalogs = DIALOGS[language], CONSOLE[language]
    unexplained = replace(loaded, reasons={**loaded.reasons, "info.what.harmed": ""})
    assert len(unexplained.faults(*catalogs)) == 1
    needless = replace(loaded, reasons={**loaded.reasons, "welcome.hello": "It is only friendly."})
    assert needless.faults(*catalogs) == ["welcome.hello says nothing loaded any more"]
