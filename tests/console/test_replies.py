"""Standard replies are written in each language, found, filled in, and never sent half filled."""

from __future__ import annotations

import pytest

from storage.messages import Author
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address
from tests.console.pages import Page
from tests.console.test_writing import said_in
from tests.databases import KINDS

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
HELLO = "Dag, met {naam_collega}. Uw kenmerk is {kenmerk}."
WRITERS = (StaffRole.COORDINATOR,)


async def written(by: Colleague, **fields: str) -> Page:
    return await by.post("/staff/replies", htmx=False, **fields)


async def hello(office: Office) -> Colleague:
    coo = await office.colleague("Coo", roles=WRITERS)
    assert (await written(coo, title_nl="Groet", words_nl=HELLO)).status == 303
    return coo


@both_kinds
async def test_a_reply_is_shown_filled_in_and_what_is_missing_is_said(office: Office) -> None:
    coo = await hello(office)
    page = await coo.get("/staff/replies")
    assert "Dag, met Coo. Uw kenmerk is K7P4-2M9X." in page.html
    assert page.classes.count("missing") == len(office.house.wording.desk_languages) - 1
    form = page.form("/staff/replies")
    assert form.fields == {"q": ""}
    own = next(form for form in page.forms if "id" in form.fields)
    await coo.submit(own, title_en="Greeting", words_en="Hello, this is {naam_collega}.")
    assert "missing" not in (await coo.get("/staff/replies")).classes
    await coo.submit(own, title_nl="", words_nl="", title_en="", words_en="")
    assert "empty" in (await coo.get("/staff/replies")).ids


async def test_replies_are_found_by_title_and_by_words(office: Office) -> None:
    coo = await hello(office)
    for sought, is_found in (("GROET", True), ("kenmerk", True), ("zeilen", False)):
        page = await coo.get(f"/staff/replies?q={sought}")
        assert ("Dag, met Coo" in page.html) is is_found


@pytest.mark.parametrize(
    "fields",
    [
        {"title_nl": "Groet", "words_nl": "Dag {voornaam}"},
        {"title_nl": "", "words_nl": "Dag"},
        {"title_nl": "Groet", "words_nl": ""},
        {"title_nl": "x" * 81, "words_nl": "Dag"},
        {"title_nl": "Groet", "words_nl": "x" * 2001},
    ],
    ids=["unknown name", "no title", "no words", "long title", "long words"],
)
async def test_what_could_not_be_used_is_given_back(office: Office, fields: dict[str, str]) -> None:
    coo = await office.colleague("Coo", roles=WRITERS)
    refused = await written(coo, **fields)
    assert (refused.status, "refused" in refused.ids) == (422, True)
    form = next(form for form in refused.forms if "title_nl" in form.fields)
    assert {name: form.fields[name] for name in fields} == fields
    assert "empty" in (await coo.get("/staff/replies")).ids


async def test_a_reply_that_is_gone_or_none_is_not_there(office: Office) -> None:
    coo = await office.colleague("Coo", roles=WRITERS)
    assert (await written(coo, id="none", title_nl="x", words_nl="y")).status == 404
    referral = (await office.request())[1]
    await coo.claims(referral)
    assert (await coo.post(address(referral, "insert"), reply="none:nl")).status == 404


async def test_only_who_may_writes_replies(office: Office) -> None:
    await hello(office)
    noor = await office.colleague("Noor")
    page = await noor.get("/staff/replies")
    assert (page.status, len(page.forms) and page.has_form("/staff/replies")) == (200, True)
    assert not any("title_nl" in form.fields for form in page.forms)
    assert (await written(noor, title_nl="Mij", words_nl="Dag")).status == 403


@both_kinds
async def test_a_reply_comes_behind_what_is_typed_with_the_facts_of_the_request(
    office: Office,
) -> None:
    coo = await hello(office)
    await written(coo, title_en="Bye", words_en="Bye from {organisatie}")
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    told = f"Dag, met Noor. Uw kenmerk is {referral.reference}."
    offered = page.html[page.html.index('id="replies"') :]
    # Those in the person's language come first.
    assert offered.index(told) < offered.index("Bye from")
    chosen = offered[offered.index('value="') + 7 :].partition('"')[0]
    typing = page.form("/write").fields | {"words": "Goedemorgen.", "kind": "answer"}
    put = await noor.post(address(referral, "insert"), htmx=False, **typing, reply=chosen)
    assert put.status == 303
    page = await noor.opens(referral)
    assert page.form("/write").fields["words"] == f"Goedemorgen.\n\n{told}"


async def test_words_that_still_have_to_be_filled_in_are_not_sent(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    words = "Bel ons op {telefoon}."
    refused = await noor.writes(referral, words, kind="answer")
    assert (refused.status, "telefoon" in refused.html) == (422, True)
    assert refused.form("/write").fields["words"] == words
    await noor.writes(referral, words, kind="note")
    await noor.writes(referral, "Wat betekent {hallo}?", kind="answer")
    assert await said_in(noor, referral) == [
        (Author.NOTE, words),
        (Author.STAFF, "Wat betekent {hallo}?"),
    ]
