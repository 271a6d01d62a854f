"""What is not somebody's to read is read in need: for an hour, by two of them, and only read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, update

from bot.console.auditing import Doing
from bot.console.confirming import FRESH
from bot.console.rights import Action, may
from bot.copies.making import fetched
from bot.documents.plain import as_text
from bot.watch import Watch
from storage import links, needs, walls
from storage.audit import Search, search
from storage.complaint_tables import ComplaintRow
from storage.errors import NotFound
from storage.links import NewLink
from storage.needs import OPEN_FOR, WAITS_FOR, Need, State
from storage.referrals import Referral
from storage.staff_values import Member, StaffRole
from storage.tables import ReferralRow
from tests.bot.test_complaining import complains
from tests.console.colleagues import Colleague, Office, address
from tests.console.pages import Page
from tests.databases import KINDS, rows_of
from tests.houses import StillClock, Visitor

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
WHY = "De ander belde net, en Noor is niet te bereiken."
NOWHERE = "K7P4-2M9X"
SECOND = timedelta(seconds=1)
COORDINATOR, PRIVACY = {StaffRole.COORDINATOR}, {StaffRole.PRIVACY}


@pytest.fixture
async def els(office: Office) -> Colleague:
    """Somebody of another queue, who asks."""
    return await office.colleague("Els", "mentoring", roles={StaffRole.COLLEAGUE})


@pytest.fixture
async def coo(office: Office) -> Colleague:
    """Who coordinates the queue in which people write, and decides."""
    return await office.colleague("Coo", "intake", roles=COORDINATOR)


@pytest.fixture
async def wies(office: Office) -> Colleague:
    """Who guards privacy."""
    return await office.colleague("Wies", "mentoring", roles=PRIVACY)


@pytest.fixture
async def referral(office: Office) -> Referral:
    """A request with words in it, of somebody who may be called."""
    return (await office.request_with_phone())[1]


async def asks(els: Colleague, reference: str | None, **fields: str) -> Page:
    form = (await els.get("/staff/need")).form("/staff/need")
    filled = {"reference": reference or "", "reason": WHY, "knows": "no"} | fields
    return await els.submit(form, **filled)


async def asked(els: Colleague, referral: Referral) -> UUID:
    """Ask for a request, and give how the asking is called."""
    assert (await asks(els, referral.reference)).leads_to == "/staff/need"
    return (await theirs(els))[0].id


async def theirs(els: Colleague) -> list[Need]:
    house = els.house
    async with house.database.reading() as db:
        return await needs.of_asker(db, house.keystore.system, els.member, house.clock.now())


async def answers(coo: Colleague, id: UUID, answer: str = "yes") -> Page:
    return await coo.post(f"/staff/needs/{id}", answer=answer)


async def opened(els: Colleague, coo: Colleague, referral: Referral) -> str:
    """Have a request opened in need, and give the address at which it is read."""
    id = await asked(els, referral)
    assert (await answers(coo, id)).leads_to == "/staff/needs"
    return f"/staff/need/{id}"


async def is_absent(els: Colleague, path: str) -> bool:
    """Say whether an address answers byte for byte as one that never was."""
    never = await els.get(f"/staff/need/{els.house.clock.new_id()}")
    page = await els.get(path)
    assert never.status == 404
    return (page.status, page.html) == (never.status, never.html)


async def log_of(office: Office, referral: Referral) -> list[str]:
    """List what the audit log tells of a request in need, the oldest first."""
    async with office.house.database.reading() as db:
        lines = await search(db, Search(reference=referral.reference), 100)
    return [line.entry.what for line in reversed(lines) if line.entry.what.endswith("in_need")]


@both_kinds
async def test_a_second_colleague_opens_it_and_it_is_read(
    office: Office, clock: StillClock
) -> None:
    visitor, referral = await office.request_with_phone()
    noor = await office.colleague("Noor", "intake")
    els = await office.colleague("Els", "mentoring", roles={StaffRole.COLLEAGUE})
    coo = await office.colleague("Coo", "intake", roles=COORDINATOR)
    await noor.claims(referral)
    await noor.writes(referral, "Wij bellen u morgen.")
    id = await asked(els, referral)
    assert await is_absent(els, f"/staff/need/{id}")
    listed = await coo.get("/staff/needs")
    assert {f"need-{id}", "bar-needs"} <= set(listed.ids)
    assert WHY in listed.html
    assert (await coo.submit(listed.form(str(id)), answer="yes")).leads_to == "/staff/needs"
    page = await els.get((await els.get("/staff/need")).links[-1])
    for said in ("Wij bellen u morgen.", "06 12345678", "Testpersoon Een", referral.code_name):
        assert said in page.html
    assert page.headers["Refresh"] == str(int(OPEN_FOR.total_seconds()))
    clock.pass_by(OPEN_FOR - SECOND)
    assert (await (await office.signs_in(els.member)).get(f"/staff/need/{id}")).status == 200
    clock.pass_by(SECOND)
    assert await is_absent(await office.signs_in(els.member), f"/staff/need/{id}")
    assert (await visitor.presses("everywhere.go:menu")).session.colleague == "Noor"


async def test_it_is_read_before_anybody_picked_it_up(
    els: Colleague, coo: Colleague, referral: Referral
) -> None:
    assert (await els.get(await opened(els, coo, referral))).status == 200


async def test_nothing_can_be_done_with_it(
    els: Colleague, coo: Colleague, referral: Referral
) -> None:
    path = await opened(els, coo, referral)
    page = await els.get(path)
    shut = {form.action for form in page.forms} - {f"{path}/end", "/staff/duty", "/staff/sign-out"}
    assert shut == set()
    assert (await els.opens(referral)).status == 404
    for action in ("claim", "write", "release", "close", "aside", "show", "ask", "snooze", "draft"):
        answer = await els.post(address(referral, action), words="x", kind="note", knows="no")
        assert answer.status == 404, action
    assert referral.code_name not in (await els.get("/staff/queue?view=all")).html
    found = await els.get(f"/staff/find?reference={referral.reference}")
    assert found.status == 404


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
        assert (await els.submit(form, **fields)).status == 303
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
    nowhere = (await theirs(els))[0].id
    page = await wies.get("/staff/needs")
    assert {f"need-{nowhere}", f"need-{path.rpartition('/')[2]}"} <= set(page.ids)
    assert office.house.wording.staff("nl", "needs.decided", name="Coo") in page.html
    assert (await answers(wies, nowhere)).status == 409
    assert (await answers(wies, nowhere, "no")).status == 303
    assert (await theirs(els))[0].state is State.REFUSED
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


async def test_it_ends_at_once_when_it_is_given_back(
    office: Office, els: Colleague, coo: Colleague, referral: Referral
) -> None:
    path = await opened(els, coo, referral)
    other = await office.colleague("Ans", "mentoring", roles={StaffRole.COLLEAGUE})
    assert await is_absent(other, path)
    assert (await other.post(f"{path}/end")).status == 404
    form = (await els.get(path)).form("/end")
    assert (await els.submit(form)).leads_to == "/staff/need"
    assert await is_absent(els, path)
    assert (await els.submit(form)).status == 404
    assert (await theirs(els))[0].state is State.ENDED


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
    new = NewLink(house.clock.new_id(), (referral.id, other.id), "één zaak", house.clock.now())
    async with house.database.begin() as db:
        theirs = update(ReferralRow).where(col(ReferralRow.id) == other.id)
        await db.exec(theirs.values(owner_id=member.id))
        await links.tie(db, house.keystore.system, coo.member, new)


@pytest.mark.parametrize("wall", ["knows somebody", "the other side", "a complaint"])
@pytest.mark.parametrize("when", ["before", "after"])
@both_kinds
async def test_what_is_kept_from_somebody_stays_so_in_need(
    office: Office, wall: str, when: str
) -> None:
    referral = (await office.request())[1]
    coo = await office.colleague("Coo", "intake", roles=COORDINATOR)
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
        assert page.html.count('value="yes"') == 0
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


async def test_everything_stands_in_the_log_and_no_reason_does(
    office: Office, clock: StillClock, els: Colleague, coo: Colleague, referral: Referral
) -> None:
    path = await opened(els, coo, referral)
    await els.get(path)
    await els.post(f"{path}/end")
    assert (await answers(coo, await asked(els, referral), "no")).status == 303
    await opened(els, coo, referral)
    clock.pass_by(OPEN_FOR)
    for _ in range(2):
        await Watch(office.house).round()
    assert await log_of(office, referral) == [
        Doing.ASKED_IN_NEED,
        Doing.ALLOWED_IN_NEED,
        Doing.READ_IN_NEED,
        Doing.ENDED_IN_NEED,
        Doing.ASKED_IN_NEED,
        Doing.REFUSED_IN_NEED,
        Doing.ASKED_IN_NEED,
        Doing.ALLOWED_IN_NEED,
        Doing.ENDED_IN_NEED,
    ]
    wies = await office.colleague("Wies", roles=PRIVACY)
    page = await wies.get(f"/staff/audit?reference={referral.reference}")
    assert office.house.wording.staff("nl", "audit.read_in_need") in page.html
    assert WHY not in page.html


@both_kinds
async def test_the_person_sees_that_it_was_in_need_and_not_why(office: Office) -> None:
    visitor, referral = await office.request()
    els = await office.colleague("Els", "mentoring", roles={StaffRole.COLLEAGUE})
    coo = await office.colleague("Coo", "intake", roles=COORDINATOR)
    await els.get(await opened(els, coo, referral))
    await visitor.presses("everywhere.go:rights")
    outcome = await visitor.presses("rights.overview:copy")
    found = await fetched(office.house, outcome.session.ticket)
    assert found is not None
    text = as_text(found[1].document)
    assert "2 maart 2026: een medewerker die anders niet meeleest" in text
    assert WHY not in text + repr(found[1].data)


@both_kinds
async def test_nothing_is_left_of_it_when_its_person_is_erased(office: Office) -> None:
    visitor, referral = await office.request()
    els = await office.colleague("Els", "mentoring", roles={StaffRole.COLLEAGUE})
    coo = await office.colleague("Coo", "intake", roles=COORDINATOR)
    path = await opened(els, coo, referral)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert await rows_of(office.house.database, "SELECT id FROM need") == []
    assert await is_absent(els, path)


async def test_the_reason_is_sealed(office: Office, els: Colleague, referral: Referral) -> None:
    await asked(els, referral)
    ((stored,),) = await rows_of(office.house.database, "SELECT hex(asked) FROM need")
    for word in (WHY, referral.reference or ""):
        assert word.encode().hex() not in str(stored).lower()


async def test_after_a_backup_is_put_back_nothing_is_open(
    office: Office, els: Colleague, coo: Colleague, referral: Referral
) -> None:
    path = await opened(els, coo, referral)
    async with office.house.database.begin() as db:
        await needs.end_everything(db, office.house.clock.now())
    assert await is_absent(els, path)


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


async def test_who_left_neither_reads_nor_decides(
    office: Office, els: Colleague, coo: Colleague, referral: Referral
) -> None:
    path = await opened(els, coo, referral)
    waiting = await asked(els, referral)
    now, id = office.house.clock.now(), UUID(path.rpartition("/")[2])
    gone = [
        Member(each.id, each.name, "", each.roles, each.queues, "nl", active=False)
        for each in (els.member, coo.member)
    ]
    async with office.house.database.reading() as db:
        with pytest.raises(NotFound):
            await needs.opened(db, gone[0], id, now)
        with pytest.raises(NotFound):
            await needs.decide(db, gone[1], waiting, now, is_allowed=True)
