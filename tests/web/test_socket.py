"""The socket names what changed, to our own pages only, and says goodbye when we restart."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import WSMessageTypeError, WSMsgType, WSServerHandshakeError

from bot.house import House
from bot.pages.sockets import SIGNED_OUT
from tests.web.colleagues import Colleague
from tests.web.visits import Client, Visit

RESTART = 1012


def own_origin(client: Client) -> str:
    return str(client.make_url("/")).rstrip("/")


async def test_a_page_hears_that_its_conversation_changed(visit: Visit, house: House) -> None:
    await visit.sends_a_request()
    colleague = await Colleague.joins(house)
    async with visit.client.ws_connect("/chat/ws", origin=own_origin(visit.client)) as socket:
        await colleague.takes()
        assert await socket.receive_json() == {"changed": ["conversation"]}


async def test_nobody_hears_of_anybody_else(visit: Visit, house: House) -> None:
    await visit.sends_a_request()
    colleague = await Colleague.joins(house)
    visit.client.session.cookie_jar.clear()
    await visit.opens()
    await visit.presses("welcome.language:nl")
    async with visit.client.ws_connect("/chat/ws", origin=own_origin(visit.client)) as socket:
        await colleague.takes()
        await visit.presses("welcome.role:victim")
        assert await socket.receive_json() == {"changed": ["conversation"]}
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.05)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
async def test_another_site_cannot_listen_in(visit: Visit, origin: str | None) -> None:
    await visit.sends_a_request()
    with pytest.raises(WSServerHandshakeError) as refused:
        await visit.client.ws_connect("/chat/ws", origin=origin)
    assert refused.value.status == 403


async def test_a_browser_that_is_not_known_begins_anew(client: Client) -> None:
    async with client.ws_connect("/chat/ws", origin=own_origin(client)) as socket:
        assert (await socket.receive()).type is WSMsgType.CLOSE
        assert socket.close_code == SIGNED_OUT


async def test_a_page_that_talks_is_hung_up_on(visit: Visit) -> None:
    await visit.sends_a_request()
    async with visit.client.ws_connect("/chat/ws", origin=own_origin(visit.client)) as socket:
        await socket.send_str("hello")
        with pytest.raises(WSMessageTypeError):
            await socket.receive_json()


async def test_open_pages_are_sent_to_the_next_process(visit: Visit) -> None:
    await visit.sends_a_request()
    async with visit.client.ws_connect("/chat/ws", origin=own_origin(visit.client)) as socket:
        message, _ = await asyncio.gather(socket.receive(), visit.client.server.close())
        assert message.type is WSMsgType.CLOSE
        assert message.data == RESTART


async def test_a_plain_request_is_no_socket(visit: Visit) -> None:
    await visit.sends_a_request()
    headers = {"Origin": own_origin(visit.client)}
    async with visit.client.get("/chat/ws", headers=headers) as answer:
        assert answer.status == 400
