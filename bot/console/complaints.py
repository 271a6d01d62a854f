"""Complaints: where each stands, what was written, and the next step of the procedure.

For whom a complaint is about, none of these pages is there; storage sees to that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.answers import Fact, Teller
from bot.console.auditing import Doing, note
from bot.console.complaint_terms import term_left
from bot.console.desk import draw, house_of, member_of, say_to
from bot.console.looking import looks_at
from bot.console.queue import counted, language_in_words, queue_in_words
from bot.console.requests import id_of, key_of, reading_of
from bot.console.time_left import Reading, TimeLeft, moment_in_words
from bot.envelopes import Envelope
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from dialogs.events import ComplaintAdvanced
from dialogs.frozen import Frozen, Hidden
from dialogs.procedure import Actor, by_the_house, is_over, whose_turn
from dialogs.values import Role, Standing
from storage import complaint_desk, complaints, staff
from storage.complaint_values import Filed, NewStep, Taken
from storage.errors import Conflict, NotFound
from storage.referrals import Asked
from storage.staff_values import Member, StaffRole

LONGEST = 2000
# An office has no committee: whoever leads it, or deals with complaints there, answers for it.
ACTS_FOR: Mapping[StaffRole, frozenset[Actor]] = {
    StaffRole.SECRETARY: frozenset({Actor.SECRETARY, Actor.OFFICE}),
    StaffRole.DIRECTOR: frozenset({Actor.DIRECTOR, Actor.OFFICE}),
    StaffRole.COMMITTEE: frozenset({Actor.COMMITTEE}),
}
# The person cannot do without what was offered or decided, and why.
NEEDS_WORDS = frozenset(
    {
        Standing.OFFERED,
        Standing.FOUNDED,
        Standing.INADMISSIBLE,
        Standing.UNFOUNDED,
        Standing.DECIDED,
    }
)


class Row(Frozen):
    """A complaint, in words."""

    filed: Filed
    queue: str
    since: str
    is_over: bool
    turn: tuple[Actor, ...]
    left: TimeLeft | None


class Entry(Frozen):
    """One step that was taken, in words."""

    standing: Standing
    who: str
    when: str
    words: Hidden[str]
    was_told: bool


class Refused(Frozen):
    """Why a step was not taken, and the words that were meant to go with it."""

    problem: str = ""
    words: Hidden[str] = ""


async def show_all(request: web.Request) -> web.Response:
    """List the complaints this member may know of."""
    house, reading = house_of(request), reading_of(request)
    async with house.database.reading() as db:
        listed = await complaint_desk.listing(db, member_of(request))
    rows = [
        Row(
            filed,
            queue_in_words(house, filed.queue, reading.language),
            moment_in_words(filed.opened_at, reading),
            is_over(filed.standing),
            whose_turn(filed.service, filed.standing),
            term_left(filed, house.organisation.services[filed.service], reading),
        )
        for filed in listed
    ]
    return draw(request, "complaints.html", rows=rows, counts=await counted(request))


async def show(request: web.Request) -> web.Response:
    """Show one complaint."""
    return await _page(request, await found_complaint(request), Refused())


async def advance(request: web.Request) -> web.Response:
    """Take the next step; the person is told of it in the same transaction."""
    form, filed = await read_form(request), await found_complaint(request)
    before, after = (_standing(form.get(name, "")) for name in ("before", "to"))
    words, say = form.get("words", "").strip(), say_to(request)
    if before is None or after not in by_the_house(filed.service, before):
        raise web.HTTPBadRequest
    if after not in by_the_house(filed.service, before, _actors(member_of(request))):
        refused = Refused(say("complaint.not_your_step"), words)
        return await _page(request, filed, refused, status=403)
    if len(words) > LONGEST:
        problem = say("talk.too_long", count=len(words), most=LONGEST)
        return await _page(request, filed, Refused(problem, words), status=422)
    if after in NEEDS_WORDS and not words:
        return await _page(request, filed, Refused(say("complaint.needs_words")), status=422)
    try:
        await _advance(request, filed, before, after, words, key_of(request, form, after, words))
    except Conflict:
        refused = Refused(say("complaint.elsewhere"), words)
        return await _page(request, await found_complaint(request), refused, status=409)
    return see_other(_address(filed))


async def set_about(request: web.Request) -> web.Response:
    """Say whom a complaint is about; who names themselves is led away from it."""
    form, filed = await read_form(request), await found_complaint(request)
    house, member = house_of(request), member_of(request)
    async with house.database.reading() as db:
        about = await complaint_desk.about(db, member, filed.id)
    chosen = {each.id for each in await _colleagues(request, filed, about)} & set(_ids(form))
    async with house.database.begin() as db:
        await complaint_desk.set_about(db, member, filed.id, chosen, house.clock.now())
        await note(db, request, Doing.SAID_ABOUT, filed.id)
    return see_other("/staff/complaints" if member.id in chosen else _address(filed))


async def _advance(  # noqa: PLR0917 - what a step is, spelled out
    request: web.Request, filed: Filed, before: Standing, after: Standing, words: str, key: str
) -> None:
    house, member = house_of(request), member_of(request)
    seal = await house.keystore.seal_of(filed.person_id)
    step = NewStep(
        house.clock.new_id(), before, after, house.clock.now(), is_over(after), words, member.id
    )

    async def first(db: AsyncSession) -> None:
        await complaint_desk.advance(db, member, seal, filed.id, step)
        await note(db, request, Doing.ADVANCED, filed.id)

    event = ComplaintAdvanced(after, words)
    await house.conductor.hear(Envelope(filed.person_id, key, event, first))


async def _page(
    request: web.Request, filed: Filed, refused: Refused, *, status: int = 200
) -> web.Response:
    house, reading = house_of(request), reading_of(request)
    await looks_at(request, filed.person_id, filed.queue, Doing.READ_COMPLAINT, filed.id)
    seal = await house.keystore.seal_of(filed.person_id)
    async with house.database.reading() as db:
        taken = await complaints.steps(db, seal, filed.id)
        about = await complaint_desk.about(db, member_of(request), filed.id)
        try:
            written = await complaint_desk.answers(db, member_of(request), seal, filed.id)
            asked = Asked(Role.UNDISCLOSED, written)
        except NotFound:
            asked = None
    teller = Teller(house.wording, filed.service, reading.language)
    facts: list[Fact] = teller.facts(asked).asked if asked else []
    return draw(
        request,
        "complaint.html",
        status=status,
        filed=filed,
        queue=queue_in_words(house, filed.queue, reading.language),
        person_language=language_in_words(filed.language, reading.language),
        facts=facts,
        entries=[_entry(each, reading) for each in taken],
        next_steps=_next_steps(filed, member_of(request)),
        turn=whose_turn(filed.service, filed.standing),
        left=term_left(filed, house.organisation.services[filed.service], reading),
        is_over=is_over(filed.standing),
        refused=refused,
        colleagues=await _colleagues(request, filed, about),
        about=about,
        counts=await counted(request),
    )


def _next_steps(filed: Filed, member: Member) -> tuple[Standing, ...]:
    """List the steps that this member may take; none while nobody said whom it is about."""
    if not filed.about_is_known:
        return ()
    return by_the_house(filed.service, filed.standing, _actors(member))


def _actors(member: Member) -> frozenset[Actor]:
    """Say for whom of the procedure a member acts."""
    return frozenset().union(*(ACTS_FOR[role] for role in member.roles & ACTS_FOR.keys()))


def _entry(taken: Taken, reading: Reading) -> Entry:
    who, when = taken.staff_name, moment_in_words(taken.at, reading)
    named = who or reading.say("complaint.person")
    return Entry(taken.standing, named, when, taken.words, was_told=who is not None)


async def found_complaint(request: web.Request) -> Filed:
    """Get the complaint that the address names; raise NotFound for one that is not for them."""
    async with house_of(request).database.reading() as db:
        return await complaint_desk.get(db, member_of(request), id_of(request))


async def _colleagues(request: web.Request, filed: Filed, about: Collection[UUID]) -> list[Member]:
    """List who works in the queue of a complaint, or is said to be meant.

    Who is only invited has no name yet.
    """
    house = house_of(request)
    async with house.database.reading() as db:
        members = await staff.everyone(db, house.keystore.system)
    named = [each for each in members if each.active and each.name]
    return [each for each in named if filed.queue in each.queues or each.id in about]


def _standing(text: str) -> Standing | None:
    return next((each for each in Standing if each == text), None)


def _ids(form: Form) -> list[UUID]:
    try:
        return [UUID(each) for each in form.getall("about", [])]
    except ValueError:
        raise web.HTTPBadRequest from None


def _address(filed: Filed) -> str:
    return f"/staff/complaints/{filed.id}"
