"""The licences of mediators at the desk: by who coordinates their queues, and in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import force_setattr

from dialogs.frozen import replace
from storage import licences
from storage.licences import Licence
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address
from tests.houses import MONDAY_MORNING

TODAY = MONDAY_MORNING.date()


async def coordinator(office: Office, *queues: str) -> Colleague:
    return await office.colleague("Carla", *queues, roles={StaffRole.COORDINATOR})


async def known(office: Office, licence: Licence) -> Licence:
    async with office.house.database.reading() as db:
        return (await licences.of(db, [licence.staff_id]))[licence.staff_id]


async def test_a_licence_is_kept_and_told_in_words(office: Office) -> None:
    mila = await office.hires("Mila", "intake", roles={StaffRole.MEDIATOR})
    carla = await coordinator(office, "intake")
    page = await carla.get("/staff/licences")
    assert "geen licentie bekend" in page.html
    form = page.form(f"/{mila.id}")
    kept = await carla.submit(
        form, trained_on="2024-09-01", valid_until="2026-04-01", mediations="7"
    )
    assert (kept.status, kept.leads_to) == (303, f"/staff/licences#licence-{mila.id}")
    assert await known(office, Licence(mila.id)) == Licence(
        mila.id, date(2024, 9, 1), date(2026, 4, 1), 7
    )
    page = await carla.get("/staff/licences")
    assert "loopt af op 1 april 2026" in page.html
    assert page.form(f"/{mila.id}").fields["valid_until"] == "2026-04-01"


@pytest.mark.parametrize(
    "field",
    [
        {"valid_until": "morgen"},
        {"mediations": "-1"},
        {"mediations": "12345"},
        {"intervisions": "x"},
    ],
)
async def test_what_is_no_day_or_number_is_given_back(
    office: Office, field: dict[str, str]
) -> None:
    mila = await office.hires("Mila", roles={StaffRole.MEDIATOR})
    carla = await coordinator(office)
    page = await carla.post(f"/staff/licences/{mila.id}", **field)  # type: ignore[arg-type]
    assert (page.status, "refused" in page.ids) == (422, True)
    assert page.form(f"/{mila.id}").fields | field == page.form(f"/{mila.id}").fields
    assert await known(office, Licence(mila.id)) == Licence(mila.id)


async def test_other_queues_and_other_roles_are_not_on_it(office: Office) -> None:
    elsewhere = await office.hires("Mila", "mentoring", roles={StaffRole.MEDIATOR})
    other = await office.hires("Els", "intake", roles={StaffRole.COLLEAGUE})
    carla = await coordinator(office, "intake")
    assert "empty" in (await carla.get("/staff/licences")).ids
    for each in (elsewhere, other, carla.member):
        for fields in ({}, {"valid_until": "morgen"}):
            address = f"/staff/licences/{each.id}"
            assert (await carla.post(address, **fields)).status == 404  # type: ignore[arg-type]


async def test_who_is_most_urgent_stands_first(office: Office) -> None:
    mediators = [
        await office.hires(name, roles={StaffRole.MEDIATOR}) for name in ("Anna", "Bert", "Cleo")
    ]
    async with office.house.database.begin() as db:
        for member, days in zip(mediators, (400, 10, -10), strict=True):
            await licences.keep(db, Licence(member.id, None, TODAY + timedelta(days=days)))
    page = await (await coordinator(office)).get("/staff/licences")
    names = [id for id in page.ids if id.startswith("licence-")]
    assert names == [f"licence-{each.id}" for each in reversed(mediators)]


async def test_what_ends_soon_is_said_on_every_page_to_who_sees_to_it(office: Office) -> None:
    mila = await office.hires("Mila", "intake", roles={StaffRole.MEDIATOR})
    carla, noor = await coordinator(office, "intake"), await office.colleague("Noor")
    elsewhere = await office.colleague("Els", "mentoring", roles={StaffRole.COORDINATOR})
    for days, is_told in ((61, False), (60, True), (-400, True)):
        async with office.house.database.begin() as db:
            await licences.keep(db, Licence(mila.id, None, TODAY + timedelta(days=days)))
        assert ("bar-licences" in (await carla.get("/staff/queue")).ids) is is_told
        for other in (noor, elsewhere):
            assert "bar-licences" not in (await other.get("/staff/queue")).ids


@pytest.mark.parametrize("role", [StaffRole.COLLEAGUE, StaffRole.COORDINATOR])
async def test_a_mediator_without_a_licence_is_asked_by_a_coordinator_only(
    office: Office, role: StaffRole
) -> None:
    house = office.house
    mila = await office.hires("Mila", roles={StaffRole.MEDIATOR})
    noor, referral = await office.colleague("Noor", roles={role}), (await office.request())[1]
    await noor.claims(referral)
    given = address(referral, "transfer")
    assert str(mila.id) in (await noor.get(given)).html
    asked = replace(house.organisation.licensing, is_required=True)
    force_setattr(house.organisation, "licensing", asked)
    is_coordinator = role is StaffRole.COORDINATOR
    assert (str(mila.id) in (await noor.get(given)).html) is is_coordinator
    form = (await noor.get(given)).form("/transfer")
    refused = await noor.submit(form, to=f"colleague:{mila.id}", words="Graag jouw oog.")
    assert refused.status == (303 if is_coordinator else 422)
    async with house.database.begin() as db:
        await licences.keep(db, Licence(mila.id, None, TODAY))
    if not is_coordinator:
        assert (await noor.submit(form, to=f"colleague:{mila.id}", words="Dag.")).status == 303


async def test_it_is_shown_when_a_mediator_was_told(office: Office) -> None:
    mila = await office.hires("Mila", "intake", roles={StaffRole.MEDIATOR})
    carla = await coordinator(office, "intake")
    async with office.house.database.begin() as db:
        await licences.keep(db, Licence(mila.id, None, TODAY))
    assert "told" not in (await carla.get("/staff/licences")).classes
    async with office.house.database.begin() as db:
        await licences.told(db, mila.id, date(2026, 2, 28))
    page = await carla.get("/staff/licences")
    assert ("told" in page.classes, "28 februari 2026" in page.html) == (True, True)
