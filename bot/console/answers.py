"""What a person said about themselves, and how they may be reached, in words for staff.

What is dangerous to overlook comes first: whether calling is safe stands before any number.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.console.desk import Say
from bot.console.time_left import Reading, moment_in_words
from bot.wording import Unworded, Wording
from dialogs.drafts import asked_at
from dialogs.frozen import Frozen, Hidden
from dialogs.values import PURPOSES, Answer, Purpose, Service, Topic
from dialogs.welcome import label_of
from storage import asks
from storage.asks import Ask, State
from storage.consents import Consent
from storage.referrals import Asked

# In this order: first what to mind, and only then where.
TO_MIND = (
    "way", "neutral_words", "safe_to_call", "shared_phone", "safe_times", "voicemail", "others_read"
)  # fmt: skip
WHERE = ("phone", "email", "post")
WHO = ("name",)
UNSAFE = frozenset(
    {("safe_to_call", "no"), ("safe_to_call", "not_sure"), ("others_read", "yes"),
     ("others_read", "not_sure"), ("voicemail", "nothing"), ("shared_phone", "yes"),
     ("shared_phone", "not_sure"), ("neutral_words", "neutral")}
)  # fmt: skip


class Fact(Frozen):
    """One answer under its question; `is_unsafe` marks what must not be overlooked.

    One that is hidden has no words: they are not on the page.
    """

    step: str
    label: str
    words: Hidden[str]
    is_unsafe: bool
    is_hidden: bool = False


class Facts(Frozen):
    """The answers of a request: what to mind, where somebody is, who they are, and all as asked.

    What must be asked for first says only that it is there. Who was only warned of has no role.
    """

    to_mind: list[Fact]
    where: list[Fact]
    who: list[Fact]
    role: Fact | None
    asked: list[Fact]


class ConsentFact(Frozen):
    """How one consent stands: given, refused or ended; asked until `when`, or lapsed."""

    purpose: str
    state: str
    version: str
    when: str
    language: str
    door: str


class Teller(Frozen):
    """Words answers for one reader."""

    wording: Wording
    service: Service
    language: str

    def facts(self, asked: Asked, shown: Collection[str] = ()) -> Facts:
        """Sort the answers; where and who somebody is stays hidden unless its step is shown."""
        facts = {each.step: self._fact(each, shown) for each in asked.answers}
        to_mind, where, who = (
            [facts[step] for step in steps if step in facts] for steps in (TO_MIND, WHERE, WHO)
        )
        # In the words they chose it by.
        role = Fact("role", "", self._worded(label_of(asked.role), asked.role), is_unsafe=False)
        chosen = None if asked.is_warning else role
        return Facts(to_mind, where, who, chosen, list(facts.values()))

    def _fact(self, answer: Answer, shown: Collection[str]) -> Fact:
        is_hidden = answer.step in {*WHERE, *WHO} - {*shown} and answer.words is not None
        return Fact(
            answer.step,
            self._worded(f"{asked_at(answer.step)}.name", answer.step),
            "" if is_hidden else self._words(answer),
            (answer.step, answer.option) in UNSAFE,
            is_hidden=is_hidden,
        )

    def _words(self, answer: Answer) -> str:
        if answer.words is not None:
            return answer.words
        if answer.option is None:
            return self._worded("everywhere.skipped", "–")
        return self._worded(f"{asked_at(answer.step)}.{answer.option}", answer.option)

    def _worded(self, id: str, otherwise: str) -> str:
        """Word an id; a question that was taken away years ago keeps its bare name."""
        try:
            return self.wording.text(self.language, self.service, id) or otherwise
        except Unworded:
            return otherwise


def consent_facts(asked: Asked, history: list[Consent], reading: Reading) -> list[ConsentFact]:
    """Say how each consent of a request stands; no record of a yes is a no.

    Of other consents nobody learns here, such as one for a complaint about themselves.
    """
    purposes = (Purpose.WARNING,) if asked.is_warning else PURPOSES[Topic.INTAKE]
    return [_consent(purpose, history, reading, reading.say) for purpose in purposes]


def asked_facts(asked: list[Ask], history: list[Consent], reading: Reading) -> list[ConsentFact]:
    """Say of each consent that staff asked for what came of it."""
    return [_asked(ask, history, reading) for ask in asked]


def locked(service: Service, shown: list[ConsentFact]) -> list[Purpose]:
    """List what may not be done, for the person has not said yes to it."""
    given = {consent.purpose for consent in shown if consent.state == "given"}
    return [purpose for purpose in asks.of_service(service) if purpose not in given]


def _asked(ask: Ask, history: list[Consent], reading: Reading) -> ConsentFact:
    match ask.state:
        case State.YES | State.WITHDRAWN:
            return _consent(ask.purpose, history, reading, reading.say)
        case State.OPEN:
            until = moment_in_words(ask.until, reading)
            return ConsentFact(ask.purpose, "asked", "", until, "", "")
        case State.NO:
            return ConsentFact(ask.purpose, "refused", "", "", "", "")
        case State.LAPSED:
            return ConsentFact(ask.purpose, "lapsed", "", "", "", "")


def _consent(purpose: Purpose, history: list[Consent], reading: Reading, say: Say) -> ConsentFact:
    last = next((each for each in reversed(history) if each.purpose is purpose), None)
    if last is None:
        return ConsentFact(purpose, "refused", "", "", "", "")
    return ConsentFact(
        purpose,
        "given" if last.ended_at is None else "ended",
        last.version,
        moment_in_words(last.ended_at or last.given_at, reading),
        last.language.upper(),
        say(f"door.{last.door}"),
    )
