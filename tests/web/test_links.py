"""Only what the organisation's own file holds becomes a link."""

from __future__ import annotations

import pytest

from bot.house import House
from bot.web.links import Links, Part

OURS = "https://chat.example"
WORDED = {"copies": "open it", "privacy": "what we keep"}


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Bel 112.", ["tel:112"]),
        ("Bel 113 of 0800-2000.", ["tel:113", "tel:08002000"]),
        ("Of chat op 113.nl.", []),
        ("Nummer 1123 of 5112, of 112-3", []),
        ("112", ["tel:112"]),
        ("", []),
        ("https://evil.example", []),
        (f"{OURS}/staff", []),
    ],
)
def test_numbers_are_found_whole(house: House, text: str, addresses: list[str]) -> None:
    parts = Links(house.organisation, OURS, WORDED).parts(text)
    assert [part.address for part in parts if part.address] == addresses
    assert "".join(part.text for part in parts) == text


def test_a_site_leads_to_itself(house: House) -> None:
    site = next(office.site for office in house.organisation.services.values() if office.site)
    assert Part(site, site) in Links(house.organisation, OURS, WORDED).parts(
        f"De website is {site}."
    )


def test_our_own_pages_are_named_in_words(house: House) -> None:
    links = Links(house.organisation, OURS, WORDED)
    assert links.parts(f"Hier: {OURS}/copies/a-B_9 of later") == (
        Part("Hier: "),
        Part("open it", "/copies/a-B_9", is_worded=True),
        Part(" of later"),
    )
    assert Part("what we keep", "/privacy/nl/mediation", is_worded=True) in links.parts(
        f"Lees {OURS}/privacy/nl/mediation."
    )
