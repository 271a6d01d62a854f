"""What is filled in when a standard reply is used; what nobody knows is left to the colleague."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.direction import isolated
from bot.house import House
from dialogs.values import Service
from storage.referrals import Referral
from storage.staff_values import Member

# Told in Dutch whatever the language, so that a reply is translated without them.
NAMES: Final = ("naam_collega", "organisatie", "dienst", "kenmerk", "openingstijden", "telefoon")
NAME: Final = re.compile(r"\{(\w+)\}")


def values(
    house: House, member: Member, service: Service, language: str, reference: str
) -> Mapping[str, str]:
    """Give what is known by each name, in a language; what is not known is empty.

    A name or a number keeps its order among words that are read from the other side.
    """
    facts = {
        name: house.wording.fact(language, service, fact)
        for name, fact in (
            ("organisatie", "organisation"),
            ("dienst", "service"),
            ("openingstijden", "hours"),
            ("telefoon", "phone"),
        )
    }
    known = {"naam_collega": member.name, "kenmerk": reference, **facts}
    return {name: isolated(value, language) for name, value in known.items()}


def of_referral(
    house: House, member: Member, referral: Referral, language: str
) -> Mapping[str, str]:
    """Give what is known about one request."""
    return values(house, member, referral.service, language, referral.reference or "")


def filled(words: str, known: Mapping[str, str]) -> str:
    """Fill in what is known; the rest stays as it is written."""
    return NAME.sub(lambda found: known.get(found[1]) or found[0], words)


def unfilled(words: str) -> list[str]:
    """Name what is still to be filled in."""
    return [name for name in NAME.findall(words) if name in NAMES]


def unknown(words: str) -> list[str]:
    """Name what nothing will ever fill in."""
    return [name for name in NAME.findall(words) if name not in NAMES]
