"""Takes pictures of every page of the desk, of the invented house, and writes the page they are on.

Run as `make pictures`. What is found to look at is what the tests look at, so no page is missing.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright

from bot.app import make_app
from bot.console import members
from bot.console.rights import may
from bot.console.routes import ROUTES
from bot.demo.command import settings_in
from bot.demo.complaint_stories import COMPLAINTS
from bot.demo.house_story import HOUSE
from bot.demo.playing import Player, Traveller, player
from bot.demo.stories import STORIES
from bot.house import House
from bot.opening import opened
from bot.settings import Settings
from dialogs.frozen import replace
from dialogs.values import Standing
from storage import complaint_desk, referrals
from storage.referrals import Referral, Status
from storage.staff_values import Member
from tests.browser import translated
from tests.browser.conftest import ARGS
from tests.browser.filled import SIGHTS, Filled, Sight, opened_in_need
from tests.console.colleagues import address, session_of
from tests.houses import ROOT

DOCS = ROOT / "docs"
FOLDER = DOCS / "desk"
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
INTRODUCTION = """# The desk, page by page

Every page as a colleague sees it, on a desk and on a phone. The house and everybody in it are
invented; `make pictures` plays their day and takes these pictures anew.
"""


async def take() -> None:
    """Play the day, look at every page, and write what was seen."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    clock = Traveller()
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_in(Path(folder), Settings(port=0))
        async with opened(settings, clock) as house, async_playwright() as playwright:
            async with player(house, clock) as playing:
                await playing.play((HOUSE, *STORIES, *COMPLAINTS))
            browser = await playwright.chromium.launch(executable_path=path, args=list(ARGS))
            async with TestServer(make_app(house)) as server:
                home = str(server.make_url("/")).rstrip("/")
                await _look_at_all(browser, home, house, playing)
                await translated.look_at(browser, home, house, DOCS)
            await browser.close()
    (DOCS / "desk.md").write_text(_page(), "utf-8")


async def _look_at_all(browser: Browser, home: str, house: House, playing: Player) -> None:
    everybody = [playing.members[key] for key in ("noor", "els", "wim", "ada", "kim")]
    in_need = await opened_in_need(house, playing.members["noor"])
    for name, sight in SIGHTS.items():
        # What is offered is offered to Bas.
        asked = name == "what is offered"
        member = playing.members["bas"] if asked else _who_may(sight, everybody)
        desk = replace(await _filled(house, member), in_need=in_need)
        for size, (width, height) in SIZES.items():
            context = await browser.new_context(
                viewport={"width": width, "height": height},
                is_mobile=size == "phone",
                has_touch=size == "phone",
                locale="nl-NL",
                reduced_motion="reduce",
            )
            if sight.is_signed_in:
                token = await session_of(house, member)
                await context.add_cookies([{"name": "sid", "value": token, "url": home}])
            page = await context.new_page()
            await page.goto(f"{home}{sight.find(desk)}")
            await page.screenshot(path=FOLDER / _file_of(name, size))
            await context.close()


def _who_may(sight: Sight, everybody: Sequence[Member]) -> Member:
    action = next(each.action for each in ROUTES if (each.method, each.path) == ("GET", sight.path))
    return next(member for member in everybody if may(member, action))


async def _filled(house: House, member: Member) -> Filled:
    """Find on every page something that this member may look at."""
    async with house.database.reading() as db:
        found = [each for each in await referrals.everything(db) if each.queue in member.queues]
        filed = await complaint_desk.listing(db, member)
    theirs = [each for each in found if each.owner_id == member.id]
    ended = [each for each in found if each.status is Status.CLOSED]
    at_work = [each for each in theirs if each.status is Status.OWNED]
    waiting = [each for each in found if each.status is Status.WAITING]
    known: dict[str, object] = {
        "member": member,
        "set_up": await _link(house),
        "waiting": _first(waiting),
        "mine": _first([each for each in at_work if each.waiting_since] or found),
        "ended": _first([each for each in ended if each in theirs] or found),
        "ended_by_another": _first([each for each in ended if each not in theirs] or found),
        "answered": _first([each for each in at_work if not each.waiting_since] or found),
        "offered": _first([each for each in found if each.offered_to_id] or found),
        "complaint": next((each.id for each in filed if each.standing is Standing.FOUNDED), None),
    }
    return Filled(**{name: known.get(name, known["mine"]) for name in Filled.__struct_fields__})  # type: ignore[arg-type]


async def _link(house: House) -> str:
    kim = next(each for each in await members.everyone(house) if each.name.startswith("Bas"))
    link = await members.reset(house, kim.email)
    return link[link.index("/staff/setup/") :]


def _first(found: Sequence[Referral]) -> str:
    return address(found[0])


def _file_of(name: str, size: str) -> str:
    return f"{name.replace(' ', '-')}-{size}.png"


def _page() -> str:
    """Write the page: each sight by its name, with its pictures beside each other."""
    parts = [
        f"## {name[0].upper()}{name[1:]}\n\n`{sight.path}`\n\n"
        + "\n".join(f"![{name}, on a {size}](desk/{_file_of(name, size)})" for size in SIZES)
        for name, sight in SIGHTS.items()
    ]
    return "\n\n".join((INTRODUCTION.rstrip(), *parts)) + "\n"


if __name__ == "__main__":
    asyncio.run(take())
