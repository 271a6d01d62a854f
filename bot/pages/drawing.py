"""Templates become pages here: everything in them is escaped, and a missing value is an error.

A room's templates are named by the room: `web/chat.html`, `console/queue.html`. In them `_("id")`
words an id in the language of the page, and `asset("house.css")` gives the address of a file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from bot.direction import direction_of
from bot.pages.assets import Assets
from bot.pages.headers import POLICY, policy
from bot.pages.languages import language_of

ROOMS = ("pages", "web", "console")
BOT = Path(__file__).parent.parent

Say = Callable[..., object]


def environment(assets: Assets) -> Environment:
    """Make the one environment of all templates."""
    made = Environment(
        loader=PrefixLoader({room: FileSystemLoader(BOT / room / "templates") for room in ROOMS}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["asset"] = assets.address
    return made


TEMPLATES: web.AppKey[Environment] = web.AppKey("templates", Environment)


def page(
    request: web.Request,
    template: str,
    say: Say,
    *,
    status: int = 200,
    leads_to: tuple[str, ...] = (),
    **values: object,
) -> web.Response:
    """Draw a page, or a part of one, in the language of the request.

    `leads_to` names addresses outside that a form of the page may end at.
    """
    language = language_of(request)
    html = (
        request.app[TEMPLATES]
        .get_template(template)
        .render(_=say, language=language, direction=direction_of(language), **values)
    )
    return web.Response(
        text=html,
        status=status,
        content_type="text/html",
        charset="utf-8",
        headers={POLICY: policy(*leads_to), "Content-Language": language},
    )


def notice(request: web.Request, say: Say, sentence: str, status: int) -> web.Response:
    """Draw one sentence for a page that is open; what the person was doing stays as it was."""
    answer = page(request, "pages/notice.html", say, status=status, sentence=sentence)
    answer.headers["HX-Retarget"] = "#problem"
    answer.headers["HX-Reswap"] = "innerHTML"
    return answer


def see_other(address: str) -> web.Response:
    """Lead a browser on after a form, so that reloading the page does nothing twice."""
    return web.Response(status=303, headers={"Location": address})


def is_htmx(request: web.Request) -> bool:
    """Say whether a part of a page is asked for, by a page that is open."""
    return "HX-Request" in request.headers
