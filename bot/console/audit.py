"""Who read and did what, to be searched; reading this page is written down too."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from aiohttp import web

from bot.console.auditing import Doing, note_reading
from bot.console.desk import Say, draw, house_of
from bot.console.queue import counted
from bot.console.requests import reading_of
from bot.console.rights import Action
from bot.console.time_left import Reading, moment_in_words
from dialogs.frozen import Frozen
from storage import audit, staff
from storage.audit import Line, Search

A_PAGE = 100


class Row(Frozen):
    """A line in words."""

    seq: int
    when: str
    who: str
    roles: tuple[str, ...]
    what: str
    reference: str


class Asked(Frozen):
    """The search as it was filled in, and as storage understands it; a bad date asks nothing."""

    fields: dict[str, str]
    search: Search
    problem: str = ""

    @property
    def again(self) -> str:
        """Give the search as part of an address; nothing when everything is shown."""
        return urlencode({name: text for name, text in self.fields.items() if text})


async def show(request: web.Request) -> web.Response:
    """Show the lines that are asked for, the newest first."""
    await note_reading(request, Doing.READ_AUDIT)
    house, reading = house_of(request), reading_of(request)
    asked = _asked(request, reading)
    async with house.database.reading() as db:
        lines = await audit.search(db, asked.search, A_PAGE + 1)
        members = await staff.everyone(db, house.keystore.system)
        is_checked = "check" in request.query
        broken = await audit.first_broken(db, house.keystore) if is_checked else None
    shown = lines[:A_PAGE]
    return draw(
        request,
        "audit.html",
        status=422 if asked.problem else 200,
        rows=[_row(line, reading) for line in shown],
        asked=asked,
        members=[each for each in members if each.name],
        doings=sorted((reading.say(f"audit.{each}"), each.value) for each in Doing),
        older=shown[-1].seq if len(lines) > A_PAGE else None,
        is_checked=is_checked,
        broken=broken,
        counts=await counted(request),
    )


def _asked(request: web.Request, reading: Reading) -> Asked:
    names = ("who", "what", "reference", "from", "to", "before")
    fields = {name: request.query.get(name, "").strip() for name in names}
    before = fields.pop("before")
    try:
        since, until = (_midnight(fields[name], reading) for name in ("from", "to"))
        who = UUID(fields["who"]) if fields["who"] else None
        older_than = int(before) if before else None
    except ValueError:
        return Asked(fields, Search(), reading.say("audit.bad_date"))
    search = Search(
        who,
        fields["what"] or None,
        fields["reference"].upper() or None,
        since,
        # The day that is named counts as well.
        until and until + timedelta(days=1),
        older_than,
    )
    return Asked(fields, search)


def _midnight(text: str, reading: Reading) -> datetime | None:
    """Read a day as the moment at which it begins here; raise ValueError for what is none."""
    return datetime.combine(date.fromisoformat(text), time(), reading.zone) if text else None


def _row(line: Line, reading: Reading) -> Row:
    entry = line.entry
    return Row(
        line.seq,
        moment_in_words(entry.at, reading),
        line.actor_name or reading.say("audit.by_command"),
        tuple(reading.say(f"role.{role}") for role in entry.roles.split()),
        " · ".join((_what(entry.what, reading.say), *filter(None, (entry.queue,)))),
        line.reference or "",
    )


def _what(what: str, say: Say) -> str:
    """Word what was done; what the gate wrote down is named after what it takes to do it."""
    if what in set(Doing):
        return say(f"audit.{what}")
    return say(f"action.{what}") if what in set(Action) else say("audit.other")
