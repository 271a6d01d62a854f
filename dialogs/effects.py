"""What must become true in the world because of a turn; commands, performed by the conductor."""

from __future__ import annotations

from dataclasses import dataclass, field

from dialogs.events import Danger
from dialogs.screens import Screen
from dialogs.values import Agreement, Answer, Copy, Purpose, Role, Service, Session, Standing


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """Write down that somebody agreed, to which text."""

    purpose: Purpose
    version: str


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """Write down that a consent ended; what was kept under it, in a request too, is erased."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class AnswerStaff:
    """Write down what somebody said to a consent that staff asked for."""

    purpose: Purpose
    agreed: bool


@dataclass(frozen=True, slots=True)
class EndConsent:
    """Write down that a consent ended with the request it was given for, which was never sent."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """Put a request before staff; a second one with the same reference is the same request."""

    reference: str
    service: Service
    role: Role
    agreements: tuple[Agreement, ...]
    answers: tuple[Answer, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class WarnStaff:
    """Put a request before staff, as an alarm, that says of its person only that they are there."""

    reference: str
    service: Service
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class AddAnswers:
    """Lay the answers of a request with the one that is open, which was a warning."""

    role: Role
    agreements: tuple[Agreement, ...]
    answers: tuple[Answer, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PassOn:
    """Lay the person's words before staff."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskCorrection:
    """Lay before staff what is not right in what they have, beside what stood there."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RaiseAlarm:
    """Mark the request for staff, for a threat was typed; what was typed goes its usual way."""


@dataclass(frozen=True, slots=True)
class NoteDanger:
    """Tell staff which help the person was shown; what speaks clearly of danger is an alarm too."""

    danger: Danger


@dataclass(frozen=True, slots=True)
class LeaveReferral:
    """Tell staff that the person stopped; nothing is sent to them any more."""


@dataclass(frozen=True, slots=True)
class FileComplaint:
    """Put a complaint before staff."""

    service: Service
    agreements: tuple[Agreement, ...]
    answers: tuple[Answer, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AdvanceComplaint:
    """Bring the person's open complaint from where it stands to where they chose."""

    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class CountHelp:
    """Count whether a card helped: by its name and the day, without a person.

    Nothing remembers who pressed, so one person may be counted twice.
    """

    card: str
    helped: bool


@dataclass(frozen=True, slots=True)
class CountAnswer:
    """Count an answer to a question after closing: by service and month, without a person."""

    service: Service
    question: str
    option: str


@dataclass(frozen=True, slots=True)
class CountMissed:
    """Count words that were not understood: by language, day and what they are nearest to.

    Nothing of the words or of who typed them. `near` is a topic, empty when they are like nothing
    here. `is_offered` says that there was something to choose from; that none of it was meant is
    counted apart.
    """

    near: str
    is_offered: bool = False


@dataclass(frozen=True, slots=True)
class CountNo:
    """Count a no before a request, which is as good as a yes: by service and month, of nobody."""

    service: Service


@dataclass(frozen=True, slots=True)
class OfferCopy:
    """Let a copy be fetched with this ticket, for a quarter of an hour."""

    copy: Copy
    ticket: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepCode:
    """Let this code lead back to the conversation, in the place of an earlier one."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeepPin:
    """Shut this conversation whenever the person was away for long; this PIN opens it again."""

    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RemovePin:
    """Shut this conversation no more."""


@dataclass(frozen=True, slots=True)
class ErasePerson:
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


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event leads to. No screen means that nothing needs to be said."""

    session: Session
    effects: tuple[Effect, ...]
    screen: Screen | None
