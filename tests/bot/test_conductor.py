"""A turn is committed with everything it leads to, once, and spoils no other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import update

from bot.conductor import Conductor
from bot.envelopes import Envelope
from bot.house import House
from bot.stage import WENT_WRONG, Done, Stage
from dialogs import turn as door
from dialogs.events import Chose, StaffTook, StaffWrote
from dialogs.frozen import field, replace
from dialogs.steps import Move
from dialogs.values import Handoff, Session
from storage import mail, messages, referrals, setaside
from storage.doors import Door
from storage.errors import NotFound, Unavailable
from storage.key_tables import PersonKeyRow
from tests.databases import gone, rows_of
from tests.houses import Visitor
from tests.presses import INFORMED

SPOILT = {"spoilt": b"x" * 64}


async def test_a_conversation_goes_on_where_it_stood(house: House) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    first = await visitor.presses("welcome.language:en")
    second = await visitor.presses("welcome.role:offender")
    assert first.session.language == "en"
    assert str(second.session.place) == "welcome.menu"


async def test_what_is_heard_twice_is_done_once(house: House) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    chosen = Chose("welcome.language", "en")
    await visitor.does(chosen, "update:7")
    again = await visitor.does(chosen, "update:7")
    assert again.heard_before
    assert again.screen is None


async def test_a_sent_request_exists_once_and_waits_in_its_queue(house: House) -> None:
    visitor = Visitor(house)
    sent = await visitor.sends_a_request()
    assert sent.session.handoff is Handoff.WAITING
    assert sent.session.answers == ()
    found = await rows_of(house.database, "SELECT reference, queue, status FROM referral")
    assert found == [(sent.session.reference, "intake", "waiting")]


async def test_everybody_who_waits_is_heard_in_one_transaction(house: House) -> None:
    crowd = [Visitor(house) for _ in range(30)]
    outcomes = await asyncio.gather(*(visitor.starts("victim") for visitor in crowd))
    assert {str(outcome.session.place) for outcome in outcomes} == {"welcome.language"}
    again = await asyncio.gather(*(each.presses("welcome.language:nl") for each in crowd))
    assert {str(outcome.session.place) for outcome in again} == {"welcome.menu"}


async def test_two_events_of_one_person_are_heard_in_order(house: House) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    both = await asyncio.gather(
        visitor.does(Chose("welcome.language", "nl")),
        visitor.does(Chose("welcome.role", "victim")),
    )
    assert [str(each.session.place) for each in both] == ["welcome.role", "welcome.menu"]


async def test_a_turn_that_fails_is_set_aside_and_spoils_no_other(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = Visitor(house), Visitor(house, Door.TELEGRAM)
    await good.starts()
    await bad.starts()

    def failing(session: Session, option: str) -> Move:
        if option == "bad":
            raise RuntimeError("never shown")
        return Move(session)

    monkeypatch.setattr(door, "pressed_anywhere", failing)
    fine, failed = await asyncio.gather(
        good.does(Chose("everywhere.go", "good")), bad.does(Chose("everywhere.go", "bad"))
    )
    assert fine.screen is not None
    assert failed.screen is not None
    assert failed.screen.lines[0].id == "problem.went_wrong"
    async with house.database.reading() as db:
        (aside,) = await setaside.everything(db, house.keystore)
        letters = await mail.counts(db)
    assert '"option":"bad"' in aside.text
    assert letters.waiting == 2


class Counted(Stage):
    """Notes how many were played together at each try."""

    tries: list[int] = field(default_factory=list)

    async def play(self, envelopes: Sequence[Envelope], *, held: bool = False) -> Done:
        self.tries.append(len(envelopes))
        return await Stage.play(self, envelopes, held=held)


def counted(house: House) -> tuple[House, list[int]]:
    """Give the house a stage that counts; and what it counted."""
    sound = house.conductor._stage
    stage = Counted(**{name: getattr(sound, name) for name in Stage.__struct_fields__})
    conductor = Conductor(stage, house.announcer, house.clock.monotonic, house.hands)
    return replace(house, conductor=conductor), stage.tries


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_when_the_database_is_away_nobody_waits_for_the_others_to_learn_it(
    house: House,
) -> None:
    house, tries = counted(house)
    async with gone(house.database):
        crowd = [Visitor(house).starts() for _ in range(3)]
        outcomes = await asyncio.gather(*crowd, return_exceptions=True)
    assert [type(each) for each in outcomes] == [Unavailable] * 3
    assert tries == [3]


async def test_a_turn_that_nobody_waits_for_any_more_is_not_begun(house: House) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    chosen = Chose("welcome.language", "en")
    waits = asyncio.create_task(visitor.does(chosen, "update:7"))
    await asyncio.sleep(0)
    waits.cancel()
    await asyncio.gather(waits, return_exceptions=True)
    await house.conductor.rest()
    again = await visitor.does(chosen, "update:7")
    assert not again.heard_before


async def test_whose_session_does_not_open_any_more_can_read_and_finds_a_human(
    house: House,
) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.starts("victim")
    await visitor.presses("welcome.language:nl")
    async with house.database.begin() as db:
        connection = await db.connection()
        await connection.execute(text("UPDATE conversation SET session = :spoilt"), SPOILT)
    failed = await visitor.says("Hallo?")
    assert failed.screen is not None
    assert {"problem.went_wrong", "handoff.human.phone"} <= {x.id for x in failed.screen.lines}
    read = await visitor.does(Chose("welcome.menu", "information"))
    assert str(read.session.place) == "welcome.language"
    assert read.screen is not None
    assert "info.subjects.ask" in {line.id for line in read.screen.lines}


async def test_who_has_a_key_that_does_not_open_is_answered_and_holds_up_nobody(
    house: House,
) -> None:
    visitor = Visitor(house)
    await visitor.starts()
    async with house.keystore._database.begin() as db:
        await db.exec(update(PersonKeyRow).values(wrapped=b"x" * 60))
    house.keystore._cache.clear()
    outcome = await visitor.does(Chose("everywhere.go", "menu"))
    assert outcome.screen == WENT_WRONG
    assert await rows_of(house.database, "SELECT person_id FROM set_aside") == [(None,)]


async def test_words_are_passed_on_to_the_request(house: House) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    await visitor.says("Kan ik morgen bellen?")
    person_id = await only_person(house)
    seal = await house.keystore.seal_of(person_id)
    async with house.database.reading() as db:
        referral = await referrals.find_open(db, person_id)
        assert referral is not None
        (message,) = await messages.thread(db, seal, referral.id)
    assert message.words == "Kan ik morgen bellen?"


async def test_withdrawing_the_contact_consent_takes_the_number_out_of_the_request(
    house: House,
) -> None:
    visitor = Visitor(house)
    await visitor.starts("victim")
    await visitor.presses(
        "welcome.language:nl",
        "welcome.menu:request",
        *INFORMED,
        "consent.age:yes",
        "consent.data:yes",
        "consent.contact:yes",
        "intake.begin:go_on",
        "intake.way:phone",
    )
    await visitor.says("06 12345678")
    await visitor.presses("intake.safe_to_call:enough", "intake.review:send")
    person_id = await only_person(house)
    seal = await house.keystore.seal_of(person_id)
    async with house.database.reading() as db:
        referral = await referrals.find_open(db, person_id)
        assert referral is not None
        before = await referrals.answers(db, seal, referral.id)
    assert "phone" in {answer.step for answer in before.answers}
    await visitor.presses(
        "everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:contact"
    )
    async with house.database.reading() as db:
        after = await referrals.answers(db, seal, referral.id)
    assert "phone" not in {answer.step for answer in after.answers}


async def test_erasing_leaves_a_shell_and_no_key(house: House) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    person_id = await only_person(house)
    erased = await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert str(erased.session.place) == "rights.erased"
    with pytest.raises(NotFound):
        await house.keystore.seal_of(person_id)
    assert await rows_of(house.database, "SELECT * FROM person") == []
    assert await rows_of(house.database, "SELECT * FROM erasure") == []
    shell = "SELECT status, reference, content FROM referral"
    assert await rows_of(house.database, shell) == [("erased", None, None)]


async def test_somebody_who_erased_everything_comes_back_as_a_newcomer(house: House) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.sends_a_request()
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    back = await visitor.starts()
    assert back.session == replace(
        Session(),
        reference=back.session.reference,
        language=back.session.language,
        checked_since=back.session.checked_since,
        proof=back.session.proof,
    )


async def test_who_stopped_is_brought_nothing_that_was_on_its_way(house: House) -> None:
    visitor = Visitor(house, Door.TELEGRAM)
    await visitor.sends_a_request()
    person_id = await only_person(house)
    await house.conductor.hear(Envelope(person_id, "staff:1", StaffTook("Collega")))
    await house.conductor.hear(Envelope(person_id, "staff:2", StaffWrote("Collega", "Dag.")))
    await visitor.presses("everywhere.go:stop")
    assert len(await rows_of(house.database, "SELECT * FROM letter")) == 1


async def test_staff_reach_nobody_who_was_erased(house: House) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    person_id = await only_person(house)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    with pytest.raises(NotFound):
        await house.conductor.hear(Envelope(person_id, "staff:1", StaffWrote("Collega", "Dag.")))


async def only_person(house: House) -> UUID:
    ((found,),) = await rows_of(house.database, "SELECT id FROM person")
    return found if isinstance(found, UUID) else UUID(str(found))
