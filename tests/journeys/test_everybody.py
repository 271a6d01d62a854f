"""Nobody who may come is left out of the journeys, and no door."""

from __future__ import annotations

from dialogs.values import Role, Service, Session
from dialogs.welcome import MAY_REQUEST
from storage.doors import Door
from tests.journeys.doors import DOORS
from tests.journeys.roles import COMERS


def test_everybody_who_may_send_a_request_does_so_with_their_own_service() -> None:
    walked = {(comer.role, comer.service) for comer in COMERS.values()}
    assert walked == {(role, Session(role=role).service) for role in MAY_REQUEST}
    assert set(Service) == {service for _, service in walked}


def test_whoever_sends_no_request_walks_too() -> None:
    assert set(Role) - MAY_REQUEST == {Role.PROFESSIONAL}


def test_every_door_is_gone_through() -> None:
    # The terminal is for one person at the machine itself, and is walked in tests/processes.
    assert set(DOORS) == set(Door) - {Door.TERMINAL}
