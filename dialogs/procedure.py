"""The procedure of a complaint, as the mediation service published it: who does what, then what.

Nothing is in it that its page does not say: no terms, no hearing, no grounds. Taking a complaint
back is the one way of our own, open as long as it is not over.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from dialogs.values import Standing


class Actor(StrEnum):
    """Who brings a complaint further."""

    PERSON = "person"
    SECRETARY = "secretary"
    DIRECTOR = "director"
    COMMITTEE = "committee"


THE_HOUSE = (Actor.SECRETARY, Actor.DIRECTOR, Actor.COMMITTEE)
"""Everybody who brings a complaint further but its person."""


@dataclass(frozen=True, slots=True)
class Advance:
    """One step of the procedure: from where, to where, and at whose word."""

    before: Standing
    after: Standing
    by: Actor


OUTCOMES = (Standing.FOUNDED, Standing.INADMISSIBLE, Standing.UNFOUNDED)
"""What the committee may decide; one that is founded goes back to the director for a decision."""

BINDING = frozenset({Standing.INADMISSIBLE, Standing.UNFOUNDED, Standing.DECIDED})
"""The decisions that bind: of the committee, or of the director after a founded complaint."""

OVER = BINDING | {Standing.SETTLED, Standing.DECLINED, Standing.WITHDRAWN}
"""Where a complaint ends."""

BEFORE_SENDING = frozenset({Standing.UNEASE, Standing.TALK, Standing.FILING})
"""Where nothing was sent yet, so that there is nothing to take back."""

PUBLISHED: tuple[Advance, ...] = (
    Advance(Standing.UNEASE, Standing.TALK, Actor.PERSON),
    Advance(Standing.UNEASE, Standing.FILING, Actor.PERSON),
    Advance(Standing.TALK, Standing.SETTLED, Actor.PERSON),
    Advance(Standing.TALK, Standing.FILING, Actor.PERSON),
    Advance(Standing.FILING, Standing.RECEIVED, Actor.PERSON),
    Advance(Standing.RECEIVED, Standing.DIRECTOR, Actor.SECRETARY),
    Advance(Standing.DIRECTOR, Standing.OFFERED, Actor.DIRECTOR),
    Advance(Standing.OFFERED, Standing.SETTLED, Actor.PERSON),
    Advance(Standing.OFFERED, Standing.CHOICE, Actor.PERSON),
    Advance(Standing.CHOICE, Standing.COMMITTEE, Actor.PERSON),
    Advance(Standing.CHOICE, Standing.DECLINED, Actor.PERSON),
    *(Advance(Standing.COMMITTEE, outcome, Actor.COMMITTEE) for outcome in OUTCOMES),
    Advance(Standing.FOUNDED, Standing.RECOMMENDED, Actor.COMMITTEE),
    Advance(Standing.FOUNDED, Standing.DECIDED, Actor.DIRECTOR),
    Advance(Standing.RECOMMENDED, Standing.DECIDED, Actor.DIRECTOR),
)
ADVANCES: tuple[Advance, ...] = (
    *PUBLISHED,
    *(
        Advance(standing, Standing.WITHDRAWN, Actor.PERSON)
        for standing in Standing
        if standing not in OVER | BEFORE_SENDING
    ),
)


def from_here(standing: Standing, by: Actor) -> tuple[Standing, ...]:
    """List where somebody may bring a complaint that stands here."""
    return tuple(each.after for each in ADVANCES if (each.before, each.by) == (standing, by))


def by_the_house(standing: Standing, actors: Collection[Actor] = THE_HOUSE) -> tuple[Standing, ...]:
    """List where these bring a complaint that stands here, without its person."""
    others = (actor for actor in THE_HOUSE if actor in actors)
    return tuple(after for actor in others for after in from_here(standing, actor))


def whose_turn(standing: Standing) -> tuple[Actor, ...]:
    """List who can bring a complaint further that stands here; nobody when it is over."""
    return tuple(dict.fromkeys(each.by for each in PUBLISHED if each.before is standing))


def is_over(standing: Standing) -> bool:
    """Say whether nothing follows any more."""
    return standing in OVER
