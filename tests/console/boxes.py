"""A house with letterboxes, and colleagues who sign in there by the form."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from bot.house import House
from bot.organisation import Queue
from dialogs.values import Service
from storage.referrals import Referral
from storage.staff_values import StaffRole
from tests.console.colleagues import ALL_ROUND, Colleague, Office
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
    object.__setattr__(house.organisation, "services", services)
    return house


async def with_passphrase(
    office: Office,
    clock: StillClock,
    name: str,
    *queues: str,
    roles: Collection[StaffRole] = ALL_ROUND,
) -> Colleague:
    """Sign somebody in by the form, as a person does."""
    member = await office.hires(name, *queues, roles=roles)
    browser = office.browser()
    clock.pass_by(timedelta(seconds=30))
    assert (await tries(browser, member, clock)).status == 303
    return Colleague(browser.client, office.house, member, "")


async def told_story(office: Office) -> tuple[Visitor, Referral]:
    """Have somebody send a request, and tell their story to whoever reads it."""
    visitor, referral = await office.request()
    await visitor.says(STORY)
    return visitor, referral
