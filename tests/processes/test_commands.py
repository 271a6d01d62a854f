"""The commands say what is wrong in one line, and what kind of thing that is by their exit code."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from uuid import UUID

import pytest

from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import Place
from tests.processes.conftest import Process

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


async def test_a_second_start_keeps_what_was_there(process: Process) -> None:
    first = await process.start()
    assert any("/staff/setup/" in row for row in first)
    assert await process.stop() == 0
    await process.start()
    assert await process.stop() == 0


async def test_a_wrong_setting_ends_the_start_with_78(process: Process) -> None:
    process.environment["PORT"] = "eighty"
    code, out, err = await process.run("serve")
    assert (code, out) == (78, "")
    assert err.splitlines() == ["handreiking: PORT: is not a port from 0 to 65535"]


async def test_the_register_is_printed_and_written_without_a_database(process: Process) -> None:
    code, out, _ = await process.run("register", "--dpia", "--language", "en")
    assert (code, out.splitlines()[0]) == (0, "# Data: a chapter for a DPIA")
    folder = process.folder / "papers"
    code, out, _ = await process.run("register", "--out", str(folder))
    assert (code, out) == (0, f"{folder / 'register.nl.md'}\n")
    assert sorted(path.name for path in folder.iterdir()) == ["register.nl.md", "register.nl.pdf"]
    assert (await process.run("register", "--language", "fr"))[0] == 2


async def test_links_to_nowhere_end_with_78(process: Process) -> None:
    process.environment["PUBLIC_URL"] = ""
    code, out, err = await process.run("links")
    assert (code, out) == (78, "")
    assert err.startswith("handreiking: PUBLIC_URL:")


async def test_another_key_file_ends_the_start_with_78(process: Process) -> None:
    assert (await process.run("referrals"))[0] == 0
    process.environment["KEY_FILE"] = str(process.folder / "other.json")
    code, _, err = await process.run("serve")
    assert code == 78
    assert "other.json" in err
    assert not (process.folder / "other.json").exists()


async def test_complaints_are_listed_without_a_member_of_staff(process: Process) -> None:
    assert await process.read("complaints") == []


async def test_members_of_staff_are_added_listed_and_disabled(process: Process) -> None:
    email = "twee@kantoor.example"
    code, out, _ = await process.run(
        "staff", "add", "Collega Twee", "--email", email, "--queue", "intake", "--role", "mediator"
    )
    assert code == 0
    assert "/staff/setup/" in out
    (member,) = await process.read("staff", "list")
    assert (member["email"], member["queues"], member["active"]) == (email, ["intake"], True)
    assert member["roles"] == ["mediator"]
    assert (await process.run("staff", "disable", email))[0] == 0
    (member,) = await process.read("staff", "list")
    assert member["active"] is False


async def test_a_spare_key_is_made_once_and_opens_nothing_that_was_not_laid_aside(
    process: Process,
) -> None:
    file = process.folder / "elsewhere" / "spare"
    code, out, _ = await process.run("letterbox", "key", str(file))
    where, public = out.splitlines()
    assert (code, where, len(public)) == (0, str(file), 64)
    assert file.stat().st_mode & 0o777 == 0o600
    kept = file.read_text()
    assert public not in kept
    code, _, err = await process.run("letterbox", "key", str(file))
    assert (code, "there already" in err, file.read_text()) == (1, True, kept)
    email = "twee@kantoor.example"
    await process.run("staff", "add", "Collega Twee", "--email", email, "--queue", "intake")
    code, _, err = await process.run("letterbox", "give", "intake", email, "--spare", str(file))
    assert (code, "nothing was kept" in err) == (1, True)
    file.write_text("geen sleutel")
    code, _, err = await process.run("letterbox", "give", "intake", email, "--spare", str(file))
    assert (code, err) == (1, f"handreiking: {file} is no file of `letterbox key`\n")


async def test_an_unknown_queue_is_refused(process: Process) -> None:
    code, _, err = await process.run(
        "staff", "add", "Collega Twee", "--email", "twee@kantoor.example", "--queue", "nergens"
    )
    assert code == 1
    assert "nergens" in err


async def test_every_address_is_listed_with_what_it_takes(process: Process) -> None:
    rows = await process.read("routes")
    desk = [row for row in rows if str(row["path"]).startswith("/staff")]
    assert desk
    assert all(row["permission"] != "everybody" for row in desk)


async def test_mail_is_counted(process: Process) -> None:
    (counts,) = await process.read("mail")
    assert counts == {
        "waiting": 0,
        "sent": 0,
        "dropped": 0,
        "oldest_seconds": None,
        "set_aside": 0,
    }


async def test_a_port_that_is_taken_ends_the_start_with_78(process: Process) -> None:
    async with await asyncio.start_server(hang_up, "127.0.0.1", int(process.environment["PORT"])):
        code, _, err = await process.run("serve")
    assert code == 78
    assert err.splitlines()[-1].startswith("handreiking: PORT: ")


async def test_forgetting_a_request_that_is_not_there_fails(process: Process) -> None:
    code, _, err = await process.run("forget", "K7P4-2M9X")
    assert (code, err.splitlines()[-1]) == (1, "handreiking: there is no such request")


async def test_the_audit_log_is_verified_and_a_log_that_was_cut_short_is_found(
    process: Process,
) -> None:
    add = ("staff", "add", "Collega Twee", "--queue", "intake", "--email")
    assert (await process.run(*add, "twee@kantoor.example"))[0] == 0
    code, head, _ = await process.run("audit", "head", "--json")
    assert code == 0
    anchor = process.folder / "anchor.json"
    anchor.write_text(head, "utf-8")
    assert (await process.run("audit", "verify", "--anchor", str(anchor)))[0] == 0
    anchor.write_text(head.replace('"seq": 1', '"seq": 2'), "utf-8")
    code, _, err = await process.run("audit", "verify", "--anchor", str(anchor))
    assert (code, err.splitlines()[-1]) == (1, "line 2 is not what was written, or is missing")
    anchor.write_text("[]", "utf-8")
    assert (await process.run("audit", "verify", "--anchor", str(anchor)))[0] == 2


async def test_data_for_research_is_handed_out_only_when_told_so(process: Process) -> None:
    folder = process.folder / "handed out"
    command = ("export-research", str(folder), "--purpose", "Een proef")
    code, out, _ = await process.run(*command)
    assert (code, folder.exists()) == (0, False)
    assert out.startswith("would write 0 rows")
    code, out, _ = await process.run(*command, "--yes")
    assert code == 0
    assert {path.name for path in folder.iterdir()} == {"requests.csv", "dictionary.csv"}
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
    assert (await process.run(*command))[1].rstrip().endswith("rows=0  Een proef")
    assert (await process.run(*command[:-1], " "))[0] == 2


async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def test_what_was_set_aside_is_listed_and_dropped(
    process: Process, botapi: BotApi, phone: Phone
) -> None:
    await process.start()
    await phone.say("geheim\0")
    assert "ging bij mij iets mis" in (await phone.screen()).text
    await botapi.mail.settled()
    (kept,) = await process.read("aside", "list")
    id = str(kept["id"])
    assert (kept["what"], kept["played"]) == ("update", False)
    assert "geheim" not in str(kept)
    assert (await process.run("aside", "retry", id, "--yes"))[0] == 1
    assert (await process.run("aside", "drop", id))[0] == 0
    assert len(await process.read("aside", "list")) == 1
    assert (await process.run("aside", "drop", id, "--yes"))[0] == 0
    assert await process.read("aside", "list") == []


async def test_an_id_under_which_nothing_is_set_aside_is_refused(process: Process) -> None:
    for command in ("retry", "drop"):
        code, _, err = await process.run("aside", command, str(UUID(int=7)), "--yes")
        assert (code, err.splitlines()[-1]) == (
            1,
            "handreiking: nothing is set aside under this id",
        )


async def test_what_would_be_forgotten_is_said_before(process: Process) -> None:
    rows = await process.read("purge")
    assert {"kind": "heard", "due": 0, "of": None} in rows
    assert (await process.run("purge", "--yes"))[0] == 0


async def test_a_field_that_does_not_open_is_named_by_its_row_and_ends_with_1(
    process: Process, place: Place
) -> None:
    add = ("staff", "add", "Collega Twee", "--queue", "intake", "--email")
    assert (await process.run(*add, "twee@kantoor.example"))[0] == 0
    (email,) = await process.read("selfcheck")
    assert email == {"table": "staff", "column": "email", "opened": 1, "unreadable": []}
    with closing(sqlite3.connect(place.data_path, isolation_level=None)) as data:
        ((id, sealed),) = data.execute("SELECT id, email FROM staff")
        data.execute("UPDATE staff SET email = ?", [sealed[:-1] + bytes([sealed[-1] ^ 1])])
    code, out, _ = await process.run("selfcheck")
    unreadable = [str(UUID(id))]
    assert (code, out) == (1, f"table=staff  column=email  opened=0  unreadable={unreadable}\n")


async def test_what_is_wrong_with_a_house_is_listed_and_ends_with_1(process: Process) -> None:
    process.environment["ORGANISATION_FILE"] = str(process.folder / "none.toml")
    code, out, err = await process.run("doctor")
    found = {row[:12].rstrip(): row[12:].split()[0] for row in out.splitlines()}
    assert (code, err) == (1, "")
    assert (found["keys"], found["data"], found["help lines"]) == ("look", "well", "wrong")
