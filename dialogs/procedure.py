"""The procedure of a complaint, as each service published its own: who does what, then what.

Nothing is in it that its page does not say: no terms, no hearing, no grounds. Of our own are two
things: a complaint can be taken back as long as it is not over, and an office says when somebody
there deals with it. After the office comes the court, which is not ours to follow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from dialogs.frozen import Frozen
from dialogs.values import Service, Standing


class Actor(StrEnum):
    """Who brings a complaint further."""

    PERSON = "person"
    SECRETARY = "secretary"
    DIRECTOR = "director"
    COMMITTEE = "committee"
    OFFICE = "office"


THE_HOUSE = (Actor.SECRETARY, Actor.DIRECTOR, Actor.COMMITTEE, Actor.OFFICE)
"""Everybody who brings a complaint further but its person."""


class Advance(Frozen):
    """One step of the procedure: from where, to where, and at whose word."""

    before: Standing
    after: Standing
    by: Actor


OUTCOMES = (Standing.FOUNDED, Standing.INADMISSIBLE, Standing.UNFOUNDED)
"""What the committee may decide; one that is founded goes back to the director for a decision."""

BINDING = frozenset({Standing.INADMISSIBLE, Standing.UNFOUNDED, Standing.DECIDED})
"""The decisions that bind: of the committee, or of the director after a founded complaint."""

ENDED_BY_PERSON = frozenset(
    {Standing.SETTLED, Standing.UNSOLVED, Standing.DECLINED, Standing.WITHDRAWN}
)
"""Where the person ends it: content, not content, without a committee, or taken back."""

OVER = BINDING | ENDED_BY_PERSON
"""Where a complaint ends."""

BEFORE_SENDING = frozenset({Standing.UNEASE, Standing.TALK, Standing.FILING})
"""Where nothing was sent yet, so that there is nothing to take back."""

TO_SENDING: tuple[Advance, ...] = (
    Advance(Standing.UNEASE, Standing.TALK, Actor.PERSON),
    Advance(Standing.UNEASE, Standing.FILING, Actor.PERSON),
    Advance(Standing.TALK, Standing.SETTLED, Actor.PERSON),
    Advance(Standing.TALK, Standing.FILING, Actor.PERSON),
    Advance(Standing.FILING, Standing.RECEIVED, Actor.PERSON),
)
"""What comes before, alike for every service that takes complaints."""

PUBLISHED: Mapping[Service, tuple[Advance, ...]] = {
    Service.MEDIATION: (
        *TO_SENDING,
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
    ),
    Service.ADMINISTRATION: (
        *TO_SENDING,
        Advance(Standing.RECEIVED, Standing.TAKEN_UP, Actor.OFFICE),
        Advance(Standing.TAKEN_UP, Standing.OFFERED, Actor.OFFICE),
        Advance(Standing.OFFERED, Standing.SETTLED, Actor.PERSON),
        Advance(Standing.OFFERED, Standing.UNSOLVED, Actor.PERSON),
    ),
    Service.MENTORING: (),
}


def _withdrawals(published: tuple[Advance, ...]) -> tuple[Advance, ...]:
    reached = dict.fromkeys(each.after for each in published)
    return tuple(
        Advance(standing, Standing.WITHDRAWN, Actor.PERSON)
        for standing in reached
        if standing not in OVER | BEFORE_SENDING
    )


ADVANCES: Mapping[Service, tuple[Advance, ...]] = {
    service: (*published, *_withdrawals(published)) for service, published in PUBLISHED.items()
}


def takes_complaints(service: Service) -> bool:
    """Say whether a complaint about a service can be sent, and followed."""
    return bool(PUBLISHED[service])


def from_here(service: Service, standing: Standing, by: Actor) -> tuple[Standing, ...]:
    """List where somebody may bring a complaint that stands here."""
    here = (standing, by)
    return tuple(each.after for each in ADVANCES[service] if (each.before, each.by) == here)


def by_the_house(
    service: Service, standing: Standing, actors: Collection[Actor] = THE_HOUSE
) -> tuple[Standing, ...]:
    """List where these bring a complaint that stands here, without its person."""
    others = (actor for actor in THE_HOUSE if actor in actors)
    return tuple(after for actor in others for after in from_here(service, standing, actor))


def whose_turn(service: Service, standing: Standing) -> tuple[Actor, ...]:
    """List who can bring a complaint further that stands here; nobody when it is over."""
    return tuple(dict.fromkeys(each.by for each in PUBLISHED[service] if each.before is standing))


def is_over(standing: Standing) -> bool:
    """Say whether nothing follows any more."""
    return standing in OVER
