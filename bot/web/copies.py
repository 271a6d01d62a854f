"""A copy to take along, fetched with a ticket: to read on a page, and as a file."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aiohttp import web

from bot.copies.making import fetched
from bot.copies.values import Made
from bot.documents.pdf import pdf_of
from bot.documents.plain import as_text
from bot.house import HOUSE
from bot.web.sheets import draw_document, draw_ended

TICKET: Final = "{ticket:[A-Za-z0-9_-]{20,64}}"


async def _pdf(made: Made) -> bytes:
    return await pdf_of(made.document)


async def _text(made: Made) -> bytes:
    return as_text(made.document).encode()


async def _json(made: Made) -> bytes:
    if made.data is None:
        raise web.HTTPNotFound
    return json.dumps(made.data, ensure_ascii=False, indent=2).encode()


FILES: Final[Mapping[str, tuple[str, Callable[[Made], Awaitable[bytes]]]]] = {
    "pdf": ("application/pdf", _pdf),
    "txt": ("text/plain", _text),
    "json": ("application/json", _json),
}


async def show(request: web.Request) -> web.StreamResponse:
    """Show the copy, and where it can be fetched as a file."""
    found = await fetched(request.app[HOUSE], request.match_info["ticket"])
    if found is None:
        return draw_ended(request)
    materials, made = found
    files = tuple(each for each in FILES if each != "json" or made.data is not None)
    return draw_document(request, materials.say, made.document, files=files)


async def fetch(request: web.Request) -> web.StreamResponse:
    """Give the copy as a file; its name says nothing to whoever sees a list of files."""
    found = await fetched(request.app[HOUSE], request.match_info["ticket"])
    if found is None:
        return draw_ended(request)
    materials, made = found
    kind = request.match_info["kind"]
    content_type, write = FILES[kind]
    name = f"{materials.today.isoformat()}.{kind}"
    return web.Response(
        body=await write(made),
        content_type=content_type,
        charset=None if kind == "pdf" else "utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def install(app: web.Application) -> None:
    """Add the addresses of copies."""
    app.router.add_get(f"/copies/{TICKET}", show)
    app.router.add_get(f"/copies/{TICKET}/{{kind:{'|'.join(FILES)}}}", fetch)
