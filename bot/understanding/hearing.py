"""What is guessed of typed words: which topics they ask for, and whether they speak of danger.

Nothing is refused, changed or kept because of it. Every language is looked through, for people do
not type in the one they read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from bot.understanding.held import Held
from bot.understanding.phrases import NO_MATCH
from bot.understanding.threats import Threats, cut
from dialogs.cards import CARD, TOPICS
from dialogs.events import Danger, Event, Guess, Said
from dialogs.frozen import Frozen, replace
from dialogs.values import Service, Session, Topic

if TYPE_CHECKING:
    from bot.understanding.model import Model

THREATS: Final = "threats.toml"
OFFERED: Final = 3
# So few words ask on from what was last read; and by so much what stands near it is likelier.
FEW_WORDS: Final = 4
NEARER: Final = 0.2


class Understanding(Frozen, dict=True):
    """Looks through what was typed."""

    threats: tuple[Threats, ...]
    weights: Held

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the lists of every language, and open the file of weights."""
        threats = tuple(Threats.read(path) for path in sorted(folder.glob(f"*/{THREATS}")))
        return cls(threats, Held.open())

    @cached_property
    def model(self) -> Model:
        """What sums the weights; most starts can do without it, until somebody types."""
        from bot.understanding.model import Model  # noqa: PLC0415

        return Model.of(self.weights)

    def of(self, event: Event, session: Session) -> Event:
        """Add a guess to words, for somebody who stands there; every other event stays as it is."""
        match event:
            case Said(words=words):
                guess, is_threat = self.guess(words, session), self.is_threat(words)
                return replace(event, threat=event.threat or is_threat, guess=guess)
            case _:
                return event

    def is_threat(self, text: str) -> bool:
        """Say whether somebody threatens somebody outright."""
        sentences = cut(text)
        return any(each.are_in(sentences) for each in self.threats)

    def guess(self, text: str, session: Session) -> Guess:
        """Guess what a text asks for, and whether it speaks of danger."""
        scores, bounds = self.model.score(text), self.model.bounds
        topics = scores.topics | dict(nearer(scores.topics, text, session))
        best = ranked(topics)[:OFFERED]
        first, second, *_ = (topics[each] for each in best)
        is_none = topics[NO_MATCH] > first or first < bounds.none
        return Guess(
            () if is_none else tuple(best),
            is_sure=first - max(second, topics[NO_MATCH]) >= bounds.sure,
            danger=self.danger(scores.any_risk),
        )

    def danger(self, likely: float) -> Danger | None:
        """Say what kind of danger it is, when it is so likely."""
        if likely >= self.model.bounds.hard:
            return Danger.HARD
        return Danger.SOFT if likely >= self.model.bounds.soft else None


def nearer(topics: Mapping[str, float], text: str, session: Session) -> Iterator[tuple[str, float]]:
    """Raise what a short question is likely about: the service, and what stands near the card."""
    if len(text.split()) > FEW_WORDS:
        return
    last = CARD.get(session.place.step) if session.place.topic is Topic.INFO else None
    for topic, card in TOPICS.items():
        is_near = last is not None and card in last.neighbours
        nearness = is_near + 2 * is_of_another_service(session.service, card)
        if topic in topics and nearness:
            yield topic, topics[topic] + NEARER * nearness


def is_of_another_service(service: Service, card: str) -> bool:
    """Say whether somebody came for a service that has this card, and that is not mediation."""
    return service is not Service.MEDIATION and service in CARD[card].services


def ranked(topics: Mapping[str, float]) -> list[str]:
    """Put topics in order, the likeliest first; that it is none of them is no topic."""
    named = (topic for topic in topics if topic != NO_MATCH)
    return sorted(named, key=lambda topic: (-topics[topic], topic))
