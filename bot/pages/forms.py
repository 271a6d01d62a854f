"""Forms as browsers send them, read under limits; whatever exceeds them is a 4xx, never a 500.

What passes can be stored in both databases.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from aiohttp import web
from multidict import MultiDict, MultiDictProxy

from bot import json_limits

LARGEST = 16 * 1024
MOST_FIELDS = 100
FORM = "application/x-www-form-urlencoded"

Form = MultiDictProxy[str]


async def read_form(request: web.Request, limit: int = LARGEST) -> Form:
    """Read a form of at most `limit` bytes; raise the HTTP answer when that fails.

    Line ends come out as one sign, as they were typed.
    """
    if request.content_type != FORM:
        raise web.HTTPUnsupportedMediaType
    if (request.charset or "utf-8").lower() not in {"utf-8", "utf8"}:
        raise web.HTTPBadRequest
    body = await json_limits.read_body(request, limit)
    try:
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
        json_limits.check([list(pair) for pair in fields])
    except ValueError:
        # The cause holds what was sent.
        raise web.HTTPBadRequest from None
    return MultiDictProxy(MultiDict((name, _lines(value)) for name, value in fields))


def _lines(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")
