"""Before what cannot be undone a code is asked for once more, and what was filled in stays."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pyotp
import pytest

from bot.console.confirming import CODE, FRESH, PASSKEY
from bot.console.rights import CONFIRMED
from bot.console.routes import ROUTES, Route
from bot.console.sessions import hashed
from storage import signin, staff
from storage.errors import Conflict
from storage.staff_values import Member, StaffRole
from tests.console.colleagues import FROM_HERE, Colleague, Office, page_of, secret_of
from tests.console.devices import Device
from tests.console.pages import Page
from tests.console.test_passkeys import asked, device_of, sends, shows, theirs
from tests.databases import KINDS
from tests.houses import StillClock

CHANGES = [route for route in ROUTES if route.action in CONFIRMED and route.method == "POST"]
PEOPLE = "/staff/people"
FILLED = {"name": "Els & co", "email": "els@kantoor.example"}
SECOND = timedelta(seconds=1)
both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)


@pytest.fixture
async def bas(office: Office, clock: StillClock) -> Colleague:
    """Somebody who signed in five minutes ago, and may do everything."""
    bas = await office.colleague("Bas", roles=set(StaffRole))
    clock.pass_by(FRESH)
    return bas


def code_of(member: Member, clock: StillClock) -> str:
    return pyotp.TOTP(secret_of(member)).at(clock.now())


async def everybody(office: Office) -> list[Member]:
    async with office.house.database.reading() as db:
        return await staff.everyone(db, office.house.keystore.system)


async def adds_els(colleague: Colleague, **fields: str) -> Page:
    return await colleague.post(PEOPLE, htmx=False, **(FILLED | fields))


async def answers(bas: Colleague, asked: Page, code: str) -> Page:
    """Send the question back with a code, as its form does."""
    (form,) = asked.forms
    assert form.action == ""
    return await bas.post(PEOPLE, htmx=False, **(form.fields | {CODE: code}))


async def sent_again(bas: Colleague, page: Page, **fields: str) -> Page:
    """Send the same form again, as a browser does by itself."""
    assert page.status == 307
    answer = await bas.client.post(
        page.leads_to, data=fields, headers=FROM_HERE, allow_redirects=False
    )
    return await page_of(answer)


@pytest.mark.parametrize("route", CHANGES, ids=lambda route: route.path)
async def test_every_such_change_asks_for_a_code_and_does_nothing_before(
    office: Office, bas: Colleague, route: Route
) -> None:
    noor = await office.hires("Noor")
    before = await everybody(office)
    address = route.path.format(id=noor.id)
    wrong: tuple[dict[str, str], ...] = (
        {},
        {CODE: "000000"},
        {CODE: ""},
        {CODE: "geen cijfers" * 9},
    )
    for fields in wrong:
        asked = await bas.post(address, htmx=False, **(FILLED | fields))
        assert (asked.status, asked.ids.count("confirming")) == (403, 1)
        assert ("refused" in asked.ids) == (CODE in fields)
    assert await everybody(office) == before


@both_kinds
async def test_after_a_right_code_the_same_form_is_sent_again_and_done(
    office: Office, bas: Colleague, clock: StillClock
) -> None:
    asked = await adds_els(bas, role="reader", queue="intake")
    assert 'value="Els &amp; co"' in asked.html
    code = code_of(bas.member, clock)
    page = await answers(bas, asked, code)
    done = await sent_again(bas, page, **FILLED, role="reader", queue="intake", **{CODE: code})
    assert done.status == 200
    (els,) = [each for each in await everybody(office) if each.email == FILLED["email"]]
    assert (els.name, els.roles) == ("Els & co", frozenset({StaffRole.READER}))
    assert (await bas.post(f"{PEOPLE}/{els.id}/disable")).status == 303


async def test_a_role_that_was_chosen_twice_stays_so(bas: Colleague) -> None:
    answer = await bas.client.post(
        PEOPLE, data=[("role", "reader"), ("role", "privacy"), *FILLED.items()], headers=FROM_HERE
    )
    html = unescape((await page_of(answer)).html)
    assert html.count('name="role"') == 2


async def test_a_code_sends_no_other_open_page_away(
    office: Office, bas: Colleague, clock: StillClock
) -> None:
    asked = await adds_els(bas)
    page = await answers(bas, asked, code_of(bas.member, clock))
    assert "Set-Cookie" not in page.headers
    async with office.house.database.reading() as db:
        found = await signin.find(db, hashed(bas.token), clock.now())
    assert found is not None
    assert found.confirmed_at == clock.now()
    assert found.started_at == clock.now() - FRESH


async def test_a_code_is_right_once(office: Office, bas: Colleague, clock: StillClock) -> None:
    code = code_of(bas.member, clock)
    els = await office.signs_in(bas.member)
    asked = await adds_els(bas)
    await sent_again(bas, await answers(bas, asked, code))
    async with office.house.database.begin() as db:
        await signin.confirm(db, hashed(els.token), clock.now() - FRESH)
    refused = await answers(els, await adds_els(els), code)
    assert (refused.status, "refused" in refused.ids) == (403, True)


async def test_a_code_for_a_session_that_ended_in_the_meantime_is_refused(
    office: Office, bas: Colleague, clock: StillClock
) -> None:
    async with office.house.database.begin() as db:
        await signin.end(db, hashed(bas.token))
        with pytest.raises(Conflict):
            await signin.confirm(db, hashed(bas.token), clock.now())


async def test_a_right_code_after_too_many_wrong_ones_is_refused(
    bas: Colleague, clock: StillClock
) -> None:
    asked = await adds_els(bas)
    for _ in range(signin.ACCOUNT_A_MINUTE):
        await answers(bas, asked, "000000")
    assert (await answers(bas, asked, code_of(bas.member, clock))).status == 403
    clock.pass_by(timedelta(minutes=2))
    assert (await answers(bas, asked, code_of(bas.member, clock))).status == 307


async def test_who_signed_in_less_than_five_minutes_ago_is_not_asked(
    office: Office, clock: StillClock
) -> None:
    bas = await office.colleague("Bas", roles={StaffRole.ADMIN})
    clock.pass_by(FRESH - SECOND)
    assert (await adds_els(bas, role="reader")).status == 200
    clock.pass_by(-FRESH)
    assert (await adds_els(bas, role="reader")).status == 403


async def test_looking_and_other_work_ask_for_nothing(bas: Colleague) -> None:
    assert (await bas.get(PEOPLE)).status == 200
    assert (await bas.post("/staff/duty", away="no")).status == 303


async def test_who_may_not_do_it_is_not_asked(office: Office, clock: StillClock) -> None:
    noor = await office.colleague("Noor")
    clock.pass_by(FRESH)
    page = await adds_els(noor)
    assert (page.status, "confirming" in page.ids) == (403, False)


async def confirms(colleague: Colleague, answer: str) -> Page:
    """Send a form once more with the answer of a passkey in it, as its page does."""
    return await sends(colleague, PEOPLE, **FILLED, role="reader", **{PASSKEY: answer})


async def signed(colleague: Colleague, device: Device) -> str:
    return device.signs(await asked(colleague, "/staff/confirming.json"))


@both_kinds
async def test_a_passkey_answers_in_place_of_a_code(office: Office, clock: StillClock) -> None:
    bas = await office.colleague("Bas", roles=set(StaffRole))
    device = await device_of(bas)
    clock.pass_by(FRESH)
    page = await sends(bas, PEOPLE, **FILLED, role="reader")
    assert (page.status, "confirming-passkey" in page.ids) == (403, True)
    answer = await signed(bas, device)
    assert (await confirms(bas, answer)).status == 307
    assert (await confirms(bas, answer)).status == 200
    assert [each.email for each in await everybody(office)].count(FILLED["email"]) == 1
    (passkey,) = await theirs(office, bas.member)
    assert passkey.used_at == clock.now()


async def test_who_has_no_passkey_is_offered_none(bas: Colleague) -> None:
    page = await sends(bas, PEOPLE, **FILLED)
    assert (page.status, "confirming-passkey" in page.ids) == (403, False)


@pytest.mark.parametrize("wrong", ["another's", "another session", "signing in", "twice", "none"])
async def test_an_answer_to_something_else_confirms_nothing(
    office: Office, clock: StillClock, wrong: str
) -> None:
    bas = await office.colleague("Bas", roles=set(StaffRole))
    noor = await office.colleague("Noor", roles=set(StaffRole))
    device, hers = await device_of(bas), await device_of(noor)
    clock.pass_by(FRESH)
    again = await office.signs_in(bas.member)
    async with office.house.database.begin() as db:
        await signin.confirm(db, hashed(again.token), clock.now() - FRESH)
    answer = "{}"
    match wrong:
        case "another's":
            answer = hers.signs(await asked(bas, "/staff/confirming.json"))
        case "another session":
            answer = await signed(again, device)
        case "signing in":
            answer = device.signs(await asked(bas, "/staff/sign-in/passkey.json"))
        case "twice":
            answer = await signed(again, device)
            assert (await confirms(again, answer)).status == 307
        case _:
            pass
    page = await confirms(bas, answer)
    assert (page.status, "refused" in page.ids) == (403, True)
    assert PASSKEY not in page.form("").fields
    assert FILLED["email"] not in [each.email for each in await everybody(office)]


async def test_an_answer_to_confirm_lets_nobody_in(office: Office, bas: Colleague) -> None:
    device = await device_of(await office.signs_in(bas.member))
    page = await shows(office.browser(), await signed(bas, device))
    assert (page.status, "Set-Cookie" in page.headers) == (401, False)


async def test_at_an_address_of_numbers_a_passkey_confirms_nothing(
    office: Office, clock: StillClock
) -> None:
    bas = await office.colleague("Bas", roles=set(StaffRole))
    device = await device_of(bas)
    clock.pass_by(FRESH)
    answer = await signed(bas, device)
    page = await adds_els(bas, **{PASSKEY: answer})
    assert (page.status, "confirming-passkey" in page.ids) == (403, False)
    assert (await bas.get("/staff/confirming.json")).status == 404


async def test_tries_with_a_passkey_are_counted_before_they_are_looked_at(
    office: Office, clock: StillClock
) -> None:
    bas = await office.colleague("Bas", roles=set(StaffRole))
    device = await device_of(bas)
    clock.pass_by(FRESH)
    device.unlocked = False
    for _ in range(signin.ACCOUNT_A_MINUTE):
        assert (await confirms(bas, await signed(bas, device))).status == 403
    device.unlocked = True
    assert (await confirms(bas, await signed(bas, device))).status == 403
