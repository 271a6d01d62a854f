"""A document as Markdown: its headings go down by one, and nothing that was typed is markup."""

from datetime import date

from bot.documents.markdown import as_markdown
from bot.documents.values import Document, Fields, Listing, Paragraph, Section, Signature

DAY = date(2026, 3, 2)


def test_every_part_is_written() -> None:
    inner = Section("Binnen", (Fields((("Naam", "Een"),)), Listing(("a", "b"))))
    parts = (Paragraph("Eerst.\n\nDan."), Section("Buiten", (inner,)), Signature("Dag", "Ik"))
    told = as_markdown(Document("nl", "Titel", DAY, parts, ("Straat 1\nStad",)))
    assert told == (
        "Straat 1 Stad\n\n# Titel\n\n2026-03-02\n\nEerst.\n\nDan.\n\n## Buiten\n\n### Binnen\n\n"
        "- **Naam**: Een\n\n- a\n- b\n\nDag\n\nIk\n"
    )


def test_nothing_that_was_typed_is_markup() -> None:
    told = as_markdown(Document("nl", "T", DAY, (Paragraph("*a* [b](c) <d> `e`"),)))
    assert told.endswith("\\*a\\* \\[b\\](c) \\<d\\> \\`e\\`\n")
