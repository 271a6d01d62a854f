"""The headers of every answer, those of refusals and files included.

They are added where an answer leaves, so that no room can forget them; a room may only say where
its forms lead besides here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

from aiohttp import web

from bot.house import HOUSE

POLICY = "Content-Security-Policy"
REFUSED_BY_BROWSERS = "/csp"

ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "autoplay",
            "browsing-topics",
            "camera",
            "display-capture",
            "fullscreen",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "screen-wake-lock",
            "usb",
            "xr-spatial-tracking",
        )
    ),
    "X-Robots-Tag": "noindex",
}
OVER_HTTPS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


@cache
def policy(*leads_to: str) -> str:
    """Word what a page may do; `leads_to` are addresses its forms may end at besides here.

    htmx parses what it fetched, under a policy of its own name that live.js makes; no other script
    may make one.
    """
    ends = " ".join(("'self'", *(origin_of(address) for address in leads_to)))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            f"form-action {ends}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types htmx",
            f"report-uri {REFUSED_BY_BROWSERS}",
        )
    )


def origin_of(address: str) -> str:
    """Cut an address down to what browsers call its origin."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Complete an answer's headers; what a room has set itself stays."""
    response.headers.setdefault(POLICY, policy())
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.app[HOUSE].settings.is_https:
        response.headers.setdefault(*OVER_HTTPS)
    # Nobody has to know what runs here.
    response.headers.popall("Server", None)
