"""Staff ask for one more consent, and a yes, a no and silence each come to the desk."""

from __future__ import annotations

from datetime import timedelta

from bot.house import House
from bot.workers import keeper_of
from dialogs.letters import OPENING
from dialogs.values import Service
from tests.databases import rows_of
from tests.houses import StillClock
from tests.journeys.desk import Desk, Page
from tests.journeys.doors import ONE_HOUSE, OnPhone, Visitor
from tests.presses import INFORMED

pytestmark = ONE_HOUSE

SERVICE = Service.MEDIATION
TO_THE_QUESTION = (
    *("everywhere.go:menu", "welcome.menu:conversation", "handoff.conversation:question"),
)
STANDING = "SELECT purpose FROM consent WHERE ended_at IS NULL ORDER BY purpose"
TO_A_REQUEST = (
    *("welcome.language:nl", "welcome.role:victim", "welcome.menu:request", *INFORMED),
    *("consent.age:yes", "consent.data:yes", "consent.contact:no", "intake.begin:go_on"),
    *("intake.name:enough", "intake.review:send"),
)


async def asks(desk: Desk, visitor: Visitor) -> Page:
    """Have somebody send a request, pick it up, and ask whether the other may be contacted."""
    await visitor.comes()
    await visitor.presses(*TO_A_REQUEST)
    page = await desk.claim()
    await visitor.hears()
    page = await desk.submit(page.form("/ask"), purpose="other_party")
    assert state_at(page) == "gevraagd"
    await visitor.hears()
    if isinstance(visitor, OnPhone):
        assert visitor.text.startswith(f"{desk.house.wording.text('nl', SERVICE, OPENING.id)} ")
    return page


def state_at(page: Page) -> str:
    """Say how the consent stands at the desk."""
    _, _, rest = page.html.partition('id="consent-other_party"')
    return rest.partition('<span class="badge')[2].partition(">")[2].partition("<")[0]


async def test_a_yes_is_one_press_and_so_is_taking_it_back(
    house: House, desk: Desk, visitor: Visitor
) -> None:
    page = await asks(desk, visitor)
    for part in ("ask", "details"):
        assert visitor.reads(f"consent.other_party.{part}")
    assert visitor.reads("consent.every.silence")
    await visitor.presses("consent.other_party:yes")
    assert visitor.reads("consent.every.agreed")
    page = await desk.get(page.address)
    assert state_at(page) == "gegeven"
    assert await rows_of(house.database, STANDING) == [("data",), ("other_party",)]
    await visitor.presses(
        *("everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:other_party")
    )
    assert visitor.reads("rights.withdraw.from_now_on")
    assert state_at(await desk.get(page.address)) == "ingetrokken"
    assert await rows_of(house.database, STANDING) == [("data",)]


async def test_a_no_is_as_near_and_is_not_asked_about_again(
    house: House, desk: Desk, visitor: Visitor
) -> None:
    page = await asks(desk, visitor)
    await visitor.presses("consent.other_party:no")
    assert visitor.reads("consent.every.declined")
    page = await desk.get(page.address)
    assert state_at(page) == "niet gegeven"
    offered = [each for form in page.forms if form.action.endswith("/ask") for each in form.buttons]
    assert offered == ["partner", "research"]
    assert await rows_of(house.database, STANDING) == [("data",)]


async def test_who_asks_something_first_is_answered_and_can_still_say_yes(
    house: House, desk: Desk, visitor: Visitor
) -> None:
    page = await asks(desk, visitor)
    await visitor.says("Wat hoort de ander dan?")
    page = await desk.get(page.address)
    assert "Wat hoort de ander dan?" in page.words
    await desk.write(page, "Dat u graag wilt praten.")
    await visitor.hears("Dat u graag wilt praten.")
    await visitor.presses(*TO_THE_QUESTION, "consent.other_party:yes")
    assert await rows_of(house.database, STANDING) == [("data",), ("other_party",)]


async def test_silence_is_a_no(
    house: House, desk: Desk, visitor: Visitor, clock: StillClock
) -> None:
    page = await asks(desk, visitor)
    clock.pass_by(timedelta(days=house.organisation.consent_request_days))
    await keeper_of(house).round()
    await desk.sign_in()
    assert state_at(await desk.get(page.address)) == "niet geantwoord: nee"
    assert await rows_of(house.database, STANDING) == [("data",)]
