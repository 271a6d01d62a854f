"""Typed words are guessed to be a topic, a danger or nothing known, by what people wrote down."""

from __future__ import annotations

import io
import json
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.labelled import labelled
from bot.cli import understand
from bot.understanding.features import Reader, words_of
from bot.understanding.hearing import Understanding
from bot.understanding.held import FILE, Held
from bot.understanding.phrases import (
    HARMLESS,
    NO_MATCH,
    Words,
    fingerprint,
    phrases_below,
    words_below,
)
from bot.wording import LOCALES
from dialogs.events import Danger, Guess, Said
from dialogs.frozen import replace
from dialogs.turn import show, turn
from dialogs.values import Agreement, Place, Purpose, Role, Session, Topic
from tools.train import RISKS, made

LANGUAGES = sorted(path.parent.name for path in LOCALES.glob("*/phrases.toml"))
PHRASES = tuple(phrases_below(LOCALES))
TYPED = {
    path.stem: tomllib.loads(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "typed").glob("*.toml"))
}
ASKED = [(language, topic) for language, by_topic in TYPED.items() for topic in by_topic]
DANGERS = [(language, danger) for language in TYPED for danger in RISKS]
HERE = Session(Place(Topic.WELCOME, "menu"))
IN_A_FORM = Session(
    Place(Topic.INTAKE, "name"),
    role=Role.VICTIM,
    agreements=(Agreement(Purpose.DATA, "1"),),
    drafts=(Topic.INTAKE,),
)


# What people answer in forms: names, times and ways, in the languages they speak.
ANSWERS = (
    *(
        "die aardige heer",
        "die mevrouw",
        "die man van het kantoor",
        "mevrouw De Vries",
        "Testpersoon",
    ),
    *(
        "op dinsdag na vijf uur",
        "tot morgen",
        "liever niet bellen",
        "mijn zus is de tolk",
        "06 12345678",
    ),
    *(
        "the lady at the desk",
        "so far so good",
        "der Mann vom Büro",
        "die freundliche Frau",
        "bis morgen",
    ),
    *(
        "la dame du bureau",
        "le mardi après cinq heures",
        "pani z biura",
        "ofisteki kadın",
        "жінка з офісу",
    ),
    *("السيدة في المكتب", "يوم الثلاثاء"),
)
# How old somebody is, when it was and which number: figures that say nothing of danger.
FIGURES = (
    *("Zin 11.", "om 11 uur", "ik ben 45", "0470 12 34 56", "3 mei 2019", "Kerkstraat 12 bus 3"),
    *("Line 11.", "at 11 o'clock", "I am 45", "May 3rd, 2019", "around 20 past 4"),
    *("Phrase 11.", "à 11 heures", "j'ai 45 ans", "le 3 mai 2019", "vers 16h20"),
    *("Satz 11.", "um 11 Uhr", "ich bin 45", "am 3. Mai 2019", "gegen 16:20"),
    *("Zdanie 11.", "o 11", "mam 45 lat", "3 maja 2019", "około 16:20"),
    *("Cümle 11.", "saat 11'de", "45 yaşındayım", "3 Mayıs 2019", "16:20 gibi"),
    *("الجملة 11.", "الساعة 11", "عمري 45", "3 مايو 2019", "حوالي 16:20"),
    *("Речення 11.", "об 11 годині", "мені 45", "3 травня 2019", "близько 16:20"),
)


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding.load(LOCALES)


def test_every_language_has_phrases_for_every_topic_and_danger() -> None:
    meant = set(TYPED["nl"]) | {NO_MATCH, HARMLESS}
    assert len(set(TYPED["nl"]) - set(RISKS)) == 48
    for language in LANGUAGES:
        written = Counter(each.meaning for each in PHRASES if each.language == language)
        least = 10 if language in {"nl", "en"} else 5
        assert [each for each in meant if written[each] < least] == [], language
    assert {each.meaning for each in PHRASES} == meant


def test_no_phrase_stands_under_two_meanings() -> None:
    meanings = {(each.language, each.text): each.meaning for each in PHRASES}
    assert [each for each in PHRASES if meanings[each.language, each.text] != each.meaning] == []


def test_what_is_typed_here_is_in_no_phrase_file() -> None:
    known = {each.text for each in PHRASES}
    assert [text for texts in TYPED.values() for text in texts.values() if text in known] == []
    assert sorted(TYPED) == LANGUAGES


def test_what_others_labelled_is_in_no_phrase_file_nor_is_what_is_almost_it() -> None:
    known = [frozenset(words_of(each.text)) for each in PHRASES]
    texts = [words for each in labelled() if (words := frozenset(words_of(each.text)))]
    alike = [
        words for words in texts for each in known if 4 * len(words & each) >= 3 * len(words | each)
    ]
    assert len(texts) > 100
    assert not alike, f"{len(alike)} texts"


@pytest.mark.parametrize(("language", "topic"), ASKED)
def test_every_topic_and_danger_is_reached_by_typing(
    understanding: Understanding, language: str, topic: str
) -> None:
    text = TYPED[language][topic]
    guess = understanding.guess(text, HERE)
    if topic in RISKS:
        assert guess.danger is not None or understanding.is_threat(text), text
    else:
        assert topic in guess.topics, text


@pytest.mark.parametrize(("language", "danger"), DANGERS)
def test_every_danger_is_answered_with_help_from_inside_a_form(
    understanding: Understanding, language: str, danger: str
) -> None:
    text = TYPED[language][danger]
    after = turn(IN_A_FORM, understanding.of(Said(text), IN_A_FORM)).session
    shown = {line.id for line in show(after).lines}
    assert {"urgent.lines.nl_112", "urgent.boundary.danger"} & shown
    answer = after.answer_to("name")
    assert answer is not None
    assert answer.words == text


