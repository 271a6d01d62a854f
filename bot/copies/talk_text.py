"""A text for a conversation with one's administrator, out of what the person wrote down for it."""

from __future__ import annotations

from bot.copies.values import Made, Materials
from bot.documents.values import Document, Paragraph, Part, Section
from dialogs.talk import FORM, QUESTIONS
from dialogs.values import Answer


def made(materials: Materials) -> Made | None:
    """Write the text; nothing when what was written down is gone."""
    session = materials.session
    answers = [session.answer_to(question.step) for question in QUESTIONS]
    given = [answer for answer in answers if answer is not None and not answer.is_skipped]
    if not given:
        return None
    parts: tuple[Part, ...] = (
        *(_part(materials, answer) for answer in given),
        Paragraph(materials.say("talk.copy.end")),
    )
    return Made(
        Document(session.language, materials.say("talk.copy.title"), materials.today, parts)
    )


def _part(materials: Materials, answer: Answer) -> Section:
    place = f"{FORM.topic}.{answer.step}"
    words = answer.words or materials.say(f"{place}.{answer.option}")
    return Section(materials.say(f"{place}.name"), (Paragraph(words),))
