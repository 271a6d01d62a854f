"""Telegram brings its updates: what is answered with 200 is committed."""

from __future__ import annotations

import hmac
from typing import Final

from aiohttp import web
from msgspec.json import encode

from bot.json_limits import read_json
from bot.telegram.listen import Ears
from bot.telegram.read import read
from dialogs.frozen import Frozen, Hidden
from storage.errors import Unavailable

PATH: Final = "/telegram/webhook"
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header

# A long message that answers another one, with a hundred links in each. What is refused for its
# size would be brought again for a day, and hold up its chat.
LARGEST_BODY: Final = 512 * 1024
# Telegram repeats what is not answered with 200, so giving up is safe.
PATIENCE_S: Final = 8.0
PAUSE_S: Final = 5


class Webhook(Frozen):
    """The address that Telegram posts to; only Telegram knows the secret."""

    ears: Ears
    secret: Hidden[str]

    def __post_init__(self) -> None:
        """Refuse to stand open."""
        if not self.secret:
            raise ValueError("A webhook needs a secret")

    async def receive(self, request: web.Request) -> web.Response:
        """Take one update, and answer a button press along with it."""
        if not self._is_from_telegram(request):
            raise web.HTTPUnauthorized(text="This address is for Telegram.\n")
        update = await read_json(request, LARGEST_BODY)
        if not isinstance(update, dict):
            raise web.HTTPBadRequest(text="An update is a JSON object.\n")
        try:
            press = await self.ears.take(read(update), PATIENCE_S)
        except Unavailable:
            return web.Response(
                status=503, headers={"Retry-After": str(PAUSE_S)}, text="Not now; try again.\n"
            )
        if press is None:
            return web.Response()
        said = {"method": "answerCallbackQuery", "callback_query_id": press}
        return web.Response(body=encode(said), content_type="application/json")

    def _is_from_telegram(self, request: web.Request) -> bool:
        offered = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(offered.encode("utf-8", "replace"), self.secret.encode())
