"""Whatever is sent, the answer is a plain refusal; nothing is kept of it, and it is never a 500."""

from __future__ import annotations

from itertools import product

import pytest

from bot.pages.forms import FORM, LARGEST, MOST_FIELDS
from storage.database import Database
from tests.databases import rows_of
from tests.web.visits import OUR_OWN, Client, Visit

KEY = "key=a-key-of-twenty-signs"
BAD: tuple[tuple[int, str, bytes], ...] = (
    (415, "", b""),
    (415, "application/json", b"{}"),
    (415, "multipart/form-data; boundary=x", b"--x--"),
    (415, "text/plain", KEY.encode()),
    (400, f"{FORM}; charset=utf-16", KEY.encode()),
    (400, f"{FORM}; charset={{{{{{", KEY.encode()),
    (413, FORM, b"words=" + b"a" * LARGEST),
    (400, FORM, b"&".join(b"a=1" for _ in range(MOST_FIELDS + 1))),
    (400, FORM, b""),
    (400, FORM, b"press=welcome.language:nl"),
    (400, FORM, b"key=short&press=welcome.language:nl"),
    (400, FORM, b"key=" + b"k" * 65 + b"&press=welcome.language:nl"),
    (400, FORM, b"key=%2e%2e%2fa-key-of-twenty-signs&press=welcome.language:nl"),
    (400, FORM, f"{KEY}&words=%00".encode()),
    (400, FORM, f"{KEY}&words=%ED%A0%80".encode()),
    (400, FORM, f"{KEY}&words=%FF".encode()),
    (400, FORM, f"{KEY}&words=\u00e9".encode()),
    (400, FORM, f"{KEY}&press={'x' * 65}".encode()),
    (400, FORM, f"{KEY}&start=%0d%0aSet-Cookie:x".encode()),
)
ODD = ("", ":", "::", "welcome.language", "welcome.language:xx", "everywhere.go:", "a:b:c", "é:ü")


async def test_what_cannot_be_read_is_refused(
    client: Client, database: Database, subtests: pytest.Subtests
) -> None:
    for address, (status, content_type, body) in product(("/chat", "/chat/forget"), BAD):
        with subtests.test(address=address, content_type=content_type, body=body[:40]):
            headers = {**OUR_OWN, "Content-Type": content_type}
            async with client.post(address, data=body, headers=headers) as answer:
                assert answer.status == status
    assert await rows_of(database, "SELECT count(*) FROM person") == [(0,)]


async def test_a_button_that_no_page_has_only_shows_where_one_is(
    visit: Visit, subtests: pytest.Subtests
) -> None:
    for press in ODD:
        with subtests.test(press=press):
            await visit.opens()
            page = await visit.sends(press=press)
            assert page.answer.status == 200
            assert "welcome.language:nl" in page.buttons


async def test_lines_arrive_as_they_were_typed(visit: Visit) -> None:
    await visit.sends_a_request()
    page = await visit.says("one\r\ntwo\rthree")
    assert "one\ntwo\nthree" in page.bubbles


async def test_other_parts_of_the_words_are_kept_as_they_are(visit: Visit) -> None:
    await visit.sends_a_request()
    page = await visit.says("a+b & c=d; é 👍🏽 مرحبا")
    assert "a+b & c=d; é 👍🏽 مرحبا" in page.bubbles
