"""A colleague's own page: their queues, what they leave to others, how they like the desk."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from aiohttp import web
from babel.dates import format_date
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.acting import LONGEST_REASON, problem_of, quietly
from bot.console.auditing import Doing, note
from bot.console.challenges import site_of
from bot.console.desk import SESSION, draw, house_of, in_their_own_words, member_of, say_to
from bot.console.gate import SIGN_IN
from bot.console.letterboxes import boxes_of
from bot.console.queue import WAITING, counted
from bot.console.requests import id_of, key_of
from bot.console.rights import Action, may
from bot.console.sessions import take_back
from bot.console.socket import of_member
from bot.console.timeline import note_event, note_words
from bot.house import House
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from storage import passkeys, referrals, signin, staff, walls
from storage.errors import NotFound
from storage.sealed import Seal
from storage.staff_values import Member, Preferences, Scheme

ME = "/staff/me"
# Where somebody's work is: the first of these that they may see.
FIRST_PAGES: tuple[tuple[Action, str], ...] = (
    (Action.SEE_QUEUES, WAITING),
    (Action.COMPLAINTS, "/staff/complaints"),
    (Action.FIGURES, "/staff/survey"),
    (Action.AUDIT, "/staff/audit"),
    (Action.PEOPLE, "/staff/people"),
)


async def lead_on(request: web.Request) -> web.Response:
    """Lead to where somebody's work is."""
    member = member_of(request)
    pages = (page for action, page in FIRST_PAGES if may(member, action))
    return see_other(next(pages, ME))


async def show(request: web.Request) -> web.Response:
    """Show who is signed in and what is theirs."""
    return await page(request)


async def come_back(request: web.Request) -> web.Response:
    """Keep a request from them no more, who knows nobody in it after all; others read why."""
    house, member, form = house_of(request), member_of(request), await read_form(request)
    words = form.get("words", "").strip()
    async with house.database.reading() as db:
        left = {each.id: each for each in await referrals.left_to_others(db, member)}
    referral = left.get(id_of(request))
    if referral is None:
        raise NotFound("no such request")
    if problem := problem_of(words):
        worded = say_to(request)(problem, count=len(words), most=LONGEST_REASON)
        return await page(request, worded, status=422)

    async def act(db: AsyncSession, seal: Seal) -> None:
        await walls.come_back(db, member, referral.id)
        await note_words(db, house, seal, referral, by=member, words=words)
        await note_event(db, house, seal, referral, by=member, event=Doing.CAME_BACK)
        await note(db, request, Doing.CAME_BACK, referral.id)

    await quietly(request, referral, key_of(request, form, words), act)
    return see_other(ME)


async def page(
    request: web.Request, problem: str = "", *, passkey_problem: bool = False, status: int = 200
) -> web.Response:
    """Draw the page; `problem` says in words why a way back was not taken."""
    house, member = house_of(request), member_of(request)
    async with house.database.reading() as db:
        left = await referrals.left_to_others(db, member)
        theirs = await passkeys.of_member(db, house.keystore.system, member.id)
    queues = [
        queue.name(member.language)
        for queue in house.organisation.queues
        if queue.key in member.queues
    ]
    return draw(
        request,
        "me.html",
        status=status,
        left=left,
        problem=problem,
        passkeys=theirs,
        day=partial(day_of, house, member),
        passkey_problem=passkey_problem,
        has_passkeys=site_of(house, request) is not None,
        queues=queues,
        boxes=await boxes_of(request),
        languages=in_their_own_words(house.wording.desk_languages),
        schemes=list(Scheme),
        sends_mail=bool(house.settings.smtp_url),
        counts=await counted(request),
    )


def day_of(house: House, member: Member, moment: datetime) -> str:
    """Name the day of a moment, where the house is."""
    local = moment.astimezone(house.settings.timezone)
    return str(format_date(local, "d MMMM yyyy", locale=member.language))


async def change(request: web.Request) -> web.Response:
    """Keep another language, and how the desk is liked."""
    house, form = house_of(request), await read_form(request)
    language, scheme = form.get("language", ""), form.get("scheme", Scheme.SYSTEM)
    if language not in house.wording.desk_languages or scheme not in list(Scheme):
        raise web.HTTPUnprocessableEntity
    preferences = Preferences(
        Scheme(scheme),
        has_keys="keys" in form,
        has_sound="sound" in form,
        has_popups="popups" in form,
        has_mail="mail" in form,
    )
    async with house.database.begin() as db:
        await staff.prefer(db, member_of(request).id, language, preferences)
        await note(db, request, Doing.CHANGED, member_of(request).id)
    return see_other(ME)


async def sign_out(request: web.Request) -> web.Response:
    """End this session; a copy of its cookie opens nothing any more."""
    house = house_of(request)
    async with house.database.begin() as db:
        await signin.end(db, request[SESSION])
        await note(db, request, Doing.SIGNED_OUT)
    return _gone(request)


async def sign_out_everywhere(request: web.Request) -> web.Response:
    """End every session of this colleague, on whatever computer it was left open."""
    house = house_of(request)
    async with house.database.begin() as db:
        await signin.end_all(db, member_of(request).id)
        await note(db, request, Doing.SIGNED_OUT)
    return _gone(request)


def _gone(request: web.Request) -> web.Response:
    house = house_of(request)
    house.announcer.announce(of_member(member_of(request).id))
    response = see_other(SIGN_IN)
    take_back(response, house)
    return response
