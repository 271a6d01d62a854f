"""People are known by the way they come, and forgotten wholly."""

from __future__ import annotations

import asyncio

import pytest

from dialogs.values import Purpose, Session
from storage import consents, conversations, mail, messages, people, referrals, setaside
from storage.consents import Consent, ConsentText
from storage.database import Database
from storage.doors import Door
from storage.errors import Conflict, NotFound
from storage.keystore import KeyStore
from storage.mail import NewLetter
from storage.messages import Author
from storage.people import Newcomer, Way
from storage.schema import Schema
from storage.setaside import SetAside
from tests.databases import NOW, rows_of
from tests.storage.made import Known, colleague, new_id, newcomer, opened, person, words

TODAY = NOW.date()


async def test_whoever_was_written_down_is_found_by_their_address(
    database: Database, keystore: KeyStore
) -> None:
    anna = await person(database, keystore, address="123")
    async with database.reading() as db:
        found = await people.find_ways(db, [anna.index, keystore.index("telegram", "124")])
        assert found == {anna.index: Way(anna.index, anna.id, Door.TELEGRAM)}
        assert await people.way_of(db, anna.id) == found[anna.index]
        assert await people.address(db, anna.seal, found[anna.index]) == "123"


async def test_whoever_was_never_here_has_no_way(database: Database, keystore: KeyStore) -> None:
    stranger = await newcomer(keystore)
    async with database.reading() as db:
        assert await people.find_ways(db, []) == {}
        with pytest.raises(NotFound):
            await people.way_of(db, stranger.id)
        way = Way(stranger.index, stranger.id, Door.WEB)
        with pytest.raises(NotFound):
            await people.address(db, stranger.seal, way)


async def test_of_two_processes_that_meet_a_newcomer_one_writes_them_down(
    database: Database, keystore: KeyStore
) -> None:
    async def meet() -> bool:
        known = await newcomer(keystore, "123")
        async with database.begin() as db:
            try:
                await people.add(
                    db, known.seal, known.index, Door.TELEGRAM, known.address, today=TODAY
                )
            except Conflict:
                return False
            return True

    assert sorted(await asyncio.gather(meet(), meet())) == [False, True]
    assert len(await rows_of(database, "SELECT id FROM person")) == 1


async def test_many_newcomers_are_written_down_at_once(
    database: Database, keystore: KeyStore
) -> None:
    there = await person(database, keystore, address="1")
    known = [await newcomer(keystore, str(number)) for number in range(4)]
    new = [Newcomer(each.seal, each.index, Door.WEB, each.address) for each in known]
    async with database.begin() as db:
        assert await people.add_all(db, [], TODAY) == set()
        assert await people.add_all(db, new, TODAY) == {there.index}
    async with database.reading() as db:
        found = await people.find_ways(db, [each.index for each in known])
    assert found[there.index].person_id == there.id
    assert len(await rows_of(database, "SELECT id FROM person")) == 4


async def test_a_way_keeps_its_screen_and_whether_it_is_open(
    database: Database, keystore: KeyStore
) -> None:
    anna, bram = await person(database, keystore), await person(database, keystore)
    async with database.begin() as db:
        await people.remember_screens(db, {anna.index: 2**40})
        await people.close_way(db, anna.index)
        assert await people.way_of(db, anna.id) == Way(
            anna.index, anna.id, Door.TELEGRAM, closed=True, screen_message=2**40
        )
        await people.reopen_way(db, anna.index)
        await people.remember_screens(db, {anna.index: None})
        assert await people.way_of(db, anna.id) == Way(anna.index, anna.id, Door.TELEGRAM)
        assert await people.way_of(db, bram.id) == Way(bram.index, bram.id, Door.TELEGRAM)


def test_no_address_shows_in_a_newcomer(keystore: KeyStore) -> None:
    new = Newcomer(keystore.system, b"", Door.WEB, "geheim-adres")
    assert "geheim" not in repr(new)


# --- forgetting ----------------------------------------------------------------------------------


