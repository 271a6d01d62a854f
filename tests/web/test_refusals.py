"""What cannot be done is said in one sentence, in the language of whoever asked."""

from __future__ import annotations

import logging

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import make_app
from bot.house import House
from bot.pages.languages import asked_for
from bot.pages.refusals import WORDED
from dialogs.values import Service
from tests.web.visits import HTMX, OUR_OWN, Client

SECRET = "what a person typed"


async def test_a_person_gets_a_page_in_their_language(client: Client, house: House) -> None:
    for language in house.wording.languages:
        headers = {"Accept": "text/html", "Accept-Language": language}
        async with client.get("/nothing", headers=headers) as answer:
            text = await answer.text()
        assert answer.status == 404
        assert f'<html lang="{language}"' in text
        assert (house.wording.text(language, Service.MEDIATION, "page.refused.404") or "!") in text


async def test_a_program_gets_one_plain_sentence(client: Client) -> None:
    async with client.get("/nothing") as answer:
        text = await answer.text()
    assert answer.content_type == "text/plain"
    assert len(text.splitlines()) == 1


async def test_an_open_page_gets_a_notice_beside_what_it_shows(client: Client) -> None:
    async with client.post("/chat", data={"key": "short"}, headers=HTMX) as answer:
        text = await answer.text()
    assert answer.status == 400
    assert answer.headers["HX-Retarget"] == "#problem"
    assert "<html" not in text


async def test_a_wrong_method_is_told_the_right_ones(client: Client) -> None:
    async with client.put("/chat", headers=OUR_OWN) as answer:
        assert answer.status == 405
        assert "POST" in answer.headers["Allow"]


def test_every_refusal_has_words(house: House) -> None:
    assert house.wording.missing(f"page.refused.{status}" for status in WORDED) == []


@pytest.fixture
async def broken_client(house: House) -> Client:
    async def break_down(_request: web.Request) -> web.Response:
        raise RuntimeError(SECRET)

    app = make_app(house)
    app.router.add_get("/broken/{token}", break_down)
    return TestClient(TestServer(app))


async def test_a_fault_of_ours_shows_nothing_of_the_inside(
    broken_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    async with broken_client:
        with caplog.at_level(logging.INFO, logger="bot"):
            for headers in ({}, OUR_OWN, HTMX):
                async with broken_client.get(f"/broken/{SECRET}", headers=headers) as answer:
                    text = await answer.text()
                assert answer.status == 503
                assert "Retry-After" in answer.headers
                assert "RuntimeError" not in text
    ours = [each.getMessage() for each in caplog.records if each.name.startswith("bot")]
    assert len(ours) == 3
    for line in ours:
        assert "RuntimeError" in line
        assert "break_down" in line
        assert "person" not in line


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "nl"),
        ("en", "en"),
        ("en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("fr,nl;q=0.5,en;q=0.7", "en"),
        ("EN-us", "en"),
        ("de", "nl"),
        ("en;q=0", "nl"),
        ("en;q=x,nl", "nl"),
        (";;;,,,q=", "nl"),
        ("en;q=nan,nl;q=1", "nl"),
        ("x" * 5000, "nl"),
    ],
)
def test_the_language_a_browser_asks_for_is_found(header: str, language: str) -> None:
    assert asked_for(header, ("nl", "en")) == language
