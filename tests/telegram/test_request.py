"""The road to Telegram, where the other end is not what it should be."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.telegram.request import AiohttpRequest, connected

SECRET = "geheim"

Serve = Callable[[web.Response], Awaitable[Bot]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """A server that gives one answer to everything, and a bot that is connected to it."""
    answers: list[web.Response] = []
    cleanups: list[Callable[[], Awaitable[object]]] = []

    async def answer(_request: web.Request) -> web.Response:
        return answers[0]

    async def start(response: web.Response) -> Bot:
        answers.append(response)
        app = web.Application()
        app.router.add_route("*", "/{anything:.*}", answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        connection = connected("1:test", f"http://127.0.0.1:{runner.addresses[0][1]}")
        cleanups.extend((runner.cleanup, lambda: connection.__aexit__(None, None, None)))
        return await connection.__aenter__()

    yield start
    for cleanup in reversed(cleanups):
        await cleanup()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, f"<html>{SECRET}</html>"),
        (200, f'["{SECRET}"]'),
        (200, "[" * 100_000),
        (502, f"<html>{SECRET}</html>"),
        (400, f'["{SECRET}"]'),
        (302, SECRET),
        (599, f'{{"parameters": "{SECRET}"}}'),
    ],
)
async def test_an_answer_that_is_not_telegrams_is_an_error_that_quotes_nothing(
    serve: Serve, caplog: pytest.LogCaptureFixture, status: int, body: str
) -> None:
    headers = {"Location": "/elsewhere"} if status == 302 else {}
    bot = await serve(web.Response(status=status, text=body, headers=headers))
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(5, "a")
    assert SECRET not in f"{caught.value!r}{caught.value.__cause__!r}{caplog.text}"


async def test_nobody_answering_is_an_error_that_names_no_address() -> None:
    async with connected("1:test", "http://127.0.0.1:9") as bot:
        with pytest.raises(NetworkError) as caught:
            await bot.get_me()
    assert "test" not in repr(caught.value)
    assert caught.value.__suppress_context__


async def test_a_road_that_is_closed_or_not_open_yet_leads_nowhere() -> None:
    road = AiohttpRequest()
    await road.shutdown()
    with pytest.raises(NetworkError):
        await road.do_request("http://127.0.0.1:9", "GET")
    async with road:
        await road.initialize()
    with pytest.raises(NetworkError):
        await road.do_request("http://127.0.0.1:9", "GET")


async def test_what_is_not_there_means_a_wrong_token(serve: Serve) -> None:
    bot = await serve(web.Response(status=404, text='{"ok": false, "description": "Not Found"}'))
    with pytest.raises(InvalidToken):
        await bot.get_me()


def test_it_says_how_long_it_waits() -> None:
    assert AiohttpRequest(answer_s=3).read_timeout == 3
