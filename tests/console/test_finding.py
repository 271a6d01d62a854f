"""A request is found by its reference, however it is heard; another queue's is not there."""

from __future__ import annotations

import pytest

from bot.console.requests import reference_of
from tests.console.colleagues import Office, address


@pytest.mark.parametrize("said", ["K7P4-2M9X", "k7p42m9x", " k7p4 2m9x "])
def test_a_reference_is_read_however_it_is_heard(said: str) -> None:
    assert reference_of(said) == "K7P4-2M9X"


async def test_whoever_has_a_reference_is_found(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await noor.get("/staff/queue")
    assert page.has_form("/find")
    found = await noor.get(f"/staff/find?reference={(referral.reference or '').lower()}")
    assert found.leads_to == address(referral)


async def test_another_queues_reference_is_as_absent_as_none(office: Office) -> None:
    referral = (await office.request())[1]
    els = await office.colleague("Els", "mentoring")
    pages = [
        await els.get(f"/staff/find?reference={reference}")
        for reference in (referral.reference, "ABCD-EFGH", "")
    ]
    assert {page.status for page in pages} == {404}
    assert all("notice" in page.ids and "rows" not in page.ids for page in pages)
