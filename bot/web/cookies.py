"""The cookie by which a browser is known again: a random token, gone when the browser closes.

The database holds a keyed hash of it only. It comes along when a link elsewhere leads here (Lax),
so that nobody finds the conversation empty; a change still needs a page of ours.
"""

from __future__ import annotations

from aiohttp import web

from bot.settings import Settings

SAFE_NAME, PLAIN_NAME = "__Host-chat", "chat"
LONGEST = 64
# What browsers are to forget when somebody leaves in a hurry.
FORGET_ALL = ("Clear-Site-Data", '"cache", "cookies", "storage"')


def read(request: web.Request, settings: Settings) -> str | None:
    """Give the token that came along, if there is one."""
    token = request.cookies.get(_name(settings), "")
    return token if 0 < len(token) <= LONGEST else None


def give(response: web.StreamResponse, settings: Settings, token: str) -> None:
    """Let the browser bring this token from now on."""
    response.set_cookie(
        _name(settings),
        token,
        path=_path(settings),
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def take_back(response: web.StreamResponse, settings: Settings) -> None:
    """Let the browser forget its token."""
    response.del_cookie(
        _name(settings),
        path=_path(settings),
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def _name(settings: Settings) -> str:
    return SAFE_NAME if settings.is_https else PLAIN_NAME


def _path(settings: Settings) -> str:
    """Browsers take a name that begins with `__Host-` for the whole site only."""
    return "/" if settings.is_https else "/chat"
