"""A change is asked for by our own pages, or not at all."""

from __future__ import annotations

from itertools import product

import pytest

from storage.database import Database
from tests.databases import rows_of
from tests.web.conftest import OUTSIDE
from tests.web.visits import Client

CHANGES = ("/chat", "/chat/exit", "/chat/forget", "/staff/sign-in", "/nothing-here")
FOREIGN: tuple[dict[str, str], ...] = (
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site", "Origin": OUTSIDE},
    {"Referer": "http://127.0.0.1/chat"},
)
FORM = {"key": "a-key-of-twenty-signs", "press": "welcome.language:nl"}


async def test_a_change_from_elsewhere_is_refused(
    client: Client, database: Database, subtests: pytest.Subtests
) -> None:
    for address, headers in product(CHANGES, FOREIGN):
        with subtests.test(address=address, headers=headers):
            async with client.post(
                address, data=FORM, headers=headers, allow_redirects=False
            ) as answer:
                assert answer.status == 403
                assert "Set-Cookie" not in answer.headers
                assert "Clear-Site-Data" not in answer.headers
    assert await rows_of(database, "SELECT count(*) FROM person") == [(0,)]


async def test_no_way_of_asking_is_forgotten(client: Client) -> None:
    for method in ("PUT", "PATCH", "DELETE", "POST", "QUERY"):
        async with client.request(method, "/chat", data=FORM) as answer:
            assert answer.status == 403, method


async def test_a_browser_that_only_names_the_origin_is_believed(client: Client) -> None:
    own = str(client.make_url("/")).rstrip("/")
    async with client.post(
        "/chat", data=FORM, headers={"Origin": own}, allow_redirects=False
    ) as answer:
        assert answer.status == 303


async def test_the_outside_address_is_our_own_origin_too(outside_client: Client) -> None:
    async with outside_client.post(
        "/chat", data=FORM, headers={"Origin": OUTSIDE}, allow_redirects=False
    ) as answer:
        assert answer.status == 303
