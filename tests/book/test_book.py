"""The book holds every sentence people can meet, and the picture every press between places."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from babel.dates import format_date

from bot.book.chapters import Book, Page, read_book
from bot.book.diagram import as_dot, as_mermaid, drawing, write_pictures
from bot.book.printed import as_html, as_text
from bot.facts import Source
from bot.organisation import Organisation
from bot.settings import Settings
from bot.wording import LOCALES, Wording
from dialogs.asking import place_of
from dialogs.cards import CARDS
from dialogs.consent import ASKED, DATA_VERSION
from dialogs.graph import Graph, whole
from dialogs.turn import STEPS
from dialogs.values import ASKED_BY_STAFF, Purpose
from tests.houses import MONDAY_MORNING

# Walking for every role takes seconds, and counting lines makes it four times as slow.
pytestmark = pytest.mark.no_cover


@pytest.fixture(scope="module")
def wording() -> Wording:
    settings = Settings()
    organisation = Organisation.read(settings.organisation_file)
    return Wording.load(LOCALES, Source(organisation, settings.timezone, lambda: MONDAY_MORNING))


@pytest.fixture(scope="module")
def book(wording: Wording) -> Book:
    return read_book(wording, "nl", MONDAY_MORNING.date())


@pytest.fixture(scope="module")
def pages(book: Book) -> list[Page]:
    return [page for chapter in book.chapters for part in chapter.parts for page in part.pages]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return whole()


def test_every_place_has_its_page(pages: list[Page]) -> None:
    assert {str(place) for place in STEPS} <= {page.place for page in pages}


def test_every_sentence_stands_in_the_book(wording: Wording, pages: list[Page]) -> None:
    said = "\n".join(
        text
        for page in pages
        for text in (*(each.text for each in page.said), *(way.label for way in page.ways))
    )
    for id in wording.ids("nl"):
        pieces = re.split(r"\{\w+\}", wording.template("nl", id))
        assert all(piece in said for piece in pieces), id


def test_a_role_does_not_read_what_is_said_to_others(book: Book, wording: Wording) -> None:
    chapters = {chapter.title: chapter for chapter in book.chapters}
    harmed = chapters[wording.template("nl", "welcome.role.victim")]
    ids = {said.id for part in harmed.parts for page in part.pages for said in page.said}
    assert "info.what.harmed" in ids
    assert not ids & {"info.what.responsible", "info.what.anyone"}


def test_what_is_not_always_there_stands_in_its_place(pages: list[Page]) -> None:
    said = next(page.said for page in pages if page.place == "intake.review")
    assert said[0].always
    assert said[-1].always
    assert not all(each.always for each in said)


def test_a_button_stands_once_on_a_page_and_leads_to_a_page(pages: list[Page]) -> None:
    places = {page.place for page in pages}
    for page in pages:
        assert len(page.ways) == len(set(page.ways)), page.place
        assert {way.leads_to for way in page.ways} - {""} <= places


def test_a_consent_names_its_version(pages: list[Page]) -> None:
    versions = {page.place: page.version for page in pages if page.version}
    assert versions["consent.data"] == DATA_VERSION
    asked = {str(place_of(purpose)) for purpose in (*ASKED_BY_STAFF, Purpose.WARNING)}
    assert versions.keys() == {*(str(each.place) for each in ASKED), *asked}


def test_a_card_names_its_source_and_the_day_it_was_checked(pages: list[Page]) -> None:
    by_place = {page.place: page for page in pages}
    for card in CARDS:
        page = by_place[str(card.place)]
        assert (page.sources, page.checked) == (card.sources, card.checked.isoformat())


def test_both_sides_of_every_mirrored_card_stand_beside_each_other(book: Book) -> None:
    assert len(book.pairs) == sum(card.mirrored for card in CARDS)
    assert all(len(pair.sides) == 2 and pair.longer_by <= 15 for pair in book.pairs)


def test_no_role_reads_the_same_page_twice(pages: list[Page]) -> None:
    assert len(pages) == len(set(pages))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_book_is_printed_as_a_page_and_as_text(wording: Wording, language: str) -> None:
    book = read_book(wording, language, MONDAY_MORNING.date())
    html, text = as_html(wording, book), as_text(wording, book)
    day = format_date(MONDAY_MORNING.date(), "d MMMM y", locale=language)
    assert f'<html lang="{language}">' in html
    assert wording.staff(language, "book.title") in text
    assert max(map(len, text.splitlines())) <= 120
    for printed in (html, text):
        assert wording.staff(language, "book.made", day=day) in printed


def test_every_link_of_the_page_leads_somewhere(wording: Wording, book: Book) -> None:
    html = as_html(wording, book)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' href="#([^"]+)"', html)) <= set(ids)


def test_the_picture_shows_every_place_and_nothing_that_leads_from_everywhere(
    graph: Graph,
) -> None:
    mermaid, dot = as_mermaid(drawing(graph)), as_dot(drawing(graph))
    for place in map(str, STEPS):
        assert f"[{place}]" in mermaid
        assert f'"{place}"' in dot
    assert "|stop|" not in mermaid
    assert '"consent.data" -> "consent.contact" [label="yes"]' in dot


def test_the_text_of_the_picture_is_always_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert write_pictures(tmp_path / "new") == [tmp_path / "new" / "dialog.mmd"]
    assert (tmp_path / "new" / "dialog.mmd").read_text("utf-8").startswith("flowchart LR")


def test_pictures_are_written_as_far_as_graphviz_draws_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws_only_svg = tmp_path / "dot"
    draws_only_svg.write_text('#!/bin/sh\n[ "$1" = -Tsvg ] && cat > "$3"\n', "utf-8")
    draws_only_svg.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    svg = tmp_path / "dialog.svg"
    assert write_pictures(tmp_path) == [tmp_path / "dialog.mmd", svg]
    assert svg.read_text("utf-8").startswith("digraph dialog {")
