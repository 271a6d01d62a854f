"""The nouns of a conversation: frozen values that only answer small questions about themselves.

What a human typed never shows in a `repr`: those fields are `Hidden`. What is kept as a row of its
fields, and not by their names, is `array_like`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Self

from dialogs.frozen import Frozen, Hidden, replace


class Topic(StrEnum):
    """What a part of the conversation is about; each has one file in this room."""

    WELCOME = "welcome"
    INFO = "info"
    CONSENT = "consent"
    INTAKE = "intake"
    HANDOFF = "handoff"
    REFLECTION = "reflection"
    TALK = "talk"
    COMPLAINT = "complaint"
    RIGHTS = "rights"
    COPIES = "copies"
    URGENT = "urgent"
    SURVEY = "survey"
    RETURNING = "returning"


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
    PROFESSIONAL = "professional"
    MENTORING = "mentoring"
    UNDISCLOSED = "undisclosed"


class Purpose(StrEnum):
    """What a consent is for, such as keeping data or being contacted. Never bundled."""

    DATA = "data"
    CONTACT = "contact"
    REFLECTION = "reflection"
    LETTER = "letter"
    COMPLAINT = "complaint"
    WARNING = "warning"
    OTHER_PARTY = "other_party"
    PARTNER = "partner"
    RESEARCH = "research"


ASKED_BY_STAFF = (Purpose.OTHER_PARTY, Purpose.PARTNER, Purpose.RESEARCH)
"""For what staff may ask a consent of its own, once they work on a request."""

PURPOSES: Mapping[Topic, tuple[Purpose, ...]] = {
    Topic.INTAKE: (Purpose.DATA, Purpose.CONTACT),
    Topic.REFLECTION: (Purpose.REFLECTION,),
    Topic.TALK: (Purpose.LETTER, Purpose.DATA),
    Topic.COMPLAINT: (Purpose.COMPLAINT, Purpose.LETTER),
}
"""Under which consents the answers of a topic may be kept."""


class Copy(StrEnum):
    """What a person may take along, made at the moment that it is fetched and kept nowhere."""

    HELD = "held"
    COMPLAINT_LETTER = "complaint_letter"
    REFLECTION = "reflection"
    TALK_TEXT = "talk_text"


class Handoff(StrEnum):
    """How far a sent request has come, as far as the person is concerned."""

    WAITING = "waiting"
    TALKING = "talking"
    CLOSED = "closed"
    LEFT = "left"


class Standing(StrEnum):
    """How far a complaint has come; who brings it further, `dialogs/procedure.py` says.

    Of the first three nothing is kept: a complaint is there from the moment it was received.
    """

    UNEASE = "unease"
    TALK = "talk"
    FILING = "filing"
    RECEIVED = "received"
    DIRECTOR = "director"
    TAKEN_UP = "taken_up"
    OFFERED = "offered"
    CHOICE = "choice"
    COMMITTEE = "committee"
    FOUNDED = "founded"
    RECOMMENDED = "recommended"
    SETTLED = "settled"
    UNSOLVED = "unsolved"
    DECLINED = "declined"
    INADMISSIBLE = "inadmissible"
    UNFOUNDED = "unfounded"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Complaint(Frozen):
    """A complaint that was sent, as its person sees it.

    About which service, how far it is, and the last words on it.
    """

    service: Service
    standing: Standing
    words: Hidden[str] = ""


class Place(Frozen):
    """Where a conversation stands, written `intake.relationship`."""

    topic: Topic
    step: str

    def __str__(self) -> str:
        """Write the place as the database, the wording and the buttons know it."""
        return f"{self.topic}.{self.step}"


class Answer(Frozen, array_like=True):
    """What came back on one question: an option, the person's words, or neither when skipped."""

    step: str
    option: str | None = None
    words: Hidden[str | None] = None

    @property
    def is_skipped(self) -> bool:
        """Say whether the person went past the question."""
        return self.option is None and self.words is None


class Agreement(Frozen, array_like=True):
    """A consent that stands, and the version of the text it was given to."""

    purpose: Purpose
    version: str


class Session(Frozen):
    """All that is remembered of a conversation.

    `reference` is the name the next request will have; the conductor fills it in, for this room
    makes no names. `remark` is the message id of one line that the next screen opens with.
    `came_from` is where the person was before looking at help lines, a human or their rights, and
    `bound_for` where they go once an age, a language or a role is known. `asked` is the consent
    that staff wait to hear about, and `complaint` the newest one they sent. `drafts` are the topics
    in which something is being answered that was not sent yet; `sent` are the consents under which
    staff have something. `checked_since` is the day since which a card must have been checked to be
    shown; `ticket` is what the next copy can be fetched with, and `proof` the number by which
    somebody who is erased can show it. The conductor fills these in too, for this room has no clock
    and makes no secrets. `copy` is what can be fetched now. `code` is a return code that was not
    confirmed yet, drawn by the conductor too; it goes as soon as it is kept or not wanted.
    `unspoken` are the languages that lack words in this house, and so are not offered.
    `guessed` are the topics that words may have asked for, and `worried` says that the last words
    may have spoken of danger, so that help stands below what is shown. `is_warning` says that their
    last request is only a warning: staff have nothing of them but the way back.
    """

    place: Place = Place(Topic.WELCOME, "language")
    language: str = "nl"
    role: Role | None = None
    reference: str = ""
    agreements: tuple[Agreement, ...] = ()
    answers: Hidden[tuple[Answer, ...]] = ()
    handoff: Handoff | None = None
    asked: Purpose | None = None
    colleague: Hidden[str | None] = None
    complaint: Complaint | None = None
    came_from: Place | None = None
    bound_for: Place | None = None
    drafts: tuple[Topic, ...] = ()
    sent: tuple[Purpose, ...] = ()
    checked_since: date | None = None
    proof: str = ""
    ticket: Hidden[str] = ""
    copy: Copy | None = None
    code: Hidden[str] = ""
    has_pin: bool = False
    unspoken: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()
    worried: bool = False
    is_warning: bool = False
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

    def sending(self, purposes: Iterable[Purpose]) -> Self:
        """Note that staff have something under these consents, beside what they had."""
        return replace(self, sent=tuple(dict.fromkeys((*self.sent, *purposes))))

    def drafting(self, topic: Topic) -> Self:
        """Begin to answer the questions of a topic."""
        return replace(self.done_with(topic), drafts=(*self.done_with(topic).drafts, topic))

    def done_with(self, topic: Topic) -> Self:
        """End a draft: it was sent, or it is forgotten."""
        return replace(self, drafts=tuple(each for each in self.drafts if each is not topic))

    def at(self, place: Place) -> Self:
        """Stand somewhere else, with everything else as it was."""
        return replace(self, place=place)

    def remarking(self, remark: str | None) -> Self:
        """Open the next screen with one line, such as what was not understood, or with none."""
        return self if self.remark == remark else replace(self, remark=remark)

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
