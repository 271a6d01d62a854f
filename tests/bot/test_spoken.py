"""Who types before they chose a language is spoken to in the one they type, where that is clear."""

from __future__ import annotations

import pytest

from bot.house import House
from bot.spoken import other_language
from tests.houses import Visitor

TYPED = {
    "nl": "Dag, ik wil graag weten wat dit is en of ik met iemand kan praten.",
    "en": "Hello, I would like to know what this is and if I can talk with somebody.",
    "fr": "Bonjour, je voudrais savoir ce que vous faites avec une plainte, et qui la lit.",
    "de": "Guten Tag, ich habe eine Frage und weiß nicht, wie das hier geht.",
    "pl": "Dzień dobry, chciałabym wiedzieć, co to jest i czy mogę z kimś porozmawiać.",
    "tr": "Merhaba, ben bir şey sormak istiyorum ama nasıl olduğunu bilmiyorum, bu ne için?",
    "ar": "مرحبا، أريد أن أعرف ما هذا وهل يمكن أن أتحدث مع شخص في هذا.",
    "uk": "Добрий день, я хочу дізнатися, що це таке і чи можу я з кимось поговорити.",
}
EACH = pytest.mark.parametrize("language", TYPED)


@EACH
def test_a_language_is_known_by_its_commonest_words(language: str) -> None:
    assert other_language(TYPED[language], "en" if language == "nl" else "nl") == language
    assert other_language(TYPED[language], language) is None


@pytest.mark.parametrize("words", ["", "ok merci", "Mediation?", "Jan Jansen, Kerkstraat 1"])
def test_a_few_words_tell_no_language(words: str) -> None:
    assert other_language(words, "nl") is None


async def test_the_first_words_choose_the_language(house: House) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    for language in ("uk", "ar", "nl"):
        said = await visitor.says(TYPED[language])
        assert said.session.language == language


async def test_later_words_leave_the_language_as_it_was_chosen(house: House) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    await visitor.presses("welcome.language:en")
    assert (await visitor.says(TYPED["tr"])).session.language == "en"
