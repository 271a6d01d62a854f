"""Colleagues see who else looks at a request now, in the list and on its page; nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.pages import sockets
from bot.watch import Watch
from storage import presence
from tests.console.colleagues import Colleague, Office, address
from tests.console.test_claiming import both_kinds
from tests.console.test_socket import heard, listens
from tests.databases import rows_of
from tests.houses import StillClock


def looking(name: str) -> str:
    return f"Hier kijkt nu ook: {name}."


async def sees_somebody(colleague: Colleague) -> bool:
    """Whether somebody else is seen in the list."""
    return "others" in (await colleague.get("/staff/queue?view=all")).classes


@both_kinds
async def test_who_looks_too_is_named_until_a_minute_has_passed(
    office: Office, clock: StillClock
) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await els.opens(referral)
    assert await sees_somebody(noor)
    assert not await sees_somebody(els)
    page = await noor.opens(referral)
    assert looking("Els") in page.html
    assert looking("Noor") in (await els.opens(referral)).html
    clock.pass_by(presence.LASTS)
    assert not await sees_somebody(noor)
    assert "others" not in (await noor.opens(referral)).ids


async def test_a_page_that_refreshes_itself_goes_on_looking(
    office: Office, clock: StillClock
) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    await els.opens(referral)
    for _ in range(3):
        clock.pass_by(timedelta(seconds=30))
        await els.get(f"/staff/fragments/r/{referral.id}")
    assert await sees_somebody(noor)


async def test_an_open_socket_goes_on_looking_and_a_closed_one_leaves(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "LOOKS_EVERY_S", 0.01)
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    socket = await listens(office, els, f"?request={referral.id}")
    # Hearing of herself, she is known to look.
    await heard(socket)
    assert await sees_somebody(noor)
    others = await listens(office, noor)
    await socket.close()
    assert "queue" in await heard(others)
    assert not await sees_somebody(noor)
    await others.close()


async def test_others_hear_once_that_somebody_came(office: Office) -> None:
    referral = (await office.request())[1]
    noor, els = await office.colleague("Noor"), await office.colleague("Els")
    socket = await listens(office, noor)
    await els.opens(referral)
    assert await heard(socket) == {"queue"}
    await els.opens(referral)
    await office.request()
    assert await heard(socket) == {"queue"}
    await socket.close()


async def test_nobody_looks_into_another_queue(office: Office) -> None:
    referral = (await office.request())[1]
    els = await office.colleague("Els", "mentoring")
    assert (await els.get(address(referral))).status == 404
    assert await rows_of(office.house.database, "SELECT * FROM presence") == []


async def test_who_looked_is_soon_forgotten(office: Office, clock: StillClock) -> None:
    referral = (await office.request())[1]
    await (await office.colleague("Noor")).opens(referral)
    clock.pass_by(presence.LASTS - timedelta(seconds=1))
    await Watch(office.house).round()
    assert len(await rows_of(office.house.database, "SELECT * FROM presence")) == 1
    clock.pass_by(timedelta(seconds=1))
    await Watch(office.house).round()
    assert await rows_of(office.house.database, "SELECT * FROM presence") == []
