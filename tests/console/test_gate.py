"""Nobody passes the gate without a session, and nobody learns what lies behind it."""

from __future__ import annotations

from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app import make_app
from bot.console import rights
from bot.console.gate import led_back
from bot.console.rights import OPEN, Action, may
from bot.console.routes import ROUTES, Route, Unguarded, addresses_below, permissions
from bot.house import House
from storage import referrals
from storage.staff_values import Member, StaffRole
from tests.console.colleagues import Browser, Client, Office, address
from tests.console.pages import Page

CLOSED = tuple(route for route in ROUTES if route.action not in OPEN)
CHANGES = tuple(route for route in ROUTES if route.method == "POST")
NOBODYS = UUID(int=7)
FROM_ELSEWHERE: tuple[dict[str, str], ...] = (
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site", "Referer": "http://127.0.0.1/staff"},
    {"X-Requested-With": "XMLHttpRequest"},
)


def filled(route: Route, id: object) -> str:
    return route.path.format(id=id, token="a-token", number=1, name="none")


async def asked(browser: Browser, route: Route, id: object, *, htmx: bool = False) -> Page:
    """Ask for an address as a page would, or as the part of one that is open."""
    if route.method == "POST":
        return await browser.post(filled(route, id), htmx=htmx, words="Sterrenstof", kind="note")
    headers = {"HX_Request": "true"} if htmx else {"Accept": "text/html"}
    return await browser.get(filled(route, id), **headers)


async def test_every_address_leads_to_the_sign_in(office: Office) -> None:
    referral, browser = (await office.request())[1], office.browser()
    for route in CLOSED:
        page = await asked(browser, route, referral.id)
        assert (page.status, page.html) == (303, ""), route
        assert page.leads_to.startswith("/staff/sign-in?next=/staff"), route


async def test_an_open_page_is_told_that_it_is_signed_out(office: Office) -> None:
    browser = office.browser()
    for route in CLOSED:
        assert (await asked(browser, route, NOBODYS, htmx=True)).status == 401, route


async def test_an_address_that_is_not_there_looks_like_any_other(office: Office) -> None:
    page = await office.browser().get("/staff/secret/deeper?a=b")
    assert (page.status, page.leads_to) == (303, "/staff/sign-in?next=/staff/secret/deeper%3Fa%3Db")


def test_every_address_says_who_may_use_it(house: House) -> None:
    app = make_app(house)
    known = {(method, path) for method, path, _ in permissions()}
    for added in addresses_below(app):
        assert added.resource is not None
        method = "GET" if added.method == "HEAD" else added.method
        assert (method, added.resource.canonical) in known


async def test_an_address_without_a_permission_stops_the_start(house: House) -> None:
    async def careless(_request: web.Request) -> web.Response:
        return web.Response(text="everything")

    app = make_app(house)
    app.router.add_get("/staff/careless", careless)
    server = TestServer(app)
    with pytest.raises(Unguarded):
        await server.start_server()
    await server.close()


async def test_no_other_site_can_ask_for_a_change(office: Office) -> None:
    referral = (await office.request())[1]
    colleague = await office.colleague("Noor")
    for route in CHANGES:
        for headers in FROM_ELSEWHERE:
            async with colleague.client.post(
                filled(route, referral.id), data={"words": "x", "kind": "note"}, headers=headers
            ) as answer:
                assert answer.status == 403, (route, headers)
    async with office.house.database.reading() as db:
        assert await referrals.get(db, colleague.member, referral.id) == referral


async def test_another_queues_request_is_as_absent_as_none(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor", "intake")
    els = await office.colleague("Els", "mentoring", roles=list(StaffRole))
    await noor.claims(referral)
    for route in (route for route in CLOSED if "{id}" in route.path):
        pages = [await asked(els, route, id) for id in (referral.id, NOBODYS, "no-id")]
        assert {page.status for page in pages} == {404}, route
        assert len({page.html for page in pages}) == 1, route
        assert str(referral.id) not in pages[0].html


@pytest.mark.parametrize(
    ("offered", "leads_to"),
    [
        ("/staff/queue?view=mine", "/staff/queue?view=mine"),
        ("/staff", "/staff"),
        ("", "/staff"),
        ("https://elsewhere.example/staff", "/staff"),
        ("//elsewhere.example/staff", "/staff"),
        ("/\\elsewhere.example/staff", "/staff"),
        ("/staff\\..\\..//elsewhere.example", "/staff"),
        ("/staffroom", "/staff"),
        ("/chat", "/staff"),
        ("/staff/\r\nSet-Cookie: a=b", "/staff"),
        ("javascript:alert(1)", "/staff"),
        ("//[", "/staff"),
        ("/staff/sign-in", "/staff"),
    ],
)
def test_nobody_is_led_out_of_the_desk(offered: str, leads_to: str) -> None:
    assert led_back(offered) == leads_to


def test_who_is_disabled_may_do_nothing() -> None:
    gone = Member(
        NOBODYS, "Noor", "", frozenset({StaffRole.ADMIN}), frozenset({"intake"}), "nl", active=False
    )
    assert not any(may(gone, action) for action in Action if action not in OPEN)
    assert not any(may(None, action) for action in Action if action not in OPEN)
    assert may(None, Action.ENTER)


async def test_a_socket_that_is_not_signed_in_is_told_so(office: Office) -> None:
    client: Client = office.client()
    origin = str(office.server.make_url("")).rstrip("/")
    async with client.ws_connect("/staff/ws", headers={"Origin": origin}) as socket:
        await socket.receive()
        assert socket.close_code == 4401


async def test_headers_a_proxy_might_send_change_nothing(office: Office) -> None:
    browser: Browser = office.browser()
    for header in ("X_Remote_User", "X_Forwarded_User", "X_Forwarded_For", "X_Original_URL"):
        page = await browser.get("/staff/queue", **{header: "noor@kantoor.example"})
        assert page.status == 303


async def test_the_page_of_a_request_has_an_address_of_its_own(office: Office) -> None:
    referral = (await office.request())[1]
    page = await office.browser().post(address(referral, "write"), words="x")
    assert page.leads_to == f"/staff/sign-in?next={address(referral)}"


async def test_who_may_not_do_something_is_told_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    noor = await office.colleague("Noor")
    monkeypatch.setattr(rights, "MAY", {StaffRole.COLLEAGUE: frozenset({Action.SEE_QUEUES})})
    assert (await noor.get("/staff/queue")).status == 200
    assert (await noor.get("/staff/me")).status == 403
