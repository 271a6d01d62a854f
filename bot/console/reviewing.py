"""Supervision: ended cases, drawn by lot, are read once more by somebody whose case they were not.

It is about the work, to learn from: there is no mark, and nobody is compared with anybody.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from aiohttp import web

from bot.console.auditing import Doing, note, note_reading
from bot.console.desk import draw, house_of, member_of, say_to
from bot.console.queue import counted, queue_in_words
from bot.console.requests import id_of, reading_of
from bot.console.time_left import moment_in_words
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.frozen import Frozen
from storage import reviews
from storage.errors import Conflict
from storage.reviews import Noted, Review

REVIEW = "/staff/review"
DRAWN_FROM = timedelta(days=90)
MOST_AT_ONCE = 10
NUMBERS = {str(number): number for number in range(1, MOST_AT_ONCE + 1)}
LONGEST = 2000
NOTHING = Noted("", "")


class Row(Frozen):
    """A case that was drawn, in words; `noted` is what stands in its form, or was kept."""

    review: Review
    queue: str
    closed: str
    reviewed: str
    noted: Noted


async def show(request: web.Request) -> web.Response:
    """Show what is still to be read once more, and what was noted before."""
    return await _page(request)


async def draw_lots(request: web.Request) -> web.Response:
    """Draw some of the cases that others closed lately."""
    house, member = house_of(request), member_of(request)
    number = NUMBERS.get((await read_form(request)).get("number", ""))
    if number is None:
        problem = say_to(request)("review.no_number", most=MOST_AT_ONCE)
        return await _page(request, problem=problem, status=422)
    now = house.clock.now()
    async with house.database.begin() as db:
        found = await reviews.candidates(db, member, now - DRAWN_FROM)
        drawn = {one: house.clock.new_id() for one in house.clock.draw(found, number)}
        await reviews.draw(db, drawn, now)
        await note(db, request, Doing.DREW)
    if not drawn:
        return await _page(request, problem=say_to(request)("review.none_left"))
    return see_other(REVIEW)


async def note_down(request: web.Request) -> web.Response:
    """Keep what was seen in the work; what was not kept is given back."""
    house, member, id = house_of(request), member_of(request), id_of(request)
    form, say = await read_form(request), say_to(request)
    noted = Noted(form.get("well", "").strip(), form.get("attention", "").strip())
    async with house.database.reading() as db:
        review = await reviews.get(db, house.keystore, member, id)
    if not (noted.well or noted.attention):
        return await _page(request, id, noted, say("review.empty"), status=422)
    if max(len(noted.well), len(noted.attention)) > LONGEST:
        return await _page(request, id, noted, say("review.long", most=LONGEST), status=422)
    seal = await house.keystore.seal_of(review.person_id)
    try:
        async with house.database.begin() as db:
            await reviews.note(db, member, seal, id, noted, at=house.clock.now())
            await note(db, request, Doing.REVIEWED, review.referral_id)
    except Conflict:
        return await _page(request, id, noted, say("review.done_before"), status=409)
    return see_other(f"{REVIEW}#review-{id}")


async def _page(
    request: web.Request,
    given_back: UUID | None = None,
    noted: Noted = NOTHING,
    problem: str = "",
    *,
    status: int = 200,
) -> web.Response:
    house, reading = house_of(request), reading_of(request)
    await note_reading(request, Doing.READ_REVIEWS)
    async with house.database.reading() as db:
        listed = await reviews.listing(db, house.keystore, member_of(request))
    rows = [
        Row(
            each,
            queue_in_words(house, each.queue, reading.language),
            moment_in_words(each.closed_at, reading) if each.closed_at else "",
            moment_in_words(each.reviewed_at, reading) if each.reviewed_at else "",
            each.noted or (noted if each.id == given_back else NOTHING),
        )
        for each in listed
    ]
    return draw(
        request,
        "review.html",
        status=status,
        to_read=[row for row in rows if row.review.noted is None],
        was_read=[row for row in rows if row.review.noted],
        unkept=noted,
        given_back=given_back,
        problem=problem,
        days=DRAWN_FROM.days,
        most=MOST_AT_ONCE,
        counts=await counted(request),
    )
