"""One's rights at work: corrections reach staff, and erasing leaves nothing but a proof."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from bot.house import House
from dialogs.values import Session
from storage import messages, referrals
from storage.schema import Schema
from tests.houses import StillClock, Visitor

KEPT_OF_NOBODY = {"consent_text", "figure", "tally", "heard"}


async def person_in(house: House) -> UUID:
    async with house.database.reading() as db:
        (referral,) = await referrals.everything(db)
    assert referral.person_id is not None
    return referral.person_id


async def test_a_correction_lies_before_staff_beside_what_stood_there(house: House) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await visitor.presses("everywhere.go:rights", "rights.overview:correct")
    after = await visitor.says("Mijn naam is anders geschreven.")
    assert after.session.remark == "rights.correct.passed_on"
    person_id = await person_in(house)
    seal = await house.keystore.seal_of(person_id)
    async with house.database.reading() as db:
        (referral,) = await referrals.of_person(db, person_id)
        event, words = await messages.thread(db, seal, referral.id)
    assert event.event == "corrected"
    assert words.words == "Mijn naam is anders geschreven."


async def test_erasing_leaves_nothing_but_the_proof(house: House, clock: StillClock) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await visitor.says("Een verhaal.")
    await visitor.presses("everywhere.go:rights", "rights.overview:copy")
    person_id = await person_in(house)
    await visitor.presses("everywhere.go:rights")
    erased = await visitor.presses("rights.overview:erase")
    proof = erased.session.proof
    assert erased.session == Session(erased.session.place, "nl", proof=proof)
    left = {}
    async with house.database.reading() as db:
        for table in Schema.DATA.tables.sorted_tables:
            rows = await (await db.connection()).execute(select(table))
            left[table.name] = [dict(row) for row in rows.mappings()]
    assert {name for name, rows in left.items() if rows} <= KEPT_OF_NOBODY | {"referral"}
    (shell,) = left["referral"]
    told = {name for name, value in shell.items() if value}
    assert told == {"id", "service", "queue", "status", "opened_at", "closed_at"}
    assert str(person_id) not in repr(left)
    assert await house.keystore.seals([person_id]) == {}
    assert await house.keystore.erased_under(proof) == clock.now()
    assert await house.keystore.erased_under("AAAA-AAAA-AAAA") is None


async def test_the_proof_is_said_to_whoever_is_erased(house: House) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await visitor.presses("everywhere.go:rights")
    erased = await visitor.presses("rights.overview:erase")
    assert erased.screen is not None
    (line,) = (each for each in erased.screen.lines if each.id == "rights.erased.proof")
    assert line.words == erased.session.proof
