"""What good mentoring to work is, in rows: our own set, built on published standards.

It is not the list of HIVA-KU Leuven, and every text says so and names their book. A criterion is
worded as `reflection.<name>.text`. A changed criterion gets the next version; one with another
meaning gets another name, so that an older reflection stays readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from dialogs.frozen import Frozen


class Component(StrEnum):
    """The parts of a mentoring programme, in the order in which a participant meets them."""

    DESIGN = "design"
    RECRUITMENT = "recruitment"
    SCREENING = "screening"
    TRAINING = "training"
    MATCHING = "matching"
    START = "start"
    GUIDANCE = "guidance"
    CLOSURE = "closure"
    EVALUATION = "evaluation"


class Perspective(StrEnum):
    """From where quality is looked at; most of a programme is about the process."""

    CLIENT = "client"
    ORGANISATION = "organisation"
    RESULT = "result"
    PROCESS = "process"


class Criterion(Frozen):
    """One statement somebody holds beside their own programme.

    `sources` are a letter of `STANDARDS` with the number of the element, or the letter alone.
    """

    name: str
    component: Component
    perspective: Perspective
    sources: tuple[str, ...]
    version: int = 1


STANDARDS: Mapping[str, str] = {
    "A": "NCVO, Approved Provider Standard",
    "D": "Handreiking",
    "E": "MENTOR, Elements of Effective Practice for Mentoring, 4th edition, 2015",
    "H": "HIVA-KU Leuven, mentoring2work.eu",
    "I": "EMCC, International Standards for Mentoring and Coaching Programmes",
}

BOOKS: Mapping[str, str] = {
    "nl": (
        "Naar minimale kwaliteitscriteria voor mentoring-naar-werk-projecten"
        " (HIVA-KU Leuven, 2021, ISBN 9789055507160)"
    ),
    "en": (
        "Towards minimum quality criteria for mentoring-to-work programmes"
        " (HIVA-KU Leuven, 2022, ISBN 9789055507405)"
    ),
}
"""The book on the real list, in the edition of each language."""

C = Component
P = Perspective

CRITERIA: tuple[Criterion, ...] = (
    Criterion("aims", C.DESIGN, P.RESULT, ("A1", "I1")),
    Criterion("meaning", C.DESIGN, P.PROCESS, ("D", "H")),
    Criterion("theory", C.DESIGN, P.RESULT, ("E",)),
    Criterion("means", C.DESIGN, P.ORGANISATION, ("A2",)),
    Criterion("coordinator", C.DESIGN, P.ORGANISATION, ("I6",)),
    Criterion("safety", C.DESIGN, P.ORGANISATION, ("A3", "I5")),
    Criterion("reporting", C.DESIGN, P.ORGANISATION, ("I5", "D")),
    Criterion("partners", C.DESIGN, P.ORGANISATION, ("A4",)),
    Criterion("mentor_picture", C.RECRUITMENT, P.PROCESS, ("E1",)),
    Criterion("mentee_picture", C.RECRUITMENT, P.CLIENT, ("E1", "D")),
    Criterion("mentors_sought", C.RECRUITMENT, P.PROCESS, ("E1",)),
    Criterion("mentees_reached", C.RECRUITMENT, P.CLIENT, ("E1", "A4")),
    Criterion("requirements", C.RECRUITMENT, P.PROCESS, ("E1",)),
    Criterion("mentor_talk", C.SCREENING, P.PROCESS, ("E2", "A6")),
    Criterion("mentee_talk", C.SCREENING, P.PROCESS, ("A5",)),
    Criterion("suitability", C.SCREENING, P.PROCESS, ("A6", "E2")),
    Criterion("free_choice", C.SCREENING, P.CLIENT, ("H",)),
    Criterion("referral", C.SCREENING, P.CLIENT, ("D",)),
    Criterion("mentor_ready", C.TRAINING, P.PROCESS, ("E3", "A7", "I2")),
    Criterion("mentee_ready", C.TRAINING, P.CLIENT, ("E3", "I2")),
    Criterion("equality", C.TRAINING, P.PROCESS, ("D",)),
    Criterion("learning", C.TRAINING, P.PROCESS, ("I2",)),
    Criterion("clear_match", C.MATCHING, P.PROCESS, ("A9", "I3")),
    Criterion("good_match", C.MATCHING, P.PROCESS, ("E4",)),
    Criterion("own_say", C.MATCHING, P.CLIENT, ("I3",)),
    Criterion("new_match", C.MATCHING, P.PROCESS, ("I3",)),
    Criterion("first_meeting", C.START, P.PROCESS, ("E4",)),
    Criterion("agreement", C.START, P.PROCESS, ("E4", "I5")),
    Criterion("own_goals", C.START, P.CLIENT, ("I1",)),
    Criterion("talks", C.GUIDANCE, P.PROCESS, ("E5", "A10")),
    Criterion("course", C.GUIDANCE, P.PROCESS, ("E5",)),
    Criterion("mentor_support", C.GUIDANCE, P.PROCESS, ("A8", "E5")),
    Criterion("problems", C.GUIDANCE, P.PROCESS, ("I4",)),
    Criterion("other_help", C.GUIDANCE, P.CLIENT, ("D",)),
    Criterion("known_end", C.CLOSURE, P.PROCESS, ("E6",)),
    Criterion("last_talk", C.CLOSURE, P.PROCESS, ("E6",)),
    Criterion("afterwards", C.CLOSURE, P.PROCESS, ("E6",)),
    Criterion("thanks", C.CLOSURE, P.PROCESS, ("D",)),
    Criterion("satisfaction", C.EVALUATION, P.CLIENT, ("H",)),
    Criterion("results", C.EVALUATION, P.RESULT, ("H", "A10")),
    Criterion("early_ends", C.EVALUATION, P.RESULT, ("I4",)),
    Criterion("lessons", C.EVALUATION, P.ORGANISATION, ("I4",)),
)
CRITERION: Mapping[str, Criterion] = {each.name: each for each in CRITERIA}
