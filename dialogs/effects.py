"""What must become true in the world because of a turn; commands, performed by the conductor."""

from __future__ import annotations

from dialogs.events import Danger
from dialogs.frozen import Frozen, Hidden
from dialogs.screens import Screen
from dialogs.values import Agreement, Answer, Copy, Purpose, Role, Service, Session, Standing


class RecordConsent(Frozen):
    """Write down that somebody agreed, to which text."""

    purpose: Purpose
    version: str


class WithdrawConsent(Frozen):
    """Write down that a consent ended; what was kept under it, in a request too, is erased."""

    purpose: Purpose


class AnswerStaff(Frozen):
    """Write down what somebody said to a consent that staff asked for."""

    purpose: Purpose
    agreed: bool


class EndConsent(Frozen):
    """Write down that a consent ended with the request it was given for, which was never sent."""

    purpose: Purpose


class OpenReferral(Frozen):
    """Put a request before staff; a second one with the same reference is the same request."""

    reference: str
    service: Service
    role: Role
    agreements: tuple[Agreement, ...]
    answers: Hidden[tuple[Answer, ...]]


class WarnStaff(Frozen):
    """Put a request before staff, as an alarm, that says of its person only that they are there."""

    reference: str
    service: Service
    agreement: Agreement


class AddAnswers(Frozen):
    """Lay the answers of a request with the one that is open, which was a warning."""

    role: Role
    agreements: tuple[Agreement, ...]
    answers: Hidden[tuple[Answer, ...]]


class PassOn(Frozen):
    """Lay the person's words before staff."""

    words: Hidden[str]


class AskCorrection(Frozen):
    """Lay before staff what is not right in what they have, beside what stood there."""

    words: Hidden[str]


class RaiseAlarm(Frozen):
    """Mark the request for staff, for a threat was typed; what was typed goes its usual way."""


class NoteDanger(Frozen):
    """Tell staff which help the person was shown; what speaks clearly of danger is an alarm too."""

    danger: Danger


class LeaveReferral(Frozen):
    """Tell staff that the person stopped; nothing is sent to them any more."""


class FileComplaint(Frozen):
    """Put a complaint before staff."""

    service: Service
    agreements: tuple[Agreement, ...]
    answers: Hidden[tuple[Answer, ...]]


class AdvanceComplaint(Frozen):
    """Bring the person's open complaint from where it stands to where they chose."""

    before: Standing
    after: Standing


class CountHelp(Frozen):
    """Count whether a card helped: by its name and the day, without a person.

    Nothing remembers who pressed, so one person may be counted twice.
    """

    card: str
    helped: bool


class CountAnswer(Frozen):
    """Count an answer to a question after closing: by service and month, without a person."""

    service: Service
    question: str
    option: str


class CountMissed(Frozen):
    """Count words that were not understood: by language, day and what they are nearest to.

    Nothing of the words or of who typed them. `near` is a topic, empty when they are like nothing
    here. `is_offered` says that there was something to choose from; that none of it was meant is
    counted apart.
    """

    near: str
    is_offered: bool = False


class CountNo(Frozen):
    """Count a no before a request, which is as good as a yes: by service and month, of nobody."""

    service: Service


class OfferCopy(Frozen):
    """Let a copy be fetched with this ticket, for a quarter of an hour."""

    copy: Copy
    ticket: Hidden[str]


class KeepCode(Frozen):
    """Let this code lead back to the conversation, in the place of an earlier one."""

    code: Hidden[str]


class KeepPin(Frozen):
    """Shut this conversation whenever the person was away for long; this PIN opens it again."""

    pin: Hidden[str]


class RemovePin(Frozen):
    """Shut this conversation no more."""


class ErasePerson(Frozen):
    """Forget this person wholly: rows, words, keys."""


Effect = (
    RecordConsent
    | WithdrawConsent
    | EndConsent
    | AnswerStaff
    | OpenReferral
    | WarnStaff
    | AddAnswers
    | PassOn
    | RaiseAlarm
    | NoteDanger
    | AskCorrection
    | LeaveReferral
    | FileComplaint
    | AdvanceComplaint
    | CountHelp
    | CountAnswer
    | CountMissed
    | CountNo
    | OfferCopy
    | KeepCode
    | KeepPin
    | RemovePin
    | ErasePerson
)


class Turn(Frozen):
    """What one event leads to. No screen means that nothing needs to be said."""

    session: Session
    effects: tuple[Effect, ...]
    screen: Screen | None
