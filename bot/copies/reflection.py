"""A self-reflection to take along: a report in words, and every answer as data.

No score, no ranking and no number that compares: not in the report, and not in the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.copies.values import Made, Materials
from bot.documents.values import Document, Fields, Listing, Paragraph, Part, Section
from dialogs.considering import QUESTIONS, asked, kind_of
from dialogs.criteria import BOOKS, CRITERIA, STANDARDS, Component, Criterion
from dialogs.findings import Finding, Findings, findings, opinions
from dialogs.reflection import GUIDANCE
from dialogs.screens import Line
from dialogs.steps import Question, lines
from dialogs.values import Answer

SCHEMA: Final = "rm-reflection/1"


async def made(materials: Materials) -> Made:
    """Read the answers, and say what was found."""
    answers = materials.session.answers
    found = findings(answers)
    document = Document(
        materials.session.language,
        materials.say("reflection.report.title"),
        materials.today,
        (
            *_about(materials, answers),
            *(_section(materials, finding, found.found[finding]) for finding in Finding),
            _missed(materials, found),
            *_guidance(materials),
        ),
    )
    return Made(document, _data(materials, answers, found))


def in_words(materials: Materials, answers: Iterable[Answer]) -> Iterator[tuple[str, str]]:
    """Word each question of a self-reflection that was answered, and what was answered."""
    given = {answer.step: answer for answer in answers if not answer.is_skipped}
    for question in QUESTIONS:
        if question.step in given:
            text = " ".join(filter(None, map(materials.line, asked(question))))
            yield text, _answered(materials, question, given[question.step])


def _answered(materials: Materials, question: Question, answer: Answer) -> str:
    if answer.words is not None:
        return answer.words
    return materials.say(f"reflection.{kind_of(question)}.{answer.option}")


def _about(materials: Materials, answers: Iterable[Answer]) -> Iterator[Part]:
    book = BOOKS.get(materials.session.language, BOOKS["en"])
    yield Paragraph(materials.say("reflection.before.own_set"))
    yield Paragraph(materials.line(Line("reflection.before.book", words=book)))
    level = [answer for answer in answers if answer.step in {"level", "domain", "region"}]
    if rows := tuple(in_words(materials, level)):
        yield Fields(rows)


def _section(materials: Materials, finding: Finding, found: tuple[Criterion, ...]) -> Section:
    items = tuple(materials.say(f"reflection.{each.name}.text") for each in found)
    return _told(materials, finding, Listing(items) if items else None)


def _missed(materials: Materials, found: Findings) -> Section:
    rows = tuple(
        (materials.say(f"reflection.{part}.name"), words) for part, words in found.missed.items()
    )
    return _told(materials, "additions", Fields(rows) if rows else None)


def _told(materials: Materials, name: str, part: Part | None) -> Section:
    nothing = Paragraph(materials.say("reflection.report.nothing"))
    return Section(materials.say(f"reflection.report.{name}"), (part or nothing,))


def _guidance(materials: Materials) -> Iterator[Part]:
    for line in lines(*GUIDANCE):
        if text := materials.line(line):
            yield Paragraph(text)


def _data(materials: Materials, answers: tuple[Answer, ...], found: Findings) -> dict[str, object]:
    words = {answer.step: answer.option or answer.words for answer in answers}
    held = opinions(answers)
    return {
        "schema_version": SCHEMA,
        "made_on": materials.today.isoformat(),
        "set": {"by": STANDARDS["D"], "is_the_list_of_hiva": False, "book": dict(BOOKS)},
        "standards": dict(STANDARDS),
        "about": {step: words.get(step) for step in ("level", "domain", "region")},
        "criteria": [
            {
                "id": each.name,
                "version": each.version,
                "component": each.component.value,
                "perspective": each.perspective.value,
                "sources": each.sources,
                "text": materials.say(f"reflection.{each.name}.text"),
                "fits": held[each.name].fits,
                "present": held[each.name].present,
                "minimum": held[each.name].minimum,
            }
            for each in CRITERIA
        ],
        "missing": {part.value: found.missed.get(part) for part in Component},
        "findings": {
            finding.value: [each.name for each in found.found[finding]] for finding in Finding
        },
    }
