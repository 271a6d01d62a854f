"""Giving a request to a colleague, who says yes or no, or to another queue of the same service."""

from __future__ import annotations

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.acting import LONGEST_REASON, done_quietly, problem_of, quietly
from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, drawn
from bot.console.desk import draw, house_of, member_of, say_to
from bot.console.duty import on_duty
from bot.console.letterboxes import keys_of
from bot.console.queue import MINE, WAITING, counted, taken_by
from bot.console.receiving import receivers
from bot.console.releasing import leave_to_others
from bot.console.requests import address_of, found, is_owned_by, key_of, person_of
from bot.console.timeline import note_event, note_words
from bot.envelopes import Envelope
from bot.organisation import Queue
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.events import StaffReleased, StaffTook
from storage import carrying, letterbox, referrals
from storage.errors import Conflict, NotFound
from storage.referrals import Referral
from storage.sealed import Seal
from storage.staff_values import Member

Receiver = Member | Queue


async def show(request: web.Request) -> web.Response:
    """Show to whom a request can go; only its owner gives it away."""
    referral = await found(request)
    if not is_owned_by(member_of(request), referral):
        return await _refused(request, None)
    return await _form(request, referral, "", "")


async def transfer(request: web.Request) -> web.Response:
    """Ask a colleague, or give it to a queue at once; why stands in a note for who gets it."""
    form, referral, say = await read_form(request), await found(request), say_to(request)
    to, words = form.get("to", ""), form.get("words", "").strip()
    receiver = next((each for key, each in await _receivers(request, referral) if key == to), None)
    problem = problem_of(words) if receiver else "transfer.not_there"
    if receiver is None or problem:
        worded = say(problem, count=len(words), most=LONGEST_REASON)
        return await _form(request, referral, words, worded, status=422)
    key = key_of(request, form, to, words)
    try:
        match receiver:
            case Member():
                await _offer(request, referral, receiver, words, key)
                return see_other(address_of(referral))
            case Queue():
                await _move(request, referral, receiver, words, key)
    except NotFound:
        # It is kept from whoever was asked, and why is nobody's business.
        return await _form(request, referral, words, say("transfer.not_there"), status=422)
    except Conflict as lost:
        return await _refused(request, lost.by)
    return see_other(MINE)


async def withdraw(request: web.Request) -> web.Response:
    """Take an offer back; whoever was asked sees it no more."""
    form, referral, member = await read_form(request), await found(request), member_of(request)

    async def act(db: AsyncSession, seal: Seal) -> None:
        await referrals.withdraw_offer(db, member, referral.id)
        await _tell(db, request, seal, referral, Doing.TRANSFER_WITHDRAWN)

    key = key_of(request, form)
    return await done_quietly(request, referral, key, act, address_of(referral), _refused)


async def accept(request: web.Request) -> web.Response:
    """Take over what is offered; the person is told once who is there now.

    As at a claim, who takes over says first that they know nobody in it.
    """
    house, member = house_of(request), member_of(request)
    form, referral = await read_form(request), await found(request)
    if form.get("knows") == "yes":
        await leave_to_others(request, form, referral)
        return see_other(WAITING)
    if "knows" not in form and referral.offered_to_id == member.id:
        return see_other(f"{address_of(referral)}#offered")
    person_id = person_of(referral)
    seal = await house.keystore.seal_of(person_id)

    async def first(db: AsyncSession) -> None:
        await referrals.accept(db, member, referral.id, house.clock.now())
        await _tell(db, request, seal, referral, Doing.TRANSFER_ACCEPTED)
        await on_duty(db, request)

    taken = Envelope(person_id, key_of(request, form), StaffTook(member.name), first)
    try:
        await house.conductor.hear(taken)
    except Conflict as lost:
        return await _refused(request, lost.by)
    return see_other(address_of(referral))


async def decline(request: web.Request) -> web.Response:
    """Leave a request with who offers it, with a reason that they read."""
    form, referral, member = await read_form(request), await found(request), member_of(request)
    words = form.get("words", "").strip()
    if problem_of(words):
        problem = say_to(request)("transfer.no_reason")
        return await drawn(request, referral, Composer(problem=problem), status=422)

    async def act(db: AsyncSession, seal: Seal) -> None:
        await referrals.decline(db, member, referral.id)
        await note_words(db, house_of(request), seal, referral, by=member, words=words)
        await _tell(db, request, seal, referral, Doing.TRANSFER_DECLINED)

    key = key_of(request, form, words)
    return await done_quietly(request, referral, key, act, MINE, _refused)


async def _offer(
    request: web.Request, referral: Referral, receiver: Member, words: str, key: str
) -> None:
    member = member_of(request)

    async def act(db: AsyncSession, seal: Seal) -> None:
        await referrals.offer(db, member, referral.id, receiver)
        await note_words(db, house_of(request), seal, referral, by=member, words=words)
        await _tell(db, request, seal, referral, Doing.TRANSFER_OFFERED)

    await quietly(request, referral, key, act)


async def _move(
    request: web.Request, referral: Referral, queue: Queue, words: str, key: str
) -> None:
    house, member, now = house_of(request), member_of(request), house_of(request).clock.now()
    person_id = person_of(referral)
    seal = await house.keystore.seal_of(person_id)
    due_at = house.organisation.services[referral.service].due_at(now, house.settings.timezone)

    keys = await keys_of(request)

    async def first(db: AsyncSession) -> None:
        await referrals.release(db, member, referral.id, now, due_at, queue=queue.key)
        if box := await letterbox.find(db, queue.key):
            await carrying.carry(db, seal, referral.id, keys, box)
        await note_words(db, house, seal, referral, by=member, words=words)
        await _tell(db, request, seal, referral, Doing.MOVED)

    await house.conductor.hear(Envelope(person_id, key, StaffReleased(), first))


async def _tell(
    db: AsyncSession, request: web.Request, seal: Seal, referral: Referral, what: Doing
) -> None:
    """Write down what was done, for colleagues on the timeline and in the log."""
    await note_event(db, house_of(request), seal, referral, by=member_of(request), event=what)
    await note(db, request, what, referral.id)


async def _receivers(request: web.Request, referral: Referral) -> list[tuple[str, Receiver]]:
    """List who and what a request can be given to, each under the key of the form."""
    colleagues = await receivers(request, referral)
    queues = house_of(request).organisation.services[referral.service].queues
    return [
        *((f"colleague:{each.id}", each) for each in colleagues),
        *((f"queue:{each.key}", each) for each in queues if each.key != referral.queue),
    ]


async def _form(
    request: web.Request, referral: Referral, words: str, problem: str, *, status: int = 200
) -> web.Response:
    language = member_of(request).language
    offered = await _receivers(request, referral)
    return draw(
        request,
        "transfer.html",
        status=status,
        referral=referral,
        colleagues=[(key, each.name) for key, each in offered if isinstance(each, Member)],
        queues=[(key, each.name(language)) for key, each in offered if isinstance(each, Queue)],
        words=words,
        problem=problem,
        counts=await counted(request),
    )


async def _refused(request: web.Request, by: str | None) -> web.Response:
    problem = taken_by(request, by) if by else say_to(request)("talk.not_open")
    return await drawn(request, await found(request), Composer(problem=problem), status=409)
