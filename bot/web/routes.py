"""The addresses of the chat page."""

from __future__ import annotations

from typing import NoReturn

from aiohttp import web

from bot.web import copies, privacy
from bot.web.exit import leave
from bot.web.page import forget, press, show_conversation, show_page
from bot.web.socket import listen
from dialogs.values import Topic


async def to_the_chat(_request: web.Request) -> NoReturn:
    """Lead to the chat page, which is what people come for."""
    raise web.HTTPSeeOther("/chat")


async def resume(_request: web.Request) -> NoReturn:
    """Lead to the box for a code, by an address that can be written on paper."""
    raise web.HTTPSeeOther(f"/chat?start={Topic.RETURNING}")


def install(app: web.Application) -> None:
    """Add the chat page; `bot.pages.setup.install` comes before it."""
    app.router.add_get("/", to_the_chat)
    app.router.add_get("/chat", show_page)
    app.router.add_post("/chat", press)
    app.router.add_get("/chat/conversation", show_conversation)
    app.router.add_get("/chat/resume", resume)
    app.router.add_get("/chat/ws", listen)
    app.router.add_post("/chat/exit", leave)
    app.router.add_post("/chat/forget", forget)
    copies.install(app)
    privacy.install(app)
