"""A socket names what changed, to who is signed in, for as long as they are."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from aiohttp import ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from bot.app import make_app
from bot.house import House
from bot.pages import sockets
from storage import staff
from tests.console.colleagues import Browser, Colleague, Office

PATIENCE_S = 5


def origin(office: Office) -> str:
    return str(office.server.make_url("")).rstrip("/")


async def listens(office: Office, browser: Browser, query: str = "") -> ClientWebSocketResponse:
    headers = {"Origin": origin(office)}
    return await browser.client.ws_connect(f"/staff/ws{query}", headers=headers)


async def heard(socket: ClientWebSocketResponse) -> set[str]:
    async with asyncio.timeout(PATIENCE_S):
        return set((await socket.receive_json())["changed"])


async def end_of(socket: ClientWebSocketResponse) -> int:
    async with asyncio.timeout(PATIENCE_S):
        while (message := await socket.receive()).type is not WSMsgType.CLOSE:
            pass
    return int(message.data)


async def test_a_new_request_is_a_change_of_the_queues_and_says_no_more(office: Office) -> None:
    noor = await office.colleague("Noor")
    socket = await listens(office, noor)
    await office.request()
    assert await heard(socket) == {"queue"}
    await socket.close()


async def test_the_page_of_a_request_hears_of_that_request(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    socket = await listens(office, noor, f"?request={referral.id}")
    await visitor.says("Is er iemand?")
    assert "request" in await heard(socket)
    await noor.writes(referral, "Alleen voor medewerkers.", kind="note")
    assert "request" in await heard(socket)
    await socket.close()


async def test_nobody_hears_of_another_queues_request(office: Office) -> None:
    referral = (await office.request())[1]
    els = await office.colleague("Els", "mentoring")
    for query in (f"?request={referral.id}", f"?request={UUID(int=7)}", "?request=x"):
        with pytest.raises(WSServerHandshakeError) as refused:
            await listens(office, els, query)
        assert refused.value.status == 404


async def test_another_sites_page_hears_nothing(office: Office) -> None:
    noor = await office.colleague("Noor")
    for headers in ({}, {"Origin": "https://elsewhere.example"}):
        with pytest.raises(WSServerHandshakeError) as refused:
            await noor.client.ws_connect("/staff/ws", headers=headers)
        assert refused.value.status == 403


async def test_signing_out_closes_it_at_once(office: Office) -> None:
    member = await office.hires("Noor")
    here, there = [await office.signs_in(member) for _ in range(2)]
    socket = await listens(office, there)
    await here.post("/staff/sign-out-everywhere")
    assert await end_of(socket) == sockets.SIGNED_OUT


async def test_one_who_is_disabled_elsewhere_is_noticed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "LOOKS_EVERY_S", 0.01)
    noor: Colleague = await office.colleague("Noor")
    socket = await listens(office, noor)
    async with office.house.database.begin() as db:
        await staff.change(db, noor.member.id, active=False)
    assert await end_of(socket) == sockets.SIGNED_OUT


async def test_a_restart_sends_pages_to_whoever_comes_next(office: Office) -> None:
    noor = await office.colleague("Noor")
    socket = await listens(office, noor)
    app = office.server.app
    await sockets.close_all(app)
    assert await end_of(socket) == 1012


async def test_an_address_that_is_no_socket_is_a_mistake(office: Office, house: House) -> None:
    assert make_app(house) is not office.server.app
    page = await (await office.colleague("Noor")).get("/staff/ws", Origin=origin(office))
    assert page.status == 400
