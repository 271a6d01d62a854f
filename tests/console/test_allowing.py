"""Who is asked to let somebody read in need decides, within the walls; asking tells nothing."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlmodel import col, update

from bot.console.confirming import FRESH
from bot.console.rights import Action, may
from storage import links, walls
from storage.complaint_tables import ComplaintRow
from storage.links import NewLink
from storage.needs import WAITS_FOR, State
from storage.referrals import Referral, Status
from storage.staff_values import Member, StaffRole
from storage.tables import ReferralRow
from tests.bot.test_complaining import complains
from tests.console.colleagues import Colleague, Office, address
from tests.console.needing import (
    COORDINATOR,
    NOWHERE,
    PRIVACY,
    WHY,
    answers,
    asked,
    asks,
    is_absent,
    opened,
    theirs,
    who_asks,
    who_decides,
)
from tests.databases import KINDS, rows_of
from tests.houses import StillClock, Visitor

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)


@pytest.fixture
async def els(office: Office) -> Colleague:
    return await who_asks(office)


@pytest.fixture
async def coo(office: Office) -> Colleague:
    return await who_decides(office)


@pytest.fixture
async def wies(office: Office) -> Colleague:
    """Who guards privacy."""
    return await office.colleague("Wies", "mentoring", roles=PRIVACY)


@pytest.fixture
async def referral(office: Office) -> Referral:
    """A request with words in it, of somebody who may be called."""
    return (await office.request_with_phone())[1]


async def test_asking_tells_nothing_of_whether_it_is_there(
    els: Colleague, referral: Referral
) -> None:
    pages = [await asks(els, reference) for reference in (referral.reference, NOWHERE)]
    assert len({(page.status, page.leads_to, page.html) for page in pages}) == 1
    assert [each.state for each in await theirs(els)] == [State.WAITING, State.WAITING]
    assert {each.is_possible for each in await theirs(els)} == {False}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"reason": " "}, "transfer.no_reason"), ({"knows": "yes"}, "need.knows")],
    ids=["no reason", "knows somebody"],
)
async def test_a_reason_is_given_by_who_knows_nobody(
    office: Office, els: Colleague, referral: Referral, fields: dict[str, str], wrong: str
) -> None:
    page = await asks(els, referral.reference, **fields)
    assert (page.status, "refused" in page.ids) == (422, True)
    assert office.house.wording.staff("nl", wrong) in page.html
    assert page.form("/staff/need").fields["reference"] == referral.reference
    assert await theirs(els) == []


async def test_a_form_that_is_sent_twice_asks_once(els: Colleague, referral: Referral) -> None:
    form = (await els.get("/staff/need")).form("/staff/need")
    fields = {"reference": referral.reference or "", "reason": WHY, "knows": "no"}
    for _ in range(2):
        assert (await els.submit(form, htmx=False, **fields)).status == 303
    assert len(await theirs(els)) == 1


async def test_who_may_read_it_anyway_is_led_there(office: Office, referral: Referral) -> None:
    noor = await office.colleague("Noor", "intake")
    typed = f" {(referral.reference or '').replace('-', '').lower()}"
    assert (await asks(noor, typed)).leads_to == address(referral)
    assert await theirs(noor) == []


async def test_nobody_decides_what_they_asked(office: Office, referral: Referral) -> None:
    every = await office.colleague("Iris", "mentoring", roles=set(StaffRole))
    id = await asked(every, referral)
    assert f"need-{id}" not in (await every.get("/staff/needs")).ids
    assert (await answers(every, id)).status == 404
    assert [each.state for each in await theirs(every)] == [State.WAITING]


async def test_who_coordinates_elsewhere_learns_nothing_of_it(
    office: Office, els: Colleague, referral: Referral
) -> None:
    far = await office.colleague("Far", "mentoring", roles=COORDINATOR)
    id = await asked(els, referral)
    await asks(els, NOWHERE)
    page = await far.get("/staff/needs")
    assert [each for each in page.ids if each.startswith("need-") or each == "bar-needs"] == []
    assert (await answers(far, id)).status == 404


async def test_who_guards_privacy_sees_all_that_was_asked_and_what_came_of_it(
    office: Office, els: Colleague, coo: Colleague, wies: Colleague, referral: Referral
) -> None:
    path = await opened(els, coo, referral)
    await asks(els, NOWHERE)
    (nowhere,) = [each.id for each in await theirs(els) if each.state is State.WAITING]
    page = await wies.get("/staff/needs")
    assert {f"need-{nowhere}", f"need-{path.rpartition('/')[2]}"} <= set(page.ids)
    assert office.house.wording.staff("nl", "needs.decided", name="Coo") in page.html
    assert (await answers(wies, nowhere)).status == 409
    assert (await answers(wies, nowhere, "no")).status == 303
    assert {each.id: each.state for each in await theirs(els)}[nowhere] is State.REFUSED
    assert (await wies.get(path)).status == 403


async def test_a_no_opens_nothing_and_is_final(
    els: Colleague, coo: Colleague, wies: Colleague, referral: Referral
) -> None:
    id = await asked(els, referral)
    assert (await answers(coo, id, "maybe")).status == 422
    assert (await answers(coo, id, "no")).status == 303
    late = await answers(wies, id)
    assert (late.status, "late" in late.ids) == (409, True)
    assert await is_absent(els, f"/staff/need/{id}")


async def test_what_nobody_answers_lapses(
    office: Office, clock: StillClock, els: Colleague, coo: Colleague, referral: Referral
) -> None:
    id = await asked(els, referral)
    clock.pass_by(WAITS_FOR)
    again = await office.signs_in(coo.member)
    assert (await answers(again, id)).status == 409
    assert "bar-needs" not in (await again.get("/staff/needs")).ids
    assert (await theirs(els))[0].state is State.LAPSED


async def test_asking_and_deciding_ask_for_a_code_once_more(
    clock: StillClock, els: Colleague, coo: Colleague, referral: Referral
) -> None:
    id = await asked(els, referral)
    clock.pass_by(FRESH)
    for page in (await asks(els, referral.reference), await answers(coo, id)):
        assert (page.status, "confirming" in page.ids) == (403, True)
    assert [each.state for each in await theirs(els)] == [State.WAITING]


async def complained_about(office: Office, referral: Referral, member: Member) -> None:
    """Have the person of a request complain about a colleague."""
    await complains(Visitor(office.house), member.name)
    assert await rows_of(office.house.database, "SELECT staff_id FROM complaint_about") != []
    async with office.house.database.begin() as db:
        await db.exec(update(ComplaintRow).values(person_id=referral.person_id))


async def works_on_the_other_side(
    office: Office, coo: Colleague, member: Member, referral: Referral
) -> None:
    """Give a colleague the other side of a matter, and have the two linked."""
    house, other = office.house, (await office.request())[1]
    now = house.clock.now()
    new = NewLink(house.clock.new_id(), (referral.id, other.id), "één zaak", now)
    async with house.database.begin() as db:
        theirs = update(ReferralRow).where(col(ReferralRow.id) == other.id)
        await db.exec(theirs.values(owner_id=member.id, status=Status.OWNED, owned_since=now))
        await links.tie(db, house.keystore.system, coo.member, new)


@pytest.mark.parametrize("wall", ["knows somebody", "the other side", "a complaint"])
@pytest.mark.parametrize("when", ["before", "after"])
@both_kinds
async def test_what_is_kept_from_somebody_stays_so_in_need(
    office: Office, wall: str, when: str
) -> None:
    referral = (await office.request())[1]
    coo = await who_decides(office)
    # Also for somebody who elsewhere sees both sides of a matter.
    els = await office.colleague(
        "Els Anders", "mentoring", roles={StaffRole.COLLEAGUE, StaffRole.COORDINATOR}
    )

    async def keep() -> None:
        match wall:
            case "knows somebody":
                async with office.house.database.begin() as db:
                    await walls.stand_aside(db, els.member, referral.id)
            case "the other side":
                await works_on_the_other_side(office, coo, els.member, referral)
            case _:
                await complained_about(office, referral, els.member)

    if when == "before":
        await keep()
        id = await asked(els, referral)
        page = await coo.get("/staff/needs")
        assert not any(id.startswith("yes-") for id in page.ids)
        assert (await answers(coo, id)).status == 409
    else:
        id = UUID((await opened(els, coo, referral)).rpartition("/")[2])
        assert (await els.get(f"/staff/need/{id}")).status == 200
        await keep()
    assert await is_absent(els, f"/staff/need/{id}")


async def test_who_stands_aside_or_is_complained_about_does_not_decide(
    office: Office, els: Colleague, coo: Colleague
) -> None:
    referral = (await office.request())[1]
    wies = await office.colleague("Wies Waak", "intake", roles=PRIVACY)
    id = await asked(els, referral)
    async with office.house.database.begin() as db:
        await walls.stand_aside(db, coo.member, referral.id)
    await complained_about(office, referral, wies.member)
    for each in (coo, wies):
        assert f"need-{id}" not in (await each.get("/staff/needs")).ids
        assert (await answers(each, id)).status == 404


@pytest.mark.parametrize("role", StaffRole)
async def test_each_role_asks_and_decides_as_the_table_says(
    office: Office, coo: Colleague, els: Colleague, referral: Referral, role: StaffRole
) -> None:
    one = await office.colleague("Iris", "intake", roles={role})
    other = await office.colleague("Ida", "mentoring", roles={role})
    id = await asked(els, referral)
    if not may(other.member, Action.ASK_IN_NEED):
        assert (await other.post("/staff/need", reference="x", reason=WHY)).status == 403
    else:
        path = await opened(other, coo, referral)
        assert (await other.get(path)).status == 200
    decided = await answers(one, id)
    assert decided.status == (303 if may(one.member, Action.ALLOW_IN_NEED) else 403)
