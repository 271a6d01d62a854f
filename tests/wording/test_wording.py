"""Ids become words: never in another language, never with a fact nobody knows."""

from datetime import UTC, date, datetime

import pytest

from bot.catalogs import BadCatalog
from bot.hours import Hours, Span, Term
from bot.wording import Label, Unworded
from dialogs.frozen import replace
from dialogs.screens import Button, Line, Screen
from dialogs.values import Service
from tests.wording.conftest import HEADER, HOURS, WORDS, Worder, po

MORNING, FRIDAY = "9.00 tot 12.30 uur", "vrijdag 9.00 tot 12.00 uur"
MEDIATION = Service.MEDIATION


def test_a_line_that_names_an_empty_fact_is_not_shown(written: Worder) -> None:
    wording = written(nl=po(WORDS))
    assert wording.text("nl", MEDIATION, "phone") == "Bel 030 234 00 45"
    assert wording.text("nl", Service.MENTORING, "phone") is None


def test_a_line_around_a_line_that_is_not_shown_is_not_shown(written: Worder) -> None:
    wording = written(nl=po(WORDS))
    line = Line("whole", detail=Line("phone"))
    assert wording.line("nl", MEDIATION, line, reveal=True) == "Vraag: Bel 030 234 00 45"
    assert wording.line("nl", Service.MENTORING, line, reveal=True) is None


def test_a_button_that_names_an_empty_fact_is_not_shown(written: Worder) -> None:
    wording = written(nl=po(WORDS))
    buttons = (Button("a.b", "call", "phone"), Button("a.b", "menu", "menu.ask"))
    worded = wording.screen("nl", Service.MENTORING, Screen((), buttons), reveal=True)
    assert worded.buttons == (Label("a.b:menu", "Menu"),)


@pytest.mark.parametrize("words", ["{phone}", "{0.__class__}", "{", "{{x}}", "%s", "a\n\nb"])
def test_braces_in_a_persons_words_stay(words: str, written: Worder) -> None:
    wording = written(nl=po(WORDS))
    line = Line("whole", detail=Line("said", words=words, own=True))
    assert wording.line("nl", MEDIATION, line, reveal=True) == f"Vraag: U typte: {words}"


def test_a_door_that_leaves_its_text_lying_about_repeats_nothing(written: Worder) -> None:
    wording = written(nl=po(WORDS))
    own = Line("whole", detail=Line("said", words="geheim", own=True))
    theirs = Line("said", words="K7P4-2M9X")
    assert wording.line("nl", MEDIATION, own, reveal=False) == "Vraag: U typte: ingevuld"
    assert wording.line("nl", MEDIATION, theirs, reveal=False) == "U typte: K7P4-2M9X"


def test_a_blank_line_in_a_text_makes_paragraphs(written: Worder) -> None:
    wording = written(nl=po({"card": "1. Een.\\n2. Twee.\\n\\nDrie."}))
    worded = wording.screen("nl", MEDIATION, Screen((Line("card"),)), reveal=True)
    assert worded.paragraphs == ("1. Een.\n2. Twee.", "Drie.")


def test_what_is_not_worded_is_an_error_and_never_another_language(written: Worder) -> None:
    wording = written(nl=po(WORDS), en=po(WORDS))
    for language, id in (("nl", "gone"), ("fr", "menu.ask"), ("", "menu.ask")):
        with pytest.raises(Unworded):
            wording.text(language, MEDIATION, id)


def test_words_or_a_line_that_should_be_there_are_missed(written: Worder) -> None:
    wording = written(nl=po(WORDS))
    for id in ("said", "whole"):
        with pytest.raises(Unworded):
            wording.line("nl", MEDIATION, Line(id), reveal=True)


@pytest.mark.parametrize(
    "english",
    [
        po({"menu.ask": "Menu"}),
        po(WORDS | {"menu.ask": ""}),
        po(WORDS).replace('msgid "menu.ask"', '#, fuzzy\nmsgid "menu.ask"'),
    ],
)
def test_a_language_that_lacks_something_is_not_offered(english: str, written: Worder) -> None:
    assert written(nl=po(WORDS), en=english, fr=po(WORDS)).languages == ("nl", "fr")


def test_a_language_without_words_for_staff_is_offered_to_people_alone(written: Worder) -> None:
    wording = written(nl=po(WORDS), nl_console=po({"console.queue": "Wachtrij"}), en=po(WORDS))
    assert wording.languages == ("nl", "en")
    assert wording.desk_languages == ("nl",)


def test_what_the_dialog_needs_and_nobody_worded_is_listed(written: Worder) -> None:
    wording = written(nl=po(WORDS), en=po(WORDS | {"extra": "More"}))
    assert wording.missing(["menu.ask"]) == []
    assert wording.missing(["extra", "gone"]) == ["nl: extra", "nl: gone", "en: gone"]


def test_without_any_words_everything_is_missing(written: Worder) -> None:
    wording = written(xx=po({}))
    assert wording.missing(["menu.ask"]) == ["nl: menu.ask"]


