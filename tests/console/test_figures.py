"""Figures: what happens is counted as it happens, and told without saying who."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO

import pytest

from bot.console.charts import bars_of
from bot.console.figure_tables import Row, Table, length_in_words
from bot.hours import Hours, Span, Term
from bot.house import House
from dialogs.events import Forgotten
from dialogs.frozen import replace
from dialogs.values import Service
from storage import figures
from storage.figures import Case, Happened
from storage.referral_values import Outcome
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address
from tests.databases import KINDS, rows_of
from tests.houses import MONDAY_MORNING, StillClock, Visitor
from tests.presses import INFORMED

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
EVER = (date(2000, 1, 1), date(2999, 1, 1))
DAY_AND_NIGHT = Hours()
OFFICE_HOURS = Hours((*((Span(9 * 60, 17 * 60),),) * 5, (), ()))


async def coordinator(office: Office, *queues: str) -> Colleague:
    return await office.colleague("Carla", *queues, roles={StaffRole.COORDINATOR})


async def counted(house: House) -> Counter[tuple[str, int]]:
    """Count everything that was counted, by its name and step."""
    queues = [queue.key for queue in house.organisation.queues]
    async with house.database.reading() as db:
        found = await figures.between(db, queues, *EVER)
    return Counter({(each.name, each.within): each.count for each in found})


async def happened(
    office: Office, name: Happened | Outcome, times: int, *, queue: str = "intake", **case: str
) -> None:
    """Count something as if it had happened so often, each within the hour."""
    of = Case(queue, case.get("language", "nl"), "web", MONDAY_MORNING, None, None)
    took = None if name is Happened.NEW else timedelta(minutes=50)
    async with office.house.database.begin() as db:
        for _ in range(times):
            await figures.add(db, of, name, office.house.clock.now(), took)


@contextmanager
def promising(house: House, term: Term, hours: Hours = DAY_AND_NIGHT) -> Iterator[None]:
    """Let mediation promise an answer in time."""
    services, service = house.organisation.services, Service.MEDIATION
    office = services[service]
    services[service] = replace(office, first_answer=term, hours=hours)  # type: ignore[index]
    yield
    services[service] = office  # type: ignore[index]


@both_kinds
async def test_a_request_its_answers_and_its_end_are_counted(
    office: Office, clock: StillClock
) -> None:
    with promising(office.house, Term(1, "hour")):
        visitor, referral = await office.request()
        clock.pass_by(timedelta(minutes=40))
        noor = await office.colleague("Noor")
        await noor.claims(referral)
        await noor.writes(referral, "Goedemorgen.", kind="answer")
        await visitor.says("Nog een vraag.")
        clock.pass_by(timedelta(hours=2))
        noor = await office.signs_in(noor.member)
        await noor.writes(referral, "Dat zoek ik uit.", kind="answer")
        await noor.writes(referral, "En nog iets.", kind="answer")
        form = (await noor.get(address(referral, "close"))).form("/close")
        assert (await noor.submit(form, outcome="answered")).status == 303
    assert await counted(office.house) == {
        ("new", 0): 1,
        ("first_answer", 45): 1,
        ("in_time", 0): 1,
        ("late", 0): 1,
        ("answered", 180): 1,
    }


async def test_only_open_time_counts_for_a_first_answer(office: Office, clock: StillClock) -> None:
    with promising(office.house, Term(2, "hour"), OFFICE_HOURS):
        clock.pass_by(timedelta(hours=5, minutes=15))
        referral = (await office.request())[1]
        clock.pass_by(timedelta(hours=17))
        noor = await office.colleague("Noor")
        await noor.claims(referral)
        await noor.writes(referral, "Goedemorgen.", kind="answer")
    found = await counted(office.house)
    assert found["first_answer", 60] == 1
    assert found["in_time", 0] == 1


async def test_a_note_answers_nobody_and_without_a_promise_none_is_kept(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    await noor.writes(referral, "Even overlegd.", kind="note")
    assert await counted(office.house) == {("new", 0): 1}
    await noor.writes(referral, "Goedemorgen.", kind="answer")
    assert await counted(office.house) == {("new", 0): 1, ("first_answer", 5): 1}


async def test_whoever_ends_it_themselves_is_counted_as_having_chosen(office: Office) -> None:
    stops, _ = await office.request()
    await stops.presses("everywhere.go:stop")
    erases, _ = await office.request()
    await erases.does(Forgotten())
    # What is over already does not end again.
    await stops.does(Forgotten())
    assert await counted(office.house) == {("new", 0): 2, ("stopped", 0): 1, ("erased", 0): 1}


@both_kinds
async def test_a_no_before_anything_was_sent_is_counted_of_nobody(office: Office) -> None:
    for _ in range(5):
        visitor = Visitor(office.house)
        await visitor.starts()
        await visitor.presses(
            "welcome.language:nl",
            "welcome.role:victim",
            "welcome.menu:request",
            *INFORMED,
            "consent.age:yes",
            "consent.data:no",
        )
    assert await counted(office.house) == {("declined", 0): 5}
    row = "SELECT queue, language, door, count FROM figure"
    assert await rows_of(office.house.database, row) == [("intake", "", "", 5)]
    page = await (await coordinator(office, "intake")).get("/staff/figures")
    told = office.house.wording.staff("nl", "figures.declined")
    assert f"{told}</th><td>5</td>" in page.html


async def test_the_page_tells_fives_and_leaves_out_who_is_few(office: Office) -> None:
    await happened(office, Happened.NEW, 12)
    await happened(office, Happened.NEW, 3, language="en")
    await happened(office, Happened.NEW, 20, queue="mentoring")
    await happened(office, Happened.FIRST_ANSWER, 6)
    await happened(office, Outcome.CHOSE_NOT, 5)
    page = await (await coordinator(office, "intake")).get("/staff/figures")
    assert page.status == 200
    assert "<dt>Nieuwe aanvragen</dt><dd>15</dd>" in page.html
    assert "within" not in page.html
    assert "<dt>Helft van de eerste antwoorden binnen</dt><dd>60 minuten</dd>" in page.html
    assert "<dt>Open klachten</dt><dd>minder dan 5</dd>" in page.html
    assert '<th scope="row">Nederlands</th><td>10</td>' in page.html
    assert '<th scope="row">Engels</th><td>&lt;5</td>' in page.html
    assert "De persoon koos ervoor niet verder te gaan</th><td>5</td>" in page.html
    assert "Mentoring" not in page.html


async def test_one_queue_is_asked_for_and_anothers_is_not_there(office: Office) -> None:
    await happened(office, Happened.NEW, 10)
    await happened(office, Happened.NEW, 20, queue="mentoring")
    carla = await coordinator(office, "intake", "mentoring")
    for queue, told in (("", 30), ("intake", 10), ("mentoring", 20)):
        page = await carla.get(f"/staff/figures?queue={queue}")
        assert f"<dt>Nieuwe aanvragen</dt><dd>{told}</dd>" in page.html
    assert (await carla.get("/staff/figures?queue=administration")).status == 404


async def test_a_period_is_asked_for_and_what_is_none_is_refused(
    office: Office, clock: StillClock
) -> None:
    await happened(office, Happened.NEW, 10)
    clock.pass_by(timedelta(days=31))
    await happened(office, Happened.NEW, 20)
    carla = await coordinator(office)
    page = await carla.get("/staff/figures?from=2026-03-05&to=2026-03-09")
    assert "<dt>Nieuwe aanvragen</dt><dd>10</dd>" in page.html
    assert "2026-04" not in page.html
    for address_ in ("/staff/figures", "/staff/figures.csv", "/staff/charts/months.svg"):
        assert (await carla.get(f"{address_}?from=2026-99")).status == 422
    refused = await carla.get("/staff/figures?from=2026-99")
    assert {"refused", "period"} <= set(refused.ids)
    assert 'value="2026-99"' in refused.html


async def test_who_sees_figures_only_sees_how_many_wait(office: Office) -> None:
    for _ in range(6):
        await office.request()
    reader = await office.colleague("Els", "intake", roles={StaffRole.READER})
    assert "<dt>Wacht nu</dt><dd>5</dd>" in (await reader.get("/staff/figures")).html
    elsewhere = await office.colleague("Ans", "mentoring", roles={StaffRole.READER})
    assert "<dt>Wacht nu</dt><dd>minder dan 5</dd>" in (await elsewhere.get("/staff/figures")).html


async def test_where_there_is_too_little_that_is_said(office: Office) -> None:
    await happened(office, Happened.NEW, 4)
    page = await (await coordinator(office)).get("/staff/figures")
    assert "empty" in page.ids
    assert "table" not in page.elements


async def test_the_file_says_what_the_page_says(office: Office) -> None:
    await happened(office, Happened.NEW, 7)
    answer = await (await coordinator(office)).get("/staff/figures.csv?from=2026-03&to=2026-03")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    lines = list(csv.reader(StringIO(answer.html)))
    assert ["Per maand", "mrt 2026", "Nieuw", "5"] in lines
    assert ["Per maand", "mrt 2026", "Einde", "<5"] in lines


async def test_a_chart_is_a_picture_without_style_or_script(office: Office) -> None:
    await happened(office, Happened.NEW, 7)
    carla = await coordinator(office)
    picture = await carla.get("/staff/charts/months.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert not {"style", "script"} & set(picture.elements)
    assert picture.elements.count("rect") == 1 + 12
    assert (await carla.get("/staff/charts/colleagues.svg")).status == 404
    page = await carla.get("/staff/figures")
    assert 'src="/staff/charts/months.svg?from=2025-04&amp;to=2026-03&amp;queue="' in page.html


async def test_only_who_may_see_figures_sees_them(office: Office) -> None:
    noor = await office.colleague("Noor", roles={StaffRole.COLLEAGUE})
    assert (await noor.get("/staff/figures")).status == 403
    assert "/staff/figures" not in (await noor.get("/staff/me")).links
    reader = await office.colleague("Els", roles={StaffRole.READER})
    assert (await reader.get("/staff/figures")).status == 200
    assert "/staff/figures" in (await reader.get("/staff/me")).links


def test_bars_are_as_long_as_their_numbers() -> None:
    table = Table("ends", "", ("",), (Row("a", (20,)), Row("b", (10,)), Row("c", (None,))))
    longest, half, none = bars_of(table)
    assert (longest.length, none.length, none.words) == (half.length * 2, 0, "<5")
    assert [bar.length for bar in bars_of(replace(table, rows=(Row("a", (None,)),)))] == [0]


@pytest.mark.parametrize(
    ("minutes", "in_days", "words"),
    [
        (90, False, "90 minuten"),
        (360, False, "6 uur"),
        (4320, False, "72 uur"),
        (4320, True, "3 dagen"),
    ],
)
def test_open_hours_are_not_told_as_days(minutes: int, in_days: bool, words: str) -> None:
    assert length_in_words(minutes, "nl", in_days=in_days) == words