async def with_everything(database: Database, keystore: KeyStore) -> Known:
    """Somebody of whom there is something in every table that is about people."""
    anna = await person(database, keystore)
    carla = await colleague(database, keystore)
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await conversations.add(db, anna.seal, Session(), NOW)
        text = ConsentText(Purpose.DATA, "data-1", "nl", "Mogen wij ...")
        await consents.keep_texts(db, [text])
        given = Consent(new_id(), Purpose.DATA, "data-1", "nl", Door.WEB, text.sha256, NOW)
        await consents.record(db, [(anna.id, given)])
        await referrals.claim(db, carla, referral_id, NOW)
        said = words(referral_id, Author.STAFF, by=carla)
        await messages.add(db, anna.seal, said)
        letters = [
            NewLetter(new_id(), anna.index, anna.id, Door.TELEGRAM, "{}"),
            NewLetter(new_id(), anna.index, anna.id, Door.TELEGRAM, "{}", said.id),
        ]
        await mail.put(db, keystore, letters, NOW)
        await setaside.keep(db, anna.seal, SetAside(new_id(), "telegram:1", NOW, "{}"))
    return anna


async def rows_about(database: Database, known: Known) -> list[str]:
    """Name the tables in which somebody's id stands."""
    found = []
    for table in Schema.DATA.tables.sorted_tables:
        if "person_id" in table.columns or table.name == "person":
            column = "id" if table.name == "person" else "person_id"
            async with database.reading() as db:
                statement = table.select().where(table.columns[column] == known.id)
                if (await (await db.connection()).execute(statement)).first():
                    found.append(table.name)
    return sorted(found)


async def test_of_whoever_is_erased_nothing_is_left_but_a_shell(
    database: Database, keystore: KeyStore
) -> None:
    anna, bram = [await with_everything(database, keystore) for _ in range(2)]
    everywhere = await rows_about(database, bram)
    assert everywhere == [
        "consent",
        "conversation",
        "letter",
        "message",
        "person",
        "referral",
        "set_aside",
        "way",
    ]
    async with database.begin() as db:
        await people.erase(db, anna.id, NOW)
    assert await rows_about(database, anna) == ["erasure"]
    assert await rows_about(database, bram) == everywhere
    names = [column.name for column in Schema.DATA.tables.tables["referral"].columns]
    of_nobody = f"SELECT {', '.join(names)} FROM referral WHERE person_id IS NULL"  # noqa: S608 - names of our own
    shells = await rows_of(database, of_nobody)
    assert len(shells) == 1
    left = {name for name, value in zip(names, shells[0], strict=True) if value not in {None, 0}}
    assert left == {"id", "service", "queue", "status", "opened_at", "closed_at"}


async def test_a_shell_knows_its_days_and_not_its_hours(
    database: Database, keystore: KeyStore
) -> None:
    anna = await person(database, keystore)
    await opened(database, anna)
    async with database.begin() as db:
        await people.erase(db, anna.id, NOW)
    ((opened_at, closed_at),) = await rows_of(database, "SELECT opened_at, closed_at FROM referral")
    assert str(opened_at)[:19] == str(closed_at)[:19] == "2026-03-02 00:00:00"


async def test_erasing_waits_for_the_key_and_is_then_forgotten_itself(
    database: Database, keystore: KeyStore
) -> None:
    anna = await person(database, keystore)
    for _ in range(2):
        async with database.begin() as db:
            await people.erase(db, anna.id, NOW)
            assert await people.erasing(db) == [anna.id]
    await keystore.erase(anna.id, NOW)
    async with database.begin() as db:
        await people.erased(db, anna.id)
        assert await people.erasing(db) == []
    assert await rows_about(database, anna) == []


async def test_whoever_was_erased_is_new_when_they_come_back(
    database: Database, keystore: KeyStore
) -> None:
    anna = await person(database, keystore, address="123")
    async with database.begin() as db:
        await people.erase(db, anna.id, NOW)
    again = await person(database, keystore, address="123")
    assert again.index == anna.index
    async with database.reading() as db:
        assert (await people.way_of(db, again.id)).person_id != anna.id


async def test_no_row_comes_behind_an_erasure(database: Database, keystore: KeyStore) -> None:
    anna = await person(database, keystore)
    async with database.begin() as db:
        await people.erase(db, anna.id, NOW)
    with pytest.raises(Conflict):
        async with database.begin() as db:
            await conversations.add(db, anna.seal, Session(), NOW)


async def test_everybody_can_be_asked_whether_they_were_erased_before(
    database: Database, keystore: KeyStore
) -> None:
    anna, bram = await person(database, keystore), await person(database, keystore)
    await keystore.erase(anna.id, NOW)
    async with database.reading() as db:
        everybody = await people.everybody(db)
    assert set(everybody) == {anna.id, bram.id}
    assert await keystore.erased(everybody) == {anna.id}
