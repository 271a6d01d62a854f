"""The words people read are there, easy to read, alike for both sides, and press nobody."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from bot.catalogs import Catalog, read_all
from bot.commands import NAMES
from bot.wording import Wording
from dialogs.cards import CARDS
from dialogs.graph import Graph, walked
from dialogs.letters import OPENING
from dialogs.screens import Screen
from dialogs.turn import STEPS, show
from dialogs.values import Agreement, Handoff, Purpose, Role, Service, Session
from tests.wording import readability
from tests.wording.conftest import ROOT, Worder

CATALOGS = read_all(ROOT / "locales", "dialogs.po")
DUTCH = CATALOGS["nl"]
LANGUAGES = pytest.mark.parametrize("language", sorted(CATALOGS))

LONGEST_LABEL = 28
LONGEST_COMMAND = 60
# What an onlooker sees of a message on a locked screen.
SEEN_BY_ONLOOKERS = 60
SHORTEST_TEXT = 6
# Consent, safety and rights must be the easiest to read of all.
STRICT = ("consent.", "rights.", "urgent.", "info.safety.")
# Said in two languages at once.
NOT_DUTCH = {"welcome.language.ask"}
SIDES = ("harmed", "responsible", "anyone")

LOADED = re.compile(
    r"\b(daders?|slachtoffers?|crimine\w+|plegers?|verzoen\w*|goedmaken|succesvol\w*|u moet|moet u"
    r"|onterecht|lastig\w*|zeur\w*|indien|derhalve|tevens|trachten|betreffende|verstrekken|dienen"
    r"|inzake|reeds|te allen tijde|verzoeken)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return walked()


def texts(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for id, text in catalog.texts.items():
        for form in text.forms:
            yield id, form


def screens() -> Iterator[Screen]:
    """Every screen of every role, before a consent and under both, alone and with staff."""
    agreed = tuple(Agreement(purpose, "1") for purpose in Purpose)
    for place, role, handoff in product(STEPS, (None, *Role), (None, *Handoff)):
        for agreements in ((), agreed):
            yield show(
                Session(
                    place=place,
                    role=role,
                    reference="K7P4-2M9X",
                    agreements=agreements,
                    handoff=handoff,
                    colleague="Collega" if handoff is Handoff.TALKING else None,
                )
            )


def test_everything_the_dialog_says_is_worded(worder: Worder, graph: Graph) -> None:
    wording = worder()
    commands = {f"command.{name}" for name in NAMES}
    assert wording.languages[0] == "nl"
    assert wording.missing(sorted(graph.ids | commands | {"problem.went_wrong"})) == []


@LANGUAGES
@pytest.mark.parametrize("service", Service)
def test_no_screen_is_empty_when_nothing_is_known(
    language: str, service: Service, nothing_known: Wording
) -> None:
    for screen in screens():
        worded = nothing_known.screen(language, service, screen, reveal=False)
        assert worded.paragraphs, screen


@LANGUAGES
def test_labels_are_short_and_differ_on_a_screen(language: str, worder: Worder) -> None:
    wording = worder()
    for screen in screens():
        worded = wording.screen(language, Service.MEDIATION, screen, reveal=False)
        labels = [label.text for label in (*worded.buttons, *worded.fixed)]
        assert len(set(labels)) == len(labels), labels
        assert max(map(len, labels)) <= LONGEST_LABEL, labels


@LANGUAGES
def test_commands_are_described_in_a_few_words(language: str) -> None:
    for name in NAMES:
        (described,) = CATALOGS[language].texts[f"command.{name}"].forms
        assert 0 < len(described) <= LONGEST_COMMAND


@LANGUAGES
def test_an_onlooker_learns_nothing_from_the_first_words(language: str) -> None:
    (opening,) = CATALOGS[language].texts[OPENING.id].forms
    assert len(opening) >= SEEN_BY_ONLOOKERS
    assert "{" not in opening


@LANGUAGES
def test_both_sides_read_the_same_in_the_same_order(language: str) -> None:
    for card in (card for card in CARDS if card.mirrored):
        sides = [CATALOGS[language].texts[f"{card.place}.{side}"].forms[0] for side in SIDES]
        assert len({text.count("\n\n") for text in sides}) == 1, card.name
        assert len({text.count("\n") for text in sides}) == 1, card.name
        assert max(map(len, sides)) <= 1.15 * min(map(len, sides)), card.name


@LANGUAGES
def test_a_text_has_at_most_three_paragraphs(language: str) -> None:
    for id, text in texts(CATALOGS[language]):
        assert text.count("\n\n") < 3, id


@pytest.mark.parametrize(("id", "text"), list(texts(DUTCH)))
def test_a_dutch_text_is_easy_to_read(id: str, text: str) -> None:
    sentences = readability.sentences(text)
    words = sum(map(len, sentences))
    if words < SHORTEST_TEXT or id in NOT_DUTCH:
        return
    assert max(map(len, sentences)) <= 20
    assert words / len(sentences) <= 12
    assert readability.ease(text) >= (70 if id.startswith(STRICT) else 60)


def test_no_word_takes_sides_or_presses() -> None:
    assert [id for id, text in texts(DUTCH) if LOADED.search(text)] == []


@pytest.mark.parametrize(
    ("word", "number"),
    [("u", 1), ("gesprek", 2), ("bemiddelaar", 4), ("zwijgen", 2), ("mooie", 2), ("België", 3)],
)
def test_syllables_are_counted(word: str, number: int) -> None:
    assert readability.syllables(word) == number


def test_the_formula_is_that_of_douma() -> None:
    # Five words of six syllables in one sentence.
    assert readability.ease("Het is goed zo, mevrouw.") == pytest.approx(
        206.835 - 0.93 * 5 - 77 * 6 / 5
    )
