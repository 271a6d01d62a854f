"""What colleagues ask to read in need: a second one decides; who guards privacy looks it over."""

from __future__ import annotations

from aiohttp import web

from bot.announcer import QUEUES
from bot.console.auditing import Doing, note
from bot.console.desk import draw, house_of, member_of
from bot.console.queue import counted
from bot.console.requests import id_of, reading_of
from bot.console.time_left import Reading, moment_in_words
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.frozen import Frozen
from storage import needs
from storage.errors import Conflict
from storage.needs import OPEN_FOR, Need, State

NEEDS = "/staff/needs"
MINUTES = int(OPEN_FOR.total_seconds()) // 60
ANSWERS = {"yes": Doing.ALLOWED_IN_NEED, "no": Doing.REFUSED_IN_NEED}


class Row(Frozen):
    """Something that was asked, in words; `until` is there after a yes."""

    need: Need
    when: str
    until: str


async def show(request: web.Request) -> web.Response:
    """Show what waits for an answer, and what came of the rest."""
    return await _page(request)


async def decide(request: web.Request) -> web.Response:
    """Allow it for an hour, or do not; somebody may have answered before."""
    house, member, form = house_of(request), member_of(request), await read_form(request)
    answer, now = form.get("answer", ""), house.clock.now()
    try:
        async with house.database.begin() as db:
            referral_id = await needs.decide(
                db, member, id_of(request), now, is_allowed=answer == "yes"
            )
            if answer not in ANSWERS:
                raise web.HTTPUnprocessableEntity
            await note(db, request, ANSWERS[answer], referral_id)
    except Conflict:
        return await _page(request, is_late=True)
    house.announcer.announce(QUEUES)
    return see_other(NEEDS)


async def _page(request: web.Request, *, is_late: bool = False) -> web.Response:
    house, reading = house_of(request), reading_of(request)
    async with house.database.reading() as db:
        listed = await needs.of_decider(db, house.keystore.system, member_of(request), reading.now)
    rows = [in_words(each, reading) for each in listed]
    return draw(
        request,
        "needs.html",
        status=409 if is_late else 200,
        waiting=[row for row in rows if row.need.state is State.WAITING],
        before=[row for row in rows if row.need.state is not State.WAITING],
        is_late=is_late,
        minutes=MINUTES,
        counts=await counted(request),
    )


def in_words(need: Need, reading: Reading) -> Row:
    """Word it for whoever asked or decides."""
    return Row(
        need,
        moment_in_words(need.asked_at, reading),
        moment_in_words(need.until, reading) if need.until else "",
    )
