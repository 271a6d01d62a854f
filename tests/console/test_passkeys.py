"""A passkey opens the desk to its owner, once for each question, and to nobody else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.console.challenges import VALID
from storage import passkeys, staff
from storage.passkeys import MOST
from storage.staff_values import Member
from tests.console.colleagues import Browser, Colleague, Office
from tests.console.devices import Device, bytes_of, text_of
from tests.console.pages import Page
from tests.databases import KINDS, rows_of
from tests.houses import StillClock

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)


@pytest.fixture
async def noor(office: Office) -> Colleague:
    return await office.colleague("Noor")


def origin_of(browser: Browser) -> str:
    """Give the address of the desk under the name by which browsers make passkeys there."""
    return str(browser.client.make_url("").with_host("localhost")).rstrip("/")


async def asked(browser: Browser, path: str) -> dict[str, Any]:
    page = await browser.get(path, Host=origin_of(browser).removeprefix("http://"))
    assert page.status == 200
    found = json.loads(page.html)
    assert isinstance(found, dict)
    return found


async def sends(browser: Browser, path: str, **fields: str) -> Page:
    host = origin_of(browser).removeprefix("http://")
    headers = {"Sec-Fetch-Site": "same-origin", "Host": host}
    answer = await browser.client.post(path, data=fields, headers=headers, allow_redirects=False)
    async with answer:
        return Page(answer.status, await answer.text(), dict(answer.headers))


async def makes(noor: Colleague, device: Device, name: str = "Telefoon") -> Page:
    answer = device.makes(await asked(noor, "/staff/me/passkeys.json"))
    return await sends(noor, "/staff/me/passkeys", name=name, answer=answer)


async def device_of(noor: Colleague) -> Device:
    device = Device(origin_of(noor))
    assert (await makes(noor, device)).status == 303
    return device


async def shows(browser: Browser, answer: str, **fields: str) -> Page:
    return await sends(browser, "/staff/sign-in/passkey", answer=answer, **fields)


async def signs_in(browser: Browser, device: Device) -> Page:
    return await shows(browser, device.signs(await asked(browser, "/staff/sign-in/passkey.json")))


@both_kinds
async def test_who_has_a_passkey_signs_in_with_it_alone(office: Office, noor: Colleague) -> None:
    device, browser = await device_of(noor), office.browser()
    question = await asked(browser, "/staff/sign-in/passkey.json")
    page = await shows(browser, device.signs(question), next="/staff/queue?view=mine")
    assert (page.status, page.leads_to) == (303, "/staff/queue?view=mine")
    assert (await browser.get("/staff/me")).status == 200
    assert (await signs_in(office.browser(), device)).status == 303


async def test_an_answer_is_taken_once(office: Office, noor: Colleague) -> None:
    device = await device_of(noor)
    answer = device.signs(await asked(noor, "/staff/sign-in/passkey.json"))
    assert (await shows(office.browser(), answer)).status == 303
    again = await shows(office.browser(), answer)
    assert again.status == 401
    assert "Set-Cookie" not in again.headers


async def test_an_answer_that_comes_late_opens_nothing(
    office: Office, noor: Colleague, clock: StillClock
) -> None:
    device, browser = await device_of(noor), office.browser()
    question = await asked(browser, "/staff/sign-in/passkey.json")
    clock.pass_by(VALID - timedelta(seconds=1))
    assert (await shows(browser, device.signs(question))).status == 303
    question = await asked(office.browser(), "/staff/sign-in/passkey.json")
    clock.pass_by(VALID)
    assert (await shows(office.browser(), device.signs(question))).status == 401


@pytest.mark.parametrize("wrong", ["site", "locked", "key", "copy", "question", "nonsense"])
async def test_what_is_not_right_opens_nothing(office: Office, noor: Colleague, wrong: str) -> None:
    device, browser = await device_of(noor), office.browser()
    assert (await signs_in(browser, device)).status == 303
    question = await asked(browser, "/staff/sign-in/passkey.json")
    match wrong:
        case "site":
            device.origin = "https://elders.example"
        case "locked":
            device.unlocked = False
        case "key":
            device = replace(Device(device.origin), id=device.id, uses=device.uses)
        case "copy":
            device.uses -= 1
        case "question":
            ours = bytes_of(question["challenge"])
            question["challenge"] = text_of(ours[:-1] + bytes([ours[-1] ^ 1]))
        case _:
            pass
    answer = "{}" if wrong == "nonsense" else device.signs(question)
    page = await shows(office.browser(), answer)
    assert (page.status, "Set-Cookie" in page.headers) == (401, False)
    assert "refused" in page.ids


@pytest.mark.parametrize(
    "answer", ["", "[]", "{", "null", '{"rawId": 3}', '{"rawId": "é"}', "[" * 5000]
)
async def test_nonsense_is_refused_kindly(office: Office, noor: Colleague, answer: str) -> None:
    assert (await shows(office.browser(), answer)).status == 401
    page = await sends(noor, "/staff/me/passkeys", name="Telefoon", answer=answer)
    assert page.status == 422


async def test_a_question_for_a_new_passkey_is_not_one_to_sign_in(
    office: Office, noor: Colleague
) -> None:
    device = await device_of(noor)
    question = await asked(noor, "/staff/me/passkeys.json")
    answer = device.signs(question | {"rpId": question["rp"]["id"]})
    assert (await shows(office.browser(), answer)).status == 401


async def test_a_passkey_is_made_only_by_who_was_asked(office: Office, noor: Colleague) -> None:
    bram, device = await office.colleague("Bram"), Device(origin_of(noor))
    answer = device.makes(await asked(noor, "/staff/me/passkeys.json"))
    page = await sends(bram, "/staff/me/passkeys", name="Telefoon", answer=answer)
    assert page.status == 422
    assert await theirs(office, bram.member) == []


@both_kinds
async def test_a_passkey_has_a_name_and_is_made_once(noor: Colleague) -> None:
    device = Device(origin_of(noor))
    assert (await makes(noor, device, name=" ")).status == 422
    assert (await makes(noor, device, name="Telefoon <b>")).status == 303
    assert (await makes(noor, device)).status == 422
    page = await noor.get("/staff/me")
    assert "Telefoon &lt;b&gt;" in page.html
    asked_again = await asked(noor, "/staff/me/passkeys.json")
    assert [each["id"] for each in asked_again["excludeCredentials"]] == [text_of(device.id)]


async def test_nobody_makes_them_without_end(noor: Colleague) -> None:
    for _ in range(MOST):
        await device_of(noor)
    assert (await makes(noor, Device(origin_of(noor)))).status == 422


async def test_a_passkey_that_was_taken_away_opens_nothing(office: Office, noor: Colleague) -> None:
    device, bram = await device_of(noor), await office.colleague("Bram")
    (passkey,) = await theirs(office, noor.member)
    path = f"/staff/me/passkeys/{passkey.id}/remove"
    assert (await bram.post(path)).status == 404
    assert (await signs_in(office.browser(), device)).status == 303
    assert (await noor.post(path)).status == 303
    assert (await signs_in(office.browser(), device)).status == 401


@pytest.mark.parametrize("how", ["disable", "reset"])
async def test_who_may_not_enter_any_more_does_not_by_passkey(
    office: Office, noor: Colleague, how: str
) -> None:
    device, admin = await device_of(noor), await office.colleague("Ada")
    async with office.house.database.begin() as db:
        await staff.change(db, admin.member.id, roles={staff.StaffRole.ADMIN})
    admin = await office.signs_in(admin.member)
    page = await admin.post(f"/staff/people/{noor.member.id}/{how}")
    assert page.status in {200, 303}
    assert (await signs_in(office.browser(), device)).status == 401
    assert all(each.used_at is None for each in await theirs(office, noor.member))


async def test_tries_are_counted_before_they_are_looked_at(office: Office, noor: Colleague) -> None:
    device = await device_of(noor)
    device.unlocked = False
    for _ in range(5):
        assert (await signs_in(office.browser(), device)).status == 401
    device.unlocked = True
    assert (await signs_in(office.browser(), device)).status == 401


async def test_at_an_address_of_numbers_no_passkey_is_offered(
    office: Office, noor: Colleague
) -> None:
    assert "sign-in-passkey" not in (await office.browser().get("/staff/sign-in")).ids
    assert (await office.browser().get("/staff/sign-in/passkey.json")).status == 404
    assert (await noor.get("/staff/me/passkeys.json")).status == 404


async def test_nothing_of_a_passkey_is_stored_in_the_clear(office: Office, noor: Colleague) -> None:
    device = await device_of(noor)
    ((stored,),) = await rows_of(office.house.database, "SELECT hex(kept) FROM passkey")
    assert device.id.hex() not in str(stored).lower()
    assert b"Telefoon".hex() not in str(stored).lower()


async def theirs(office: Office, member: Member) -> list[passkeys.Passkey]:
    async with office.house.database.reading() as db:
        return await passkeys.of_member(db, office.house.keystore.system, member.id)
