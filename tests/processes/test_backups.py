"""A backup is made while the house runs, and put back it is the same house."""

from __future__ import annotations

from tests.botapi.phone import Phone
from tests.botapi.server import BotApi
from tests.databases import Place, Supply
from tests.presses import TO_A_REQUEST
from tests.processes.conftest import Process

NOT_EMPTY = "the data database is not empty; nothing was changed: --yes replaces all that is in it"


async def test_the_house_goes_on_where_the_backup_was_made(
    process: Process, place: Place, supply: Supply, botapi: BotApi, phone: Phone
) -> None:
    await process.start()
    for does, offered in TO_A_REQUEST:
        await (phone.press(does) if ":" in does else phone.say(does))
        while offered not in (await phone.screen()).buttons:
            pass
    # That the last letter came is noted a little after it did.
    while (await process.read("mail"))[0]["waiting"]:
        pass
    folder = process.folder / "backups"
    files = await process.read("backup", str(folder))
    assert [row["rows"] != 0 for row in files] == [True, True]
    before = await process.read("referrals")
    code, _, err = await process.run("restore", str(folder))
    # An SQLite file is one process's own; on PostgreSQL nobody can tell that it is in use.
    assert (code, "stop that one" in err) == ((75, True) if place.kind == "sqlite" else (1, False))
    await process.kill()
    code, _, err = await process.run("restore", str(folder))
    assert (code, err) == (1, "handreiking: " + NOT_EMPTY + "\n")
    empty = process.folder / "empty"
    empty.mkdir()
    data, keys = await supply.empty(place.kind, empty)
    process.environment |= {"DATABASE_URL": data, "KEYSTORE_URL": keys}
    code, out, err = await process.run("restore", str(folder))
    assert code == 0, err
    assert "on their way then, and not sent again: 0 letters, 0 notices" in out
    day = out.splitlines()[0].split(" as they were at ")[1][:10]
    assert f"what people withdrew since {day} is back; what the data that was there tells" in out
    assert out.splitlines()[-1] == "erased again: 0; erased because their key is lost: 0"
    assert await process.read("referrals") == before
    await process.start()
    await phone.say("Ik ben er nog.")
    await botapi.mail.settled()
    assert await process.read("referrals") == before
