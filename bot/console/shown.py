"""What stands on an open page and may be taken back: then the page must not stand there any more.

The page names it when it asks for what is new. What only comes to be added draws no page anew, so
that nothing half typed is lost for it.
"""

from __future__ import annotations

from aiohttp import web

from bot.console.answers import ConsentFact
from bot.console.requests import is_kept_by
from storage.referrals import ENDED, Referral
from storage.staff_values import Member


def names_of(
    referral: Referral, member: Member, consents: list[ConsentFact] | None
) -> frozenset[str]:
    """Name what a page shows; without content there is nothing that could be taken back."""
    if consents is None:
        return frozenset()
    given = {consent.purpose for consent in consents if consent.state == "given"}
    theirs = {
        "mine": is_kept_by(member, referral),
        "offered": referral.offered_to_id == member.id,
        # Taken back when it is opened again: then there is a box to write in.
        "over": referral.status in ENDED,
    }
    return frozenset({"content", *given, *(name for name, is_so in theirs.items() if is_so)})


def is_taken_back(shown: str, names: frozenset[str]) -> bool:
    """Say whether something that a page shows may not be shown any more."""
    return not names.issuperset(shown.split())


def drawn_anew(status: int = 200) -> web.Response:
    """Make an open page ask for all of itself again."""
    return web.Response(status=status, headers={"HX-Refresh": "true"})


def over_all(response: web.Response) -> web.Response:
    """Put a whole page in the place of an open one, not only of its conversation."""
    response.headers.update(
        {"HX-Retarget": "#main", "HX-Reselect": "#main", "HX-Reswap": "outerHTML"}
    )
    return response