@pytest.mark.parametrize("text", ["", "???", "xkcd qwrtz", "12 34", "🙂"])
def test_what_is_like_nothing_known_is_nothing_known(
    understanding: Understanding, text: str
) -> None:
    assert understanding.guess(text, HERE) == Guess()


@pytest.mark.parametrize("text", ANSWERS)
def test_a_plain_answer_in_a_form_is_no_danger(understanding: Understanding, text: str) -> None:
    assert understanding.guess(text, IN_A_FORM).danger is not Danger.HARD


@pytest.mark.parametrize("text", FIGURES)
def test_figures_raise_no_help_lines(understanding: Understanding, text: str) -> None:
    assert understanding.guess(text, IN_A_FORM).danger is None
    assert not understanding.is_threat(text)


def test_a_number_that_is_called_in_danger_is_heard(understanding: Understanding) -> None:
    assert understanding.guess("112", HERE).danger is not None


def test_danger_is_heard_far_down_and_in_a_caption(understanding: Understanding) -> None:
    long = "Dit gaat over mijn rekening. " * 20 + "Ik wil niet meer leven, ik wil dood."
    for said in (Said(long), Said("ik wil dood", attached=True)):
        heard = understanding.of(said, HERE)
        assert isinstance(heard, Said)
        assert heard.guess.danger is Danger.HARD


def test_danger_is_heard_in_a_long_message_without_a_full_stop(
    understanding: Understanding,
) -> None:
    calm = "en dit gaat over mijn rekening die nog niet betaald is " * 15
    assert understanding.guess(calm, HERE).danger is not Danger.HARD
    assert understanding.guess(f"{calm} ik wil niet meer leven", HERE).danger is Danger.HARD
    assert understanding.guess(f"{calm} hij staat nu met een mes {calm}", HERE).danger is not None


def test_a_text_is_seen_as_it_is_whatever_it_is_looked_at_with() -> None:
    reader = Reader.of(words_below(LOCALES))
    texts = [words_of(text) for text in ("wat kost het", "", "wat wat kost da", "hoi")]
    for together, alone in zip(reader.look(texts), reader.look(texts[2:3]), strict=True):
        third = together.text == 2
        assert third.sum() == len(alone.number)
        assert sorted(together.number[third]) == sorted(alone.number)
        assert sorted(together.weight[third]) == sorted(alone.weight)


def test_slips_shorthand_and_capitals_change_little(understanding: Understanding) -> None:
    for text in ("WA KOST DA???", "hoevel kost het", "hoeveel kost da nou eigenlijk"):
        assert understanding.guess(text, HERE).topics[0] == "costs", text


def test_a_short_question_is_about_what_was_just_read(understanding: Understanding) -> None:
    reading = replace(HERE, place=Place(Topic.INFO, "regulation"), role=Role.CLIENT)
    text = "naar de rechtbank?"
    assert understanding.guess(text, HERE).topics[0] == "mediation_vs_court"
    assert understanding.guess(text, reading).topics[0] == "bewind_court"


def test_the_model_is_made_of_what_the_files_say_now(understanding: Understanding) -> None:
    assert understanding.model.made_from == fingerprint(LOCALES), "make train"


def test_the_same_phrases_make_the_same_file_and_others_another() -> None:
    few, words = PHRASES[::18], words_below(LOCALES)
    first = made(few, words, "")
    assert first == made(few, words, "")
    assert first != made(few[:-1], words, "")


def test_a_file_of_weights_that_is_not_whole_ends_the_start(tmp_path: Path) -> None:
    whole, held = FILE.read_bytes(), tmp_path / "model.bin"
    held.write_bytes(whole)
    assert Held.open(held).rows
    for broken in (whole[:-1], whole + b"}", whole[:7], b"{}" * 8):
        held.write_bytes(broken)
        with pytest.raises(ValueError, match="not whole"):
            Held.open(held)


def test_nothing_that_was_typed_is_in_the_model() -> None:
    assert b"bewindvoerder luistert niet" not in FILE.read_bytes()


def test_words_that_ask_for_the_same_count_as_one() -> None:
    reader = Reader.of(Words({"wa": "wat"}, {"cost": ("geld kost", "betaal*")}))
    assert reader.read("WA is't?") == [["wat", "ist"]]
    assert reader.read("Wa. Kost…da") == [["wat"], ["kost"], ["da"]]
    assert concepts_of(reader, "dat geld kost") == {"cost"}
    assert concepts_of(reader, "ik betaalde") == {"cost"}
    assert concepts_of(reader, "geld") == set()


def concepts_of(reader: Reader, text: str) -> set[str]:
    words = words_of(text)
    return reader.concepts_in(words, {word: reader.meant_by(word) for word in words})


def test_the_command_answers_as_the_scorer_wants(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [{"id": "1", "text": "wat kost het", "lang": "nl"}, {"id": "2", "text": "ik wil dood"}]
    lines = "".join(json.dumps(each) + "\n" for each in asked)
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    understand.understand_command(as_lines=True)
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], first["decision"], first["soft_risk"]) == ("1", "costs", False)
    assert len(first["top3"]) == 3
    assert second["risk"] is second["soft_risk"] is True


def test_the_command_tells_topics_scores_and_danger(capsys: pytest.CaptureFixture[str]) -> None:
    understand.understand_command(["wat kost het", "hij heeft een mes"], as_json=True)
    costs, danger = json.loads(capsys.readouterr().out)
    assert next(iter(costs["topics"])) == "costs"
    assert costs["danger"] is None
    assert danger["danger"] == "hard"
