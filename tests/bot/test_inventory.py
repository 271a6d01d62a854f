"""The privacy page names every table, and says what the settings and the code make true."""

from __future__ import annotations

import pytest

from bot.documents.plain import as_text
from bot.facts import Source
from bot.house import House
from bot.inventory import INVENTORY, OF_THE_HOUSE, Notice
from bot.terms import DATA_BACKUPS, FETCHABLE, HEARD, KEY_BACKUPS, SET_ASIDE
from bot.wording import LOCALES, Wording
from dialogs.frozen import replace
from dialogs.values import Service
from storage.schema import Schema
from tests.houses import MONDAY_MORNING


@pytest.fixture
def kind() -> str:
    """What a page says does not depend on the kind of database."""
    return "sqlite"


def notice(house: House, **settings: str) -> Notice:
    changed = replace(house.settings, **settings)  # type: ignore[arg-type]
    return Notice(house.organisation, changed, house.wording, Service.MEDIATION, "nl")


def worded(notice: Notice) -> str:
    return " ".join(as_text(notice.document(MONDAY_MORNING.date())).split())


def test_every_table_is_told_once() -> None:
    tables = [table for kept in (*INVENTORY, *OF_THE_HOUSE) for table in kept.tables]
    everything = {name for schema in Schema for name in schema.tables.tables}
    assert sorted(tables) == sorted(everything)


def test_the_terms_are_those_that_the_keeper_goes_by() -> None:
    told = {kept.name: kept.until for kept in INVENTORY}
    assert (told["heard"], told["set_aside"], told["copy"]) == (HEARD, SET_ASIDE, FETCHABLE)
    assert (told["backup"], told["key_backup"]) == (DATA_BACKUPS, KEY_BACKUPS)


def test_a_term_on_the_page_changes_with_its_setting(house: House) -> None:
    assert "na 1 dag zonder" in worded(notice(house))
    longer = replace(house.organisation, unfinished_days=12)
    source = Source(longer, house.settings.timezone, lambda: MONDAY_MORNING)
    told = replace(notice(house), wording=Wording.load(LOCALES, source))
    assert "na 12 dagen zonder" in worded(told)


def test_telegram_is_named_only_where_it_is_a_door(house: House) -> None:
    assert "Telegram" not in worded(notice(house))
    assert "Telegram" in worded(notice(house, bot_token="1:x"))


def test_every_kind_of_thing_has_its_words_and_its_term(house: House) -> None:
    text = worded(notice(house))
    assert text.count("Wie leest het:") == len(INVENTORY)
    assert text.count("Hoe lang:") == len(INVENTORY)
    assert "Hoe lang: 15 minuten." in text
    assert "Hoe lang: 7 dagen." in text
