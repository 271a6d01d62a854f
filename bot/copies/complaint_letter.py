"""A complaint as a letter, out of what the person wrote down for it; sending it is up to them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.copies.values import Made, Materials
from bot.documents.values import Document, Paragraph, Part, Section, Signature
from dialogs.filing import FORM
from dialogs.values import Service


def made(materials: Materials) -> Made | None:
    """Write the letter; nothing when what was written down is gone."""
    session = materials.session
    given = {each.step: each.words for each in FORM.answered(session) if each.words}
    if "described" not in given:
        return None
    letterhead = (
        "\n".join(given[step] for step in ("signed", "reached_at") if step in given),
        "\n".join(_addressee(materials)),
        materials.day(materials.today),
    )
    title = materials.say("complaint.copy.title")
    parts: tuple[Part, ...] = (
        Paragraph(materials.say("complaint.copy.greeting")),
        *_sent_back(materials),
        *(
            Section(materials.say(f"complaint.{step}.name"), (Paragraph(given[step]),))
            for step in ("described", "employee")
            if step in given
        ),
        Paragraph(materials.say("complaint.copy.end")),
        Signature(materials.say("complaint.copy.yours"), "\n".join(_signed(materials, given))),
    )
    head = tuple(filter(None, letterhead))
    return Made(Document(session.language, title, materials.today, parts, head))


def _addressee(materials: Materials) -> Iterator[str]:
    """Name who it is for, and where that is as far as it is known."""
    is_committee = materials.session.service is Service.MEDIATION
    yield materials.say(f"complaint.copy.{'secretary' if is_committee else 'office'}")
    if address := materials.say("complaint.copy.address"):
        yield from address.split(", ")
    if email := materials.say("complaint.copy.email"):
        yield email


def _sent_back(materials: Materials) -> Iterator[Part]:
    """Say that the court sent them to the office first, where it did."""
    answer = materials.session.answer_to("sent_back")
    if answer is not None and answer.option == "yes":
        yield Paragraph(materials.say("complaint.copy.sent_back"))


def _signed(materials: Materials, given: dict[str, str]) -> Iterator[str]:
    """Repeat the name; what was not typed has room to be written by hand."""
    yield given.get("signed") or materials.say("complaint.copy.name_by_hand")
    if "reached_at" not in given:
        yield materials.say("complaint.copy.reached_by_hand")
