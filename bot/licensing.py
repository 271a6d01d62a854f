"""What a mediator's licence says today, and whether they may be given a case.

What a licence asks for stands in the organisation's settings; what is empty there is not asked.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from bot.organisation import Licensing
from dialogs.values import Service
from storage.licences import Licence
from storage.staff_values import Member, StaffRole


class Light(StrEnum):
    """How a licence stands, the most urgent first; it is always told in words."""

    NONE = "none"
    ENDED = "ended"
    SOON = "soon"
    VALID = "valid"


def light(licence: Licence, asked: Licensing, today: date) -> Light:
    """Say how a licence stands; the day it ends still counts."""
    if licence.valid_until is None:
        return Light.NONE
    days = (licence.valid_until - today).days
    if days < 0:
        return Light.ENDED
    return Light.SOON if days <= asked.remind_days else Light.VALID


def is_to_be_told(licence: Licence, asked: Licensing, today: date) -> bool:
    """Say whether a mediator must still hear how it stands, since it ends soon or has ended."""
    if licence.valid_until is None:
        return False
    match light(licence, asked, today):
        case Light.SOON:
            since = licence.valid_until - timedelta(days=asked.remind_days)
        case Light.ENDED:
            since = licence.valid_until + timedelta(days=1)
        case _:
            return False
    return licence.told_on is None or licence.told_on < since


def lacking(licence: Licence, asked: Licensing) -> dict[str, int]:
    """Say how much of what is still to be done before the licence can be renewed."""
    done = {
        "mediations": (licence.mediations, asked.mediations),
        "training_hours": (licence.training_hours, asked.training_hours),
        "intervisions": (licence.intervisions, asked.intervisions),
    }
    return {name: least - number for name, (number, least) in done.items() if number < least}


def is_licensed(
    member: Member, service: Service, licence: Licence, asked: Licensing, today: date
) -> bool:
    """Say whether somebody may be given a case: of mediation a mediator only with a licence."""
    if not asked.is_required or service is not Service.MEDIATION:
        return True
    if StaffRole.MEDIATOR not in member.roles:
        return True
    return light(licence, asked, today) in {Light.SOON, Light.VALID}
