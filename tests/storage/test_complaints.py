"""Complaints: one step at a time, out of sight of those they are about, erased when asked."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from dialogs.frozen import Frozen, replace
from dialogs.values import Answer, Standing
from storage import complaint_desk, complaints, people
from storage.database import Database
from storage.errors import Conflict, NotFound
from storage.keystore import KeyStore
from storage.staff import Member
from tests.databases import NOW, rows_of
from tests.storage.made import (
    SENTINEL,
    Known,
    colleague,
    complaint,
    complaint_step,
    later,
    new_id,
    person,
)

RECEIVED, DIRECTOR, OFFERED = Standing.RECEIVED, Standing.DIRECTOR, Standing.OFFERED


class Case(Frozen, dict=True):
    """A complaint, whose it is, a colleague who works on it and one whom it is about."""

    id: UUID
    anna: Known
    carla: Member
    dirk: Member


@pytest.fixture
async def case(database: Database, keystore: KeyStore) -> Case:
    anna = await person(database, keystore)
    carla = await colleague(database, keystore, "Carla Collega")
    dirk = await colleague(database, keystore, "Dirk Collega")
    new = complaint(about=frozenset({dirk.id}))
    async with database.begin() as db:
        await complaints.open(db, anna.seal, new)
    return Case(new.id, anna, carla, dirk)


async def test_what_was_written_comes_back_to_its_person_only(
    database: Database, keystore: KeyStore, case: Case
) -> None:
    bram = await person(database, keystore)
    async with database.reading() as db:
        assert await complaints.of_person(db, case.anna.id) == [case.id]
        (answer,) = await complaints.answers(db, case.anna.seal, case.id)
        assert answer.words == f"Het ging niet goed. {SENTINEL}"
        with pytest.raises(NotFound):
            await complaints.answers(db, bram.seal, case.id)
        assert await complaints.steps(db, bram.seal, case.id) == []


async def test_steps_are_read_in_order_with_their_words(database: Database, case: Case) -> None:
    async with database.begin() as db:
        step = complaint_step(RECEIVED, DIRECTOR, by=case.carla, at=later(5))
        await complaint_desk.advance(db, case.carla, case.anna.seal, case.id, step)
        step = complaint_step(DIRECTOR, OFFERED, by=case.carla, words="Een voorstel.")
        await complaint_desk.advance(db, case.carla, case.anna.seal, case.id, step)
        step = complaint_step(OFFERED, Standing.SETTLED, ends=True)
        await complaints.advance(db, case.anna.seal, step)
    async with database.reading() as db:
        taken = await complaints.steps(db, case.anna.seal, case.id)
        filed = await complaint_desk.get(db, case.carla, case.id)
    assert [each.standing for each in taken] == [RECEIVED, DIRECTOR, OFFERED, Standing.SETTLED]
    assert [each.words for each in taken] == ["", "", "Een voorstel.", ""]
    assert [each.staff_name for each in taken] == [None, "Carla Collega", "Carla Collega", None]
    assert taken[1].at == later(5)
    assert (filed.standing, filed.closed_at) == (Standing.SETTLED, NOW)


@pytest.mark.parametrize("before", [DIRECTOR, OFFERED, Standing.COMMITTEE])
async def test_no_step_is_taken_from_where_a_complaint_does_not_stand(
    database: Database, case: Case, before: Standing
) -> None:
    step = complaint_step(before, Standing.FOUNDED)
    with pytest.raises(Conflict):
        async with database.begin() as db:
            await complaints.advance(db, case.anna.seal, step)
    with pytest.raises(Conflict):
        async with database.begin() as db:
            await complaint_desk.advance(db, case.carla, case.anna.seal, case.id, step)
    async with database.reading() as db:
        assert len(await complaints.steps(db, case.anna.seal, case.id)) == 1


async def test_of_two_who_take_the_same_step_one_is_told_so(database: Database, case: Case) -> None:
    async def take() -> None:
        async with database.begin() as db:
            step = complaint_step(RECEIVED, DIRECTOR, by=case.carla)
            await complaint_desk.advance(db, case.carla, case.anna.seal, case.id, step)

    done = await asyncio.gather(take(), take(), return_exceptions=True)
    assert sorted(type(each).__name__ for each in done) == ["Conflict", "NoneType"]


async def test_nothing_follows_a_complaint_that_is_over(database: Database, case: Case) -> None:
    async with database.begin() as db:
        over = complaint_step(RECEIVED, Standing.WITHDRAWN, ends=True)
        await complaints.advance(db, case.anna.seal, over)
    again = complaint_step(Standing.WITHDRAWN, DIRECTOR)
    with pytest.raises(Conflict):
        async with database.begin() as db:
            await complaints.advance(db, case.anna.seal, again)


async def test_for_whom_a_complaint_is_about_it_is_not_there(
    database: Database, case: Case
) -> None:
    async with database.reading() as db:
        assert [each.id for each in await complaint_desk.listing(db, case.carla)] == [case.id]
        assert await complaint_desk.count(db, case.carla) == 1
        assert await complaint_desk.listing(db, case.dirk) == []
        assert await complaint_desk.count(db, case.dirk) == 0
        for asked in (complaint_desk.get, complaint_desk.about):
            with pytest.raises(NotFound):
                await asked(db, case.dirk, case.id)
    step = complaint_step(RECEIVED, DIRECTOR, by=case.dirk)
    with pytest.raises(NotFound):
        async with database.begin() as db:
            await complaint_desk.advance(db, case.dirk, case.anna.seal, case.id, step)
    with pytest.raises(NotFound):
        async with database.begin() as db:
            await complaint_desk.set_about(db, case.dirk, case.id, [], NOW)


async def test_whom_a_complaint_is_about_can_be_said_later(database: Database, case: Case) -> None:
    async with database.begin() as db:
        await complaint_desk.set_about(db, case.carla, case.id, [], NOW)
    async with database.begin() as db:
        assert await complaint_desk.about(db, case.dirk, case.id) == frozenset()
        await complaint_desk.set_about(db, case.dirk, case.id, [case.carla.id], NOW)
    async with database.reading() as db:
        assert await complaint_desk.about(db, case.dirk, case.id) == {case.carla.id}
        with pytest.raises(NotFound):
            await complaint_desk.get(db, case.carla, case.id)


async def test_until_it_is_known_whom_it_is_about_only_that_name_is_read(
    database: Database, case: Case
) -> None:
    new = replace(
        complaint(about_is_known=False),
        answers=(Answer("described", words=SENTINEL), Answer("employee", words="Dirkie")),
    )
    step = complaint_step(RECEIVED, DIRECTOR, by=case.carla)
    async with database.begin() as db:
        await complaints.open(db, case.anna.seal, new)
    async with database.reading() as db:
        seen = await complaint_desk.answers(db, case.carla, case.anna.seal, new.id)
        assert [each.step for each in seen] == ["employee"]
    with pytest.raises(Conflict):
        async with database.begin() as db:
            await complaint_desk.advance(db, case.carla, case.anna.seal, new.id, step)
    async with database.begin() as db:
        await complaint_desk.set_about(db, case.carla, new.id, [case.dirk.id], NOW)
    async with database.begin() as db:
        seen = await complaint_desk.answers(db, case.carla, case.anna.seal, new.id)
        assert seen == new.answers
        with pytest.raises(NotFound):
            await complaint_desk.answers(db, case.dirk, case.anna.seal, new.id)
        await complaint_desk.advance(db, case.carla, case.anna.seal, new.id, step)


async def test_who_runs_the_house_learns_of_a_complaint_that_nobody_sees(
    database: Database, case: Case
) -> None:
    everyone = [case.carla, case.dirk]
    async with database.begin() as db:
        assert await complaint_desk.overview(db, everyone) == [("noord", RECEIVED, NOW, 1)]
        await complaint_desk.set_about(db, case.carla, case.id, [each.id for each in everyone], NOW)
        assert await complaint_desk.overview(db, everyone) == [("noord", RECEIVED, NOW, 0)]
        await complaints.withdraw(db, case.anna.id, later(1))
        assert await complaint_desk.overview(db, everyone) == []


async def test_another_queue_and_who_left_see_nothing(
    database: Database, keystore: KeyStore, case: Case
) -> None:
    elsewhere = await colleague(database, keystore, queues=frozenset({"zuid"}))
    gone = replace(case.carla, active=False)
    for nobody in (elsewhere, gone):
        async with database.reading() as db:
            assert await complaint_desk.listing(db, nobody) == []
            with pytest.raises(NotFound):
                await complaint_desk.get(db, nobody, case.id)
    async with database.reading() as db:
        with pytest.raises(NotFound):
            await complaint_desk.get(db, case.carla, new_id())


async def test_withdrawing_the_consent_erases_the_content(database: Database, case: Case) -> None:
    async with database.begin() as db:
        await complaints.withdraw(db, case.anna.id, later(1))
    async with database.reading() as db:
        with pytest.raises(NotFound):
            await complaints.answers(db, case.anna.seal, case.id)
        assert await complaints.steps(db, case.anna.seal, case.id) == []
        filed = await complaint_desk.get(db, case.carla, case.id)
    assert (filed.standing, filed.closed_at) == (Standing.WITHDRAWN, later(1))


async def test_withdrawing_the_consent_changes_no_decision(database: Database, case: Case) -> None:
    async with database.begin() as db:
        over = complaint_step(RECEIVED, Standing.DECIDED, ends=True)
        await complaints.advance(db, case.anna.seal, over)
        await complaints.withdraw(db, case.anna.id, later(1))
    async with database.reading() as db:
        filed = await complaint_desk.get(db, case.carla, case.id)
    assert (filed.standing, filed.closed_at) == (Standing.DECIDED, NOW)


async def test_of_an_erased_person_only_a_shell_is_left(database: Database, case: Case) -> None:
    async with database.begin() as db:
        await people.erase(db, case.anna.id, later(60))
    ((person_id, code_name, language, content, standing),) = await rows_of(
        database, "SELECT person_id, code_name, language, content, standing FROM complaint"
    )
    assert (person_id, code_name, language, content) == (None, None, None, None)
    assert standing == "withdrawn"
    assert await rows_of(database, "SELECT * FROM complaint_step") == []
    assert await rows_of(database, "SELECT * FROM complaint_about") == []
    async with database.reading() as db:
        assert await complaint_desk.listing(db, case.carla) == []
