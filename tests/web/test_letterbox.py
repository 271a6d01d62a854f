"""What was put into a letterbox is not shown again, and the page and every copy say where it is."""

from __future__ import annotations

import json
from html import unescape

import pytest

from bot.house import House
from dialogs.values import Service
from storage import letterbox, own_keys
from storage.own_keys import KeptKey
from storage.pairs import PrivateKey
from tests.console.boxes import STORY, with_letterboxes
from tests.console.colleagues import hired
from tests.web.test_copies import asks_for_a_copy, sends_a_request
from tests.web.visits import Visit


@pytest.fixture
async def house(house: House) -> House:
    """A house with letterboxes that somebody could open."""
    noor = await hired(with_letterboxes(house), "Noor")
    pair = KeptKey.of(PrivateKey.new(), b"slow hash", b"salt", (1, 8, 1))
    async with house.database.begin() as db:
        await own_keys.keep_own(db, noor.id, pair)
        assert await letterbox.make(db, "intake", noor.id)
    return house


async def test_the_chat_page_shows_that_words_are_in_the_letterbox(
    house: House, visit: Visit
) -> None:
    await sends_a_request(visit)
    page = await visit.says(STORY)
    away = house.wording.text("nl", Service.MEDIATION, "page.letterbox")
    assert away in page.bubbles
    assert STORY not in page.text
    assert STORY not in (await visit.opens()).text


async def test_a_copy_says_that_words_are_in_the_letterbox(house: House, visit: Visit) -> None:
    await sends_a_request(visit)
    await visit.says(STORY)
    address = await asks_for_a_copy(visit)
    away = house.wording.text("nl", Service.MEDIATION, "page.letterbox")
    assert away is not None
    assert away in unescape((await visit.opens(address)).text)
    async with visit.client.get(f"{address}/txt") as answer:
        assert STORY not in await answer.text()
    async with visit.client.get(f"{address}/json") as answer:
        text = await answer.text()
    assert STORY not in text
    message = json.loads(text)["tables"]["message"][-1]["body"]
    assert message["words"] == ""
    assert message["letter"][0] == "intake"
