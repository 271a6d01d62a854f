"""Every language is two presses away, says whether its words were checked, and loses nothing."""

from __future__ import annotations

import pytest

from dialogs.events import Chose
from dialogs.frozen import replace
from dialogs.steps import LANGUAGE_PLACES, MENU
from dialogs.turn import show, turn
from dialogs.values import Agreement, Answer, Place, Purpose, Role, Session, Topic
from dialogs.welcome import LANGUAGE, LANGUAGES, ROLE, UNREVIEWED
from tests.dialogs.proofs import MOST_BUTTONS

EACH = pytest.mark.parametrize("language", LANGUAGES)
IN_A_FORM = Session(
    Place(Topic.INTAKE, "name"),
    role=Role.VICTIM,
    agreements=(Agreement(Purpose.DATA, "data-1"), Agreement(Purpose.CONTACT, "contact-1")),
    drafts=(Topic.INTAKE,),
    answers=(Answer("way", "phone"), Answer("phone", words="06 12345678")),
)


def offered(session: Session) -> list[str]:
    return [each.option for each in show(session).buttons]


def pressed(session: Session, option: str) -> Session:
    return turn(session, Chose(str(session.place), option)).session


def chosen(session: Session, language: str) -> Session:
    """Press what leads to a language: its name, or first the names it stands among."""
    if language not in offered(session):
        among = next(each for each in offered(session) if language in each.split("_"))
        session = pressed(session, among)
    return pressed(session, language)


@EACH
def test_a_newcomer_finds_every_language(language: str) -> None:
    there = chosen(Session(), language)
    assert (there.language, there.place) == (language, ROLE)


@EACH
def test_the_language_somebody_is_spoken_to_in_stands_first_and_takes_no_other_away(
    language: str,
) -> None:
    session = Session(language=language)
    assert offered(session)[0] == language
    assert len(offered(session)) <= MOST_BUTTONS
    for each in LANGUAGES:
        assert chosen(session, each).language == each


def test_it_stands_first_among_other_languages_too() -> None:
    session = Session(language="pl")
    assert offered(session) == ["pl", "nl", "en", "fr_de_pl", "tr_ar_uk"]
    assert offered(pressed(session, "fr_de_pl")) == ["pl", "fr", "de", "back"]


@EACH
def test_another_language_in_the_middle_of_a_form_changes_nothing_else(language: str) -> None:
    asked = turn(IN_A_FORM, Chose("everywhere.go", "language")).session
    remark = None if language == IN_A_FORM.language else UNREVIEWED
    assert chosen(asked, language) == replace(IN_A_FORM, language=language, remark=remark)


def test_who_changes_the_language_hears_once_whether_its_words_were_checked() -> None:
    there = chosen(Session(role=Role.VICTIM), "uk")
    assert show(there).lines[0].id == UNREVIEWED
    assert UNREVIEWED in [line.id for line in show(Session()).lines]
    assert turn(there, Chose(str(MENU), "more")).session.remark is None


@pytest.mark.parametrize("place", LANGUAGE_PLACES[1:])
def test_from_among_other_languages_one_press_leads_back(place: Place) -> None:
    there = replace(IN_A_FORM, place=place, came_from=IN_A_FORM.place)
    back = pressed(there, "back")
    assert (back.place, back.came_from) == (LANGUAGE, IN_A_FORM.place)
    assert turn(there, Chose("everywhere.go", "language")).session == back
    assert pressed(there, "nl").place == place


@pytest.mark.parametrize("place", LANGUAGE_PLACES)
def test_every_place_says_whether_the_words_it_is_written_in_were_checked(place: Place) -> None:
    # Who types there is spoken to in the language of their words from then on.
    assert UNREVIEWED in {line.id for line in show(Session(place)).lines}


def test_a_language_that_lacks_words_is_neither_offered_nor_spoken() -> None:
    session = Session(unspoken=("tr", "ar", "uk", "de"))
    assert offered(session) == ["nl", "en", "fr_de_pl"]
    assert offered(replace(session, language="tr")) == ["nl", "en", "fr_de_pl"]
    among = pressed(session, "fr_de_pl")
    assert offered(among) == ["fr", "pl", "back"]
    assert pressed(among, "de").language == "nl"
