"""Whoever listens to a PDF, reads it in a large size or prints it, finds all of it, in order."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
from pypdf.generic import DictionaryObject, StreamObject

from bot.documents.pdf import NotSet, as_pdf, pdf_of, shows_all
from bot.documents.plain import as_text
from bot.documents.values import Document, Fields, Listing, Paragraph
from dialogs.frozen import replace
from tests.documents.reading import objects, opened, said, signs, tags, words
from tests.documents.samples import HELD, LETTER, REPORT, SAMPLES, TALK, about

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("document", SAMPLES)
def test_a_document_says_what_it_is(document: Document) -> None:
    pdf = opened(as_pdf(document))
    assert said(pdf, "MarkInfo", "Marked") == "True"
    assert said(pdf, "Lang") == document.language
    assert said(pdf, "ViewerPreferences", "DisplayDocTitle") == "True"
    assert pdf.metadata is not None
    assert pdf.metadata.title == document.title
    assert pdf.xmp_metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.xmp_metadata.stream.get_data()


def test_a_letter_is_walked_by_its_title() -> None:
    assert tags(as_pdf(LETTER)) == ["/Document", *["/P"] * 3, "/H1", *["/P"] * 5]


def test_headings_go_down_one_level_at_a_time() -> None:
    headings = [tag for tag in tags(as_pdf(HELD)) if tag.startswith("/H")]
    assert headings == ["/H1", "/H2", "/H2", "/H3"]


@pytest.mark.parametrize("part", [Listing(("een", "twee")), Fields((("een", "1"), ("twee", "2")))])
def test_a_list_is_heard_as_a_list(part: Listing | Fields) -> None:
    heard = [tag for tag in tags(as_pdf(about(part))) if tag != "/P"]
    assert heard == ["/Document", "/H1", "/L", *["/LI", "/Lbl", "/LBody"] * 2]


@pytest.mark.parametrize("document", [LETTER, TALK, HELD])
def test_all_words_are_there_in_order(document: Document) -> None:
    text = as_text(document).replace("-----", "").replace(":", "")
    assert signs(words(as_pdf(document))).replace(":", "") == signs(text).replace("-", "")


def test_many_pages_have_numbers_and_a_running_title() -> None:
    pages = [page.extract_text() for page in opened(as_pdf(REPORT)).pages]
    count = len(pages)
    assert count > 5
    for number, page in enumerate(pages, 1):
        assert f"{number} / {count}" in page
        assert REPORT.title in page
    text = " ".join(pages)
    found = [text.index(f"Onderdeel {number}\n") for number in range(1, 16)]
    assert found == sorted(found)


def test_one_page_needs_no_number() -> None:
    pdf = as_pdf(LETTER)
    assert len(opened(pdf).pages) == 1
    assert "1 / 1" not in words(pdf)
    assert words(pdf).count(LETTER.title) == 1


@pytest.mark.parametrize("document", SAMPLES)
def test_fonts_travel_with_the_document(document: Document) -> None:
    fonts = [
        each
        for each in objects(as_pdf(document))
        if isinstance(each, DictionaryObject) and each.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & font.keys() for font in fonts)


@pytest.mark.parametrize("document", SAMPLES)
def test_nothing_of_the_machine_is_in_the_file(document: Document) -> None:
    pdf = as_pdf(document)
    streams = [each.get_data() for each in objects(pdf) if isinstance(each, StreamObject)]
    everything = b"\n".join([pdf, *streams])
    assert document.title.encode() in everything
    for place in (ROOT, Path.home(), Path.cwd(), ROOT.resolve()):
        assert bytes(place) not in everything
    assert b".typ" not in everything


def test_the_same_document_is_the_same_file() -> None:
    pdf = as_pdf(REPORT)
    assert as_pdf(REPORT) == pdf
    assert as_pdf(replace(REPORT, day=date(2026, 11, 25))) != pdf
    metadata = opened(pdf).metadata
    assert metadata is not None
    assert metadata.creation_date is not None
    assert metadata.creation_date.date() == REPORT.day


async def test_documents_set_at_once_do_not_mix() -> None:
    documents = [replace(LETTER, title=f"Brief {number}") for number in range(8)]
    assert await asyncio.gather(*map(pdf_of, documents)) == list(map(as_pdf, documents))


def test_a_word_that_is_wider_than_the_page_is_broken_and_stays_whole() -> None:
    word = "https://voorbeeld.example/" + "abcdefghij" * 50
    page = opened(as_pdf(about(Paragraph(word)))).pages[0].extract_text()
    assert word in signs(page)
    assert max(map(len, page.splitlines())) < 110


def test_a_sign_without_a_glyph_is_seen_to_be_missing() -> None:
    document = about(Paragraph("Ik ben \U0001f468\u200d\U0001f469 blij, \u6f22\u5b57."))
    assert words(as_pdf(document)) == "Titel Ik ben \u25a1 blij, \u25a1."
    assert not shows_all(document)
    assert "\u6f22\u5b57" in as_text(document)


def test_letters_of_many_languages_have_a_glyph() -> None:
    text = "Çağla Şimşek, Nguyễn Thị Hồng, Олена Ґалаґан, Żółć, اسمي نور, من می\u200cخواهم"
    assert shows_all(about(Paragraph(text)))


def test_a_letter_in_arabic_is_set_in_letters_made_for_it_and_says_its_language() -> None:
    pdf = as_pdf(replace(about(Paragraph("تحية طيبة،")), language="ar"))
    fonts = [each for each in objects(pdf) if isinstance(each, DictionaryObject)]
    assert any("NotoNaskhArabic" in str(each.get("/FontName")) for each in fonts)
    assert str(opened(pdf).root_object["/Lang"]) == "ar"


def test_what_cannot_be_set_is_not_told() -> None:
    with pytest.raises(NotSet) as raised:
        as_pdf(replace(LETTER, language="geen taal"))
    assert "Noor" not in str(raised.value)


@pytest.mark.parametrize("document", SAMPLES)
def test_no_text_shows_in_a_repr(document: Document) -> None:
    assert document.title not in repr(document)
    assert not any("Noor" in repr(part) or "Onderdeel" in repr(part) for part in document.parts)
