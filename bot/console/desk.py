"""What every page of the desk is drawn with: who is signed in, their language, their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from aiohttp import web
from babel import Locale

from bot.console.rights import may
from bot.house import HOUSE, House
from bot.pages.drawing import page
from bot.pages.languages import language_of
from storage.listing import COUNTED
from storage.staff_values import Member, Scheme

MEMBER: web.RequestKey[Member] = web.RequestKey("member", Member)
SESSION: web.RequestKey[bytes] = web.RequestKey("session", bytes)

# What asks, and does nothing.
SAFE = frozenset({"GET", "HEAD"})

Say = Callable[..., str]

# What a key does outside text fields, named by its words. Where a page has something for it, that
# says so: `data-step` what j and k lead to, `data-key` what another key presses.
KEYS: tuple[tuple[str, str], ...] = (
    ("j", "next"),
    ("k", "previous"),
    ("Enter", "open"),
    ("c", "claim"),
    ("g", "most_urgent"),
    ("r", "answer"),
    ("n", "note"),
    ("Ctrl + Enter", "send"),
    ("?", "show"),
)


def house_of(request: web.Request) -> House:
    """Give the house that a request came to."""
    return request.app[HOUSE]


def member_of(request: web.Request) -> Member:
    """Give who is signed in; only addresses behind the gate ask this."""
    return request[MEMBER]


def today_of(request: web.Request) -> date:
    """Say which day it is where the house is."""
    house = house_of(request)
    return house.clock.now().astimezone(house.settings.timezone).date()


def say_to(request: web.Request) -> Say:
    """Give what words an id in the language of whoever reads the page."""
    return partial(house_of(request).wording.staff, language_of(request))


def draw(
    request: web.Request, template: str, *, status: int = 200, **values: object
) -> web.Response:
    """Draw a page of the desk; every form on it that must not be done twice carries the nonce."""
    house = house_of(request)
    return page(
        request,
        f"console/{template}",
        say_to(request),
        status=status,
        leads_to=(),
        house_name=house.organisation.name,
        member=(member := request.get(MEMBER)),
        scheme=member.preferences.scheme if member else Scheme.SYSTEM,
        may=partial(may, member),
        keys=KEYS,
        is_away=member is not None and not member.is_on_duty(today_of(request)),
        back=request.path_qs if request.method in SAFE else "/staff",
        in_short=in_short,
        nonce=house.clock.new_token(),
        **values,
    )


def in_short(count: int) -> str:
    """Write a count that was not counted to its end."""
    return f"{COUNTED - 1}+" if count >= COUNTED else str(count)


def in_their_own_words(languages: Iterable[str]) -> list[tuple[str, str]]:
    """List languages, each by its own name."""
    locales = [(code, Locale.parse(code, sep="-")) for code in languages]
    return [(code, (locale.get_language_name() or code).capitalize()) for code, locale in locales]
