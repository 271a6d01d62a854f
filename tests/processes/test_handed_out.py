"""Everything that is kept of a person is handed out by a command, and of nobody else."""

from __future__ import annotations

import json

import pytest

from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.presses import TO_A_REQUEST
from tests.processes.conftest import Process


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_everything_of_one_person_is_printed_or_written_and_the_log_says_so(
    process: Process, botapi: BotApi, phone: Phone
) -> None:
    await process.start()
    other = Phone.of(botapi, "Testpersoon Twee")
    for each, words in ((phone, "de blauwe olifant"), (other, "groene giraffe")):
        for does, offered in TO_A_REQUEST:
            await (each.press(does) if ":" in does else each.say(does))
            while offered not in (await each.screen()).buttons:
                pass
        await each.say(words)
    await botapi.mail.settled()
    everybodys = {}
    for row in await process.read("referrals"):
        code, out, err = await process.run("export", str(row["reference"]))
        assert code == 0, err
        everybodys[str(row["reference"])] = out
    (reference, hers), (_, his) = sorted(
        everybodys.items(), key=lambda each: "olifant" not in each[1]
    )
    assert json.loads(hers)["schema_version"] == "rm-export/1"
    assert "de blauwe olifant" in hers
    assert "giraffe" not in hers
    assert "groene giraffe" in his
    assert "olifant" not in his
    folder = process.folder / "handed out"
    code, out, _ = await process.run("export", reference, "--out", str(folder))
    assert (code, "olifant" in out) == (0, False)
    assert {path.suffix for path in folder.iterdir()} == {".pdf", ".txt", ".json"}
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}
    assert "de blauwe olifant" in (folder / f"{reference}.txt").read_text("utf-8")
    assert (await process.run("audit", "verify"))[1].startswith("3 lines")
    code, _, err = await process.run("export", "K7P4-2M9X")
    assert (code, err.splitlines()[-1]) == (1, "handreiking: there is no such request")
