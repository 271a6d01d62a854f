"""A desk with something on every page of it, and every page by its address."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from bot.console.members import setup_link
from bot.house import House
from dialogs.frozen import Frozen
from storage import (
    complaint_desk,
    figures,
    needs,
    notices,
    referrals,
    replies,
    reviews,
    staff,
    survey,
    tally,
    walls,
)
from storage.doors import Door
from storage.figures import Happened
from storage.messages import Author
from storage.needs import NewNeed
from storage.notices import Notice
from storage.replies import Reply
from storage.staff_values import Member, StaffRole
from tests.bot.test_complaining import complains
from tests.console.colleagues import address, hired, referral_of, sends_a_phone_number
from tests.houses import Visitor
from tests.web.colleagues import Colleague


class Filled(Frozen):
    """Who is at the desk, and where there is something to see."""

    member: Member
    set_up: str
    waiting: str
    mine: str
    ended: str
    ended_by_another: str
    answered: str
    offered: str
    complaint: UUID
    in_need: str


class Sight(Frozen):
    """A page as it is looked at; `path` is its row in the routes."""

    path: str
    find: Callable[[Filled], str]
    is_signed_in: bool = True


SIGHTS = {
    "signing in": Sight("/staff/sign-in", lambda _: "/staff/sign-in", is_signed_in=False),
    "setting up": Sight("/staff/setup/{token}", lambda desk: desk.set_up, is_signed_in=False),
    "a link that is gone": Sight("/staff/setup/{token}", lambda _: "/staff/setup/gone"),
    "who waits": Sight("/staff/queue", lambda _: "/staff/queue?view=waiting"),
    "mine": Sight("/staff/queue", lambda _: "/staff/queue?view=mine"),
    "everything": Sight("/staff/queue", lambda _: "/staff/queue?view=all"),
    "what ended": Sight("/staff/queue", lambda _: "/staff/queue?view=closed"),
    "a request that waits": Sight("/staff/r/{id}", lambda desk: desk.waiting),
    "a conversation": Sight("/staff/r/{id}", lambda desk: desk.mine),
    "one that ended": Sight("/staff/r/{id}", lambda desk: desk.ended),
    "one that somebody else ended": Sight("/staff/r/{id}", lambda desk: desk.ended_by_another),
    "transferring": Sight("/staff/r/{id}/transfer", lambda desk: f"{desk.mine}/transfer"),
    "what is offered": Sight("/staff/r/{id}", lambda desk: desk.offered),
    "letting rest": Sight("/staff/r/{id}/snooze", lambda desk: f"{desk.answered}/snooze"),
    "closing": Sight("/staff/r/{id}/close", lambda desk: f"{desk.mine}/close"),
    "complaints": Sight("/staff/complaints", lambda _: "/staff/complaints"),
    "a complaint": Sight(
        "/staff/complaints/{id}", lambda desk: f"/staff/complaints/{desk.complaint}"
    ),
    "figures": Sight("/staff/figures", lambda _: "/staff/figures"),
    "licences": Sight("/staff/licences", lambda _: "/staff/licences"),
    "standard replies": Sight("/staff/replies", lambda _: "/staff/replies"),
    "work instructions": Sight("/staff/instructions", lambda _: "/staff/instructions"),
    "reading once more": Sight("/staff/review", lambda _: "/staff/review"),
    "the survey": Sight("/staff/survey", lambda _: "/staff/survey"),
    "what was not understood": Sight("/staff/not-understood", lambda _: "/staff/not-understood"),
    "people": Sight("/staff/people", lambda _: "/staff/people"),
    "the audit log": Sight("/staff/audit", lambda _: "/staff/audit?check=yes"),
    "the register": Sight("/staff/register", lambda _: "/staff/register"),
    "the chapter of a DPIA": Sight(
        "/staff/register", lambda _: "/staff/register?chapter=assessment"
    ),
    "asking in need": Sight("/staff/need", lambda _: "/staff/need"),
    "reading in need": Sight("/staff/need/{id}", lambda desk: desk.in_need),
    "deciding about need": Sight("/staff/needs", lambda _: "/staff/needs"),
    "notices": Sight("/staff/notices", lambda _: "/staff/notices"),
    "help": Sight("/staff/help", lambda _: "/staff/help"),
    "oneself": Sight("/staff/me", lambda _: "/staff/me"),
}


async def drawn(house: House) -> str:
    """Have somebody else close a conversation, and put it down to be read once more."""
    visitor, ans = Visitor(house), Colleague(house, await hired(house, "Ans"))
    await visitor.sends_a_request()
    await ans.takes()
    await ans.closes("Het beste.")
    closed = await referral_of(house, visitor)
    async with house.database.begin() as db:
        await reviews.draw(db, {closed.id: house.clock.new_id()}, house.clock.now())
    return address(closed)


async def filled(house: House) -> Filled:
    """Have people write, and a colleague answer some of them."""
    link = await setup_link(house)
    assert link is not None
    noor = Colleague(house, await hired(house, "Noor", roles=list(StaffRole)))
    mine = Visitor(house)
    await sends_a_phone_number(mine)
    await noor.takes()
    await noor.writes("Dag, ik lees met u mee.\n\nWaar wilt u beginnen?")
    await noor.writes("Liever niet bellen.", Author.NOTE)
    await mine.says("Is er iemand?")
    ended = Visitor(house, Door.TELEGRAM)
    await ended.sends_a_request()
    await noor.takes()
    await noor.closes("Dank voor het gesprek.")
    answered = Visitor(house)
    await answered.sends_a_request()
    await noor.takes()
    await noor.writes("Dag, tot volgende week.")
    offered = await offered_by(Colleague(house, await hired(house, "Els")), noor.member)
    ended_by_another = await drawn(house)
    in_need = await opened_in_need(house, noor.member)
    waiting = Visitor(house)
    for each in (Visitor(house), waiting):
        await each.sends_a_request()
    await complains(Visitor(house), "-")
    await greeting(house)
    await unseen(house)
    newest = (await referral_of(house, waiting)).id
    await counted(house, newest)
    async with house.database.begin() as db:
        told = Notice(house.clock.new_id(), newest, "intake", noor.member.id)
        await notices.put(db, [told], house.clock.now())
    async with house.database.reading() as db:
        (complaint,) = await complaint_desk.listing(db, noor.member)
    return Filled(
        noor.member,
        set_up=link[link.index("/staff/setup/") :],
        waiting=address(await referral_of(house, waiting)),
        mine=address(await referral_of(house, mine)),
        ended=address(await referral_of(house, ended)),
        ended_by_another=ended_by_another,
        answered=address(await referral_of(house, answered)),
        offered=offered,
        complaint=complaint.id,
        in_need=in_need,
    )


async def greeting(house: House) -> None:
    """Keep a reply in two languages."""
    id = house.clock.new_id()
    async with house.database.begin() as db:
        await replies.keep(db, Reply(id, "nl", "Groet", "Dag, {naam_collega}"))
        await replies.keep(db, Reply(id, "ar", "تحية", "مرحبًا، معكم {naam_collega}"))


async def counted(house: House, referral_id: UUID) -> None:
    """Have enough happen to be told in numbers."""
    now = house.clock.now()
    async with house.database.begin() as db:
        case = await figures.case_of(db, referral_id)
        for _ in range(6):
            await survey.add(db, "intake", "contact", "good", now)
            await figures.add(db, case, Happened.NEW, now)
            await tally.add(db, tally.missed("nl", "costs", is_offered=True), 1, now)


async def unseen(house: House) -> None:
    """Have somebody write whom everybody knows."""
    visitor = Visitor(house)
    await visitor.sends_a_request()
    known = (await referral_of(house, visitor)).id
    async with house.database.begin() as db:
        for each in await staff.everyone(db, house.keystore.system):
            await walls.stand_aside(db, each, known)


async def opened_in_need(house: House, member: Member) -> str:
    """Let a colleague read what is not theirs, and have another ask, also for what is not there."""
    far = await hired(house, "Ida", "mentoring")
    coo = await hired(house, "Coo", roles={StaffRole.COORDINATOR})
    system, now = house.keystore.system, house.clock.now()
    visitor = Visitor(house)
    await sends_a_phone_number(visitor)
    reference = (await referral_of(house, visitor)).reference or ""
    opened, *others = [
        (by, NewNeed(house.clock.new_id(), named, "De ander belt nu.", now))
        for by, named in ((member, reference), (far, reference), (far, "K7P4-2M9X"))
    ]
    async with house.database.begin() as db:
        for by, new in (opened, *others):
            await needs.ask(db, system, by, new)
        await needs.decide(db, coo, opened[1].id, now, is_allowed=True)
    return f"/staff/need/{opened[1].id}"


async def offered_by(colleague: Colleague, to: Member) -> str:
    """Have a colleague offer a request of theirs."""
    await Visitor(colleague.house).sends_a_request()
    await colleague.takes()
    async with colleague.house.database.begin() as db:
        await referrals.offer(db, colleague.member, colleague.referral.id, to)
    return address(colleague.referral)
