"""The chat page without scripts: every answer can be reloaded, and nothing typed is lost."""

from __future__ import annotations

import pytest

from bot.house import House
from dialogs import handoff
from dialogs.handoff import LONGEST_MESSAGE
from storage.database import Database
from tests.databases import rows_of
from tests.web.conftest import OUTSIDE
from tests.web.visits import HTMX, OUR_OWN, TO_A_CONSENT, TO_A_REQUEST, Client, Visit

EVERYTHING = (
    "SELECT id FROM person",
    "SELECT idx FROM way",
    "SELECT person_id FROM conversation",
    "SELECT key FROM heard",
)
NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</textarea><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}",
    "javascript:alert(1)",
    "https://evil.example/ 112",
)


async def people_in(database: Database) -> list[tuple[object, ...]]:
    return await rows_of(database, "SELECT count(*) FROM person")


async def test_looking_leaves_no_trace(visit: Visit, database: Database) -> None:
    for address in ("/chat", "/chat?start=victim", "/chat/conversation", "/"):
        page = await visit.opens(address)
        assert "Set-Cookie" not in page.answer.headers
    for statement in EVERYTHING:
        assert await rows_of(database, statement) == []


async def test_the_first_press_makes_a_person_and_a_cookie(
    visit: Visit, database: Database
) -> None:
    page = await visit.opens()
    form = {**page.form, "press": "welcome.language:en"}
    async with visit.client.post(
        "/chat", data=form, headers=OUR_OWN, allow_redirects=False
    ) as answer:
        assert answer.status == 303
        assert answer.headers["Location"] == "/chat"
        flags = answer.headers["Set-Cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/chat"} <= set(flags)
    assert not {flag for flag in flags if flag.startswith(("Max-Age", "expires"))}
    assert await people_in(database) == [(1,)]
    assert "welcome.role:victim" in (await visit.opens()).buttons


async def test_over_https_the_cookie_is_bound_to_this_host(outside_client: Client) -> None:
    form = {"key": "a-key-of-twenty-signs", "press": "welcome.language:nl"}
    async with outside_client.post(
        "/chat", data=form, headers={"Origin": OUTSIDE}, allow_redirects=False
    ) as answer:
        flags = answer.headers["Set-Cookie"].split("; ")
    assert flags[0].startswith("__Host-chat=")
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/"} <= set(flags)


async def test_a_form_that_is_sent_twice_is_heard_once(visit: Visit) -> None:
    await visit.sends_a_request()
    page = visit.page
    await visit.says("once")
    visit.page = page
    await visit.says("once")
    assert (await visit.opens()).bubbles.count("once") == 1


async def test_a_token_that_leads_nowhere_is_not_taken_over(
    client: Client, database: Database
) -> None:
    form = {"key": "a-key-of-twenty-signs", "press": "welcome.language:nl"}
    headers = {**OUR_OWN, "Cookie": "chat=chosen-by-somebody-else"}
    async with client.post("/chat", data=form, headers=headers, allow_redirects=False) as answer:
        assert answer.cookies["chat"].value != "chosen-by-somebody-else"
    assert await people_in(database) == [(1,)]


async def test_words_are_never_markup_and_never_a_link(visit: Visit) -> None:
    await visit.sends_a_request()
    for words in NASTY:
        page = await visit.says(words)
        assert words in page.bubbles
        assert "alert(1)</script>" not in page.text
        assert 'href="https://evil' not in page.text


async def test_words_that_are_too_long_stay_in_the_box(visit: Visit) -> None:
    await visit.sends_a_request()
    words = "a" * (LONGEST_MESSAGE + 1)
    page = await visit.says(words)
    assert page.kept == words
    assert not (await visit.opens()).kept


async def test_a_command_is_done_and_one_that_nobody_knows_stays_in_the_box(visit: Visit) -> None:
    await visit.sends_a_request()
    assert "/stopp" not in (await visit.says("/stopp")).bubbles
    assert visit.page.kept == "/stopp"
    await visit.says("/stop")
    assert not visit.page.kept


async def test_who_may_type_has_a_box_to_type_in(visit: Visit) -> None:
    assert not (await visit.opens()).takes_words
    await visit.presses("welcome.language:nl", "welcome.role:victim")
    page = await visit.says("wat kost het")
    assert page.takes_words
    assert any("gratis" in each for each in page.bubbles)


async def test_an_empty_box_says_nothing(visit: Visit) -> None:
    before = await visit.sends_a_request()
    after = await visit.says(" \n ")
    assert before.bubbles == after.bubbles


async def test_half_typed_words_survive_looking_for_an_answer(visit: Visit) -> None:
    page = await visit.sends_a_request()
    assert "page:refresh" in page.buttons
    assert (await visit.sends(words="half typ", press="page:refresh")).kept == "half typ"


