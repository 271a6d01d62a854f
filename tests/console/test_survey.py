"""What people answered after closing, as colleagues see it."""

from __future__ import annotations

from dialogs.events import Said
from storage import survey
from storage.doors import Door
from tests.console.colleagues import Office, address


async def answers(office: Office, queue: str, question: str, option: str, times: int) -> None:
    async with office.house.database.begin() as db:
        for _ in range(times):
            await survey.add(db, queue, question, option, office.house.clock.now())


async def test_counts_are_shown_for_ones_own_queues_only(office: Office) -> None:
    await answers(office, "intake", "contact", "good", 10)
    await answers(office, "mentoring", "treated", "good", 15)
    page = await (await office.colleague("Noor", "intake")).get("/staff/survey")
    assert page.status == 200
    assert "contact" in page.ids
    assert "treated" not in page.ids
    assert "<dd>10</dd>" in page.html
    assert "<dd>15</dd>" not in page.html


async def test_fewer_than_five_are_not_told(office: Office) -> None:
    await answers(office, "intake", "contact", "good", 5)
    await answers(office, "intake", "contact", "not_good", 4)
    page = await (await office.colleague("Noor", "intake")).get("/staff/survey")
    assert "<dd>5</dd>" in page.html
    assert "<dd>4</dd>" not in page.html


async def test_who_refers_others_is_told_apart(office: Office) -> None:
    await answers(office, "intake", "contact", "good", 10)
    noor = await office.colleague("Noor", "intake")
    assert "referrers" not in (await noor.get("/staff/survey")).classes
    await answers(office, "intake", "again", "surely", 15)
    page = await noor.get("/staff/survey")
    people, referrers = page.html.split('class="card narrow referrers"')
    assert ("<dd>10</dd>" in people, "<dd>15</dd>" in people) == (True, False)
    assert ("<dd>10</dd>" in referrers, "<dd>15</dd>" in referrers) == (False, True)


async def test_where_nothing_was_answered_that_is_said(office: Office) -> None:
    assert "empty" in (await (await office.colleague("Noor")).get("/staff/survey")).ids


async def test_who_was_closed_by_a_colleague_is_asked_but_not_after_an_alarm(
    office: Office,
) -> None:
    noor = await office.colleague("Noor")
    for alarm, place in ((False, "survey.begin"), (True, "handoff.closed")):
        visitor, referral = await office.request(Door.WEB)
        await noor.claims(referral)
        if alarm:
            await visitor.does(Said("woorden", threat=True))
        page = await noor.get(address(referral, "close"))
        await noor.submit(page.form("/close"), words="Dag.", outcome="answered")
        shown = await visitor.presses("everywhere.go:help", "welcome.help:back")
        assert str(shown.session.place) == place
