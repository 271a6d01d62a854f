"""The audit log at the desk: what leaves a line, who reads it, and how it is searched."""

from __future__ import annotations

from sqlmodel import col, select

from storage.audit_tables import AuditRow
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address


async def log_of(office: Office) -> list[str]:
    async with office.house.database.reading() as db:
        return list(await db.exec(select(AuditRow.what).order_by(col(AuditRow.seq))))


async def guard(office: Office) -> Colleague:
    return await office.colleague("Wies", roles={StaffRole.PRIVACY})


async def test_reading_and_acting_each_leave_a_line(office: Office) -> None:
    noor = await office.colleague("Noor")
    _, referral = await office.request()
    await noor.claims(referral)
    await noor.writes(referral, "Dag")
    assert await log_of(office) == ["claimed", "read", "read", "answered"]


async def test_a_page_that_refreshes_itself_is_no_new_reading(office: Office) -> None:
    noor = await office.colleague("Noor")
    _, referral = await office.request()
    await noor.claims(referral)
    before = await log_of(office)
    assert (await noor.get(f"/staff/fragments/r/{referral.id}")).status == 200
    assert await log_of(office) == before


async def test_what_was_refused_leaves_no_line_of_having_been_done(office: Office) -> None:
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    _, referral = await office.request()
    await noor.claims(referral)
    assert (await els.post(address(referral, "claim"), nonce="a", knows="no")).status == 409
    assert (await log_of(office)).count("claimed") == 1


async def test_the_log_says_who_with_which_role_and_about_which_request(office: Office) -> None:
    noor = await office.colleague("Noor", roles={StaffRole.COLLEAGUE})
    _, referral = await office.request()
    await noor.claims(referral)
    page = await (await guard(office)).get(f"/staff/audit?reference={referral.reference}")
    assert page.status == 200
    (line,) = [row for row in page.html.split("<tr")[2:] if "Gesprek opgepakt" in row]
    assert all(words in line for words in ("Noor", "Medewerker", referral.reference or ""))
    assert len([id for id in page.ids if id.startswith("line-")]) == 2


async def test_lines_are_found_by_colleague_action_and_day(office: Office) -> None:
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    for colleague in (noor, els):
        await colleague.claims((await office.request())[1])
    wies = await guard(office)
    for query, count in (
        (f"who={noor.member.id}", 2),
        (f"who={noor.member.id}&what=claimed", 1),
        ("what=claimed", 2),
        ("to=2001-01-01", 0),
    ):
        page = await wies.get(f"/staff/audit?{query}")
        assert len([id for id in page.ids if id.startswith("line-")]) == count, query
    assert (await wies.get("/staff/audit?from=gisteren")).status == 422


async def test_reading_the_log_is_in_the_log(office: Office) -> None:
    await (await guard(office)).get("/staff/audit")
    assert await log_of(office) == ["read_audit"]


async def test_the_page_says_whether_the_chain_is_whole(office: Office) -> None:
    page = await (await guard(office)).get("/staff/audit?check=yes")
    assert "chain" in page.ids


async def test_nothing_that_a_person_said_is_in_the_log(office: Office) -> None:
    noor = await office.colleague("Noor")
    visitor, referral = await office.request()
    await noor.claims(referral)
    await visitor.says("een heel persoonlijk verhaal")
    await noor.writes(referral, "een heel persoonlijk antwoord")
    async with office.house.database.reading() as db:
        rows = [str(row.model_dump()) for row in await db.exec(select(AuditRow))]
    assert rows
    assert not any("persoonlijk" in row for row in rows)
