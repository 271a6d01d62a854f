"""Letting a request rest until a day, or until its person writes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.acting import LONGEST_REASON, done_quietly, problem_of
from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, drawn
from bot.console.desk import draw, house_of, member_of, say_to, today_of
from bot.console.queue import MINE, counted, taken_by
from bot.console.requests import address_of, found, is_owned_by, key_of
from bot.console.timeline import note_event, note_words
from bot.pages.forms import read_form
from storage import referrals
from storage.referrals import Referral
from storage.sealed import Seal

LONGEST_REST = timedelta(days=366)


async def show(request: web.Request) -> web.Response:
    """Ask until when; only its owner lets a request rest, and never while its person waits."""
    referral = await found(request)
    if not is_owned_by(member_of(request), referral) or referral.waiting_since is not None:
        return await _refused(request, None)
    return await _form(request, referral)


async def snooze(request: web.Request) -> web.Response:
    """Put a request aside; what is waited for stands in a note."""
    form, referral, member = await read_form(request), await found(request), member_of(request)
    day, words = _day(request, form.get("until", "")), form.get("words", "").strip()
    problem = problem_of(words) if day else "snooze.no_day"
    if day is None or problem:
        worded = say_to(request)(problem, count=len(words), most=LONGEST_REASON)
        return await _form(request, referral, words, worded, status=422)
    midnight = datetime(day.year, day.month, day.day, tzinfo=house_of(request).settings.timezone)

    async def act(db: AsyncSession, seal: Seal) -> None:
        house = house_of(request)
        await referrals.snooze(db, member, referral.id, midnight.astimezone(UTC))
        await note_words(db, house, seal, referral, by=member, words=words)
        await note_event(db, house, seal, referral, by=member, event="snoozed")
        await note(db, request, Doing.SNOOZED, referral.id)

    key = key_of(request, form, day.isoformat(), words)
    return await done_quietly(request, referral, key, act, MINE, _refused)


async def wake(request: web.Request) -> web.Response:
    """Take a request up again before its day."""
    form, referral, member = await read_form(request), await found(request), member_of(request)

    async def act(db: AsyncSession, seal: Seal) -> None:
        await referrals.wake(db, member, referral.id)
        await note_event(db, house_of(request), seal, referral, by=member, event="woken")
        await note(db, request, Doing.WOKEN, referral.id)

    key = key_of(request, form)
    return await done_quietly(request, referral, key, act, address_of(referral), _refused)


def _day(request: web.Request, text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    today = today_of(request)
    return day if today < day <= today + LONGEST_REST else None


async def _form(
    request: web.Request,
    referral: Referral,
    words: str = "",
    problem: str = "",
    *,
    status: int = 200,
) -> web.Response:
    return draw(
        request,
        "snooze.html",
        status=status,
        referral=referral,
        words=words,
        problem=problem,
        counts=await counted(request),
    )


async def _refused(request: web.Request, by: str | None) -> web.Response:
    referral, say = await found(request), say_to(request)
    waits = is_owned_by(member_of(request), referral) and referral.waiting_since is not None
    problem = say("snooze.waits") if waits else say("talk.not_open")
    composer = Composer(problem=taken_by(request, by) if by else problem)
    return await drawn(request, referral, composer, status=409)
