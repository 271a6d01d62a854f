"""A licence is told in words by its days, and a mediator without one is given no mediation."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.licensing import Light, is_licensed, lacking, light
from bot.organisation import Licensing
from dialogs.frozen import replace
from dialogs.values import Service
from storage.licences import Licence
from storage.staff_values import Member, StaffRole

TODAY = date(2026, 3, 2)
ASKED = Licensing(is_required=True, mediations=9, training_hours=0, intervisions=4, remind_days=60)
LICENCE = Licence(UUID(int=1), date(2024, 9, 1), TODAY + timedelta(days=200), 7, 0, 4)


def ends_in(days: int) -> Licence:
    return replace(LICENCE, valid_until=TODAY + timedelta(days=days))


def somebody(*roles: StaffRole) -> Member:
    return Member(UUID(int=1), "Noor", "", frozenset(roles), frozenset({"intake"}), "nl")


@pytest.mark.parametrize(
    ("days", "stands"),
    [(-1, Light.ENDED), (0, Light.SOON), (60, Light.SOON), (61, Light.VALID)],
)
def test_a_licence_stands_by_the_day_it_ends(days: int, stands: Light) -> None:
    assert light(ends_in(days), ASKED, TODAY) is stands


def test_of_whom_nothing_is_known_there_is_no_licence() -> None:
    assert light(Licence(UUID(int=1)), ASKED, TODAY) is Light.NONE


def test_what_is_still_to_do_is_said_and_what_is_not_asked_is_not() -> None:
    assert lacking(LICENCE, ASKED) == {"mediations": 2}
    assert lacking(Licence(UUID(int=1)), ASKED) == {"mediations": 9, "intervisions": 4}
    assert lacking(LICENCE, replace(ASKED, mediations=0)) == {}


@pytest.mark.parametrize(
    ("member", "service", "days", "may"),
    [
        (somebody(StaffRole.MEDIATOR), Service.MEDIATION, 200, True),
        (somebody(StaffRole.MEDIATOR), Service.MEDIATION, 0, True),
        (somebody(StaffRole.MEDIATOR), Service.MEDIATION, -1, False),
        (somebody(StaffRole.MEDIATOR, StaffRole.COORDINATOR), Service.MEDIATION, -1, False),
        (somebody(StaffRole.MEDIATOR), Service.MENTORING, -1, True),
        (somebody(StaffRole.COLLEAGUE), Service.MEDIATION, -1, True),
    ],
)
def test_only_a_mediator_needs_a_licence_and_only_for_a_mediation(
    member: Member, service: Service, days: int, may: bool
) -> None:
    assert is_licensed(member, service, ends_in(days), ASKED, TODAY) is may
    assert is_licensed(member, service, ends_in(days), replace(ASKED, is_required=False), TODAY)
