"""A request goes to a colleague who says yes, and stays with who has it when they say no."""

from __future__ import annotations

import pytest
from msgspec.structs import force_setattr

from bot.organisation import Queue
from dialogs.frozen import replace
from dialogs.values import Service
from storage import referrals, walls
from storage.referrals import Back, Referral, Status
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address, rows_on
from tests.console.pages import Page
from tests.console.test_claiming import as_stored, both_kinds
from tests.houses import Visitor

WHY = "Zij spreekt liever met een vrouw."


def to(colleague: Colleague) -> str:
    return f"colleague:{colleague.member.id}"


async def offered(office: Office) -> tuple[Visitor, Referral, Colleague, Colleague]:
    """Let Noor offer a request of hers to Els."""
    visitor, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(referral)
    page = await noor.get(address(referral, "transfer"))
    given = await noor.submit(page.form("/transfer"), to=to(els), words=WHY)
    assert given.leads_to == address(referral)
    return visitor, referral, noor, els


async def letters_to(visitor: Visitor) -> str | None:
    return (await visitor.presses("everywhere.go:menu")).session.colleague


@both_kinds
async def test_an_offer_changes_nothing_until_it_is_accepted(office: Office) -> None:
    visitor, referral, noor, els = await offered(office)
    stored = await as_stored(noor, referral)
    assert (stored.owner_name, stored.offered_to_name) == ("Noor", "Els")
    assert rows_on(await els.get("/staff/queue?view=mine")) == [referral.id]
    page = await els.opens(referral)
    assert WHY in page.html
    assert page.has_form("/transfer/accept")
    assert "answer" not in page.form("/write").fields.values()
    assert await letters_to(visitor) == "Noor"

    taken = await els.submit(page.form("/accept"), knows="no")
    assert taken.leads_to == address(referral)
    stored = await as_stored(noor, referral)
    assert (stored.owner_name, stored.offered_to_id) == ("Els", None)
    assert rows_on(await noor.get("/staff/queue?view=mine")) == []
    assert await letters_to(visitor) == "Els"


async def test_the_person_reads_once_who_is_there_now_and_never_why(office: Office) -> None:
    visitor, _, _, els = await offered(office)
    (referral,) = rows_on(await els.get("/staff/queue?view=mine"))
    form = (await els.get(f"/staff/r/{referral}")).form("/accept")
    for _ in range(2):
        await els.submit(form, knows="no")
    said = [line.words for line in (await visitor.presses("everywhere.go:menu")).screen.lines]  # type: ignore[union-attr]
    assert WHY not in said
    again = await els.get(f"/staff/r/{referral}")
    assert again.html.count(office.house.wording.staff("nl", "event.transfer_accepted", name="Els"))
    assert not again.has_form("/accept")


@both_kinds
async def test_who_says_no_leaves_it_where_it_was_with_a_reason(office: Office) -> None:
    _, referral, noor, els = await offered(office)
    form = (await els.opens(referral)).form("/decline")
    assert (await els.submit(form, words="  ")).status == 422
    assert (await as_stored(noor, referral)).offered_to_id == els.member.id
    await els.submit(form, words="Ik ken de familie.")
    stored = await as_stored(noor, referral)
    assert (stored.owner_name, stored.offered_to_id, stored.came_back) == (
        "Noor",
        None,
        Back.DECLINED,
    )
    page = await noor.opens(referral)
    assert "came-back" in page.ids
    assert "Ik ken de familie." in page.html
    assert rows_on(await els.get("/staff/queue?view=mine")) == []
    # Whatever she does next, she has seen it.
    await noor.writes(referral, "Ik ben er weer.", kind="answer")
    assert "came-back" not in (await noor.opens(referral)).ids


async def test_an_offer_can_be_taken_back(office: Office) -> None:
    _, referral, noor, els = await offered(office)
    page = await els.opens(referral)
    await noor.submit((await noor.opens(referral)).form("/withdraw"))
    assert (await els.submit(page.form("/accept"), knows="no")).status == 409
    assert (await els.submit(page.form("/decline"), words="Nee.")).status == 409
    assert (await as_stored(noor, referral)).owner_name == "Noor"


async def test_an_offer_ends_with_whatever_its_owner_does(office: Office) -> None:
    _, referral, noor, els = await offered(office)
    page = await els.opens(referral)
    await noor.submit((await noor.opens(referral)).form("/release"))
    assert (await els.submit(page.form("/accept"), knows="no")).status == 409
    stored = await as_stored(noor, referral)
    assert (stored.status, stored.offered_to_id) == (Status.WAITING, None)


