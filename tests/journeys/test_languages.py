"""Who comes to a door finds the language of their phone or browser before the others."""

from __future__ import annotations

import pytest

from dialogs.steps import LANGUAGE_PLACES
from tests.botapi.phone import Phone
from tests.journeys.doors import ONE_HOUSE, Visitor

pytestmark = ONE_HOUSE

MORE = tuple(place.step for place in LANGUAGE_PLACES[1:])


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("nl", ("nl", "en")),
        ("en-GB", ("en", "nl")),
        ("uk", ("uk", "nl", "en")),
        ("ar-MA", ("ar", "nl", "en")),
        ("ja", ("nl", "en")),
    ],
)
async def test_the_language_of_a_phone_or_a_browser_stands_first(
    visitor: Visitor, phone: Phone, asked: str, offered: tuple[str, ...]
) -> None:
    phone.chat.person["language_code"] = asked
    visitor.browser.session.headers["Accept-Language"] = asked
    await visitor.comes()
    buttons = tuple(f"welcome.language:{option}" for option in (*offered, *MORE))
    assert visitor.buttons[: len(buttons)] == buttons
    await visitor.presses(buttons[0])
    assert "welcome.role:victim" in visitor.buttons
