"""Who takes which step of a complaint, by when, and what of it becomes a letter."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import update

from bot.console.complaint_terms import term_left
from bot.console.time_left import Reading
from bot.hours import Term
from bot.house import House
from dialogs.frozen import replace
from dialogs.values import Service, Standing
from storage import complaint_desk
from storage.complaint_tables import ComplaintRow
from storage.complaint_values import Filed
from storage.staff_values import StaffRole
from tests.bot.test_complaining import WORDS, complains_at_an_office
from tests.console.colleagues import Office
from tests.console.test_complaints import OFFER, address, filed_by, takes
from tests.databases import NOW
from tests.documents import reading as pdf
from tests.houses import Visitor


@pytest.mark.parametrize(
    ("role", "may_take"),
    [
        (StaffRole.SECRETARY, {"to-director"}),
        (StaffRole.DIRECTOR, set()),
        (StaffRole.COMMITTEE, set()),
    ],
)
async def test_each_takes_the_steps_that_are_theirs(
    office: Office, role: StaffRole, may_take: set[str]
) -> None:
    filed = await filed_by(office, Visitor(office.house))
    noor = await office.colleague("Noor", roles={role})
    page = await noor.get(address(filed))
    assert {id for id in page.ids if id.startswith("to-")} == may_take
    assert "turn" in page.ids
    answer = await noor.post(f"{address(filed)}/advance", before="received", to="director")
    assert answer.status == (303 if may_take else 403)


@pytest.mark.parametrize(
    ("role", "may_take"),
    [
        (StaffRole.SECRETARY, {"to-taken_up"}),
        (StaffRole.DIRECTOR, {"to-taken_up"}),
        (StaffRole.COMMITTEE, set()),
    ],
)
async def test_at_an_office_whoever_leads_it_or_deals_with_complaints_answers(
    office: Office, role: StaffRole, may_take: set[str]
) -> None:
    await complains_at_an_office(Visitor(office.house))
    noor = await office.colleague("Noor", roles={role})
    async with office.house.database.reading() as db:
        (filed,) = await complaint_desk.listing(db, noor.member)
    page = await noor.get(address(filed))
    assert {id for id in page.ids if id.startswith("to-")} == may_take
    assert "fact-sent_back" in page.ids
    answer = await noor.post(f"{address(filed)}/advance", before="received", to="taken_up")
    assert answer.status == (303 if may_take else 403)
    # What is a step of another service is none here.
    answer = await noor.post(f"{address(filed)}/advance", before="received", to="director")
    assert answer.status == 400


async def test_a_step_is_a_letter_too(office: Office) -> None:
    filed, noor = await filed_by(office, Visitor(office.house)), await office.colleague("Noor")
    await takes(noor, filed, "director", "Ik heb het vandaag doorgegeven.")
    letter = await noor.client.get(f"{address(filed)}/steps/2.pdf")
    text = pdf.words(await letter.read())
    assert letter.headers["Content-Type"].startswith("application/pdf")
    assert "Ik heb het vandaag doorgegeven." in text
    assert "Testpersoon Een" in text
    assert WORDS not in text
    for number in ("0", "3", "x"):
        assert (await noor.get(f"{address(filed)}/steps/{number}.pdf")).status == 404


async def test_a_letter_is_in_the_language_of_its_person(office: Office) -> None:
    filed, noor = await filed_by(office, Visitor(office.house)), await office.colleague("Noor")
    for language, said in (("uk", "Ваша скарга"), ("xx", "Uw klacht")):
        async with office.house.database.begin() as db:
            await db.exec(update(ComplaintRow).values(language=language))
        letter = await noor.client.get(f"{address(filed)}/steps/1.pdf")
        assert said in pdf.words(await letter.read())


async def test_a_decision_stays_as_it_was_written(office: Office) -> None:
    visitor = Visitor(office.house)
    filed, noor = await filed_by(office, visitor), await office.colleague("Noor")
    await takes(noor, filed, "director")
    await takes(noor, filed, "offered", OFFER)
    await visitor.presses("complaint.tracking:choice", "complaint.tracking:committee")
    assert (await takes(noor, filed, "unfounded")).status == 422
    assert (await takes(noor, filed, "unfounded", "Om deze reden.")).status == 303
    for to in ("founded", "inadmissible", "unfounded", "decided"):
        for before in ("committee", "unfounded"):
            answer = await noor.post(
                f"{address(filed)}/advance", before=before, to=to, words="Toch anders."
            )
            assert answer.status in {400, 409}, (before, to)
    assert "Toch anders." not in (await noor.get(address(filed))).html


def filed_on(day: datetime, standing: Standing = Standing.DIRECTOR) -> Filed:
    return Filed(
        id=UUID(int=1), person_id=UUID(int=2), code_name="Merel-17", service=Service.MEDIATION,
        queue="intake", standing=standing, language="nl", opened_at=day, closed_at=None,
        about_is_known=True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "days", "level"),
    [
        (Standing.RECEIVED, 1, "fine"),
        (Standing.RECEIVED, 8, "late"),
        (Standing.DIRECTOR, 8, "fine"),
        (Standing.COMMITTEE, 40, "soon"),
        (Standing.COMMITTEE, 43, "late"),
        (Standing.DECIDED, 43, None),
    ],
)
def test_a_term_of_the_rules_that_is_over_is_said(
    house: House, standing: Standing, days: int, level: str | None
) -> None:
    known = house.organisation.services[Service.MEDIATION]
    office = replace(known, complaints_receipt=Term(7, "day"), complaints_decision=Term(42, "day"))
    reading = Reading(NOW + timedelta(days=days), ZoneInfo("Europe/Amsterdam"), "nl", said)
    left = term_left(filed_on(NOW, standing), office, reading)
    assert (left and left.level) == level


def test_where_the_rules_name_no_term_nothing_is_late(house: House) -> None:
    office = house.organisation.services[Service.MEDIATION]
    reading = Reading(NOW + timedelta(days=999), ZoneInfo("Europe/Amsterdam"), "nl", said)
    assert term_left(filed_on(NOW), office, reading) is None


def said(id: str, **_values: object) -> str:
    return id
