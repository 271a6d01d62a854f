"""The master key is rotated under a running house, and killed while it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlmodel import col, select

from storage import rotation
from storage.database import Database
from storage.key_tables import PersonKeyRow
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from storage.schema import Schema
from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import NOW, Place, rows_of
from tests.presses import TO_A_REQUEST
from tests.processes.conftest import Process


@pytest.fixture
async def store(place: Place) -> AsyncIterator[Database]:
    """The key store, past the process that works on it."""
    store = Database.at(place.keys_url, Schema.KEYS)
    yield store
    await store.close()


async def sends_a_request(phone: Phone) -> None:
    for does, offered in TO_A_REQUEST:
        await (phone.press(does) if ":" in does else phone.say(does))
        while offered not in (await phone.screen()).buttons:
            pass


async def test_turns_go_on_through_a_rotation_and_everything_opens_after_it(
    process: Process, botapi: BotApi, phone: Phone
) -> None:
    await process.start()
    await sends_a_request(phone)
    code, said, err = await process.run("keys", "rotate")
    assert (code, err) == (0, "")
    await sends_a_request(Phone.of(botapi, "Testpersoon Twee"))
    await phone.say("Ik ben er nog.")
    await botapi.mail.settled()
    assert (await process.run("keys", "rotate", "--drop-older"))[0] == 0
    (row,) = await process.read("keys", "check")
    assert row == {"key": said.split()[0], "newest": True, "opened": 2, "unreadable": 0}
    await process.kill()
    await process.start()
    await phone.say("En ik ook nog.")
    await botapi.mail.settled()
    assert all(row["unreadable"] == [] for row in await process.read("selfcheck"))
    assert (await process.run("audit", "verify"))[1] == "2 lines, all as they were written\n"


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_killed_in_the_middle_it_is_ended_by_the_next_run(
    process: Process, place: Place, store: Database, botapi: BotApi, phone: Phone
) -> None:
    await process.start()
    await sends_a_request(phone)
    key_file = KeyFile.load_or_make(place.key_path)
    keystore = KeyStore(store, key_file, lambda: 0.0)
    await keystore.make([UUID(int=number) for number in range(1, rotation.A_PORTION + 1)])
    async with store.begin() as held:
        # Who is last in the order of their ids is in the portion that waits for this.
        last = select(PersonKeyRow).order_by(col(PersonKeyRow.person_id).desc()).limit(1)
        await held.exec(last.with_for_update())
        running = await process.command("keys", "rotate")
        while (await rows_of(store, "SELECT count(DISTINCT kek_id) FROM person_key"))[0] == (1,):
            pass
        running.kill()
        await running.wait()
        await sends_a_request(Phone.of(botapi, "Testpersoon Twee"))
    assert (await process.run("audit", "verify"))[1].startswith("1 line")
    rows = await process.read("keys", "check")
    assert [row["opened"] for row in rows] == [1, rotation.A_PORTION + 1]
    _, said, _ = await process.run("keys", "rotate")
    assert said.startswith(f"{rows[-1]['key']} wraps the keys; 1 ")
    assert all(row["unreadable"] == [] for row in await process.read("selfcheck"))
    await phone.say("Ik ben er nog.")
    await botapi.mail.settled()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_wrong_key_file_is_refused_with_78_and_left(process: Process) -> None:
    assert (await process.run("referrals"))[0] == 0
    right = process.environment["KEY_FILE"]
    other = KeyFile.load_or_make(process.folder / "other.json").keep(NOW)
    for path, command in ((other.path, "rotate"), (process.folder / "none.json", "check")):
        process.environment["KEY_FILE"] = str(path)
        code, out, err = await process.run("keys", command)
        assert (code, out) == (78, ""), err
    assert not (process.folder / "none.json").exists()
    process.environment["KEY_FILE"] = right
    assert [row["opened"] for row in await process.read("keys", "check")] == [0]
