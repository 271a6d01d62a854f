"""What a warning leaves before staff: an alarm, and nothing of its person but the way back."""

from __future__ import annotations

from uuid import UUID

from bot.house import House
from dialogs.values import Answer, Purpose, Role, Service
from storage import consents, messages, referrals
from storage.figures import Left
from storage.referrals import Asked, Referral
from tests.databases import rows_of
from tests.houses import Visitor
from tests.presses import INFORMED

DANGER = "Sterrenstof: hij staat voor mijn deur met een mes"
WARN = ("urgent.danger:warn", "consent.warning:yes")
TO_A_NAME = (
    *("welcome.language:nl", "welcome.menu:request", *INFORMED),
    *("consent.age:yes", "consent.data:yes", "consent.contact:no", "intake.begin:go_on"),
)


async def warns(house: House) -> Visitor:
    """Type words of danger where a name is asked, and have a colleague warned."""
    visitor = Visitor(house)
    await visitor.starts("victim")
    await visitor.presses(*TO_A_NAME)
    await visitor.says(DANGER)
    await visitor.presses(*WARN)
    return visitor


async def request_of(house: House) -> tuple[Referral, Asked, list[str | None]]:
    """Give the only request, what was said in it, and what happened with it."""
    ((person,),) = await rows_of(house.database, "SELECT id FROM person")
    person_id = UUID(str(person))
    seal = await house.keystore.seal_of(person_id)
    async with house.database.reading() as db:
        (referral,) = await referrals.of_person(db, person_id)
        said = await referrals.answers(db, seal, referral.id)
        return referral, said, [e.event for e in await messages.thread(db, seal, referral.id)]


async def test_a_warning_is_an_alarm_that_holds_no_role_and_no_word(house: House) -> None:
    await warns(house)
    referral, said, happened = await request_of(house)
    assert referral.alarm_at is not None
    assert (referral.service, referral.queue) == (Service.MEDIATION, "intake")
    assert (said.role, said.answers, said.is_warning) == (Role.UNDISCLOSED, (), True)
    assert happened == ["warned"]
    assert referral.person_id is not None
    async with house.database.reading() as db:
        texts = await consents.texts(db, referral.person_id)
    assert any("waarschuwen?" in text for text in texts.values())


async def test_what_is_sent_after_it_is_the_same_request(house: House) -> None:
    visitor = await warns(house)
    await visitor.presses("urgent.warned:back", "intake.tongue:enough", "intake.review:send")
    referral, said, happened = await request_of(house)
    assert said.role is Role.VICTIM
    assert Answer("name", words=DANGER) in said.answers
    assert [each.purpose for each in said.agreements] == [Purpose.DATA]
    assert happened == ["warned", "added"]
    assert referral.alarm_at is not None
    assert await rows_of(house.database, "SELECT count FROM figure WHERE name = 'new'") == [(1,)]


async def test_a_warning_that_is_taken_back_is_counted_and_leaves_no_word(house: House) -> None:
    visitor = await warns(house)
    await visitor.presses("urgent.warned:back")
    after = await visitor.presses(
        *("everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:warning")
    )
    assert after.session.agreed_to(Purpose.DATA)
    assert after.session.answers
    left = "SELECT status, content, alarm_at FROM referral"
    assert await rows_of(house.database, left) == [("withdrawn", None, None)]
    counted = "SELECT name, count FROM figure WHERE name <> 'new'"
    assert await rows_of(house.database, counted) == [(Left.WITHDREW, 1)]
