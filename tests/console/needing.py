"""Colleagues who ask to read something in need, and who decide about it."""

from __future__ import annotations

from uuid import UUID

from storage import needs
from storage.needs import Need
from storage.referrals import Referral
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office
from tests.console.pages import Page

WHY = "De ander belde net, en Noor is niet te bereiken."
NOWHERE = "K7P4-2M9X"
COORDINATOR, PRIVACY = {StaffRole.COORDINATOR}, {StaffRole.PRIVACY}


async def who_asks(office: Office) -> Colleague:
    """Have somebody work in another queue than the one in which people write."""
    return await office.colleague("Els", "mentoring", roles={StaffRole.COLLEAGUE})


async def who_decides(office: Office) -> Colleague:
    """Have somebody coordinate the queue in which people write."""
    return await office.colleague("Coo", "intake", roles=COORDINATOR)


async def asks(els: Colleague, reference: str | None, **fields: str) -> Page:
    form = (await els.get("/staff/need")).form("/staff/need")
    filled = {"reference": reference or "", "reason": WHY, "knows": "no"} | fields
    return await els.submit(form, htmx=False, **filled)


async def asked(els: Colleague, referral: Referral) -> UUID:
    """Ask for a request, and give how the asking is called."""
    before = {each.id for each in await theirs(els)}
    assert (await asks(els, referral.reference)).leads_to == "/staff/need"
    (new,) = {each.id for each in await theirs(els)} - before
    return new


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
