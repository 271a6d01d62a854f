"""The register names every column there is, and says of each what really becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.documents.markdown import as_markdown
from bot.documents.pdf import as_pdf
from bot.house import House
from bot.inventory import SHELLS, Notice
from bot.register import HANG_ON_A_REQUEST, TABLES, Register, erasing, is_sealed
from dialogs.values import Service
from storage import people
from storage.database import Database
from storage.everything import tables_of_people
from storage.keystore import KeyStore
from storage.schema import Schema
from tests.databases import NOW, rows_of
from tests.houses import MONDAY_MORNING
from tests.storage.everywhere import every_column_sealed

LANGUAGES = pytest.mark.parametrize("language", ["nl", "en"])
TODAY = MONDAY_MORNING.date()
# What they hold is a count, a day or a place in a procedure, and nobody's name.
COUNTED = {"unread", "last_seq", "version"}


def register(house: House, language: str = "nl") -> Register:
    notice = Notice(house.organisation, house.settings, house.wording, Service.MEDIATION, language)
    return Register(notice)


@LANGUAGES
def test_every_column_of_both_databases_is_told(house: House, language: str) -> None:
    told = as_markdown(register(house, language).register(TODAY)).replace("\\", "")
    columns = [f"{table.name}.{column.name}" for table in TABLES.values() for column in table.c]
    assert [name for name in columns if told.count(f"- **{name}**: ") != 1] == []


@LANGUAGES
def test_every_activity_has_a_ground_a_term_and_its_readers(house: House, language: str) -> None:
    for name in ("register", "assessment"):
        told = as_markdown(getattr(register(house, language), name)(TODAY))
        assert "**: \n" not in told
        assert not [line for line in told.splitlines() if line.startswith("#") and "–" in line]


def test_what_is_said_of_a_column_is_what_its_table_says(house: House) -> None:
    told = as_markdown(register(house, "en").register(TODAY)).replace("\\", "")
    assert "- **message.body**: sealed, in the copy, gone when erased" in told
    assert "- **referral.outcome**: readable, in the copy, stays, to be counted" in told
    assert "- **referral.content**: sealed, in the copy, emptied when erased" in told
    assert "- **person_key.wrapped**: readable, not in the copy, gone when erased" in told
    assert "- **audit.what**: readable, not in the copy, apart from the person" in told


async def test_erasing_leaves_of_each_column_what_the_register_says(
    database: Database, keystore: KeyStore
) -> None:
    for person in await every_column_sealed(database, keystore):
        async with database.begin() as db:
            await people.erase(db, person.id, NOW + timedelta(days=1))
    for table in Schema.DATA.tables.sorted_tables:
        for column in table.c:
            name = f"{table.name}.{column.name}"
            kept = await rows_of(database, f'SELECT "{column.name}" FROM "{table.name}"')  # noqa: S608
            match erasing(table, column.name):
                case "goes" if column.name == "person_id":
                    # What went wrong may be of nobody; and that a key must go is noted until then.
                    assert table.name == "erasure" or {value for (value,) in kept} <= {None}, name
                case "emptied" if column.name not in COUNTED:
                    assert {value for (value,) in kept} <= {None}, name
    for name in HANG_ON_A_REQUEST:
        assert await rows_of(database, f"SELECT * FROM {name}") == []  # noqa: S608


def test_every_sealed_column_of_a_person_is_in_the_copy_and_goes() -> None:
    theirs = [table for table in TABLES.values() if table in tables_of_people()]
    sealed = [(table, column.name) for table in theirs for column in table.c if is_sealed(column)]
    kept = {erasing(*each) for each in sealed}
    assert kept == {"goes", "emptied"}
    assert set(SHELLS) <= {table.name for table in theirs}


@LANGUAGES
def test_both_can_be_set(house: House, language: str) -> None:
    made = register(house, language)
    for document in (made.register(TODAY), made.assessment(TODAY)):
        assert as_pdf(document).startswith(b"%PDF")
