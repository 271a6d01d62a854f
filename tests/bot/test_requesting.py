"""Whatever is typed in a request goes into a letterbox, but for what is named as no story."""

from __future__ import annotations

import pytest

from bot.requesting import put_in
from dialogs.drafts import FORMS
from dialogs.effects import AddAnswers, OpenReferral
from dialogs.steps import Write
from dialogs.values import Agreement, Answer, Handoff, Purpose, Role, Session, Topic
from storage.letterbox import Letterbox
from storage.pairs import PrivateKey

SHORT = {"phone", "email", "post", "safe_times", "name", "workplace"}
AGREED = tuple(Agreement(each, "1") for each in Purpose)
BOX = Letterbox("intake", PrivateKey.new().public)


def sent(topic: Topic, handoff: Handoff | None) -> set[str]:
    """Fill in all that can be typed in a form, take every end, and name what comes in requests."""
    form = FORMS[topic]
    typed = [each.step for each in form.questions if isinstance(each, Write)]
    answers = tuple(Answer(step, words="Zilver") for step in typed)
    session = Session(role=Role.CLIENT, agreements=AGREED, answers=answers, handoff=handoff)
    steps = set()
    for end in form.ends(session).values():
        for effect in end(session).effects:
            if isinstance(effect, OpenReferral | AddAnswers):
                assert {each.step for each in effect.answers} == set(typed)
                left, letters = put_in(BOX, effect.answers)
                assert {each.step for each in left if each.words} == set(typed) & SHORT
                steps |= set(letters)
    return steps


@pytest.mark.parametrize("handoff", [None, Handoff.WAITING])
def test_of_a_request_only_short_answers_stay_out_of_the_letterbox(
    handoff: Handoff | None,
) -> None:
    assert sent(Topic.INTAKE, handoff) == {"support", "decision", "unclear"}


def test_all_of_a_text_that_is_handed_over_goes_into_the_letterbox() -> None:
    assert sent(Topic.TALK, None) == {"occasion", "point"}


@pytest.mark.parametrize("topic", [each for each in Topic if each in FORMS])
def test_no_other_form_brings_a_request(topic: Topic) -> None:
    assert bool(sent(topic, None)) is (topic in {Topic.INTAKE, Topic.TALK})
