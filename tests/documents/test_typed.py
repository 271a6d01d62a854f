"""Whatever a person types is text: it is never markup, and no sign of it stops a document."""

from __future__ import annotations

from unicodedata import category

from hypothesis import given, settings
from hypothesis import strategies as some

from bot.documents.pdf import as_pdf, shows_all
from bot.documents.plain import as_text
from bot.documents.typed import WITHOUT_GLYPH
from bot.documents.values import Document, Fields, Listing, Paragraph, Section, Signature
from tests.documents.reading import signs, words
from tests.documents.samples import DAY, about

MARKUP = some.text(some.sampled_from("#$\\\"'*_`=-+/<>@[](){}~:;,.&%|^ \nabc1"), max_size=200)
LATIN = some.text(some.characters(min_codepoint=0x20, max_codepoint=0x2AF), max_size=200)
VIETNAMESE = some.text(some.characters(min_codepoint=0x1E00, max_codepoint=0x1EFF), max_size=200)
CYRILLIC = some.text(some.characters(min_codepoint=0x400, max_codepoint=0x45F), max_size=200)
# Halves of a sign too, for they arrive from old phones.
ANYTHING = some.text(some.characters(exclude_categories=()), max_size=400)
LONG = some.builds(lambda text, times: (text * times)[:2000], ANYTHING, some.integers(1, 200))


def everywhere(text: str) -> Document:
    """The text at every place where one can stand."""
    return Document(
        "nl",
        f"Titel {text}",
        DAY,
        (
            Paragraph(text),
            Listing((text, text)),
            Fields(((text, text),)),
            Section(text, (Section(text, (Paragraph(text),)),)),
            Signature(text, text),
        ),
        (text,),
    )


@settings(deadline=None)
@given(MARKUP)
def test_markup_is_text(text: str) -> None:
    assert signs(words(as_pdf(about(Paragraph(text))))) == f"Titel{signs(text)}"


@settings(deadline=None)
@given(some.one_of(LATIN, VIETNAMESE, CYRILLIC))
def test_letters_are_shown_as_typed(text: str) -> None:
    typed = "".join(sign for sign in text if category(sign) not in {"Cc", "Cf"})
    assert signs(words(as_pdf(about(Paragraph(typed))))) == f"Titel{signs(typed)}"


@settings(deadline=None)
@given(some.one_of(ANYTHING, LONG))
def test_no_sign_stops_a_document(text: str) -> None:
    document = everywhere(text)
    assert as_pdf(document).startswith(b"%PDF-1.7")
    assert as_text(document).encode()


def test_every_sign_that_is_set_has_a_glyph_in_every_weight() -> None:
    every = (chr(code) for code in range(0x20, 0x3000))
    texts = [f"a{sign}a" for sign in every if not WITHOUT_GLYPH.match(sign)]
    assert len(texts) > 2000
    document = about(
        *(Paragraph(text) for text in texts),
        *(Section(text, ()) for text in texts),
        Fields(tuple((text, "") for text in texts)),
    )
    assert as_pdf(document)


def test_an_accent_stays_on_letters_that_have_it() -> None:
    document = about(Paragraph("e\u0301 q\u0301 \u0438\u0306"))
    assert words(as_pdf(document)) == "Titel \u00e9 q \u0439"
    assert not shows_all(document)


@settings(deadline=None)
@given(ANYTHING)
def test_a_text_without_words_leaves_no_gap(text: str) -> None:
    assert "\n\n\n" not in as_text(about(Paragraph(text), Paragraph(""), Paragraph(text)))
