"""Reading a request in need that is not one's own: asked for here, allowed by another, and ended.

Until it is allowed and from its end on it is as absent as any other. Nothing is done with it.
"""

from __future__ import annotations

from math import ceil

from aiohttp import web

from bot.announcer import QUEUES
from bot.console.acting import LONGEST_REASON, problem_of
from bot.console.allowing import MINUTES, in_words
from bot.console.answers import WHERE, WHO, Teller
from bot.console.auditing import Doing, note
from bot.console.desk import draw, house_of, member_of, say_to
from bot.console.finding import LONGEST
from bot.console.letterboxes import take_out
from bot.console.looking import looks_at
from bot.console.queue import counted, language_in_words, queue_in_words
from bot.console.requests import (
    address_of,
    id_of,
    key_of,
    person_of,
    reading_of,
    reference_of,
)
from bot.console.time_left import moment_in_words
from bot.console.timeline import entries
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from storage import heard, messages, needs, referrals
from storage.errors import NotFound
from storage.needs import NewNeed
from storage.referrals import Referral

NEED = "/staff/need"
FIELDS = ("reference", "reason")


async def show(request: web.Request) -> web.Response:
    """Show where to ask, and what came of what was asked."""
    return await _page(request, dict.fromkeys(FIELDS, ""))


async def ask(request: web.Request) -> web.Response:
    """Ask for a request by its reference; what is not there is answered alike.

    Leads to its own page whoever may read it anyway.
    """
    house, member, form = house_of(request), member_of(request), await read_form(request)
    asked = {name: form.get(name, "").strip() for name in FIELDS}
    problem = problem_of(asked["reason"]) or ("" if form.get("knows") == "no" else "need.knows")
    if problem:
        worded = say_to(request)(problem, count=len(asked["reason"]), most=LONGEST_REASON)
        return await _page(request, asked, worded)
    reference, now = reference_of(asked["reference"][:LONGEST]), house.clock.now()
    if (theirs := await _theirs(request, reference)) is not None:
        return see_other(address_of(theirs))
    new = NewNeed(house.clock.new_id(), reference, asked["reason"], now)
    async with house.database.begin() as db:
        if await heard.keep(db, [key_of(request, form, *asked.values())], now):
            referral_id = await needs.ask(db, house.keystore.system, member, new)
            await note(db, request, Doing.ASKED_IN_NEED, referral_id)
    house.announcer.announce(QUEUES)
    return see_other(NEED)


async def read(request: web.Request) -> web.Response:
    """Show all that was said in a request, to be read only; at its end the page goes by itself."""
    house, member, reading = house_of(request), member_of(request), reading_of(request)
    async with house.database.reading() as db:
        opened = await needs.opened(db, member, id_of(request), reading.now)
    referral = opened.referral
    person_id = person_of(referral)
    await looks_at(
        request, person_id, referral.queue, Doing.READ_IN_NEED, referral.id, in_need=True
    )
    seal = await house.keystore.seal_of(person_id)
    async with house.database.reading() as db:
        thread = await messages.thread(db, seal, referral.id)
        asked = await referrals.answers(db, seal, referral.id)
    thread, asked = await take_out(request, referral.queue, thread, asked)
    teller = Teller(house.wording, referral.service, reading.language)
    response = draw(
        request,
        "reading.html",
        referral=referral,
        queue=queue_in_words(house, referral.queue, reading.language),
        person_language=language_in_words(referral.language, reading.language),
        until=moment_in_words(opened.until, reading),
        need_id=id_of(request),
        facts=teller.facts(asked, (*WHERE, *WHO)),
        entries=entries(thread, referral, reading),
        is_mine=False,
        is_open=False,
        counts=await counted(request),
    )
    response.headers["Refresh"] = str(ceil((opened.until - reading.now).total_seconds()))
    return response


async def give_back(request: web.Request) -> web.Response:
    """End it at once."""
    house, member = house_of(request), member_of(request)
    async with house.database.begin() as db:
        now = house.clock.now()
        referral_id = await needs.give_back(db, member, id_of(request), now)
        await note(db, request, Doing.ENDED_IN_NEED, referral_id)
    return see_other(NEED)


async def _theirs(request: web.Request, reference: str) -> Referral | None:
    """Find a request that somebody need not ask for."""
    try:
        async with house_of(request).database.reading() as db:
            return await referrals.by_reference(db, member_of(request), reference)
    except NotFound:
        return None


async def _page(request: web.Request, asked: dict[str, str], problem: str = "") -> web.Response:
    house, reading = house_of(request), reading_of(request)
    async with house.database.reading() as db:
        listed = await needs.of_asker(db, house.keystore.system, member_of(request), reading.now)
    return draw(
        request,
        "need.html",
        status=422 if problem else 200,
        rows=[in_words(each, reading) for each in listed],
        asked=asked,
        problem=problem,
        most=LONGEST_REASON,
        minutes=MINUTES,
        counts=await counted(request),
    )
