"""A house with letterboxes, and colleagues who sign in there by the form."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import force_setattr

from bot.house import House
from bot.organisation import Queue
from dialogs.frozen import replace
from dialogs.values import Service
from storage import letterbox
from storage.pairs import PublicKey
from storage.referrals import Referral
from storage.staff_values import Member, StaffRole
from tests.console.colleagues import ALL_ROUND, Browser, Colleague, Office, address
from tests.console.pages import Page
from tests.console.test_signing_in import tries
from tests.houses import StillClock, Visitor

STORY = "De zilveren zeehond zwom die avond weg."
SHUT = "brievenbus van Aanmeldpunt"


def with_letterboxes(house: House) -> House:
    """Give each service letterboxes, and mediation a second queue."""
    services = {
        service: replace(office, has_letterbox=True)
        for service, office in house.organisation.services.items()
    }
    mediation = services[Service.MEDIATION]
    queues = (*mediation.queues, Queue("zuid", {"nl": "Zuid", "en": "South"}))
    services[Service.MEDIATION] = replace(mediation, queues=queues)
    force_setattr(house.organisation, "services", services)
    return house


@pytest.fixture
def house(house: House) -> House:
    """A house with letterboxes, for tests that say so by importing this."""
    return with_letterboxes(house)


def without_letterboxes(house: House) -> None:
    """Let no service have letterboxes any more."""
    services = {
        service: replace(office, has_letterbox=False)
        for service, office in house.organisation.services.items()
    }
    force_setattr(house.organisation, "services", services)


def with_spare_key(house: House, spare: PublicKey | None) -> None:
    """Write another spare key into `organisation.toml`, or none any more."""
    force_setattr(house.organisation, "spare_key", spare)


async def signed_in(office: Office, clock: StillClock, member: Member) -> Browser:
    """Sign somebody in by the form, with a code that was not used yet."""
    browser = office.browser()
    clock.pass_by(timedelta(seconds=30))
    assert (await tries(browser, member, clock)).status == 303
    return browser


async def with_passphrase(
    office: Office,
    clock: StillClock,
    name: str,
    *queues: str,
    roles: Collection[StaffRole] = ALL_ROUND,
) -> Colleague:
    """Sign somebody in by the form, as a person does."""
    member = await office.hires(name, *queues, roles=roles)
    browser = await signed_in(office, clock, member)
    return Colleague(browser.client, office.house, member, "")


async def told_story(office: Office) -> tuple[Visitor, Referral]:
    """Have somebody send a request, and tell their story to whoever reads it."""
    visitor, referral = await office.request()
    await visitor.says(STORY)
    return visitor, referral


async def gives_on(colleague: Browser) -> Page:
    """Give the key of a letterbox to the first colleague whom one's own page names."""
    return await colleague.submit((await colleague.get("/staff/me")).form("/letterboxes"))


async def who_opens(house: House, queue: str = "intake") -> frozenset[UUID]:
    """Say who counts as having the key of a letterbox."""
    async with house.database.reading() as db:
        return (await letterbox.holders(db))[queue]


async def moves(colleague: Browser, referral: Referral, queue: str) -> Page:
    """Put a request into another queue."""
    page = await colleague.get(address(referral, "transfer"))
    words = "Zij woont daar."
    return await colleague.submit(page.form("/transfer"), to=f"queue:{queue}", words=words)
