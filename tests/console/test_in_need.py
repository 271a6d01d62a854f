"""What is not somebody's to read is read in need: for an hour, by two of them, and only read."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bot.console.auditing import Doing
from bot.copies.making import fetched
from bot.documents.plain import as_text
from bot.watch import Watch
from storage import needs
from storage.audit import Search, search
from storage.errors import NotFound
from storage.needs import OPEN_FOR, State
from storage.referrals import Referral
from storage.staff_values import Member, StaffRole
from tests.console.colleagues import Colleague, Office, address
from tests.console.needing import (
    PRIVACY,
    WHY,
    answers,
    asked,
    is_absent,
    opened,
    theirs,
    who_asks,
    who_decides,
)
from tests.databases import KINDS, rows_of
from tests.houses import StillClock

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def els(office: Office) -> Colleague:
    return await who_asks(office)


@pytest.fixture
async def coo(office: Office) -> Colleague:
    return await who_decides(office)


@pytest.fixture
async def referral(office: Office) -> Referral:
    """A request with words in it, of somebody who may be called."""
    return (await office.request_with_phone())[1]


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
    els = await who_asks(office)
    coo = await who_decides(office)
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
    # The empty one closes the list of keys.
    kept = {f"{path}/end", "/staff/duty", "/staff/sign-out", ""}
    assert {form.action for form in page.forms} == kept
    assert (await els.opens(referral)).status == 404
    for action in ("claim", "write", "release", "close", "aside", "show", "ask", "snooze", "draft"):
        answer = await els.post(address(referral, action), words="x", kind="note", knows="no")
        assert answer.status == 404, action
    assert referral.code_name not in (await els.get("/staff/queue?view=all")).html
    found = await els.get(f"/staff/find?reference={referral.reference}")
    assert found.status == 404


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
    els = await who_asks(office)
    coo = await who_decides(office)
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
    els = await who_asks(office)
    coo = await who_decides(office)
    path = await opened(els, coo, referral)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert await rows_of(office.house.database, "SELECT id FROM need") == []
    assert await is_absent(els, path)


async def test_the_reason_is_sealed(office: Office, els: Colleague, referral: Referral) -> None:
    await asked(els, referral)
    ((stored,),) = await rows_of(office.house.database, "SELECT hex(asked) FROM need")
    for word in (WHY, referral.reference or ""):
        assert word.encode().hex() not in str(stored).lower()


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
