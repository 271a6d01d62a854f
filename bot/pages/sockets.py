"""Sockets that only tell an open page what changed; the page then asks for it itself.

So no word of anybody's travels here, and a missed change costs nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiohttp import WSCloseCode, WSMsgType, web

from bot.announcer import Changes
from bot.house import HOUSE
from bot.pages.origins import has_own_origin

HEARTBEAT_S = 20.0
LARGEST = 4096
LOOKS_EVERY_S = 20.0
SIGNED_OUT = 4401
SOCKETS: web.AppKey[set[web.WebSocketResponse]] = web.AppKey("sockets")


async def anybody() -> bool:
    """Let whoever listens go on listening."""
    return True


async def keep_telling(
    request: web.Request,
    names: Mapping[str, str],
    may_hear: Callable[[], Awaitable[bool]] = anybody,
) -> web.StreamResponse:
    """Tell a page of changes for as long as it is open.

    `names` are the announcer's names to listen to, each with the plain word the page knows it by.
    Once `may_hear` says no, the page is sent away; that is asked at each change, and every 20 s.
    """
    socket = _socket_for(request)
    with request.app[HOUSE].announcer.listening(*names) as changes:
        await socket.prepare(request)
        request.app[SOCKETS].add(socket)
        telling = asyncio.create_task(_tell(socket, changes, names, may_hear))
        listening = asyncio.create_task(_until_closed(socket))
        try:
            await asyncio.wait((telling, listening), return_when=asyncio.FIRST_COMPLETED)
        finally:
            request.app[SOCKETS].discard(socket)
            is_over = telling.done()
            telling.cancel()
            listening.cancel()
            await asyncio.gather(telling, listening, return_exceptions=True)
        if is_over and not socket.closed:
            await socket.close(code=SIGNED_OUT)
    return socket


async def send_away(request: web.Request) -> web.StreamResponse:
    """Tell a page that its cookie opens nothing any more; it then begins anew."""
    socket = _socket_for(request)
    await socket.prepare(request)
    await socket.close(code=SIGNED_OUT)
    return socket


async def close_all(app: web.Application) -> None:
    """Send the open pages to the process that comes after this one."""
    sockets = app[SOCKETS].copy()
    restart = (socket.close(code=WSCloseCode.SERVICE_RESTART) for socket in sockets)
    await asyncio.gather(*restart, return_exceptions=True)


def _socket_for(request: web.Request) -> web.WebSocketResponse:
    if not has_own_origin(request):
        raise web.HTTPForbidden
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=LARGEST)
    if not socket.can_prepare(request).ok:
        raise web.HTTPBadRequest
    return socket


async def _until_closed(socket: web.WebSocketResponse) -> None:
    """Listen only for the end: a page has nothing to say here."""
    async for message in socket:
        if message.type is not WSMsgType.PING:
            await socket.close(code=WSCloseCode.UNSUPPORTED_DATA)


async def _tell(
    socket: web.WebSocketResponse,
    changes: Changes,
    names: Mapping[str, str],
    may_hear: Callable[[], Awaitable[bool]],
) -> None:
    """Tell until nobody may hear it; the socket is closed by who opened it, and by nobody else."""
    changed = await changes.wait(LOOKS_EVERY_S)
    while await may_hear():
        if changed:
            await socket.send_json({"changed": _words(changed, names)})
        changed = await changes.wait(LOOKS_EVERY_S)


def _words(changed: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return sorted({names[name] for name in changed})
