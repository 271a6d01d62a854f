"""A complaint, from a first talk to a decision that binds or until it is taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.house import House
from dialogs.procedure import PUBLISHED, Actor, Advance, is_over
from dialogs.values import Service, Standing
from tests.databases import rows_of
from tests.journeys.desk import Desk
from tests.journeys.doors import ONE_HOUSE, STANDING, Visitor, kept

pytestmark = ONE_HOUSE

HAPPENED, REACHED_AT = "Sterrenstof belde mij nooit terug.", "een@voorbeeld.example"
TO_A_COMPLAINT = ("welcome.language:nl", "welcome.role:victim", "welcome.menu:complaint")
TO_THE_QUESTIONS = (
    *("complaint.filing:go_on", "consent.age:yes", "consent.complaint:yes"),
    "complaint.questions:go_on",
)
TO_WHERE_IT_STANDS = ("everywhere.go:menu", "welcome.menu:complaint", "complaint.begin:tracking")

Way = tuple[Advance, ...]


def ways_from(service: Service, before: Standing) -> Iterator[Way]:
    """Give every way of the published procedure from a standing to an end."""
    if is_over(before):
        yield ()
    for each in (each for each in PUBLISHED[service] if each.before is before):
        yield from ((each, *rest) for rest in ways_from(service, each.after))


def named(way: Way) -> str:
    return "-".join(each.after for each in way)


WAYS = list(ways_from(Service.MEDIATION, Standing.RECEIVED))
WAYS_AT_AN_OFFICE = list(ways_from(Service.ADMINISTRATION, Standing.RECEIVED))
# To a decision of the director, with the advice of the committee.
LONGEST = max(WAYS, key=len)


async def files(visitor: Visitor, desk: Desk) -> None:
    """Come, choose to complain at once, and send it; the desk says whom it is not about."""
    await visitor.comes()
    await visitor.presses(*TO_A_COMPLAINT, "complaint.begin:filing", *TO_THE_QUESTIONS)
    await visitor.says(HAPPENED, "Iemand Anders", "Testpersoon Een", REACHED_AT)
    await visitor.presses("complaint.review:send")
    await desk.names_nobody()


async def goes(visitor: Visitor, desk: Desk, way: Way) -> None:
    """Walk a way of the procedure, each step by who takes it; the person reads every one."""
    for each in way:
        if each.by is Actor.PERSON:
            assert await offered(desk) == []
            await visitor.presses(*TO_WHERE_IT_STANDS, f"complaint.tracking:{each.after}")
        else:
            await desk.advance(each.after, f"Dit hoort bij {each.after}.")
            await visitor.hears(f"Dit hoort bij {each.after}.")
        assert visitor.reads(f"complaint.standing.{each.after}")


async def offered(desk: Desk) -> list[str]:
    """List what can be done with the complaint at the desk."""
    forms = (await desk.complaint()).forms
    return [each for form in forms if form.action.endswith("/advance") for each in form.buttons]


async def test_a_complaint_goes_from_a_first_talk_to_a_binding_decision(
    visitor: Visitor, desk: Desk
) -> None:
    await visitor.comes()
    await visitor.presses(*TO_A_COMPLAINT)
    assert visitor.reads("complaint.begin.mediation")
    assert visitor.buttons[:2] == ("complaint.begin:talk", "complaint.begin:filing")
    await visitor.presses("complaint.begin:talk", "complaint.talk:filing", *TO_THE_QUESTIONS)
    await visitor.says(HAPPENED, "Iemand Anders", "Testpersoon Een", REACHED_AT)
    await visitor.presses("complaint.review:send")
    assert visitor.reads("complaint.standing.received")
    # Somebody is named whom nobody was found for: that comes first, and until then nothing is read.
    page = await desk.complaint()
    assert "Iemand Anders" in page.words
    assert HAPPENED not in page.words
    page = await desk.names_nobody()
    assert HAPPENED in page.words
    assert REACHED_AT in page.words
    await goes(visitor, desk, LONGEST)

    # It stands there until the person wants it gone, and nothing of it can be done over.
    await visitor.presses(*TO_WHERE_IT_STANDS)
    assert visitor.reads("complaint.standing.decided")
    assert not [button for button in visitor.buttons if button.startswith("complaint.tracking")]
    assert await offered(desk) == []
    await visitor.presses("everywhere.go:menu", "welcome.menu:complaint")
    assert "complaint.begin:filing" in visitor.buttons


@pytest.mark.parametrize("way", [way for way in WAYS if way is not LONGEST], ids=named)
async def test_each_other_way_of_the_procedure_comes_to_its_end(
    visitor: Visitor, desk: Desk, way: Way
) -> None:
    await files(visitor, desk)
    await goes(visitor, desk, way)


@pytest.mark.parametrize("way", WAYS_AT_AN_OFFICE, ids=named)
async def test_whom_the_court_sent_back_is_heard_by_the_office_in_the_end(
    visitor: Visitor, desk: Desk, way: Way
) -> None:
    await visitor.comes("complaint")
    await visitor.presses("welcome.language:nl", "welcome.role:other", "welcome.other_role:client")
    await visitor.presses("complaint.begin:office", "complaint.office:filing", *TO_THE_QUESTIONS)
    await visitor.says(HAPPENED)
    await visitor.presses("complaint.employee:skip", "complaint.sent_back:yes")
    await visitor.says("Testpersoon Een", REACHED_AT)
    await visitor.presses("complaint.review:send")
    assert visitor.reads("complaint.standing.received")
    page = await desk.complaint()
    assert HAPPENED in page.words
    assert 'id="fact-sent_back"' in page.html
    await goes(visitor, desk, way)


async def test_a_complaint_that_is_taken_back_halfway_leaves_the_desk_and_the_database(
    visitor: Visitor, house: House, desk: Desk
) -> None:
    await files(visitor, desk)
    await goes(visitor, desk, LONGEST[:4])
    await visitor.presses(*TO_WHERE_IT_STANDS, "complaint.tracking:withdrawn")
    assert visitor.reads("complaint.standing.withdrawn")
    assert await offered(desk) == []
    # What was written goes when the person says so: that is said where they took it back.
    assert HAPPENED in (await desk.complaint()).words
    await visitor.presses(
        "everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:complaint"
    )
    page = await desk.complaint()
    assert HAPPENED not in page.words
    assert REACHED_AT not in page.words
    assert "Dit hoort bij offered." not in page.words
    assert await rows_of(house.database, "SELECT content FROM complaint") == [(None,)]
    assert await rows_of(house.database, "SELECT id FROM complaint_step") == []
    assert await rows_of(house.database, STANDING) == []
    await visitor.presses("everywhere.go:menu", "welcome.menu:complaint")
    assert "complaint.begin:tracking" not in visitor.buttons


async def test_a_stop_while_writing_a_complaint_leaves_nothing_of_it(
    visitor: Visitor, house: House, desk: Desk
) -> None:
    await visitor.comes()
    await visitor.presses(*TO_A_COMPLAINT, "complaint.begin:filing", *TO_THE_QUESTIONS)
    await visitor.says(HAPPENED)
    await visitor.presses("everywhere.go:stop")
    assert visitor.reads("welcome.stopped.forgotten")
    assert await kept(house) == {"consent"}
    assert await rows_of(house.database, STANDING) == []
    assert HAPPENED not in (await desk.get("/staff/complaints")).words
    await visitor.presses("everywhere.go:menu", "welcome.menu:complaint")
    assert "complaint.begin:resume" not in visitor.buttons


async def test_a_client_is_led_past_a_talk_and_the_office_to_the_court(
    visitor: Visitor, house: House
) -> None:
    await visitor.comes("complaint")
    await visitor.presses("welcome.language:nl", "welcome.role:other", "welcome.other_role:client")
    office = Service.ADMINISTRATION
    assert visitor.reads("complaint.begin.administration", office)
    assert visitor.buttons[:3] == tuple(
        f"complaint.begin:{way}" for way in ("own", "office", "court")
    )
    await visitor.presses("complaint.begin:own")
    assert visitor.reads("talk.begin.first", office)
    await visitor.presses("everywhere.go:menu", "welcome.menu:complaint", "complaint.begin:office")
    assert visitor.reads("complaint.office.first", office)
    assert visitor.reads("complaint.office.rules", office)
    assert "https://sbmhalsteren.nl/klacht" in visitor.text
    await visitor.presses("complaint.office:regulation")
    assert visitor.reads("info.regulation.text", office)
    await visitor.presses("info.regulation:court")
    assert visitor.reads("info.court.text", office)
    # Nothing was asked, and nobody is named whose route this is not.
    assert "ommissie" not in visitor.text
    assert await kept(house) == set()
