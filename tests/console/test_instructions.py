"""Work instructions are written by who coordinates, and read beside the case at its step."""

from __future__ import annotations

from uuid import UUID

import pytest

from bot.console.answers import ConsentFact
from bot.console.instructions import LONGEST, step_of
from dialogs.frozen import replace
from dialogs.values import Purpose
from storage.instructions import Step
from storage.messages import Author, Message
from storage.referrals import Referral, Status
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address
from tests.console.test_time_left import MONDAY, waiting

SAID = Message(UUID(int=1), UUID(int=1), 1, Author.PERSON, None, None, "", MONDAY, None, None)
ANSWERED = replace(SAID, author=Author.STAFF)
AGREED = ConsentFact(Purpose.OTHER_PARTY, "given", "1", "", "", "")
OWNED = waiting(status=Status.OWNED)


async def coordinator(office: Office, *queues: str) -> Colleague:
    return await office.colleague("Carla", *queues, roles={StaffRole.COORDINATOR})


async def write(carla: Colleague, step: Step, words: str, service: str = "mediation") -> None:
    kept = await carla.post("/staff/instructions", service=service, step=step.value, words_nl=words)
    assert (kept.status, kept.leads_to) == (303, f"/staff/instructions#{service}-{step}")


async def test_each_step_tells_its_own_beside_the_case(office: Office) -> None:
    carla = await coordinator(office)
    for step in Step:
        await write(carla, step, f"Doe dit bij {step.name}.")
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")

    async def told(page: str) -> set[str]:
        html = (await noor.get(page)).html
        return {step.name for step in Step if f"Doe dit bij {step.name}." in html}

    assert await told(address(referral)) == {"WAITING"}
    await noor.claims(referral)
    assert await told(address(referral)) == {"FIRST_ANSWER"}
    await noor.writes(referral, "Goedemorgen.", kind="answer")
    assert await told(address(referral)) == {"PREPARING"}
    assert await told(address(referral, "close")) == {"CLOSING"}


async def test_where_nothing_is_written_nothing_is_shown(office: Office) -> None:
    await write(await coordinator(office), Step.WAITING, "Voor een andere dienst.", "mentoring")
    referral = (await office.request())[1]
    page = await (await office.colleague("Noor")).get(address(referral))
    assert "instruction" not in page.ids


async def test_what_was_written_stands_in_the_form_and_an_empty_text_takes_it_away(
    office: Office,
) -> None:
    carla = await coordinator(office)
    await write(carla, Step.WAITING, "Lees <b>alles</b>.")
    page = await carla.get("/staff/instructions")
    assert "Lees &lt;b&gt;alles&lt;/b&gt;." in page.html
    await write(carla, Step.WAITING, "")
    assert "Lees" not in (await carla.get("/staff/instructions")).html


async def test_what_is_too_long_is_given_back(office: Office) -> None:
    carla = await coordinator(office)
    words = "x" * (LONGEST + 1)
    page = await carla.post(
        "/staff/instructions", service="mediation", step="waiting", words_nl=words, words_en=""
    )
    assert (page.status, "refused" in page.ids, words in page.html) == (422, True, True)
    assert "x" * LONGEST not in (await carla.get("/staff/instructions")).html


async def test_a_service_of_other_queues_and_a_step_that_is_none_are_not_there(
    office: Office,
) -> None:
    carla = await coordinator(office, "intake")
    assert "mentoring" not in (await carla.get("/staff/instructions")).ids
    for service, step in (("mentoring", "waiting"), ("mediation", "winning"), ("", "")):
        page = await carla.post("/staff/instructions", service=service, step=step)
        assert page.status == 404


@pytest.mark.parametrize(
    ("referral", "thread", "agreed", "step"),
    [
        (waiting(), [], [], Step.WAITING),
        (OWNED, [SAID], [], Step.FIRST_ANSWER),
        (OWNED, [SAID, ANSWERED], [], Step.PREPARING),
        (OWNED, [ANSWERED], [replace(AGREED, state="ended")], Step.PREPARING),
        (OWNED, [ANSWERED], [replace(AGREED, purpose=Purpose.RESEARCH)], Step.PREPARING),
        (OWNED, [ANSWERED], [AGREED], Step.OTHER_PARTY),
        (waiting(status=Status.CLOSED), [ANSWERED], [AGREED], None),
        (waiting(status=Status.LEFT), [], [], None),
    ],
)
def test_a_step_is_known_by_what_was_said_and_agreed_to(
    referral: Referral, thread: list[Message], agreed: list[ConsentFact], step: Step | None
) -> None:
    assert step_of(referral, thread, agreed) is step