async def test_yes_and_no_stand_side_by_side(visit: Visit) -> None:
    await visit.opens()
    page = await visit.presses(*TO_A_CONSENT)
    for option in ("yes", "no"):
        assert f'value="consent.data:{option}" class="half"' in page.text


async def test_what_is_always_possible_is_on_every_screen(visit: Visit) -> None:
    page = await visit.opens()
    for press in TO_A_REQUEST:
        for option in ("stop", "urgent", "human", "rights", "menu", "language"):
            assert f"everywhere.go:{option}" in page.buttons
        assert 'href="tel:112"' in page.text
        page = await visit.presses(press)


async def test_help_lines_can_be_called_at_a_touch(visit: Visit, house: House) -> None:
    await visit.opens()
    page = await visit.presses("everywhere.go:urgent")
    for line in house.organisation.lines.values():
        digits = "".join(sign for sign in line.number if sign.isdigit())
        assert not digits or f'href="tel:{digits}"' in page.text


async def test_a_link_that_says_what_somebody_came_for_is_carried_to_the_first_press(
    visit: Visit,
) -> None:
    await visit.opens("/chat?start=victim")
    page = await visit.presses("welcome.language:nl")
    assert "welcome.menu:request" in page.buttons


@pytest.mark.parametrize("start", ["<script>", "%00", "nobody-knows-this"])
async def test_a_link_that_says_nothing_does_no_harm(visit: Visit, start: str) -> None:
    await visit.opens(f"/chat?start={start}")
    page = await visit.presses("welcome.language:nl")
    assert "welcome.role:victim" in page.buttons


@pytest.mark.parametrize("headers", [OUR_OWN, HTMX])
async def test_when_something_breaks_the_words_are_still_in_the_box(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    before = await visit.sends_a_request()
    monkeypatch.setattr(handoff, "passed_on", breaks)
    after = await visit.sends(headers, words="Mijn woorden")
    assert after.answer.status == 503
    if headers is HTMX:
        # The page stays as it is, with a notice beside it.
        assert after.answer.headers["HX-Retarget"] == "#problem"
    else:
        assert after.kept == "Mijn woorden"
        assert set(before.buttons) == set(after.buttons)


async def test_a_form_without_anything_makes_nobody(visit: Visit, database: Database) -> None:
    await visit.opens("/chat?start=victim")
    page = await visit.sends(words=" ")
    assert "welcome.language:nl" in page.buttons
    assert await people_in(database) == [(0,)]


async def test_erasing_leaves_neither_cookie_nor_person(visit: Visit, database: Database) -> None:
    await visit.sends_a_request()
    await visit.presses("everywhere.go:rights", "rights.overview:erase")
    assert "erased=nl" in str(visit.page.answer.url)
    assert [each for each in visit.client.session.cookie_jar if each.key == "chat"] == []
    assert await people_in(database) == [(0,)]
    assert "welcome.language:nl" in (await visit.opens()).buttons


async def test_everything_can_be_forgotten_in_one_press(visit: Visit, database: Database) -> None:
    page = await visit.sends_a_request()
    for _ in range(2):
        async with visit.client.post("/chat/forget", data=page.form, headers=OUR_OWN) as answer:
            assert answer.status == 200
    assert await people_in(database) == [(0,)]


async def test_an_open_page_that_erases_is_replaced_wholly(visit: Visit) -> None:
    await visit.sends_a_request()
    await visit.presses("everywhere.go:rights")
    page = await visit.sends(HTMX, press="rights.overview:erase")
    assert page.answer.headers["HX-Reswap"] == "outerHTML"
    assert "Max-Age=0" in page.answer.headers["Set-Cookie"]
    assert "data-live" not in page.text


async def test_an_open_page_gets_the_conversation_only(visit: Visit) -> None:
    await visit.opens()
    page = await visit.sends(HTMX, press="welcome.language:nl")
    assert page.text.lstrip().startswith('<div id="chat"')
    assert "HX-Refresh" not in page.answer.headers
    assert "data-live" in page.text
    assert "page:refresh" not in page.buttons


async def test_another_language_draws_everything_anew(visit: Visit) -> None:
    await visit.opens()
    page = await visit.sends(HTMX, press="welcome.language:en")
    assert page.answer.headers["HX-Refresh"] == "true"
    assert '<html lang="en" dir="ltr">' in (await visit.opens()).text


async def test_a_page_of_somebody_who_is_forgotten_begins_anew(client: Client) -> None:
    async with client.get("/chat/conversation", headers=HTMX) as answer:
        assert answer.headers["HX-Refresh"] == "true"


async def test_the_front_door_leads_to_the_chat(visit: Visit) -> None:
    assert (await visit.opens("/")).answer.url.path == "/chat"


async def test_the_title_tells_an_onlooker_nothing(visit: Visit, house: House) -> None:
    page = await visit.opens()
    title = page.text.partition("<title>")[2].partition("</title>")[0]
    assert title
    for office in house.organisation.services.values():
        assert office.name not in title
