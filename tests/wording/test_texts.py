"""The words people read are there, and short where they must be."""

import pytest

from bot.commands import NAMES
from bot.wording import Wording
from dialogs.graph import Graph, whole
from dialogs.letters import OPENING
from dialogs.meanwhile import AWAY
from dialogs.values import Service
from tests.wording.conftest import Worder
from tests.wording.said import CATALOGS, LANGUAGES, screens

LONGEST_LABEL = 28
LONGEST_COMMAND = 60
# What an onlooker sees of a message on a locked screen.
SEEN_BY_ONLOOKERS = 60


@pytest.fixture(scope="module")
def graph() -> Graph:
    return whole()


@pytest.mark.no_cover
def test_everything_the_dialog_says_is_worded(worder: Worder, graph: Graph) -> None:
    wording = worder()
    commands = {f"command.{name}" for name in NAMES}
    away = {f"{AWAY}.{each}" for each in ("undone", "text", "reading")}
    assert wording.languages[0] == "nl"
    assert wording.missing(sorted(graph.ids | commands | away | {"problem.went_wrong"})) == []


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
