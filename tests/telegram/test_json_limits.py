"""JSON from outside, under limits."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from bot.json_limits import LARGEST, BadJson, check, loads, read_body, read_json

LIMIT = 1024

REFUSED = {
    "nothing": b"",
    "no JSON": b"{{{",
    "something after it": b"{} {}",
    "no number": b'{"a": NaN}',
    "infinite": b'{"a": -Infinity}',
    "infinite, in figures": b'{"a": 1e999}',
    "a number that others round": b'{"a": 9007199254740993}',
    "a number with a million digits": b"1" * 1_000_000,
    "half a character": rb'{"a": "\ud800"}',
    "half a character in a name": rb'{"\udfff": 1}',
    "no end of a text": rb'{"a": "\u0000"}',
    "no end of a text in a name": rb'{"a\u0000": 1}',
    "a raw NUL": b'{"a": "\0"}',
    "not UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "33 deep": b"[" * 33 + b"]" * 33,
    "33 deep in objects": b'{"a":' * 33 + b"1" + b"}" * 33,
    "100,000 deep": b"[" * 100_000 + b"]" * 100_000,
}

TAKEN: dict[str, object] = {
    "32 deep": json.loads("[" * 32 + "1" + "]" * 32),
    "the largest number": {"a": LARGEST, "b": -LARGEST},
    "every kind": {"a": [1, 1.5, True, False, None, "é", "😀", {}], "": []},
    "no object": "words",
}


@pytest.mark.parametrize("name", REFUSED)
def test_json_beyond_the_limits_is_refused(name: str) -> None:
    with pytest.raises(BadJson):
        check(loads(REFUSED[name]))


@pytest.mark.parametrize("name", TAKEN)
def test_json_within_the_limits_is_read(name: str) -> None:
    value = loads(json.dumps(TAKEN[name]).encode())
    check(value)
    assert value == TAKEN[name]


def test_the_error_does_not_repeat_what_was_sent() -> None:
    with pytest.raises(BadJson) as caught:
        loads(b'{"name": "Testpersoon Een" {{{')
    assert "Testpersoon" not in f"{caught.value!s} {caught.value!r}"
    assert caught.value.__suppress_context__


async def echo(request: web.Request) -> web.Response:
    return web.json_response(await read_json(request, LIMIT))


async def hurry(request: web.Request) -> web.Response:
    return web.Response(body=await read_body(request, LIMIT, patience_s=0.05))


@pytest.fixture
async def address() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/echo", echo)
    app.router.add_post("/hurry", hurry)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b'{"a": 1}', "application/json", 200),
        (b'{"a": 1}', "application/json; charset=UTF-8", 200),
        (b'{"a": 1}', "application/json; charset=utf-7", 400),
        (b'{"a": 1}', "application/json; charset=nonsense", 400),
        (b'{"a": 1}', "text/plain", 415),
        (b'{"a": 1}', "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 400),
        (b" " * (LIMIT + 1), "application/json", 413),
    ],
)
async def test_every_body_gets_an_answer(
    address: str, client: ClientSession, body: bytes, kind: str, status: int
) -> None:
    headers = {"Content-Type": kind}
    async with client.post(f"{address}/echo", data=body, headers=headers) as answer:
        assert answer.status == status
        assert answer.content_length


async def test_a_large_body_of_unsaid_length_is_refused(
    address: str, client: ClientSession
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b" " * LIMIT
        yield b" " * LIMIT

    headers = {"Content-Type": "application/json"}
    async with client.post(f"{address}/echo", data=chunks(), headers=headers) as answer:
        assert answer.status == 413


async def test_a_small_body_that_unpacks_to_a_large_one_is_refused(
    address: str, client: ClientSession
) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    packed = gzip.compress(b" " * 100 * LIMIT)
    async with client.post(f"{address}/echo", data=packed, headers=headers) as answer:
        assert answer.status == 413


async def test_a_body_that_does_not_unpack_is_refused(address: str, client: ClientSession) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    async with client.post(f"{address}/echo", data=b"not packed", headers=headers) as answer:
        assert answer.status == 400


async def test_a_body_that_comes_drop_by_drop_is_not_waited_for(
    address: str, client: ClientSession
) -> None:
    over = asyncio.Event()

    async def drops() -> AsyncIterator[bytes]:
        yield b"a"
        await over.wait()

    async with client.post(f"{address}/hurry", data=drops()) as answer:
        assert answer.status == 408
        assert answer.headers["Connection"] == "close"
        over.set()
