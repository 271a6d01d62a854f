"""Which language to speak to somebody who did not choose one yet."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.house import HOUSE

# A room that knows better sets it, also for a refusal that comes later.
LANGUAGE: web.RequestKey[str] = web.RequestKey("language", str)
LONGEST_HEADER = 200


def language_of(request: web.Request) -> str:
    """Give the language a room has found, or the first one the browser asks for that we speak."""
    offered, known = request.app[HOUSE].wording.languages, request.get(LANGUAGE)
    if isinstance(known, str) and known in offered:
        return known
    return asked_for(request.headers.get("Accept-Language", ""), offered)


def desk_language_of(request: web.Request) -> str:
    """Give the first language the browser asks for in which staff read."""
    offered = request.app[HOUSE].wording.desk_languages
    return asked_for(request.headers.get("Accept-Language", ""), offered)


def asked_for(header: str, offered: Sequence[str]) -> str:
    """Choose from an Accept-Language header, most wanted first; the first offered when none fits.

    A language we speak is taken for all its countries.
    """
    wanted = sorted(map(_weighed, header[:LONGEST_HEADER].split(",")), key=lambda each: -each[1])
    fitting = (tag for tag, weight in wanted if weight > 0 and tag in offered)
    return next(fitting, offered[0])


def _weighed(part: str) -> tuple[str, float]:
    tag, _, weight = part.partition(";")
    primary = tag.strip().partition("-")[0].lower()
    try:
        return primary, float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return primary, 0.0
