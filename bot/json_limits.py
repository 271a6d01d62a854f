"""JSON from outside is read here, under limits; whatever exceeds them is a 4xx, never a 500.

What passes can be stored in both databases: no NUL, no half of a character, no number that another
reader would round. The texts of the errors never repeat what was sent.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import chain
from typing import Any, Final, NoReturn

import msgspec
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

DEPTH: Final = 32
# Beyond it, readers that keep numbers as floating point disagree about what was meant.
LARGEST: Final = 2**53
NUMBERS: Final = (int, float)
# Whoever sends a body drop by drop holds a connection; everybody else needs far less.
PATIENCE_S: Final = 5.0


class BadJson(ValueError):
    """This is not JSON that can be taken."""

    def __str__(self) -> str:
        """Say only that; never what was sent."""
        return str(self.__doc__)


def loads(body: bytes) -> object:
    """Read JSON in UTF-8; raise BadJson when it is none. What it says is to be checked next."""
    try:
        return read_kindly(body, _refuse)
    except (ValueError, RecursionError):
        # The cause holds the text it stumbled over.
        raise BadJson from None


def read_kindly(body: bytes, constant: Callable[[str], object] | None = None) -> object:
    """Read JSON, also half a character or an endless number in it; of NaN it gives `constant`.

    So one knows whose it is, and what else comes along with it is heard. Raises ValueError or
    RecursionError when it is no JSON at all.
    """
    with suppress(ValueError):
        return msgspec.json.decode(body)
    return json.loads(body.decode("utf-8"), parse_constant=constant)


def check(value: object) -> None:
    """Look at every part of a value; raise BadJson when one exceeds a limit."""
    level, texts = [value], list[str]()
    for _ in range(DEPTH + 1):
        deeper = _within_these(level, texts)
        if not deeper:
            break
        level = list(chain.from_iterable(deeper))
    else:
        raise BadJson
    if not _can_be_stored("".join(texts)):
        raise BadJson


def _within_these(parts: Iterable[Any], texts: list[str]) -> list[Iterable[Any]]:
    """Give what is in these parts, and add their texts; raise BadJson for a number too large."""
    within: list[Iterable[Any]] = []
    for part in parts:
        kind = type(part)
        if kind is str:
            texts.append(part)
        elif kind is dict:
            within += (part, part.values())
        elif kind is list:
            within.append(part)
        elif kind in NUMBERS and not abs(part) <= LARGEST:
            # What is endless is not less, nor is what is no number.
            raise BadJson
    return within


async def read_json(request: web.Request, limit: int) -> object:
    """Read a request's body of at most `limit` bytes; raise the HTTP answer when that fails.

    What it says is to be checked next.
    """
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="The body must be application/json.\n")
    if (request.charset or "utf-8").lower() not in {"utf-8", "utf8"}:
        raise web.HTTPBadRequest(text="JSON must be in UTF-8.\n")
    try:
        return loads(await read_body(request, limit))
    except BadJson as error:
        raise web.HTTPBadRequest(text=f"{error}\n") from None


async def read_body(request: web.Request, limit: int, patience_s: float = PATIENCE_S) -> bytes:
    """Read a body that is neither too large nor too slow; raise the HTTP answer otherwise."""
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    body = bytearray()
    try:
        if request.content.is_eof():
            # All of it is there, as it nearly always is.
            return _within(limit, request.content.read_nowait())
        async with asyncio.timeout(patience_s):
            async for chunk in request.content.iter_any():
                body += _within(limit - len(body), chunk)
    except TimeoutError:
        raise _closing(web.HTTPRequestTimeout(text="The body came too slowly.\n")) from None
    except (HttpProcessingError, web.RequestPayloadError, ValueError):
        raise _closing(web.HTTPBadRequest(text="The body cannot be read.\n")) from None
    return bytes(body)


def _refuse(_constant: str) -> NoReturn:
    """NaN and Infinity are no JSON, though Python takes them."""
    raise BadJson


def _can_be_stored(text: str) -> bool:
    """Say whether both databases take it; Telegram and browsers never send anything else."""
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _within(limit: int, body: bytes) -> bytes:
    if len(body) > limit:
        raise _too_large(limit)
    return body


def _too_large(limit: int) -> web.HTTPException:
    text = f"At most {limit} bytes are taken.\n"
    return _closing(web.HTTPRequestEntityTooLarge(limit, limit + 1, text=text))


def _closing(answer: web.HTTPException) -> web.HTTPException:
    """Close the connection: what is left of the body is not worth reading."""
    answer.force_close()
    return answer
