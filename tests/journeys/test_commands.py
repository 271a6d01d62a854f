"""What is typed with a slash is done at every door, and is no word to a colleague."""

from __future__ import annotations

import json

from tests.journeys.desk import Desk
from tests.journeys.doors import NAME, ONE_HOUSE, Visitor, kept, sends_a_request

pytestmark = ONE_HOUSE

ANSWERED = {
    "/start": ("welcome.menu.ask", "welcome.menu:conversation"),
    "/menu": ("welcome.menu.ask", "welcome.menu:conversation"),
    "/help": ("welcome.help.commands", "welcome.help:back"),
    "/language": ("welcome.language.ask", "welcome.language:en"),
    "/human": ("handoff.human.here", "handoff.human:back"),
    "/complaint": ("complaint.begin.mediation", "complaint.begin:filing"),
    "/privacy": ("info.privacy.text", "rights.privacy:back"),
    "/mydata": ("copies.ready.held", "copies.ready:back"),
    "/forget": ("rights.overview.ask", "rights.overview:erase"),
    "/nonsense": ("problem.unknown_command", "rights.overview:erase"),
    "/stop": ("handoff.left.text", "everywhere.go:rights"),
}


async def test_each_command_is_answered_and_none_reaches_a_colleague(
    visitor: Visitor, desk: Desk
) -> None:
    await sends_a_request(visitor)
    page = await desk.claim()
    await visitor.hears("Collega Een")
    for command, (text, button) in ANSWERED.items():
        await visitor.says(command)
        assert visitor.reads(text), command
        assert button in visitor.buttons, command
    page = await desk.get(page.address)
    assert not [command for command in ANSWERED if command in page.words]


async def test_what_is_kept_is_fetched_and_erased_by_typing(visitor: Visitor, desk: Desk) -> None:
    await sends_a_request(visitor)
    await visitor.says("/mydata")
    assert NAME in (await visitor.fetches("txt")).decode()
    assert NAME in json.dumps(json.loads(await visitor.fetches("json")))
    assert (await visitor.fetches("pdf")).startswith(b"%PDF-")
    await visitor.says("/forget")
    await visitor.presses("rights.overview:erase")
    assert visitor.reads("rights.erased.text")
    assert await kept(desk.house) == {"referral"}
    assert NAME not in (await desk.queue()).words