def test_staff_read_the_form_that_fits_the_number(written: Worder) -> None:
    plural = (
        'msgid "console.waiting"\nmsgid_plural "console.waiting"\n'
        'msgstr[0] "{count} aanvraag"\nmsgstr[1] "{count} aanvragen"\n\n'
        'msgid "console.by"\nmsgstr "Van {name}"\n'
    )
    wording = written(nl=po(WORDS), nl_console=HEADER + plural)
    assert wording.staff("nl", "console.waiting", count=1) == "1 aanvraag"
    assert wording.staff("nl", "console.waiting", count=2) == "2 aanvragen"
    assert wording.staff("nl", "console.by", name="{count}") == "Van {count}"
    with pytest.raises(Unworded):
        wording.staff("nl", "console.gone")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{nobody}", "nothing is known as nobody"),
        ("{words!r}", "not a plain name"),
        ("{words:>9}", "not a plain name"),
        ("{words.__class__}", "not a plain name"),
        ("{}", "not a plain name"),
        ("{words", "expected '}'"),
    ],
)
def test_a_text_that_cannot_be_filled_in_ends_the_start(
    text: str, why: str, written: Worder
) -> None:
    with pytest.raises(BadCatalog, match=why) as found:
        written(nl=po({"menu.ask": text}))
    assert found.value.id == "menu.ask"
    assert "\n" not in str(found.value)


@pytest.mark.parametrize("text", ['msgid "a" msgstr\n', HEADER.replace("n != 1", "rm -rf")])
def test_a_file_that_is_no_catalog_ends_the_start(text: str, written: Worder) -> None:
    with pytest.raises(BadCatalog, match=r"^nl/LC_MESSAGES/dialogs.po: ") as found:
        written(nl=text)
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    ("language", "hours", "worded"),
    [
        (
            "nl",
            HOURS,
            f"maandag tot en met donderdag {MORNING} en 13.00 tot 17.00 uur; {FRIDAY}",
        ),
        (
            "en",
            HOURS,
            "Monday to Thursday 9:00 to 12:30 and 13:00 to 17:00; Friday 9:00 to 12:00",
        ),
        ("nl", Hours(((Span(0, 1440),),) * 7), "maandag tot en met zondag 0.00 tot 24.00 uur"),
        ("nl", Hours(), ""),
    ],
)
def test_opening_hours_are_worded(language: str, hours: Hours, worded: str, worder: Worder) -> None:
    line = worder(hours=hours).text(language, MEDIATION, "handoff.human.hours")
    assert (line or "Open: .") == f"Open: {worded}."


@pytest.mark.parametrize(
    ("now", "dutch", "english"),
    [
        (datetime(2026, 11, 23, 7, tzinfo=UTC), "vandaag om 9.00 uur", "today at 9:00"),
        (datetime(2026, 11, 23, 11, 45, tzinfo=UTC), "vandaag om 13.00 uur", "today at 13:00"),
        (datetime(2026, 11, 23, 17, tzinfo=UTC), "morgen om 9.00 uur", "tomorrow at 9:00"),
        (
            datetime(2026, 11, 27, 17, tzinfo=UTC),
            "maandag 30 november om 9.00 uur",
            "on Monday 30 November at 9:00",
        ),
    ],
)
def test_the_next_opening_is_worded(
    now: datetime, dutch: str, english: str, worder: Worder
) -> None:
    for language, worded in (("nl", dutch), ("en", english)):
        line = worder(now).text(language, MEDIATION, "handoff.human.opens")
        assert line is not None
        assert worded in line


def test_the_next_opening_is_not_shown_while_it_is_open_or_when_nobody_knows(
    worder: Worder,
) -> None:
    assert worder().text("nl", MEDIATION, "handoff.human.opens") is None
    evening = datetime(2026, 11, 23, 20, tzinfo=UTC)
    assert worder(evening, hours=Hours()).text("nl", MEDIATION, "handoff.human.opens") is None


@pytest.mark.parametrize(
    ("term", "hours", "worded"),
    [
        (Term(4, "hour"), Hours(), "4 uur"),
        (Term(48, "hour"), Hours(), "48 uur"),
        (Term(90, "minute"), Hours(), "90 minuten"),
        (Term(2, "day"), HOURS, "2 dagen dat wij open zijn"),
        (Term(1, "day"), Hours(), "1 dag"),
    ],
)
def test_a_term_is_worded_as_it_was_given(
    term: Term, hours: Hours, worded: str, worder: Worder
) -> None:
    wording = worder(first_answer=term, hours=hours)
    line = wording.text("nl", MEDIATION, "handoff.waiting.answer_by")
    assert line is not None
    assert line.endswith(f"binnen {worded}.")


def test_a_sentence_of_the_organisation_stands_in_the_place_of_a_careful_one(
    worder: Worder,
) -> None:
    own = {"secrecy_limits": {"nl": "Dit zegt de organisatie zelf.", "en": ""}}
    careful = worder()
    wording = worder(sentences=own)
    for language, is_own in (("nl", True), ("en", False)):
        line = wording.text(language, MEDIATION, "info.confidential.text")
        assert line is not None
        assert (own["secrecy_limits"]["nl"] in line) is is_own
        assert (line == careful.text(language, MEDIATION, "info.confidential.text")) is not is_own


def test_a_day_is_worded_in_full(worder: Worder) -> None:
    line = Line("info.every.source", words="voorbeeld.example", day=date(2026, 11, 22))
    for language, day in (("nl", "22 november 2026"), ("en", "22 November 2026")):
        worded = worder().line(language, MEDIATION, line, reveal=False)
        assert worded is not None
        assert f" {day}." in worded
    with pytest.raises(Unworded):
        worder().line("nl", MEDIATION, replace(line, day=None), reveal=False)


def test_no_answer_is_promised_without_a_term(worder: Worder) -> None:
    wording = worder(first_answer=None)
    assert wording.text("nl", MEDIATION, "handoff.waiting.answer_by") is None


def test_a_holiday_is_no_opening(worder: Worder) -> None:
    eve = datetime.combine(date(2026, 12, 24), datetime.min.time(), UTC).replace(hour=17)
    line = worder(eve).text("en", MEDIATION, "handoff.human.opens")
    assert line is not None
    assert "Monday 28 December" in line
