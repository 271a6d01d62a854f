"""Every answer carries the headers, whatever was asked and however it went."""

from __future__ import annotations

import pytest

from bot.house import House
from bot.pages.headers import ALWAYS, POLICY
from tests.web.visits import OUR_OWN, Client, Visit

ASKED = (
    ("GET", "/"),
    ("GET", "/chat"),
    ("GET", "/chat/conversation"),
    ("GET", "/chat/ws"),
    ("GET", "/nothing-here"),
    ("GET", "/static/old/house.css"),
    ("GET", "/static/old/nothing.css"),
    ("GET", "/healthz"),
    ("GET", "/staff"),
    ("POST", "/chat"),
    ("POST", "/chat/exit"),
    ("POST", "/chat/forget"),
    ("POST", "/csp"),
    ("PUT", "/chat"),
    ("DELETE", "/chat"),
)


@pytest.mark.parametrize("headers", [{}, OUR_OWN])
async def test_no_answer_leaves_without_the_headers(
    client: Client, headers: dict[str, str], subtests: pytest.Subtests
) -> None:
    for method, address in ASKED:
        with subtests.test(method=method, address=address):
            async with client.request(
                method, address, headers=headers, allow_redirects=False
            ) as answer:
                assert answer.status < 500 or answer.status == 503
                for name, value in ALWAYS.items():
                    assert answer.headers[name] == value, name
                assert "default-src 'none'" in answer.headers[POLICY]
                assert "unsafe" not in answer.headers[POLICY]
                assert "Server" not in answer.headers
                assert "Strict-Transport-Security" not in answer.headers


async def test_over_https_browsers_are_told_to_stay_there(outside_client: Client) -> None:
    async with outside_client.get("/chat") as answer:
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


async def test_only_forms_of_the_chat_page_may_lead_to_the_exit(
    client: Client, house: House
) -> None:
    exit_origin = house.organisation.exit_address.rstrip("/")
    async with client.get("/chat") as chat, client.get("/staff") as desk:
        assert f"form-action 'self' {exit_origin};" in chat.headers[POLICY]
        assert "form-action 'self';" in desk.headers[POLICY]


async def test_files_are_kept_for_ever_and_only_under_their_version(visit: Visit) -> None:
    page = await visit.opens()
    address = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    async with visit.client.get(address) as now:
        assert "immutable" in now.headers["Cache-Control"]
        text = await now.text()
    async with visit.client.get(address.replace("/static/", "/static/not-")) as other:
        assert other.headers["Cache-Control"] == "no-store"
        assert await other.text() == text


async def test_files_beside_ours_cannot_be_reached(client: Client) -> None:
    for name in ("../pages/setup.py", "..%2fpages%2fsetup.py", "%2e%2e/app.py", "//etc/passwd"):
        async with client.get(f"/static/x/{name}") as answer:
            assert answer.status == 404
