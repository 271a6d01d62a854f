"""What holds for typed words, whatever is guessed of them."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from dialogs import turn as door
from dialogs.effects import CountMissed, Effect, NoteDanger, RaiseAlarm, WarnStaff
from dialogs.events import Chose, Danger, Event, Guess, Said
from dialogs.steps import ASIDE
from dialogs.typed import GUESSES, LISTENING
from dialogs.values import Session
from dialogs.warning import AGREEMENT
from tests.dialogs.compared import unremarked
from tests.dialogs.happenings import WORDS
from tests.dialogs.texts import Texts

# What words may be guessed to ask for: what is read, what is done, and what is nothing here.
ASKABLE = (
    *("costs", "bewind_court", "complaint_how", "my_data", "human_contact", "change_language"),
    *("apply_victim", "bewind_conversation_issue", "mentoring_self_reflection", "greeting", "x"),
)


WARN = Chose("consent.warning", "yes")


class Typed(Texts):
    """Somebody who types what may be a threat, speak of danger or ask for something."""

    @rule(words=WORDS)
    def threaten(self, words: str) -> None:
        """Whatever is guessed of words, they go the way they would go, and so does the person."""
        calm = door.turn(self.session, Said(words))
        heard = door.turn(self.session, Said(words, threat=True))
        assert str(heard.session.place) == "urgent.boundary"
        assert uncounted(heard.effects, RaiseAlarm) == uncounted(calm.effects)
        back = door.turn(heard.session, Chose("urgent.boundary", "back")).session
        if calm.session.place not in ASIDE:
            assert unremarked(back) == unremarked(calm.session)
        self.take(Said(words, threat=True))

    @rule(words=WORDS, danger=st.sampled_from(Danger))
    def speak_of_danger(self, words: str, danger: Danger) -> None:
        """Help is shown, and words go the way they would go."""
        calm = door.turn(self.session, Said(words))
        event = Said(words, guess=Guess(danger=danger))
        heard = door.turn(self.session, event)
        assert uncounted(heard.effects, NoteDanger) == uncounted(calm.effects)
        shown = {line.id for line in door.show(heard.session).lines}
        assert {"urgent.lines.nl_112", "urgent.lines.nl_113"} <= shown, "no help is shown"
        self.take(event)

    @rule(topics=st.lists(st.sampled_from(ASKABLE), max_size=3, unique=True), is_sure=st.booleans())
    def ask(self, topics: list[str], is_sure: bool) -> None:
        """Whatever is guessed, nothing becomes true by it but what the words do anyway."""
        calm = door.turn(self.session, Said("Sterrenstof?"))
        heard = door.turn(self.session, Said("Sterrenstof?", guess=Guess(tuple(topics), is_sure)))
        assert uncounted(heard.effects) == uncounted(calm.effects)
        assert heard.session.answers == calm.session.answers
        self.take(Said("Sterrenstof?", guess=Guess(tuple(topics), is_sure)))


def uncounted(effects: tuple[Effect, ...], *others: type[Effect]) -> tuple[Effect, ...]:
    """Leave out that words were not understood, and what else is told of them."""
    return tuple(each for each in effects if not isinstance(each, (CountMissed, *others)))


def check_missed(effect: CountMissed, before: Session, event: Event) -> None:
    """Words are counted once when they are not understood, and once when all offers are refused."""
    if event == Chose(str(GUESSES), "none"):
        assert effect == CountMissed(before.guessed[0]), "something else was offered"
        return
    assert isinstance(event, Said), "words were counted that nobody typed"
    assert before.place in LISTENING, "an answer was counted as not understood"
    assert not event.threat, "a threat was counted as not understood"
    assert event.guess.danger is not Danger.HARD, "a call for help was counted as not understood"


def check_warned(effect: WarnStaff, before: Session, event: Event) -> None:
    """Who warns has no request, and nothing of them goes along: no role, and no word."""
    assert event == WARN, "staff were warned unasked"
    assert not before.is_with_staff, "staff were warned twice"
    assert effect == WarnStaff(before.reference, before.service, AGREEMENT)


def check_told(effect: RaiseAlarm | NoteDanger, before: Session, event: Event) -> None:
    """Staff are told of words that somebody typed to whom they work for, and of nothing else."""
    assert before.is_with_staff, "an alarm was raised for nobody"
    if event == WARN:
        return
    assert isinstance(event, Said), "an alarm was raised unasked"
    is_meant = (
        event.threat if isinstance(effect, RaiseAlarm) else event.guess.danger is effect.danger
    )
    assert is_meant, "staff are told of what nobody typed"
