"""Every role at every address of the desk: what the table says is what a browser gets."""

from __future__ import annotations

from uuid import UUID

import pytest

from bot.console.rights import MAY, OPEN, Action, may
from bot.console.routes import ROUTES, Route
from storage.staff_values import KNOW_QUEUES, StaffRole
from tests.console.colleagues import Colleague, Office
from tests.console.test_gate import filled

NOBODYS = UUID(int=4711)
FORBIDDEN, GONE_WRONG = 403, 500
GUARDED = [route for route in ROUTES if route.action not in OPEN]


async def status_of(route: Route, colleague: Colleague) -> int:
    """Ask for an address as a browser does, or as a page that opens a socket."""
    path = filled(route, NOBODYS)
    if route.method == "GET":
        origin = str(colleague.client.make_url("")).rstrip("/")
        answer = await colleague.client.get(path, headers={"Origin": origin}, allow_redirects=False)
        return answer.status
    return (await colleague.post(path)).status


@pytest.mark.parametrize("role", StaffRole)
async def test_a_role_gets_what_the_table_says_and_nothing_else(
    office: Office, role: StaffRole
) -> None:
    noor = await office.hires("Noor", roles={role})
    wrong = {}
    for route in GUARDED:
        # Each time anew, for signing out is among what is asked.
        status = await status_of(route, await office.signs_in(noor))
        is_let_in = status != FORBIDDEN
        if is_let_in is not may(noor, route.action) or status >= GONE_WRONG:
            wrong[route.method, route.path] = status
    assert wrong == {}


async def test_who_has_two_roles_may_do_what_either_may(office: Office) -> None:
    noor = await office.colleague("Noor", roles={StaffRole.PRIVACY, StaffRole.SECRETARY})
    assert (await noor.get("/staff/audit")).status == 200
    assert (await noor.get("/staff/complaints")).status == 200
    assert (await noor.get("/staff/queue")).status == FORBIDDEN


async def test_who_may_not_do_something_is_told_who_may(office: Office) -> None:
    noor = await office.colleague("Noor", roles={StaffRole.READER})
    page = await noor.get("/staff/audit", Accept="text/html")
    assert "Logboek lezen" in page.html
    assert "Privacyfunctionaris" in page.html


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [
        (StaffRole.COLLEAGUE, "/staff/queue?view=waiting"),
        (StaffRole.SECRETARY, "/staff/complaints"),
        (StaffRole.READER, "/staff/survey"),
        (StaffRole.ADMIN, "/staff/people"),
    ],
)
async def test_everybody_is_led_to_where_their_work_is(
    office: Office, role: StaffRole, leads_to: str
) -> None:
    page = await (await office.colleague("Noor", roles={role})).get("/staff")
    assert page.leads_to == leads_to


def test_every_action_is_somebodys_and_every_role_may_do_something() -> None:
    assert set().union(*MAY.values()) == set(Action) - OPEN
    assert set(MAY) == set(StaffRole)


@pytest.mark.parametrize("role", [role for role in StaffRole if role not in KNOW_QUEUES])
async def test_whoever_does_not_answer_people_finds_no_request(
    office: Office, role: StaffRole
) -> None:
    _, referral = await office.request()
    noor = await office.colleague("Noor", roles={role})
    for path in (f"/staff/r/{referral.id}", f"/staff/r/{NOBODYS}"):
        assert (await noor.get(path)).status in {403, 404}
