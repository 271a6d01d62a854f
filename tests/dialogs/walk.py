"""A walk through `turn` with every kind of event, and what must hold in every conversation.

It remembers by itself what was pressed, and never asks the session whether a consent was given.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from dialogs import turn as door
from dialogs.drafts import FORMS
from dialogs.effects import (
    AddAnswers,
    Effect,
    EndConsent,
    ErasePerson,
    FileComplaint,
    OpenReferral,
    RecordConsent,
    WarnStaff,
    WithdrawConsent,
)
from dialogs.events import (
    Chose,
    Elapsed,
    Event,
    Outlived,
    Returned,
    Said,
    StaffAsked,
    Started,
)
from dialogs.intake import CONTACT_STEPS
from dialogs.possible import by_whoever_deals_with
from dialogs.returning import is_here
from dialogs.screens import Screen
from dialogs.values import Purpose, Session
from tests.dialogs.caused import check_caused
from tests.dialogs.compared import anywhere, filled_in, to_be_told, unremarked, unsent
from tests.dialogs.happenings import ANYWHERE, ODD, SECRET, SENDING, SIDES, STAFF, WORDS
from tests.dialogs.proofs import consents_for, purposes_at
from tests.dialogs.typing import Typed, check_warned

# Under these lies nothing before staff.
OWN = {Purpose.REFLECTION, Purpose.LETTER}


class Walk(Typed):
    """One conversation, with a memory of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(reference="K7P4-2M9X")
        self.screen: Screen = door.show(self.session)
        self.agreed: set[Purpose] = set()
        self.told: set[str] = set()
        self.old_enough = False
        self.complained = False
        self.references: list[str] = []
        self.kept_by_staff = self.warned = False
        self.asked: Purpose | None = None

    @initialize(link=SIDES)
    def begin(self, link: str) -> None:
        self.take(Started(link))

    # --- what can happen ---------------------------------------------------------------------

    @rule(which=st.integers(0, 20))
    def press(self, which: int) -> None:
        own = self.screen.buttons
        if own:
            button = own[which % len(own)]
            self.take(Chose(button.place, button.option))

    @rule(which=st.integers(0, 20))
    def press_on(self, which: int) -> None:
        """Press as `press` does; twice as likely, or few walks come to a request."""
        self.press(which)

    @rule()
    def press_the_first(self) -> None:
        self.press(0)

    @rule(option=st.sampled_from(ANYWHERE))
    def press_what_is_always_there(self, option: str) -> None:
        self.take(Chose("everywhere.go", option))

    @rule(words=WORDS)
    def say(self, words: str) -> None:
        self.take(Said(words))

    @precondition(lambda self: self.screen.takes_words)
    @rule(words=WORDS)
    def answer_in_words(self, words: str) -> None:
        self.take(Said(words))

    @rule(event=ODD)
    def send_something_odd(self, event: Event) -> None:
        before = self.session
        self.take(event)
        assert unremarked(self.session) == unremarked(before)

    @rule(place=st.sampled_from([str(place) for place in door.STEPS]), option=st.text(max_size=8))
    def press_an_old_button(self, place: str, option: str) -> None:
        if place not in {str(self.session.place), f"consent.{self.asked}"}:
            before = self.session
            self.take(Chose(place, option))
            assert unremarked(self.session) == unremarked(before), "an old button changed something"

    @rule(event=STAFF)
    def hear_from_staff(self, event: Event) -> None:
        self.take(event)

    @precondition(lambda self: self.asked is not None)
    @rule(option=st.sampled_from(["yes", "no"]))
    def answer_staff_from_anywhere(self, option: str) -> None:
        self.take(Chose(f"consent.{self.asked}", option))

    @rule(data=st.data())
    def hear_of_the_complaint(self, data: st.DataObject) -> None:
        complaint = self.session.complaint
        if complaint is not None and (onward := list(by_whoever_deals_with(complaint))):
            self.take(data.draw(st.sampled_from(onward))[1])

    @rule()
    def stay_away(self) -> None:
        self.take(Elapsed())
        assert not unsent(self.session)

    @rule()
    def stay_away_for_long(self) -> None:
        self.take(Outlived())
        assert self.session.answers == unsent(self.session), "a reflection is kept for too long"

    @rule()
    def come_back(self) -> None:
        before = anywhere(self.session)
        self.take(Returned())
        assert anywhere(self.session) == before

    @rule(link=SIDES)
    def start_again(self, link: str) -> None:
        self.take(Started(link))

    # --- one turn, and what is checked in it ---------------------------------------------------

    def take(self, event: Event) -> None:
        before = self.session
        self.remember(event)
        taken = door.turn(before, event)
        assert taken == door.turn(before, event), "a turn is not repeatable"
        assert SECRET not in repr(taken), "typed words show in a repr"
        for effect in taken.effects:
            self.check(effect, before, event)
            if isinstance(effect, OpenReferral | WarnStaff):
                assert effect.reference not in self.references, "a request was sent twice"
                self.references.append(effect.reference)
        self.remember_texts(event, taken.effects)
        self.session = filled_in(taken.session, len(self.references))
        self.screen = door.show(self.session)

    def remember(self, event: Event) -> None:
        match event:
            case StaffAsked(purpose=purpose) if self.session.is_with_staff:
                self.asked = purpose
            case Chose(option="yes") if self.asked and event.place == f"consent.{self.asked}":
                self.agreed.add(self.asked)
            case Chose(place=place, option=option) if place == str(self.session.place):
                self.told.add(place)
                self.old_enough |= (place, option) == ("consent.age", "yes")
                for purpose in Purpose if option == "yes" else ():
                    may = self.old_enough or purpose is Purpose.WARNING
                    is_told = self.told >= to_be_told(self.session, purpose)
                    if may and is_told and self.session.place in consents_for(purpose):
                        self.agreed.add(purpose)

    # What is missing here must be in `Caused`, as the type checker sees.
    def check(self, effect: Effect, before: Session, event: Event) -> None:
        match effect:
            case RecordConsent(purpose=purpose):
                assert purpose in self.agreed, "a consent was recorded that nobody gave"
            case WithdrawConsent(purpose=purpose):
                self.agreed.discard(purpose)
                self.kept_by_staff &= purpose is not Purpose.DATA
                self.warned &= purpose is not Purpose.WARNING
                self.complained &= purpose is not Purpose.COMPLAINT
            case EndConsent(purpose=purpose):
                is_kept = self.complained if purpose is Purpose.COMPLAINT else self.kept_by_staff
                assert purpose in OWN or not is_kept, "a consent ended that staff rely on"
                self.agreed.discard(purpose)
            case OpenReferral() | AddAnswers():
                assert Purpose.DATA in self.agreed, "a request was sent without consent"
                assert event in SENDING, "a request was sent unasked"
                is_added = isinstance(effect, AddAnswers)
                assert is_added == before.is_with_staff, "there are two requests, or none"
                self.kept_by_staff = True
            case WarnStaff():
                assert Purpose.WARNING in self.agreed, "staff were warned without consent"
                check_warned(effect, before, event)
                self.warned = True
            case FileComplaint():
                assert Purpose.COMPLAINT in self.agreed, "a complaint was sent without consent"
                assert event == Chose("complaint.review", "send"), "a complaint was sent unasked"
                self.complained = True
            case ErasePerson():
                assert event == Chose("rights.overview", "erase"), "somebody was erased unasked"
                self.agreed, self.told = set(), set()
                self.old_enough = self.kept_by_staff = self.complained = self.warned = False
            case _:
                check_caused(effect, before, event)

    # --- what holds after every event ----------------------------------------------------------

    @invariant()
    def nothing_personal_is_asked_before_somebody_agreed(self) -> None:
        needed = purposes_at(self.session.place)
        assert not needed or needed & self.agreed, "a question is asked without consent"

    @invariant()
    def answers_exist_only_under_consent(self) -> None:
        steps = {each.step for each in self.session.answers}
        for form in FORMS.values():
            if steps & form.steps:
                assert form.purposes & self.agreed, "an answer is kept without consent"
        if Purpose.CONTACT not in self.agreed:
            assert not steps & CONTACT_STEPS, "a contact way is kept without consent"

    @invariant()
    def a_code_is_known_only_until_it_is_confirmed(self) -> None:
        if self.session.code:
            assert is_here(self.session), "a code is still known"

    @invariant()
    def what_staff_keep_can_be_withdrawn(self) -> None:
        if self.kept_by_staff:
            assert self.session.agreed_to(Purpose.DATA), "a request is kept that shows no consent"
        if self.warned:
            assert self.session.agreed_to(Purpose.WARNING), "a warning is kept without consent"
        if self.complained:
            assert self.session.agreed_to(Purpose.COMPLAINT), "a complaint is kept without consent"

    @invariant()
    def stopping_takes_one_press_and_is_not_asked_about(self) -> None:
        assert "stop" in {button.option for button in self.screen.fixed}
        stopped = door.turn(self.session, Chose("everywhere.go", "stop"))
        assert str(stopped.session.place) in {"welcome.stopped", "handoff.left"}, "no way out"
        assert not unsent(stopped.session)
        assert not stopped.session.is_with_staff
        assert stopped.screen is not None
        assert not stopped.screen.buttons, "stopping is asked about"

    @invariant()
    def erasing_takes_two_presses(self) -> None:
        rights = door.turn(self.session, Chose("everywhere.go", "rights")).session
        assert "erase" in {button.option for button in door.show(rights).buttons}
        erased = door.turn(rights, Chose("rights.overview", "erase"))
        assert erased.effects == (ErasePerson(),)
        assert erased.session == Session(
            place=erased.session.place, language=rights.language, proof=rights.proof
        )


Walk.TestCase.settings = settings(max_examples=100, stateful_step_count=50, deadline=None)
