"""The list of who waits: in order of time left, of one's own queues, and without any content."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import force_setattr

from bot.console import queue
from bot.console.desk import in_short
from bot.hours import Term
from dialogs.frozen import replace
from storage import signin
from storage.doors import Door
from tests.console.colleagues import Office, address, rows_on
from tests.houses import StillClock


async def test_who_has_least_time_left_stands_first(office: Office, clock: StillClock) -> None:
    first = (await office.request())[1]
    clock.pass_by(timedelta(minutes=5))
    second = (await office.request())[1]
    colleague = await office.colleague("Noor")
    assert rows_on(await colleague.get("/staff/queue")) == [first.id, second.id]


async def test_where_a_threat_was_typed_stands_first_and_is_marked(
    office: Office, clock: StillClock
) -> None:
    first = (await office.request())[1]
    clock.pass_by(timedelta(minutes=5))
    visitor, second = await office.request()
    await visitor.says("Ik maak jullie kapot, ik sla u dood.")
    colleague = await office.colleague("Noor")
    page = await colleague.get("/staff/queue")
    assert rows_on(page) == [second.id, first.id]
    assert page.html.count('class="badge late alarm"') == 1
    assert "alarm" not in (await colleague.get(address(first))).ids
    assert "alarm" in (await colleague.get(address(second))).ids
    await colleague.claims(second)
    assert "misschien een dreigement of gevaar" in (await colleague.get(address(second))).html


async def test_staff_see_what_who_spoke_of_danger_was_shown(office: Office) -> None:
    (clear, first), (vague, second) = await office.request(), await office.request()
    await clear.says("Hij staat voor mijn deur met een mes en hij wil me vermoorden")
    await vague.says("Ik zie het somber in.")
    colleague = await office.colleague("Noor")
    assert (await colleague.get("/staff/queue")).html.count('class="badge late alarm"') == 1
    for request, shown in ((first, "las meteen wie er te bellen is"), (second, "las onder het")):
        await colleague.claims(request)
        assert shown in (await colleague.get(address(request))).html


async def test_nothing_anybody_said_is_in_the_list(office: Office) -> None:
    visitor, _ = await office.request_with_phone()
    await visitor.says("Sterrenstof")
    colleague = await office.colleague("Noor")
    for view in ("waiting", "all"):
        page = await colleague.get(f"/staff/queue?view={view}")
        assert not any(said in page.html for said in ("Sterrenstof", "12345678", "Testpersoon"))


async def test_nothing_is_read_before_somebody_picks_it_up(office: Office) -> None:
    visitor, referral = await office.request_with_phone()
    await visitor.says("Sterrenstof")
    page = await (await office.colleague("Noor")).get(address(referral))
    assert "unclaimed" in page.ids
    assert not {"log", "facts", "composer"} & set(page.ids)
    assert not any(said in page.html for said in ("Sterrenstof", "12345678", "Testpersoon"))


async def test_each_view_shows_its_own(office: Office) -> None:
    waiting, mine, theirs = [(await office.request())[1] for _ in range(3)]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await noor.claims(mine)
    await els.claims(theirs)
    shown = {
        view: set(rows_on(await noor.get(f"/staff/queue?view={view}")))
        for view in ("waiting", "mine", "all", "closed")
    }
    assert shown == {
        "waiting": {waiting.id},
        "mine": {mine.id},
        "all": {waiting.id, mine.id, theirs.id},
        "closed": set(),
    }


async def test_an_empty_list_says_what_will_appear(office: Office) -> None:
    colleague = await office.colleague("Noor")
    for view in ("waiting", "mine", "all", "closed"):
        assert "empty" in (await colleague.get(f"/staff/queue?view={view}")).ids


async def test_a_view_that_is_not_there_is_not_found(office: Office) -> None:
    colleague = await office.colleague("Noor")
    assert (await colleague.get("/staff/queue?view=secret")).status == 404
    assert (await colleague.get("/staff/queue?after=secret")).status == 404


async def test_only_the_own_queues_are_seen(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor", "intake"), await office.colleague("Els", "mentoring")
    assert rows_on(await noor.get("/staff/queue?view=all")) == [referral.id]
    assert rows_on(await els.get("/staff/queue?view=all")) == []


async def test_a_list_may_be_of_one_queue_language_or_channel(office: Office) -> None:
    web, telegram = [(await office.request(door))[1] for door in (Door.WEB, Door.TELEGRAM)]
    colleague = await office.colleague("Noor")
    chosen = "/staff/queue?view=all&channel=telegram"
    page = await colleague.get(chosen)
    assert rows_on(page) == [telegram.id]
    assert page.html.count(" selected>") == 1
    # What refreshes the list, and what leads to another one, keep the choice.
    assert "/staff/fragments/queue?view=all&amp;channel=telegram" in page.html
    assert "/staff/queue?view=waiting&channel=telegram" in page.links
    assert "unfiltered" in page.ids
    everything = await colleague.get("/staff/queue?view=all&queue=&language=nl&channel=")
    assert set(rows_on(everything)) == {web.id, telegram.id}


async def test_a_choice_that_fits_nobody_says_so_and_can_be_taken_back(office: Office) -> None:
    await office.request()
    colleague = await office.colleague("Noor")
    page = await colleague.get("/staff/queue?view=waiting&language=en&queue=%26x")
    say = office.house.wording.staff
    assert say("nl", "filter.empty") in page.html
    assert say("nl", "queue.empty_waiting") not in page.html
    assert page.links.count("/staff/queue?view=waiting") >= 1
    assert (await colleague.get("/staff/queue?channel=pigeon")).status == 404


async def test_there_is_no_choice_among_one_queue(office: Office) -> None:
    one = await (await office.colleague("Noor", "intake")).get("/staff/queue")
    more = await (await office.colleague("Els")).get("/staff/queue")
    assert ("by-queue" in one.ids, "by-queue" in more.ids) == (False, True)


async def test_the_desk_leads_to_who_waits(office: Office) -> None:
    page = await (await office.colleague("Noor")).get("/staff")
    assert (page.status, page.leads_to) == (303, "/staff/queue?view=waiting")


async def test_a_fragment_is_the_list_alone(office: Office) -> None:
    await office.request()
    colleague = await office.colleague("Noor")
    for part in ("queue", "bar", "mine"):
        page = await colleague.get(f"/staff/fragments/{part}", HX_Request="true")
        assert page.status == 200
        assert "main" not in page.elements


async def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(
    office: Office, clock: StillClock
) -> None:
    colleague = await office.colleague("Noor")
    clock.pass_by(signin.IDLE - timedelta(minutes=1))
    assert (await colleague.get("/staff/fragments/queue")).status == 200
    clock.pass_by(timedelta(minutes=2))
    assert (await colleague.get("/staff/fragments/queue", HX_Request="true")).status == 401


async def test_lateness_is_said_and_not_only_coloured(office: Office, clock: StillClock) -> None:
    services = {
        service: replace(facts, first_answer=Term(1, "hour"))
        for service, facts in office.house.organisation.services.items()
    }
    force_setattr(office.house.organisation, "services", services)
    await office.request()
    clock.pass_by(timedelta(minutes=71))
    page = await (await office.colleague("Noor")).get("/staff/queue")
    assert "late" in page.classes
    assert office.house.wording.staff("nl", "time_left.late", length="11 min") in page.html


async def test_more_than_a_page_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "A_PAGE", 2)
    sent = [(await office.request())[1].id for _ in range(3)]
    colleague = await office.colleague("Noor")
    first = await colleague.get("/staff/queue?view=waiting")
    further = next(link for link in first.links if "after=" in link)
    assert {*rows_on(first), *rows_on(await colleague.get(further))} == set(sent)


def test_a_count_that_goes_on_is_told_in_short() -> None:
    assert [in_short(count) for count in (0, 99, 100)] == ["0", "99", "99+"]
