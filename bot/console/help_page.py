"""What each page is for, in a few sentences; every page leads to its own part of this one."""

from __future__ import annotations

from aiohttp import web

from bot.console.desk import draw, member_of
from bot.console.queue import counted
from bot.console.rights import Action, may

# A page names its part in its template; nobody reads about a page that they may not open.
PARTS: tuple[tuple[str, Action], ...] = (
    ("queue", Action.SEE_QUEUES),
    ("talk", Action.READ),
    ("transfer", Action.TRANSFER),
    ("snooze", Action.SNOOZE),
    ("closing", Action.CLOSE),
    ("need", Action.ASK_IN_NEED),
    ("needs", Action.ALLOW_IN_NEED),
    ("complaints", Action.COMPLAINTS),
    ("figures", Action.FIGURES),
    ("survey", Action.FIGURES),
    ("not_understood", Action.FIGURES),
    ("licences", Action.LICENCES),
    ("replies", Action.USE_REPLIES),
    ("instructions", Action.INSTRUCTIONS),
    ("review", Action.REVIEW),
    ("people", Action.PEOPLE),
    ("audit", Action.AUDIT),
    ("register", Action.REGISTER),
    ("notices", Action.NOTICES),
    ("me", Action.OWN_ACCOUNT),
    ("keys", Action.HELP),
)


async def show(request: web.Request) -> web.Response:
    """Show the parts about what this colleague may do."""
    member = member_of(request)
    parts = [part for part, action in PARTS if may(member, action)]
    return draw(request, "help_page.html", parts=parts, counts=await counted(request))
