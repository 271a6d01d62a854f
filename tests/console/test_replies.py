"""Standard replies are written in each language, found, filled in, and never sent half filled."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from dialogs.frozen import Frozen
from dialogs.welcome import LANGUAGES
from storage.messages import Author
from storage.staff_values import StaffRole
from tests.console.colleagues import Colleague, Office, address
from tests.console.pages import Page
from tests.console.test_writing import said_in
from tests.databases import KINDS

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)
HELLO = "Dag, met {naam_collega}. Uw kenmerk is {kenmerk}."
WRITERS = (StaffRole.COORDINATOR,)


class Offered(Frozen):
    """A reply as it stands below the composer: its texts by language, what is sent first."""

    sends: str
    title: str
    texts: Mapping[str, str]
    is_missing: bool


def offered_on(page: Page) -> list[Offered]:
    _, _, rows = page.html.partition('<details id="replies">')
    rows = rows.partition("</details>")[0]
    return [
        Offered(
            re.findall(r'value="([^"]+)"', row)[0],
            re.findall(r"<bdi>([^<]*)</bdi>", row)[0],
            dict(re.findall(r'<p lang="(\w+)" dir="auto">([^<]*)</p>', row)),
            "Nog niet in" in row,
        )
        for row in rows.split("<li>")[1:]
    ]


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
    assert "Nog niet in: Engels, Arabisch, Duits, Frans, Pools, Turks, Oekraïens" in page.html
    form = page.form("/staff/replies")
    assert form.fields == {"q": ""}
    own = next(form for form in page.forms if "id" in form.fields)
    await coo.submit(own, title_en="Greeting", words_en="Hello, this is {naam_collega}.")
    page = await coo.get("/staff/replies")
    assert "Nog niet in: Arabisch, Duits, Frans, Pools, Turks, Oekraïens" in page.html
    everywhere = {f"{name}_{code}": "x" for name in ("title", "words") for code in LANGUAGES}
    await coo.submit(own, htmx=False, **everywhere)
    assert "missing" not in (await coo.get("/staff/replies")).classes
    await coo.submit(own, htmx=False, **dict.fromkeys(everywhere, ""))
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


async def test_the_form_shows_the_languages_of_the_desk_and_folds_the_others_away(
    office: Office,
) -> None:
    coo = await hello(office)
    new = (await coo.get("/staff/replies")).html.partition("Nieuw standaardantwoord")[2]
    shown, _, folded = new.partition("<details>")
    assert [code for code in LANGUAGES if f'name="words_{code}"' in shown] == ["nl", "en"]
    assert all(f'name="words_{code}"' in folded for code in LANGUAGES[2:])
    refused = await written(coo, title_ar="تحية")
    assert "Arabisch: Een taal heeft een titel" in refused.html
    assert "<details open>" in refused.html.partition("Nieuw standaardantwoord")[2]


async def test_a_colleague_reads_the_dutch_beside_what_is_sent(office: Office) -> None:
    coo = await hello(office)
    own = next(form for form in (await coo.get("/staff/replies")).forms if "id" in form.fields)
    await coo.submit(own, title_pl="Powitanie", words_pl="Dzień dobry, tu {naam_collega}.")
    await written(coo, title_nl="Groetjes", words_nl="Tot gauw")
    referral = (await office.request(language="pl"))[1]
    noor = await office.colleague("Noor")
    both, dutch_only = offered_on(await noor.claims(referral))
    assert both.texts == {
        "pl": "Dzień dobry, tu Noor.",
        "nl": f"Dag, met Noor. Uw kenmerk is {referral.reference}.",
    }
    assert (both.title, both.is_missing) == ("Groet", False)
    assert dutch_only.texts == {"nl": "Tot gauw"}
    assert dutch_only.is_missing
    page = await noor.opens(referral)
    put = page.form("/write").fields | {"reply": both.sends, "words": "", "kind": "answer"}
    assert (await noor.post(address(referral, "insert"), htmx=False, **put)).status == 303
    kept = (await noor.opens(referral)).form("/write").fields["words"]
    assert kept == "Dzień dobry, tu Noor."


async def test_whoever_is_written_to_in_dutch_is_offered_one_text_of_each(office: Office) -> None:
    coo = await hello(office)
    own = next(form for form in (await coo.get("/staff/replies")).forms if "id" in form.fields)
    await coo.submit(own, title_pl="Powitanie", words_pl="Dzień dobry.")
    referral = (await office.request())[1]
    (only,) = offered_on(await (await office.colleague("Noor")).claims(referral))
    assert list(only.texts) == ["nl"]


async def test_a_name_keeps_its_order_among_words_that_are_read_from_the_right(
    office: Office,
) -> None:
    coo = await office.colleague("Coo", roles=WRITERS)
    await written(coo, title_ar="رقم", words_ar="الرقم {kenmerk}.")
    assert "الرقم \u2068K7P4-2M9X\u2069." in (await coo.get("/staff/replies")).html


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
