"""Closing a request, with last words that the person receives: shown before they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import counting
from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, drawn
from bot.console.desk import draw, house_of, member_of, say_to
from bot.console.instructions import told
from bot.console.queue import counted, language_in_words, taken_by
from bot.console.requests import (
    address_of,
    found,
    is_owned_by,
    key_of,
    person_of,
    reading_of,
    taken_from,
)
from bot.console.timeline import last_seq, note_event
from bot.console.writing import LONGEST, Draft, Stale, require_fresh
from bot.envelopes import Envelope
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.events import StaffClosed
from dialogs.screens import Line
from dialogs.values import Service
from storage import asks, messages, referrals
from storage.errors import Conflict
from storage.instructions import Step
from storage.messages import Author, Delivery, NewMessage
from storage.referrals import Outcome, Referral

CLOSING: Final = "handoff.closing.words"

OUTCOMES: Final[Mapping[Service, tuple[Outcome, ...]]] = {
    Service.MEDIATION: tuple(Outcome),
    # Nobody else has another side that could begin or say no.
    **dict.fromkeys(
        (Service.ADMINISTRATION, Service.MENTORING),
        tuple(each for each in Outcome if each not in {Outcome.BEGUN, Outcome.OTHER_CHOSE_NOT}),
    ),
}


async def show(request: web.Request) -> web.Response:
    """Show the last words, to be changed as one likes; only the owner closes."""
    referral = await found(request)
    if not is_owned_by(member_of(request), referral):
        by = taken_from(member_of(request), referral)
        return await _not_yours(request, referral, by)
    return await _form(request, referral, _polite_words(request, referral), "")


async def close(request: web.Request) -> web.Response:
    """Close a request and send the last words; a refusal gives them back."""
    form, referral = await read_form(request), await found(request)
    draft, say = Draft.read(form), say_to(request)
    outcome = next(
        (each for each in OUTCOMES[referral.service] if each == form.get("outcome")), None
    )
    if draft.problem is not None:
        problem = say(draft.problem, count=len(draft.words), most=LONGEST)
        return await _form(request, referral, draft.words, problem, outcome, status=422)
    if outcome is None:
        problem = say("closing.no_outcome")
        return await _form(request, referral, draft.words, problem, status=422)
    try:
        await _close(request, referral, draft, outcome, key_of(request, form, draft.words))
    except Stale as stale:
        problem = say("talk.stale", count=stale.count)
        return await _form(
            request, referral, draft.words, problem, outcome, status=409, asks_again=True
        )
    except Conflict as lost:
        return await _not_yours(request, await found(request), lost.by, draft.words)
    return see_other(address_of(referral))


async def _close(
    request: web.Request, referral: Referral, draft: Draft, outcome: Outcome, key: str
) -> None:
    house, member = house_of(request), member_of(request)
    person_id = person_of(referral)
    seal = await house.keystore.seal_of(person_id)
    message_id, now = house.clock.new_id(), house.clock.now()
    hours, zone = house.organisation.services[referral.service].hours, house.settings.timezone

    async def first(db: AsyncSession) -> None:
        await referrals.require_owner(db, member, referral.id)
        await require_fresh(db, seal, referral, member, draft)
        new = NewMessage(
            message_id, referral.id, Author.STAFF, now, draft.words, member.id, Delivery.WAITING
        )
        await counting.answered(db, referral.id, hours, zone, now)
        await messages.add(db, seal, new)
        await counting.closed(db, referral.id, outcome, now)
        await referrals.close(db, member, referral.id, now, outcome)
        await asks.lapse(db, person_id)
        await note_event(db, house, seal, referral, by=member, event="closed")
        await note(db, request, Doing.CLOSED, referral.id)

    closed = StaffClosed(member.name, draft.words, may_ask=referral.alarm_at is None)
    await house.conductor.hear(Envelope(person_id, key, closed, first, message_id))


def _polite_words(request: web.Request, referral: Referral) -> str:
    """Word a friendly end in the person's language, or in the first one where that is gone."""
    wording, line = house_of(request).wording, Line(CLOSING, words=member_of(request).name)
    spoken = referral.language in wording.languages
    language = referral.language if spoken else wording.languages[0]
    return wording.line(language, referral.service, line, reveal=True) or ""


async def _form(
    request: web.Request,
    referral: Referral,
    words: str,
    problem: str,
    outcome: Outcome | None = None,
    *,
    status: int = 200,
    asks_again: bool = False,
) -> web.Response:
    house = house_of(request)
    seal = await house.keystore.seal_of(person_of(referral))
    async with house.database.reading() as db:
        thread = await messages.thread(db, seal, referral.id)
    return draw(
        request,
        "closing.html",
        status=status,
        referral=referral,
        person_language=language_in_words(referral.language, reading_of(request).language),
        words=words,
        problem=problem,
        instruction=await told(request, referral, Step.CLOSING),
        outcomes=OUTCOMES[referral.service],
        chosen=outcome,
        asks_again=asks_again,
        last_seen=last_seq(thread),
        counts=await counted(request),
    )


async def _not_yours(
    request: web.Request, referral: Referral, by: str | None, words: str = ""
) -> web.Response:
    say = say_to(request)
    problem = taken_by(request, by) if by else say("talk.not_open")
    return await drawn(request, referral, Composer(words=words, problem=problem), status=409)
