"""Who works here: adding colleagues, changing what they may do, and ending their access."""

from __future__ import annotations

from storage import staff
from storage.staff_values import Member, StaffRole
from tests.console.colleagues import Colleague, Office

ADMIN = {StaffRole.ADMIN}


async def admin(office: Office) -> Colleague:
    return await office.colleague("Bas", roles=ADMIN)


async def now(office: Office, member: Member) -> Member:
    async with office.house.database.reading() as db:
        return await staff.get(db, office.house.keystore.system, member.id)


async def test_a_new_colleague_gets_a_link_that_is_shown_once(office: Office) -> None:
    bas = await admin(office)
    page = await bas.post(
        "/staff/people", name="Els", email="els@kantoor.example", role="colleague", queue="intake"
    )
    assert page.status == 200
    assert "/staff/setup/" in page.html
    again = await bas.get("/staff/people")
    assert "/staff/setup/" not in again.html
    assert "Els" in again.html


async def test_what_was_filled_in_stays_when_it_cannot_be(office: Office) -> None:
    bas = await admin(office)
    page = await bas.post("/staff/people", name="Els", email="els", role="secretary")
    assert page.status == 422
    assert 'value="Els"' in page.html
    taken = await bas.post("/staff/people", name="Els", email=bas.member.email)
    assert taken.status == 422


async def test_whoever_may_do_something_else_signs_in_again(office: Office) -> None:
    bas, noor = await admin(office), await office.colleague("Noor")
    changed = await bas.post(f"/staff/people/{noor.member.id}", role="reader")
    assert changed.status == 303
    assert (await now(office, noor.member)).roles == {StaffRole.READER}
    assert (await noor.get("/staff/queue")).leads_to.startswith("/staff/sign-in")


async def test_access_ends_at_once(office: Office) -> None:
    bas, noor = await admin(office), await office.colleague("Noor")
    assert (await bas.post(f"/staff/people/{noor.member.id}/disable")).status == 303
    assert (await noor.get("/staff/queue")).leads_to.startswith("/staff/sign-in")


async def test_a_new_link_ends_what_somebody_knew(office: Office) -> None:
    bas, noor = await admin(office), await office.colleague("Noor")
    page = await bas.post(f"/staff/people/{noor.member.id}/reset")
    assert "/staff/setup/" in page.html
    assert (await noor.get("/staff/queue")).leads_to.startswith("/staff/sign-in")


async def test_an_administrator_stays(office: Office) -> None:
    bas = await admin(office)
    mine = f"/staff/people/{bas.member.id}"
    assert (await bas.post(mine, role="reader")).status == 409
    assert (await bas.post(f"{mine}/disable")).status == 409
    assert (await now(office, bas.member)).roles == ADMIN
    await office.hires("Els", roles=ADMIN)
    assert (await bas.post(mine, role="reader")).status == 303


async def test_roles_that_nobody_has_are_named(office: Office) -> None:
    bas = await admin(office)
    assert "nobodys" in (await bas.get("/staff/people")).ids
    await office.hires("Wies", roles=set(StaffRole))
    assert "nobodys" not in (await bas.get("/staff/people")).ids
