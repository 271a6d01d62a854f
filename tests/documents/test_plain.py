"""A document as text can be pasted into an e-mail: narrow lines, nothing left out, in order."""

from __future__ import annotations

import pytest

from bot.documents.plain import as_text
from bot.documents.values import Document, Fields, Listing, Paragraph, Section, Signature
from tests.documents.samples import LETTER, SAMPLES, about


@pytest.mark.parametrize("document", SAMPLES)
def test_lines_are_narrow(document: Document) -> None:
    lines = as_text(document).splitlines()
    assert max(map(len, lines)) <= 72
    assert all(line == line.rstrip() for line in lines)


def test_short_lines_are_not_made_shorter() -> None:
    text = "een twee drie " * 5
    assert text.strip() in as_text(about(Paragraph(text)))


def test_a_letter_reads_from_its_head_to_its_name() -> None:
    blocks = as_text(LETTER).split("\n\n")
    assert blocks[:4] == [*LETTER.letterhead, LETTER.title]
    assert blocks[-1] == "Noor Voorbeeld\n"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (Paragraph(" een \r\ntwee\n \n\n drie\x00 "), "een\ntwee\n\ndrie"),
        (Paragraph("\n \t\n"), None),
        (Listing(("een", "twee\ndrie")), "- een\n- twee\n  drie"),
        (Fields((("Naam", "Noor"), ("Bellen?", "nee\nja"))), "Naam: Noor\nBellen? nee\n  ja"),
        (Signature("Groet,", "Noor"), "Groet,\n\nNoor"),
        (Section("Een", (Paragraph("a"),)), "\nEen\n---\n\na"),
        (
            Section("Een", (Section("Twee\ndrie", (Paragraph("a"),)),)),
            "\nEen\n---\n\nTwee drie\n\na",
        ),
    ],
)
def test_a_part_is_written_simply(
    part: Paragraph | Listing | Fields | Signature | Section, text: str | None
) -> None:
    assert as_text(about(part)) == ("Titel\n" if text is None else f"Titel\n\n{text}\n")


def test_an_address_of_the_web_is_never_broken() -> None:
    address = "https://voorbeeld.example/" + "een-lang-pad/" * 12
    assert address in as_text(about(Paragraph(f"Kijk op {address} voor meer."))).split()


def test_what_turns_text_round_is_left_out() -> None:
    assert "\u202e" not in as_text(about(Paragraph("een\u202eeewt")))
