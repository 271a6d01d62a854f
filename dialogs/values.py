"""The nouns of a conversation: frozen values that only answer small questions about themselves.

What a human typed never shows in a `repr`: those fields are marked `repr=False`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self


class Topic(StrEnum):
    """What a part of the conversation is about; each has one file in this room."""

    WELCOME = "welcome"
    INFO = "info"
    CONSENT = "consent"
    INTAKE = "intake"
    HANDOFF = "handoff"
    RIGHTS = "rights"
    URGENT = "urgent"


class Service(StrEnum):
    """What an organisation may run; each service has its own name, hours, terms and queues."""

    MEDIATION = "mediation"
    ADMINISTRATION = "administration"
    MENTORING = "mentoring"


class Role(StrEnum):
    """How someone sees their own part; rather not saying is as good an answer as any."""

    VICTIM = "victim"
    OFFENDER = "offender"
    RELATIVE = "relative"
    CLIENT = "client"
    REFERRER = "referrer"
    MENTORING = "mentoring"
    UNDISCLOSED = "undisclosed"


class Purpose(StrEnum):
    """What a consent is for: keeping and passing on data, or being contacted. Never bundled."""

    DATA = "data"
    CONTACT = "contact"


class Handoff(StrEnum):
    """How far a sent request has come, as far as the person is concerned."""

    WAITING = "waiting"
    TALKING = "talking"
    CLOSED = "closed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation stands, written `intake.relationship`."""

    topic: Topic
    step: str

    def __str__(self) -> str:
        """Write the place as the database, the wording and the buttons know it."""
        return f"{self.topic}.{self.step}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back on one question: an option, the person's words, or neither when skipped."""

    step: str
    option: str | None = None
    words: str | None = field(default=None, repr=False)

    @property
    def is_skipped(self) -> bool:
        """Say whether the person went past the question."""
        return self.option is None and self.words is None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A consent that stands, and the version of the text it was given to."""

    purpose: Purpose
    version: str


@dataclass(frozen=True, slots=True)
class Session:
    """All that is remembered of a conversation.

    `reference` is the name the next request will have; the conductor fills it in, for this room
    makes no names. `remark` is the message id of one line that the next screen opens with.
    `came_from` is where the person was before looking at help lines, a human or their rights.
    `earlier` says that staff have an earlier request, under the consents that stand.
    """

    place: Place = Place(Topic.WELCOME, "language")
    language: str = "nl"
    role: Role | None = None
    reference: str = ""
    agreements: tuple[Agreement, ...] = ()
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    handoff: Handoff | None = None
    colleague: str | None = field(default=None, repr=False)
    came_from: Place | None = None
    earlier: bool = False
    remark: str | None = None

    @property
    def service(self) -> Service:
        """Name the service whose facts this person is told."""
        match self.role:
            case Role.CLIENT:
                return Service.ADMINISTRATION
            case Role.MENTORING:
                return Service.MENTORING
            case _:
                return Service.MEDIATION

    @property
    def is_with_staff(self) -> bool:
        """Say whether words typed now have a colleague, or a queue, to go to."""
        return self.handoff in {Handoff.WAITING, Handoff.TALKING}

    @property
    def is_sent(self) -> bool:
        """Say whether staff have a request of this person, now or from before."""
        return self.handoff is not None or self.earlier

    @property
    def is_drafting(self) -> bool:
        """Say whether a request is being made that was not sent yet."""
        return self.agreed_to(Purpose.DATA) and self.handoff is None

    def at(self, place: Place) -> Self:
        """Stand somewhere else, with everything else as it was."""
        return replace(self, place=place)

    def remarking(self, remark: str) -> Self:
        """Open the next screen with one line, such as what was not understood."""
        return replace(self, remark=remark)

    def agreed_to(self, purpose: Purpose) -> bool:
        """Say whether a consent for this purpose stands."""
        return any(agreement.purpose is purpose for agreement in self.agreements)

    def under(self, agreement: Agreement) -> Self:
        """Stand under a consent, in the place of an earlier one for the same purpose."""
        return replace(self, agreements=(*self.without(agreement.purpose).agreements, agreement))

    def without(self, purpose: Purpose) -> Self:
        """Stand under every consent but the one for this purpose."""
        others = tuple(each for each in self.agreements if each.purpose is not purpose)
        return replace(self, agreements=others)

    def answer_to(self, step: str) -> Answer | None:
        """Find the answer to a question; None means that it was not asked yet."""
        return next((answer for answer in self.answers if answer.step == step), None)


@dataclass(frozen=True, slots=True)
class Started:
    """The conversation was opened, perhaps by a link that says what somebody came for."""

    link: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody typed words, perhaps below something that is not text."""

    words: str = field(repr=False)
    attached: bool = False


@dataclass(frozen=True, slots=True)
class Chose:
    """A button was pressed. Both parts come from outside: they are compared, never parsed."""

    place: str
    option: str


@dataclass(frozen=True, slots=True)
class Attached:
    """Something arrived that is not text: a photo, a voice message, a poll."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that was sent before was changed."""


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command was typed that does not exist."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """Somebody spoke to us where others can read along, such as a group."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The time ran out in which a request that was begun is kept."""


@dataclass(frozen=True, slots=True)
class StaffTook:
    """A colleague picked the request up."""

    colleague: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StaffWrote:
    """A colleague wrote to the person."""

    colleague: str = field(repr=False)
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StaffReleased:
    """The colleague gave the request back to the queue."""


@dataclass(frozen=True, slots=True)
class StaffClosed:
    """The colleague closed the request, with last words to the person."""

    colleague: str = field(repr=False)
    words: str = field(repr=False)


Event = (
    Started
    | Said
    | Chose
    | Attached
    | Edited
    | Commanded
    | Overheard
    | Elapsed
    | StaffTook
    | StaffWrote
    | StaffReleased
    | StaffClosed
)


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, named by message id.

    `detail` is a line that stands inside this one as `{detail}`; `words` are a human's, and stand
    as `{words}`. `own` says that they are the person's own: a door that leaves its text lying about
    shows only that something was filled in.
    """

    id: str
    words: str | None = field(default=None, repr=False)
    detail: Line | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A choice: where it belongs, what it chooses, and the message id of its label."""

    place: str
    option: str
    label: str


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown: lines, then choices, then the buttons that are there on every screen.

    `lasting` marks a result that stays readable: it is never edited into something else.
    `takes_words` says that typed words are an answer here.
    """

    lines: tuple[Line, ...]
    buttons: tuple[Button, ...] = ()
    fixed: tuple[Button, ...] = ()
    lasting: bool = False
    takes_words: bool = False
