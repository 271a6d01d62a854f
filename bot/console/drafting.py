"""Keeping what a colleague is still writing: a moment after they typed, or by a button."""

from __future__ import annotations

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.advice import hints
from bot.console.auditing import NOTED
from bot.console.desk import draw, house_of, member_of
from bot.console.requests import address_of, found, has_content, person_of, reading_of
from bot.console.time_left import moment_in_words
from bot.console.writing import Draft
from bot.pages.drawing import is_htmx, see_other
from bot.pages.forms import read_form
from storage import drafts, heard, referrals
from storage.drafts import Kind
from storage.errors import Conflict
from storage.referrals import Referral, Status
from storage.sealed import Seal


async def keep(request: web.Request) -> web.Response:
    """Keep what stands in the composer; an empty one leaves no draft."""
    house, form, referral = house_of(request), await read_form(request), await found(request)
    draft = Draft.read(form)
    seal = await house.keystore.seal_of(person_of(referral))
    async with house.database.begin() as db:
        await laid_aside(request, db, seal, referral, draft)
    # Typing does nothing yet; what comes of it leaves a line of its own.
    request[NOTED] = True
    if is_htmx(request):
        kept_at = moment_in_words(house.clock.now(), reading_of(request)) if draft.words else ""
        is_answer = draft.kind is Kind.ANSWER
        noticed = hints(draft.words, referral.language) if is_answer else ()
        return draw(request, "draft.html", kept_at=kept_at, hints=noticed)
    return see_other(f"{address_of(referral)}?kind={draft.kind}#composer")


async def laid_aside(
    request: web.Request, db: AsyncSession, seal: Seal, referral: Referral, draft: Draft
) -> None:
    """Keep words as a draft, unless they were sent in the meantime.

    Raise Conflict where there is nothing to write about any more.
    """
    house, member = house_of(request), member_of(request)
    there = await referrals.get(db, member, referral.id)
    if there.status is not Status.OWNED or not has_content(there):
        raise Conflict("there is nothing to write about")
    slot = draft.slot(referral, member)
    if not draft.words:
        await drafts.drop(db, slot)
    elif not await heard.is_kept(db, draft.sent_as(member)):
        await drafts.keep(db, seal, slot, house.clock.new_id(), draft.words)
