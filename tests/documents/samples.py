"""A letter, a text to take along, a report of many pages, and what is held about somebody."""

from __future__ import annotations

from datetime import date

from bot.documents.values import Document, Fields, Listing, Paragraph, Part, Section, Signature

DAY = date(2026, 11, 24)
STORY = (
    "Het gesprek begon later dan afgesproken. Ik had mijn vragen opgeschreven, maar kon ze niet "
    "stellen. Toen ik daar iets van zei, was er geen tijd meer."
)

LETTER = Document(
    "nl",
    "Klacht over een gesprek",
    DAY,
    (
        Paragraph("Geachte secretaris,"),
        Paragraph(f"{STORY}\n\n{STORY}"),
        Signature("Met vriendelijke groet,", "Noor Voorbeeld"),
    ),
    ("Noor Voorbeeld\nLaan 1\nUtrecht", "De secretaris\nPostbus 2", "Utrecht, 24 november 2026"),
)
TALK = Document(
    "en",
    "For my talk",
    DAY,
    (
        Section("What happened?", (Paragraph(STORY),)),
        Section("What do I want to ask?", (Paragraph("Why was my request refused?"),)),
    ),
)
HELD = Document(
    "nl",
    "Wat wij bewaren",
    DAY,
    (
        Section("Antwoorden", (Fields((("Naam", "Noor"), ("Mogen we bellen?", "Nee"))),)),
        Section("Toestemming", (Section("Gegevens", (Fields((("Versie", "2"),)),)),)),
    ),
)


def _component(number: int) -> Section:
    return Section(
        f"Onderdeel {number}",
        (
            Paragraph(STORY),
            Section("Sterk", (Listing(("Wij spreken de buurt.", STORY)),)),
            Section("Wat ontbreekt", (Fields((("Eigen minimum", STORY), ("Nu", STORY))),)),
        ),
    )


REPORT = Document("nl", "Zelfreflectie", DAY, tuple(map(_component, range(1, 16))))

SAMPLES = (LETTER, TALK, HELD, REPORT)


def about(*parts: Part) -> Document:
    return Document("nl", "Titel", DAY, parts)
