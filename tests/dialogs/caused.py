"""What each effect is caused by, where nothing has to be remembered to say so."""

from __future__ import annotations

from dialogs.effects import (
    AdvanceComplaint,
    AnswerStaff,
    AskCorrection,
    CountAnswer,
    CountHelp,
    CountMissed,
    CountNo,
    KeepCode,
    KeepPin,
    LeaveReferral,
    NoteDanger,
    OfferCopy,
    PassOn,
    RaiseAlarm,
    RemovePin,
)
from dialogs.events import Chose, Event, Said
from dialogs.values import Session
from tests.dialogs.happenings import COPIES, SENDING
from tests.dialogs.typing import check_missed, check_told

ONLY_AFTER = {
    CountNo: Chose("consent.data", "no"),
    LeaveReferral: Chose("everywhere.go", "stop"),
    RemovePin: Chose("returning.begin", "no_pin"),
}
Caused = (
    AnswerStaff
    | OfferCopy
    | PassOn
    | AskCorrection
    | RaiseAlarm
    | NoteDanger
    | CountMissed
    | CountAnswer
    | AdvanceComplaint
    | CountHelp
    | KeepCode
    | KeepPin
    | CountNo
    | LeaveReferral
    | RemovePin
)


# One case for each effect, and the type checker sees that none is missing.
def check_caused(effect: Caused, before: Session, event: Event) -> None:  # noqa: C901
    """Somebody pressed or typed this, and it is theirs to do."""
    match effect:
        case AnswerStaff(purpose=purpose, agreed=agreed):
            assert event == Chose(f"consent.{purpose}", "yes" if agreed else "no")
        case OfferCopy():
            assert event in COPIES, "a copy was offered unasked"
        case PassOn() | AskCorrection():
            assert before.is_with_staff, "words were passed on to nobody"
            assert isinstance(event, Said) or event in SENDING
        case RaiseAlarm() | NoteDanger():
            check_told(effect, before, event)
        case CountMissed():
            check_missed(effect, before, event)
        case CountAnswer(question=question, option=option):
            assert event == Chose(f"survey.{question}", option), "nobody chose this"
        case AdvanceComplaint(before=standing, after=after):
            assert standing is (before.complaint and before.complaint.standing)
            assert event == Chose("complaint.tracking", after)
        case CountHelp(card=card):
            assert event in {Chose(f"info.{card}", option) for option in ("yes", "no")}
        case KeepCode() | KeepPin():
            assert isinstance(event, Said), "what leads back was kept and not typed"
        case CountNo() | LeaveReferral() | RemovePin():
            assert event == ONLY_AFTER[type(effect)], "something was done unasked"
