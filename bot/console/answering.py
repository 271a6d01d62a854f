"""An answer of a passkey: the try is counted before it is looked at; a right one is taken once."""

from __future__ import annotations

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console import challenges
from bot.console.challenges import NotAnswered, Site
from bot.console.tries import Try, network_index
from dialogs.frozen import Frozen, Hidden
from storage import passkeys, signin, staff
from storage.errors import Conflict
from storage.passkeys import Passkey
from storage.staff_values import Member


class Answered(Frozen):
    """An answer, the passkey that claims to give it, and the try that this is."""

    site: Site
    passkey: Passkey
    tried: Try
    answer: Hidden[str]


async def answered(request: web.Request, site: Site, answer: str) -> Answered:
    """Count a try, and find whose it claims to be; raise NotAnswered for nobody's, or too many."""
    house = site.house
    claimed = challenges.credential_of(answer)
    tried = Try(
        house.keystore.index("passkey", claimed.hex()),
        network_index(house, request.remote, claimed.hex()),
        house.clock.now(),
    )
    async with house.database.begin() as db:
        attempts = await signin.record(db, tried.account, tried.network, tried.at)
        passkey = await passkeys.find(db, house.keystore.system, claimed)
    if passkey is None or attempts.too_many:
        raise NotAnswered
    return Answered(site, passkey, tried, answer)


async def take(db: AsyncSession, given: Answered, about: str) -> Member:
    """Take an answer to what was asked about this, and give whose it is, as they stay meanwhile.

    Raises NotAnswered or Conflict; the latter for who is let in no more too, so that nothing of the
    try is kept.
    """
    tried, house = given.tried, given.site.house
    await signin.forgive(db, tried.account, tried.network, tried.at)
    owner = (await staff.hold(db, house.keystore.system, given.passkey.staff_id)).member
    if not owner.active:
        raise Conflict("this colleague is let in no more")
    uses = await challenges.uses_after(db, given.site, given.passkey, given.answer, about)
    await passkeys.note_use(db, given.passkey, uses, tried.at)
    return owner
