"""A colleague's own page."""

from __future__ import annotations

from storage import staff
from tests.console.colleagues import Office


async def test_it_names_who_is_signed_in_and_their_queues(office: Office) -> None:
    page = await (await office.colleague("Noor", "mentoring")).get("/staff/me")
    names = {queue.key: queue.name("nl") for queue in office.house.organisation.queues}
    assert page.status == 200
    assert "noor@kantoor.example" in page.html
    assert names["mentoring"] in page.html
    assert names["intake"] not in page.html


async def test_only_languages_that_are_spoken_here_can_be_chosen(office: Office) -> None:
    noor = await office.colleague("Noor")
    assert (await noor.post("/staff/me", language="xx")).status == 422
    assert (await noor.post("/staff/me", language="en")).leads_to == "/staff/me"
    assert 'lang="en"' in (await noor.get("/staff/me")).html[:60]


async def test_how_the_desk_is_liked_is_kept(office: Office) -> None:
    noor = await office.colleague("Noor")
    before = await noor.get("/staff/me")
    assert ("/keys.js" in before.html, "data-theme" in before.html) == (True, False)
    await noor.post("/staff/me", language="nl", scheme="dark")
    after = await noor.get("/staff/me")
    assert "/keys.js" not in after.html
    assert 'data-theme="dark"' in after.html[:80]
    assert (await noor.post("/staff/me", language="nl", scheme="pink")).status == 422


async def test_every_page_can_sign_out_without_a_script(office: Office) -> None:
    noor = await office.colleague("Noor")
    for path in ("/staff/queue", "/staff/me"):
        assert (await noor.get(path)).has_form("/staff/sign-out")


async def test_who_reads_a_language_that_was_taken_away_still_reads(office: Office) -> None:
    noor = await office.colleague("Noor")
    async with office.house.database.begin() as db:
        await staff.change(db, noor.member.id, language="xx")
    page = await noor.get("/staff/queue", Accept_Language="en")
    assert (page.status, 'lang="en"' in page.html[:60]) == (200, True)
