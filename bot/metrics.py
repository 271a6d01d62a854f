"""The numbers that a monitor fetches, as Prometheus reads them: these and no others, of nobody.

Turns and sockets are those of this process, letters those of the whole house.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import Final

from aiohttp import hdrs, web

from bot.house import HOUSE, House
from bot.meter import BOUNDS_S
from bot.pages.sockets import SOCKETS
from bot.settings import LOOPBACK
from storage import mail, setaside
from storage.errors import Unavailable

PATH: Final = "/metrics"
FORMAT: Final = "text/plain; version=0.0.4; charset=utf-8"
# By these a proxy on this machine says that it asks for somebody elsewhere.
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


async def tell(request: web.Request) -> web.Response:
    """Give every number; who may not have them finds nothing here."""
    house = request.app[HOUSE]
    if not _may(request, house):
        raise web.HTTPNotFound
    lines = [*_turns(house), *_number("sockets_open", "gauge", len(request.app[SOCKETS]))]
    try:
        lines += await _letters(house)
    except Unavailable:
        lines += _number("storage_up", "gauge", 0)
    text = "".join(f"{line}\n" for line in lines)
    return web.Response(
        text=text, headers={hdrs.CONTENT_TYPE: "text/plain; version=0.0.4; charset=utf-8"}
    )


def _may(request: web.Request, house: House) -> bool:
    """Let in who has the token; without one, who asks from this machine.

    Where we are reached over https a proxy is before us, and all ask from where that is.
    """
    token = house.settings.metrics_token
    scheme, _, offered = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    if token and scheme.lower() == "bearer":
        return hmac.compare_digest(offered.encode("utf-8", "replace"), token.encode())
    is_near = request.remote in LOOPBACK and not any(each in request.headers for each in FORWARDED)
    return is_near and not house.settings.is_https


async def _letters(house: House) -> list[str]:
    async with house.database.reading() as db:
        counts, aside = await mail.counts(db), await setaside.count(db)
    return [
        *_number("storage_up", "gauge", 1),
        *_number("letters_waiting", "gauge", counts.waiting),
        *_number("letters_oldest_seconds", "gauge", counts.age(house.clock.now()).total_seconds()),
        *_number("letters_sent_total", "counter", counts.sent),
        *_number("letters_dropped_total", "counter", counts.dropped),
        *_number("turns_set_aside", "gauge", aside),
    ]


def _turns(house: House) -> Iterator[str]:
    """Tell how long turns took, from when they were heard until they were committed."""
    meter, name = house.conductor.meter, "handreiking_turn_seconds"
    yield f"# TYPE {name} histogram"
    for bound, count in zip((*BOUNDS_S, "+Inf"), meter.up_to, strict=True):
        yield f'{name}_bucket{{le="{bound}"}} {count}'
    yield f"{name}_sum {meter.total_s:.6f}"
    yield f"{name}_count {meter.up_to[-1]}"


def _number(name: str, kind: str, value: float) -> Iterator[str]:
    yield f"# TYPE handreiking_{name} {kind}"
    yield f"handreiking_{name} {value}"
