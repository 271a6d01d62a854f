"""Who writes soon after a closing comes back to the same conversation; staff open it again too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.envelopes import Outcome
from dialogs.values import Handoff
from storage import walls
from storage.doors import Door
from storage.referrals import Back, Referral, Status
from tests.console.colleagues import Colleague, Office, address
from tests.console.test_claiming import as_stored, both_kinds
from tests.houses import StillClock, Visitor
from tests.presses import INFORMED

WORDS = "Nog één vraag: Sterrenstof?"


async def closed(office: Office, door: Door = Door.WEB) -> tuple[Visitor, Referral, Colleague]:
    """Let Noor close a request."""
    visitor, referral = await office.request(door)
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    page = await noor.get(address(referral, "close"))
    ended = await noor.submit(page.form("/close"), outcome="answered")
    assert ended.leads_to == address(referral)
    return visitor, referral, noor


def lines_of(outcome: Outcome) -> list[str]:
    return [] if outcome.screen is None else [line.id for line in outcome.screen.lines]


@both_kinds
async def test_who_writes_after_a_closing_comes_back_to_the_same_colleague(
    office: Office, clock: StillClock
) -> None:
    visitor, referral, noor = await closed(office, Door.TELEGRAM)
    clock.pass_by(timedelta(days=office.house.organisation.reopen_days) - timedelta(minutes=1))
    back = await visitor.says(WORDS)
    assert (back.session.handoff, back.session.colleague) == (Handoff.TALKING, "Noor")
    assert "handoff.conversation.who" in lines_of(back)
    stored = await as_stored(noor, referral)
    assert (stored.status, stored.owner_name, stored.came_back) == (
        Status.OWNED,
        "Noor",
        Back.REOPENED,
    )
    assert (stored.closed_at, stored.waiting_since) == (None, clock.now())
    assert back.session.reference == referral.reference
    noor = await office.signs_in(noor.member)
    page = await noor.opens(referral)
    assert WORDS in page.html
    assert "came-back" in page.ids
    await noor.writes(referral, "Natuurlijk.", kind="answer")
    assert (await as_stored(noor, referral)).came_back is None


async def test_after_its_days_a_closed_conversation_stays_closed(
    office: Office, clock: StillClock
) -> None:
    visitor, referral, noor = await closed(office)
    clock.pass_by(timedelta(days=office.house.organisation.reopen_days))
    late = await visitor.says(WORDS)
    assert late.session.handoff is Handoff.CLOSED
    assert (await as_stored(noor, referral)).status is Status.CLOSED


async def test_a_colleague_who_is_away_gets_nothing_and_the_queue_does(office: Office) -> None:
    visitor, referral, noor = await closed(office)
    await noor.post("/staff/duty", away="yes", until="")
    back = await visitor.says(WORDS)
    assert (back.session.handoff, back.session.colleague) == (Handoff.WAITING, None)
    assert "handoff.conversation.passed_on" in lines_of(back)
    stored = await as_stored(noor, referral)
    assert (stored.status, stored.owner_id) == (Status.WAITING, None)
    els = await office.colleague("Els")
    assert WORDS in (await els.claims(referral)).html


async def test_a_colleague_from_whom_it_is_kept_by_now_does_not_get_it_back(
    office: Office,
) -> None:
    visitor, referral, noor = await closed(office)
    async with office.house.database.begin() as db:
        await walls.stand_aside(db, noor.member, referral.id)
    back = await visitor.says(WORDS)
    assert (back.session.handoff, back.session.colleague) == (Handoff.WAITING, None)
    els = await office.colleague("Els")
    assert WORDS in (await els.claims(referral)).html


@pytest.mark.parametrize("pressed", ["survey.begin:not_now", "everywhere.go:menu"])
async def test_words_count_from_the_places_a_closing_leads_to(office: Office, pressed: str) -> None:
    visitor, referral, noor = await closed(office)
    await visitor.presses(pressed)
    await visitor.says(WORDS)
    assert (await as_stored(noor, referral)).status is Status.OWNED


@pytest.mark.parametrize(
    "presses",
    [
        ("everywhere.go:stop",),
        ("everywhere.go:urgent",),
        ("everywhere.go:menu", "welcome.menu:request"),
    ],
    ids=["stopped", "reading", "at something new"],
)
async def test_words_elsewhere_open_nothing(office: Office, presses: tuple[str, ...]) -> None:
    visitor, referral, noor = await closed(office)
    await visitor.presses(*presses)
    await visitor.says(WORDS)
    assert (await as_stored(noor, referral)).status is Status.CLOSED


async def test_who_stopped_is_not_brought_back_by_their_words(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await visitor.presses("everywhere.go:stop", "everywhere.go:menu")
    await visitor.says(WORDS)
    assert (await as_stored(noor, referral)).status is Status.LEFT


async def test_nothing_is_opened_that_was_withdrawn(office: Office) -> None:
    visitor, referral, noor = await closed(office)
    page = await noor.opens(referral)
    await visitor.presses(
        "everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:data"
    )
    await visitor.presses("everywhere.go:menu")
    await visitor.says(WORDS)
    assert (await noor.submit(page.form("/reopen"))).status == 409
    assert (await as_stored(noor, referral)).status is Status.WITHDRAWN


@both_kinds
async def test_a_colleague_opens_it_again_and_the_person_is_told(office: Office) -> None:
    visitor, referral, noor = await closed(office)
    els = await office.colleague("Els")
    page = await els.opens(referral)
    form = page.form("/reopen")
    assert (await els.submit(form)).leads_to == f"{address(referral)}#reopening"
    assert (await as_stored(noor, referral)).status is Status.CLOSED
    for _ in range(2):
        assert (await els.submit(form, knows="no")).leads_to == address(referral)
    stored = await as_stored(noor, referral)
    assert (stored.status, stored.owner_name, stored.waiting_since) == (Status.OWNED, "Els", None)
    told = await visitor.presses("everywhere.go:menu")
    assert (told.session.handoff, told.session.colleague) == (Handoff.TALKING, "Els")


async def test_who_knows_somebody_in_it_leaves_it_closed(office: Office) -> None:
    _, referral, noor = await closed(office)
    els = await office.colleague("Els")
    form = (await els.opens(referral)).form("/reopen")
    assert (await els.submit(form, knows="yes")).leads_to == "/staff/queue?view=waiting"
    assert (await els.opens(referral)).status == 404
    assert (await as_stored(noor, referral)).status is Status.CLOSED
    # Who had it has said so already.
    assert "aside" not in (await noor.opens(referral)).ids
    reopened = await noor.submit((await noor.opens(referral)).form("/reopen"))
    assert reopened.leads_to == address(referral)
    assert (await as_stored(noor, referral)).status is Status.OWNED


async def test_who_is_at_something_new_is_let_be(office: Office) -> None:
    visitor, referral, noor = await closed(office)
    page = await noor.opens(referral)
    await visitor.presses("everywhere.go:menu", "welcome.menu:request", *INFORMED)
    await visitor.presses("consent.age:yes", "consent.data:yes")
    refused = await noor.submit(page.form("/reopen"))
    assert refused.status == 409
    assert office.house.wording.staff("nl", "reopen.not_now") in refused.html
    assert (await as_stored(noor, referral)).status is Status.CLOSED


async def test_what_did_not_end_by_closing_is_not_opened_again(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await visitor.presses("everywhere.go:stop")
    assert not (await noor.opens(referral)).has_form("/reopen")
    assert (await noor.post(address(referral, "reopen"))).status == 409


async def test_an_older_request_that_is_opened_again_goes_on_when_a_warning_is_taken_back(
    office: Office, clock: StillClock
) -> None:
    visitor, referral, noor = await closed(office)
    clock.pass_by(timedelta(days=office.house.organisation.reopen_days))
    noor = await office.signs_in(noor.member)
    await visitor.presses("everywhere.go:menu")
    await visitor.says("Hij staat voor mijn deur met een mes, ik ben in gevaar")
    await visitor.presses("urgent.danger:warn", "consent.warning:yes")
    warning = await office.referral_of(visitor)
    assert warning.id != referral.id
    await noor.claims(warning)
    page = await noor.get(address(warning, "close"))
    await noor.submit(page.form("/close"), outcome="answered")
    page = await noor.opens(referral)
    assert (await noor.submit(page.form("/reopen"))).status == 303
    await visitor.presses(
        "everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:warning"
    )
    assert (await as_stored(noor, warning)).status is Status.WITHDRAWN
    assert (await as_stored(noor, referral)).status is Status.OWNED
    said = await visitor.says(WORDS)
    assert said.session.handoff is Handoff.TALKING
    assert WORDS in (await noor.opens(referral)).html
