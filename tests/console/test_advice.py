"""Advice while writing: loaded words and another language are noticed, and nothing is held up."""

from __future__ import annotations

import pytest

from bot.console.advice import hints
from bot.spoken import other_language
from storage.messages import Author
from tests.console.colleagues import Office, address
from tests.console.test_writing import said_in

ENGLISH = "Thank you for what you told me. I will read it and write to you this evening."


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        ("U moet echt komen.", "nl", ["U moet"]),
        ("De dader wil met u praten.", "nl", ["dader"]),
        ("Wilt u praten? Dat mag altijd.", "nl", []),
        ("You should forgive him.", "en", ["You should", "forgive"]),
        ("De dader.", "fr", []),
        ("", "nl", []),
    ],
)
def test_loaded_words_are_noticed(words: str, language: str, said: list[str]) -> None:
    assert sorted(each.said for each in hints(words, language)) == said


@pytest.mark.parametrize(
    ("words", "language", "noticed"),
    [
        (ENGLISH, "nl", "en"),
        (ENGLISH, "en", None),
        ("Dank u wel. Ik lees het en schrijf u vanavond, als dat goed is.", "en", "nl"),
        ("Ok.", "nl", None),
        ("Het woord 'mediation' is Engels.", "nl", None),
        ("Jan Jansen, Kerkstraat 1", "en", None),
    ],
)
def test_another_language_is_noticed_when_it_is_clear(
    words: str, language: str, noticed: str | None
) -> None:
    assert other_language(words, language) == noticed


async def test_a_loaded_word_is_told_while_writing_and_sent_all_the_same(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    fields = page.form("/write").fields | {"words": "De dader schrijft u.", "kind": "answer"}
    advised = await noor.post(address(referral, "draft"), htmx=True, **fields)
    assert "hint" in advised.classes
    sent = await noor.post(address(referral, "write"), htmx=False, **fields)
    assert sent.status == 303


async def test_a_note_is_for_colleagues_and_gets_no_advice(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    fields = page.form("/write").fields | {"words": "De dader belde.", "kind": "note"}
    assert "hint" not in (await noor.post(address(referral, "draft"), htmx=True, **fields)).classes


async def test_words_in_another_language_are_asked_about_once(office: Office) -> None:
    referral = (await office.request())[1]
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    asked = await noor.writes(referral, ENGLISH)
    assert asked.status == 409
    assert {"refused", "send-anyway"} <= set(asked.ids)
    assert asked.form("/write").fields["words"] == ENGLISH
    assert (await noor.submit(asked.form("/write"), sure="yes")).status == 303
    assert (Author.STAFF, ENGLISH) in await said_in(noor, referral)
