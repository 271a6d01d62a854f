"""What waits and nobody may see is told to who can help, and nothing of it is read."""

from __future__ import annotations

import pytest

from storage.referrals import Referral, Status
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address, rows_on
from tests.console.test_claiming import as_stored, both_kinds
from tests.console.test_transferring import with_a_second_queue

COORDINATOR, ADMIN = {StaffRole.COORDINATOR}, {StaffRole.ADMIN}
WHY = "Ik dacht aan iemand anders met deze voornaam."


async def everybody_stands_aside(*colleagues: Colleague, referral: Referral) -> None:
    for each in colleagues:
        assert (await each.post(address(referral, "aside"))).status == 303


@pytest.fixture
async def noor(office: Office) -> Colleague:
    return await office.colleague("Noor", "intake")


@pytest.fixture
async def coo(office: Office) -> Colleague:
    return await office.colleague("Coo", "intake", roles=COORDINATOR)


async def test_who_can_help_learns_that_there_is_one_and_nothing_of_it(
    office: Office, noor: Colleague, coo: Colleague
) -> None:
    referral, seen = [(await office.request())[1] for _ in range(2)]
    bas, id = await office.colleague("Bas", roles=ADMIN), f"unseen-{referral.id}"
    await everybody_stands_aside(noor, referral=referral)
    assert id not in (await coo.get("/staff/queue")).ids
    await everybody_stands_aside(coo, referral=referral)
    for page in (await coo.get("/staff/queue"), await bas.get("/staff/people")):
        assert [each for each in page.ids if each.startswith("unseen-")] == [id]
        assert "Aanmeldpunt" in page.html
        assert referral.code_name not in page.html
        assert (referral.reference or "") not in page.html
    assert id not in (await noor.get("/staff/queue")).ids
    assert rows_on(await coo.get("/staff/queue")) == [seen.id]
    assert (await coo.opens(referral)).status == 404


async def test_who_coordinates_elsewhere_learns_nothing_of_it(
    office: Office, noor: Colleague
) -> None:
    referral = (await office.request())[1]
    await everybody_stands_aside(noor, referral=referral)
    far = await office.colleague("Far", "mentoring", roles=COORDINATOR)
    assert f"unseen-{referral.id}" not in (await far.get("/staff/queue")).ids
    assert (await far.post(f"/staff/unseen/{referral.id}", to="intake")).status == 404


async def test_whom_the_queue_is_given_to_sees_it_and_nobody_is_told_any_more(
    office: Office, noor: Colleague
) -> None:
    referral = (await office.request())[1]
    await everybody_stands_aside(noor, referral=referral)
    bas = await office.colleague("Bas", roles=ADMIN)
    els = await office.hires("Els", "mentoring")
    await bas.post(f"/staff/people/{els.id}", role="colleague", queue="intake")
    assert f"unseen-{referral.id}" not in (await bas.get("/staff/people")).ids
    assert rows_on(await (await office.signs_in(els)).get("/staff/queue")) == [referral.id]


@both_kinds
async def test_it_is_moved_to_another_queue_of_its_service(office: Office) -> None:
    with_a_second_queue(office)
    visitor, referral = await office.request()
    noor = await office.colleague("Noor", "intake")
    coo = await office.colleague("Coo", "intake", roles=COORDINATOR)
    els = await office.colleague("Els", "zuid")
    await everybody_stands_aside(noor, coo, referral=referral)
    form = (await coo.get("/staff/queue")).form(f"/unseen/{referral.id}")
    assert (await coo.submit(form, to="mentoring")).status == 422
    for _ in range(2):
        assert (await coo.submit(form, to="zuid")).status in {303, 404}
    assert (await coo.opens(referral)).status == 404
    moved = await as_stored(els, referral)
    assert (moved.queue, moved.status) == ("zuid", Status.WAITING)
    assert (moved.waiting_since, moved.due_at) == (referral.waiting_since, referral.due_at)
    told = office.house.wording.staff("nl", "event.moved", name="Coo")
    assert told in (await els.claims(referral)).html
    assert (await visitor.presses("everywhere.go:menu")).session.colleague == "Els"


async def test_what_somebody_sees_is_moved_by_nobody(
    office: Office, noor: Colleague, coo: Colleague
) -> None:
    with_a_second_queue(office)
    referral = (await office.request())[1]
    moving = f"/staff/unseen/{referral.id}"
    assert (await coo.post(moving, to="zuid")).status == 404
    await everybody_stands_aside(coo, referral=referral)
    assert (await coo.post(moving, to="zuid")).status == 404
    assert (await noor.post(moving, to="zuid")).status == 403
    assert (await as_stored(noor, referral)).queue == "intake"


async def test_who_was_mistaken_comes_back_with_a_reason(office: Office, noor: Colleague) -> None:
    referral = (await office.request())[1]
    assert "left" not in (await noor.get("/staff/me")).ids
    await everybody_stands_aside(noor, referral=referral)
    form = (await noor.get("/staff/me")).form("/aside/undo")
    refused = await noor.submit(form, words=" ")
    assert (refused.status, "refused" in refused.ids) == (422, True)
    assert (await noor.opens(referral)).status == 404
    assert (await noor.submit(form, words=WHY)).leads_to == "/staff/me"
    assert "left" not in (await noor.get("/staff/me")).ids
    page = await noor.claims(referral)
    assert WHY in page.html
    assert office.house.wording.staff("nl", "event.came_back", name="Noor") in page.html


async def test_nobody_comes_back_to_what_another_left_or_what_is_over(
    office: Office, noor: Colleague
) -> None:
    visitor, referral = await office.request()
    els, undo = await office.colleague("Els"), address(referral, "aside/undo")
    await everybody_stands_aside(els, referral=referral)
    assert (await noor.post(undo, words=WHY)).status == 404
    await visitor.presses("everywhere.go:stop")
    assert "left" not in (await els.get("/staff/me")).ids
    assert (await els.post(undo, words=WHY)).status == 404


async def test_both_stand_in_the_log(office: Office, noor: Colleague, coo: Colleague) -> None:
    with_a_second_queue(office)
    referral = (await office.request())[1]
    await everybody_stands_aside(noor, coo, referral=referral)
    await noor.post(address(referral, "aside/undo"), words=WHY)
    await everybody_stands_aside(noor, referral=referral)
    await coo.post(f"/staff/unseen/{referral.id}", to="zuid")
    guard = await office.colleague("Wies", roles={StaffRole.PRIVACY})
    page = await guard.get(f"/staff/audit?reference={referral.reference}")
    for what in ("came_back", "moved"):
        assert office.house.wording.staff("nl", f"audit.{what}") in page.html.split("<tbody", 1)[1]
    assert WHY not in page.html
