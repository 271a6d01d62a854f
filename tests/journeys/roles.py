"""Who comes with a request: what each presses and says, and what of it lies before a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dialogs.frozen import Frozen
from dialogs.values import Role, Service
from tests.journeys.doors import NAME, Visitor
from tests.presses import INFORMED

AGREED: Final = ("consent.age:yes", "consent.data:yes", "consent.contact:no", "intake.begin:go_on")
OTHER: Final = "welcome.role:other"


class Comer(Frozen, dict=True):
    """Somebody with a request, from the first choice to the last before it is sent.

    `seen` is what a colleague must read of it beside the words, by its message id.
    """

    role: Role
    service: Service
    before: tuple[str, ...]
    after: tuple[str, ...]
    seen: str
    words: str = NAME

    async def sends_a_request(self, visitor: Visitor) -> None:
        await visitor.comes()
        await visitor.presses("welcome.language:nl", *self.before)
        await visitor.says(self.words)
        await visitor.presses(*self.after, "intake.review:send")


def involved(role: Role, seen: str, *after: str) -> Comer:
    """Give somebody to whom something happened, or who had a part in it."""
    before = (f"welcome.role:{role}", "welcome.menu:request", *INFORMED, *AGREED)
    return Comer(role, Service.MEDIATION, before, (*after, "intake.tongue:enough"), seen)


def with_own_words(role: Role) -> tuple[str, ...]:
    """Press as far as the consents somebody whose request is worded for their role."""
    return (
        OTHER,
        f"welcome.other_role:{role}",
        "welcome.menu:request",
        f"consent.before_{role}:go_on",
    )


COMERS: Final[Mapping[str, Comer]] = {
    "victim": involved(Role.VICTIM, "welcome.role.victim"),
    "offender": involved(Role.OFFENDER, "welcome.role.offender"),
    "relative": involved(Role.RELATIVE, "intake.bond.next_of_kin", "intake.bond:next_of_kin"),
    "witness": involved(Role.RELATIVE, "intake.bond.witness", "intake.bond:witness"),
    "undisclosed": involved(Role.UNDISCLOSED, "welcome.role.undisclosed"),
    "referrer": Comer(
        Role.REFERRER,
        Service.MEDIATION,
        (
            *(*with_own_words(Role.REFERRER), *AGREED, "intake.permission:written"),
            "intake.name:skip",
        ),
        ("intake.client_side:harmed", "intake.client_tongue:other"),
        "intake.permission.written",
        "Stichting Voorbeeld",
    ),
    "client": Comer(
        Role.CLIENT,
        Service.ADMINISTRATION,
        (*with_own_words(Role.CLIENT), *AGREED),
        (
            *("intake.tongue:skip", "intake.support:skip", "intake.matter:decision"),
            "intake.decision:enough",
        ),
        "intake.matter.decision",
    ),
    "mentoring": Comer(
        Role.MENTORING,
        Service.MENTORING,
        (*with_own_words(Role.MENTORING), *AGREED),
        (
            *("intake.tongue:skip", "intake.support:skip", "intake.mentoring_part:programme"),
            "intake.guidance:reflecting",
        ),
        "intake.guidance.reflecting",
    ),
}