async def test_only_who_is_asked_answers_and_only_the_owner_asks(office: Office) -> None:
    _, referral, _noor, els = await offered(office)
    wies = await office.colleague("Wies")
    for act in ("transfer/accept", "transfer/withdraw"):
        assert (await wies.post(address(referral, act))).status == 409
    assert (await wies.post(address(referral, "transfer/decline"), words="Nee.")).status == 409
    assert (await els.get(address(referral, "transfer"))).status == 409
    asked = await els.post(address(referral, "transfer"), to=to(wies), words=WHY)
    assert asked.status == 409


async def test_a_note_is_required_and_only_who_is_there_can_be_asked(office: Office) -> None:
    _, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    elsewhere = await office.colleague("Wies", "mentoring")
    reads = await office.colleague("Iris", roles={StaffRole.READER})
    await noor.claims(referral)
    transfer = address(referral, "transfer")
    assert (await noor.post(transfer, to=to(els), words=" ")).status == 422
    for nobody in (to(elsewhere), to(reads), to(noor), "colleague:", "queue:mentoring", ""):
        page = await noor.post(transfer, to=nobody, words=WHY)
        # What was typed is still there.
        assert (page.status, page.form("/transfer").fields["words"]) == (422, WHY)
    await els.post("/staff/duty", away="yes", until="")
    assert (await noor.post(transfer, to=to(els), words=WHY)).status == 422
    page = await noor.get(transfer)
    assert "nobody" in page.ids
    assert "do-transfer" not in page.ids


async def test_a_mediator_sees_what_is_offered_to_them_and_nothing_else(office: Office) -> None:
    (_, referral), (_, other) = await office.request(), await office.request()
    noor = await office.colleague("Noor")
    mediator = await office.colleague("Mo", roles={StaffRole.MEDIATOR})
    for each in (referral, other):
        await noor.claims(each)
    assert (await mediator.opens(referral)).status == 404
    await noor.post(address(referral, "transfer"), to=to(mediator), words=WHY)
    assert (await mediator.opens(other)).status == 404
    page = await mediator.opens(referral)
    await mediator.submit(page.form("/accept"), knows="no")
    assert (await as_stored(noor, referral)).owner_name == "Mo"


@both_kinds
async def test_who_knows_somebody_in_it_does_not_take_it_over(office: Office) -> None:
    visitor, referral, noor, els = await offered(office)
    form = (await els.opens(referral)).form("/accept")
    assert (await els.submit(form)).leads_to == f"{address(referral)}#offered"
    assert (await els.submit(form, knows="yes")).leads_to == "/staff/queue?view=waiting"
    assert (await els.opens(referral)).status == 404
    stored = await as_stored(noor, referral)
    assert (stored.owner_name, stored.offered_to_id) == ("Noor", None)
    page = await noor.opens(referral)
    assert "came-back" in page.ids
    assert office.house.wording.staff("nl", "event.stood_aside", name="Els") in page.html
    assert await letters_to(visitor) == "Noor"


def with_a_second_queue(office: Office) -> None:
    organisation = office.house.organisation
    mediation = organisation.services[Service.MEDIATION]
    queues = (*mediation.queues, Queue("zuid", {"nl": "Zuid", "en": "South"}))
    services = {**organisation.services, Service.MEDIATION: replace(mediation, queues=queues)}
    force_setattr(organisation, "services", services)


@both_kinds
async def test_a_queue_of_the_service_gets_it_at_once(office: Office) -> None:
    with_a_second_queue(office)
    visitor, referral = await office.request()
    noor, els = await office.colleague("Noor", "intake"), await office.colleague("Els", "zuid")
    await noor.claims(referral)
    page = await noor.get(address(referral, "transfer"))
    given = await noor.submit(page.form("/transfer"), to="queue:zuid", words=WHY)
    assert given.leads_to == "/staff/queue?view=mine"
    assert (await noor.opens(referral)).status == 404
    assert rows_on(await els.get("/staff/queue")) == [referral.id]
    assert await letters_to(visitor) is None
    assert WHY in (await els.claims(referral)).html


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_request_nobody_owns_is_given_to_nobody(office: Office, *, htmx: bool) -> None:
    _, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    page: Page = await noor.post(address(referral, "transfer"), htmx=htmx, to=to(els), words=WHY)
    assert page.status == 409
    async with office.house.database.reading() as db:
        assert (await referrals.get(db, noor.member, referral.id)).offered_to_id is None


async def test_nobody_is_asked_from_whom_it_is_kept(office: Office) -> None:
    _, referral = await office.request()
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    async with office.house.database.begin() as db:
        await walls.stand_aside(db, els.member, referral.id)
    await noor.claims(referral)
    asked = await noor.post(address(referral, "transfer"), to=to(els), words=WHY)
    assert (asked.status, asked.form("/transfer").fields["words"]) == (422, WHY)
    assert (await as_stored(noor, referral)).offered_to_id is None
    assert WHY not in (await noor.opens(referral)).html
