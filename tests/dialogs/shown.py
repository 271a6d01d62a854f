"""What holds for every screen of a walk, whatever led to it."""

from __future__ import annotations

from hypothesis.stateful import RuleBasedStateMachine, invariant

from dialogs import turn as door
from dialogs.events import Chose
from dialogs.screens import Screen
from dialogs.steps import ASIDE
from dialogs.values import Place, Session, Topic
from tests.dialogs.compared import questions_left, unremarked


class Shown(RuleBasedStateMachine):
    """Somebody who stands somewhere, and sees something."""

    session: Session
    screen: Screen

    @invariant()
    def no_costs_no_more_than_yes(self) -> None:
        options = [button.option for button in self.screen.buttons]
        if {"yes", "no"} <= set(options):
            assert abs(options.index("yes") - options.index("no")) == 1, "not side by side"
            place = str(self.session.place)
            after_no = door.turn(self.session, Chose(place, "no"))
            after_yes = door.turn(self.session, Chose(place, "yes"))
            assert questions_left(after_no.session) <= questions_left(after_yes.session)

    @invariant()
    def a_screen_can_be_shown_again(self) -> None:
        assert self.screen == door.show(self.session)
        assert self.screen.lines
        labels = [button.label for button in (*self.screen.buttons, *self.screen.fixed)]
        assert len(labels) == len(set(labels)), "two buttons read the same"
        for button in (*self.screen.buttons, *self.screen.fixed):
            assert len(f"{button.place}:{button.option}".encode()) <= 64

    @invariant()
    def help_and_a_human_are_one_press_away(self) -> None:
        for option, place in (
            ("urgent", Place(Topic.URGENT, "lines")),
            ("human", Place(Topic.HANDOFF, "human")),
        ):
            assert option in {button.option for button in self.screen.fixed}
            there = door.turn(self.session, Chose("everywhere.go", option)).session
            assert there.place == place
            back = door.turn(there, Chose(str(place), "back")).session
            if self.session.place not in ASIDE:
                assert unremarked(back) == unremarked(self.session), "the way back leads elsewhere"
