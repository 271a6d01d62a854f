"""The questions of a request, in rows in the order of asking; `when` says who is asked what.

Nothing is asked about anybody else, and no story; of a client who is referred only which side they
are on and what they speak. Every question may be skipped but how to reach somebody who agreed to
be contacted, and what a referral cannot do without. A skipped question is remembered as such, so
that the next question is always the first one without an answer.
"""

from __future__ import annotations

from dialogs.effects import AddAnswers, OpenReferral
from dialogs.forms import Form
from dialogs.frozen import replace
from dialogs.review import steps_of
from dialogs.steps import Condition, Move, Pick, Question, Step, Write, never
from dialogs.values import PURPOSES, Handoff, Place, Purpose, Role, Service, Session, Topic

WAITING = Place(Topic.HANDOFF, "waiting")

DIALLED = range(8, 16)
"""How many digits a phone number has, from a short one at home to the longest of E.164."""


def may_be_contacted(session: Session) -> bool:
    """Ask only who agreed to be contacted."""
    return session.agreed_to(Purpose.CONTACT)


def reached_by(*ways: str) -> Condition:
    """Ask only who chose one of these ways of contact."""

    def chosen(session: Session) -> bool:
        way = session.answer_to("way")
        return may_be_contacted(session) and way is not None and way.option in ways

    return chosen


def at_home_by(*ways: str) -> Condition:
    """Ask only who chose one of these ways, and is not reached at work."""
    is_reached = reached_by(*ways)
    return lambda session: is_reached(session) and is_for_oneself(session)


def is_for_oneself(session: Session) -> bool:
    """Ask everybody but who refers somebody else."""
    return session.role is not Role.REFERRER


def is_involved(session: Session) -> bool:
    """Ask only who comes for mediation in something that happened to them, or by them."""
    return session.service is Service.MEDIATION and is_for_oneself(session)


def is_a(role: Role) -> Condition:
    """Ask only people of one role."""
    return lambda session: session.role is role


def has_a_running_case(session: Session) -> bool:
    """Ask only whose criminal case is still running."""
    case = session.answer_to("criminal_case")
    return case is not None and case.option == "running"


def asks_about_a_decision(session: Session) -> bool:
    """Ask only who wants a decision of the office explained."""
    matter = session.answer_to("matter")
    return session.role is Role.CLIENT and matter is not None and matter.option == "decision"


def looks_like_a_number(words: str) -> bool:
    """Take anything a person could dial: eight to fifteen digits, written as people write them."""
    digits = sum(sign.isdigit() for sign in words)
    return digits in DIALLED and set(words) <= set("0123456789 +-()./")


def looks_like_an_address(words: str) -> bool:
    """Take anything with one @ and a dot behind it; a letter that comes back tells more."""
    name, at, domain = words.partition("@")
    return bool(name and at and "." in domain and "@" not in domain and " " not in words)


QUESTIONS: tuple[Question, ...] = (
    Pick("permission", "client", ("spoken", "written"), is_a(Role.REFERRER), optional=never),
    Pick("way", "contact", ("phone", "email", "post"), may_be_contacted, optional=never),
    Write("phone", "contact", 40, reached_by("phone"), optional=never, fits=looks_like_a_number),
    Write("email", "contact", 100, reached_by("email"), optional=never, fits=looks_like_an_address),
    Write("post", "contact", 200, reached_by("post"), optional=never),
    Pick("safe_to_call", "safe", ("yes", "no", "not_sure"), at_home_by("phone")),
    Pick("shared_phone", "safe", ("no", "yes", "not_sure"), at_home_by("phone")),
    Write("safe_times", "safe", 200, reached_by("phone")),
    Pick("voicemail", "safe", ("nothing", "neutral", "open"), reached_by("phone")),
    Pick("others_read", "safe", ("no", "yes", "not_sure"), at_home_by("email", "post")),
    Pick("neutral_words", "safe", ("neutral", "open"), at_home_by("phone", "email", "post")),
    Write("name", "you", 100),
    Write("workplace", "you", 100, is_a(Role.REFERRER), optional=never),
    Pick("bond", "you", ("next_of_kin", "relative", "witness"), is_a(Role.RELATIVE)),
    Pick("tongue", "you", ("dutch", "english", "other"), is_for_oneself),
    Pick("interpreter", "you", ("yes", "no", "not_sure"), is_involved),
    Write("support", "you", 200, is_for_oneself),
    Pick("client_side", "client", ("harmed", "responsible", "relative"), is_a(Role.REFERRER)),
    Pick("client_tongue", "client", ("dutch", "english", "other"), is_a(Role.REFERRER)),
    Pick("matter", "matter", ("money", "bill", "decision", "talk", "other"), is_a(Role.CLIENT)),
    Write("decision", "matter", 500, asks_about_a_decision),
    Write("unclear", "matter", 1000, asks_about_a_decision),
    Pick(
        "mentoring_part",
        "mentoring",
        ("mentor", "mentee", "programme", "other"),
        is_a(Role.MENTORING),
    ),
    Pick(
        "guidance", "mentoring", ("reflecting", "criteria", "method", "other"), is_a(Role.MENTORING)
    ),
    Pick("event", "event", ("belongings", "violence", "intimate", "traffic", "other"), is_involved),
    Pick("period", "event", ("weeks", "months", "years"), is_involved),
    Pick("criminal_case", "event", ("running", "finished", "none", "not_sure"), is_involved),
    Pick("lawyer", "event", ("yes", "no"), has_a_running_case),
    Pick("wish", "wish", ("questions", "tell", "listen", "hear_more", "not_sure"), is_involved),
    Pick("form", "wish", ("talk", "letter", "messenger", "not_sure"), is_involved),
)
CONTACT_STEPS = frozenset(each.step for each in QUESTIONS if each.group in {"contact", "safe"})
"""What is kept under the consent to be contacted: where somebody is reached, and how safely."""

IN_THE_OPEN = frozenset({"phone", "email", "post", "safe_times", "name", "workplace"})
"""What is typed and is no story: whoever answers needs it, whatever key they have."""


def sent(session: Session) -> Move:
    """Put the request before staff; the answers are theirs now and leave the session.

    Where one is open already, as after a warning, they are laid with that one.
    """
    role, answers = session.role or Role.UNDISCLOSED, FORM.answered(session)
    agreed = tuple(each for each in session.agreements if each.purpose in PURPOSES[Topic.INTAKE])
    empty = FORM.emptied(session).sending(each.purpose for each in agreed)
    there = replace(empty, place=WAITING, is_warning=False)
    if session.is_with_staff:
        return Move(there, (AddAnswers(role, agreed, answers),))
    opened = OpenReferral(session.reference, session.service, role, agreed, answers)
    return Move(replace(there, handoff=Handoff.WAITING), (opened,))


FORM = Form(
    topic=Topic.INTAKE,
    purposes=frozenset({Purpose.DATA}),
    questions=QUESTIONS,
    before=Place(Topic.CONSENT, "contact"),
    ends=lambda _session: {"send": sent},
)

STEPS: dict[str, Step] = steps_of(FORM)
