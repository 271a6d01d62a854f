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
    await answers(office, "intake", "contact", "good", 7)
    await answers(office, "mentoring", "treated", "good", 8)
    page = await (await office.colleague("Noor", "intake")).get("/staff/survey")
    assert page.status == 200
    assert "contact" in page.ids
    assert "treated" not in page.ids
    assert "<dd>7</dd>" in page.html
    assert "<dd>8</dd>" not in page.html


async def test_fewer_than_five_are_not_told(office: Office) -> None:
    await answers(office, "intake", "contact", "good", 5)
    await answers(office, "intake", "contact", "not_good", 4)
    page = await (await office.colleague("Noor", "intake")).get("/staff/survey")
    assert "<dd>5</dd>" in page.html
    assert "<dd>4</dd>" not in page.html


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
