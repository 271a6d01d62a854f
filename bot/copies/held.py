"""Everything that is held about a person: to read, and as data under the name `rm-export/1`.

The data is every row of theirs, whatever table it stands in. The page says the same in words, table
by table; what only the machinery needs stands in the data alone, each for a reason.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from bot.copies.receipts import receipts
from bot.copies.reflection import in_words
from bot.copies.values import Made, Materials
from bot.documents.values import Document, Fields, Paragraph, Part, Section
from dialogs.considering import FORM
from dialogs.drafts import asked_at
from dialogs.review import in_review
from dialogs.screens import Line
from dialogs.values import Answer, Role
from dialogs.welcome import label_of
from storage import everything
from storage.everything import Kept
from storage.written import read_answers, word

SCHEMA: Final = "rm-export/1"

DATA_ONLY: Final[Mapping[str, str]] = {
    "person": "an id and a day, to which everything else belongs",
    "message": "stands with the request that it is about",
    "draft": "words a colleague has not sent; what is sent stands with the request",
    "review": "what was noted of the work of a colleague; the case stands with the request",
    "complaint_step": "stands with the complaint that it is about",
    "letter": "on its way; it is there for seconds, and says what the chat says",
    "set_aside": "what went wrong, kept for a week; it holds what is in the conversation",
    "copy": "that this copy can be fetched, for a quarter of an hour",
    "lock": "a hash that says nothing, and when you were last there",
    "code": "a hash that says nothing; the digits are on paper only",
}


SEEN: Final = frozenset({"shown_contact", "shown_name"})
"""What a colleague asked to see; the person is told by name what that was."""


async def made(materials: Materials) -> Made:
    """Gather everything."""
    kept = await everything.of_person(materials.db, materials.seal)
    proofs = await receipts(materials)
    document = Document(
        materials.session.language,
        materials.say("held.title"),
        materials.today,
        (
            Paragraph(materials.line(Line("held.about", day=materials.today))),
            *await _sections(materials, kept),
        ),
    )
    data = {
        "schema_version": SCHEMA,
        "made_at": materials.now.isoformat(),
        "pii_principal_id": str(materials.seal.person_id),
        "consent_receipts": proofs,
        "tables": {name: [_plain(row) for row in rows] for name, rows in kept.items()},
    }
    return Made(document, data)


async def _sections(
    materials: Materials, kept: Mapping[str, Sequence[Kept]]
) -> tuple[Section, ...]:
    names = await everything.names_of(materials.db, _staff_in(kept))
    told = {
        name: tuple(part for row in rows for part in SECTIONS[name](materials, row, kept, names))
        for name, rows in kept.items()
        if name in SECTIONS
    }
    return tuple(
        Section(materials.say(f"held.{name}"), parts)
        for name, parts in sorted(told.items(), key=lambda each: list(SECTIONS).index(each[0]))
        if parts
    )


Names = Mapping[UUID, str]
Shown = Callable[[Materials, Kept, Mapping[str, Sequence[Kept]], Names], Iterator[Part]]


def _way(materials: Materials, row: Kept, _kept: object, _names: Names) -> Iterator[Part]:
    yield _fields(materials, ("door", materials.say(f"held.door_{row['door']}")))


def _conversation(materials: Materials, row: Kept, _kept: object, _names: Names) -> Iterator[Part]:
    session: Any = row["session"] or {}
    role = word(Role, session.get("role"))
    yield _fields(
        materials,
        ("language", materials.say(f"welcome.language.{session.get('language')}")),
        ("role", "" if role is None else materials.say(label_of(role))),
    )
    answers = read_answers(session.get("answers", ()))
    yield from _answers(materials, [each for each in answers if each.step not in FORM.steps])
    if rows := tuple(in_words(materials, answers)):
        yield Fields(rows)


def _consent(materials: Materials, row: Kept, _kept: object, _names: Names) -> Iterator[Part]:
    ended = row["ended_at"]
    yield _fields(
        materials,
        ("purpose", materials.say(f"held.purpose_{row['purpose']}")),
        ("given", _moment(materials, row["given_at"])),
        ("ended", _moment(materials, ended) if ended else materials.say("held.stands")),
        ("version", str(row["version"])),
    )


def _referral(
    materials: Materials, row: Kept, kept: Mapping[str, Sequence[Kept]], names: Names
) -> Iterator[Part]:
    content: Any = row["content"] or {}
    yield _fields(
        materials,
        ("reference", str(row["reference"] or "")),
        ("opened", _moment(materials, row["opened_at"])),
        ("closed", _moment(materials, row["closed_at"]) if row["closed_at"] else ""),
        ("outcome", materials.say(f"held.outcome_{row['outcome']}") if row["outcome"] else ""),
        ("with", names.get(row["owner_id"], "") if isinstance(row["owner_id"], UUID) else ""),
    )
    yield from _answers(materials, read_answers(content.get("answers", ())))
    if content.get("letters"):
        yield Paragraph(materials.say("page.letterbox"))
    said = sorted(
        (each for each in kept.get("message", ()) if each["referral_id"] == row["id"]),
        key=lambda each: int(str(each["seq"])),
    )
    for message in said:
        yield Fields((_said(materials, message, names),))


def _said(materials: Materials, row: Kept, names: Names) -> tuple[str, str]:
    body: Any = row["body"] or {}
    staff = names.get(row["staff_id"], "") if isinstance(row["staff_id"], UUID) else ""
    who = staff or materials.say(f"held.author_{row['author']}")
    at = _moment(materials, datetime.fromisoformat(body["at"])) if body else ""
    event = body.get("event")
    if "letter" in body:
        return f"{at}, {who}", materials.say("page.letterbox")
    happened = f"held.{event}" if event in SEEN else "held.happened"
    return f"{at}, {who}", body.get("words", "") or (materials.say(happened) if event else "")


def _complaint(
    materials: Materials, row: Kept, kept: Mapping[str, Sequence[Kept]], names: Names
) -> Iterator[Part]:
    content: Any = row["content"] or {}
    yield _fields(
        materials,
        ("standing", materials.say(f"complaint.standing.{row['standing']}")),
        ("opened", _moment(materials, row["opened_at"])),
        ("closed", _moment(materials, row["closed_at"]) if row["closed_at"] else ""),
    )
    yield from _answers(materials, read_answers(content.get("answers", ())))
    steps = (each for each in kept.get("complaint_step", ()) if each["complaint_id"] == row["id"])
    for step in sorted(steps, key=lambda each: int(str(each["seq"]))):
        body: Any = step["body"] or {}
        staff = names.get(step["staff_id"], "") if isinstance(step["staff_id"], UUID) else ""
        who = staff or materials.say("held.author_person")
        at = _moment(materials, datetime.fromisoformat(body["at"])) if body else ""
        stands = materials.say(f"complaint.standing.{step['standing']}")
        yield Fields(((f"{at}, {who}", "\n".join(filter(None, (stands, body.get("words", ""))))),))


def _ask(materials: Materials, row: Kept, _kept: object, _names: Names) -> Iterator[Part]:
    yield _fields(
        materials,
        ("purpose", materials.say(f"held.purpose_{row['purpose']}")),
        ("asked", _moment(materials, row["asked_at"])),
        ("answer", materials.say(f"held.ask_{row['state']}")),
    )


def _look(materials: Materials, row: Kept, _kept: object, _names: Names) -> Iterator[Part]:
    queues = {queue.key: queue for queue in materials.organisation.queues}
    queue = queues.get(str(row["queue"]))
    day, looked = row["day"], "held.looked_in_need" if row["in_need"] else "held.looked"
    yield Fields(
        (
            (
                materials.day(day) if isinstance(day, date) else "",
                materials.line(
                    Line(looked, words=queue.name(materials.session.language))
                    if queue
                    else Line("held.author_staff")
                ),
            ),
        )
    )


SECTIONS: Final[Mapping[str, Shown]] = {
    "way": _way,
    "conversation": _conversation,
    "consent": _consent,
    "referral": _referral,
    "complaint": _complaint,
    "ask": _ask,
    "look": _look,
}


def _answers(materials: Materials, answers: Sequence[Answer]) -> Iterator[Part]:
    for answer in answers:
        if not answer.is_skipped:
            yield Paragraph(materials.line(in_review(asked_at(answer.step), answer)))


def _fields(materials: Materials, *rows: tuple[str, str]) -> Fields:
    """Name what is known; what is not known is left out."""
    return Fields(tuple((materials.say(f"held.field_{name}"), text) for name, text in rows if text))


def _moment(materials: Materials, moment: object) -> str:
    return materials.time(moment) if isinstance(moment, datetime) else ""


def _staff_in(kept: Mapping[str, Sequence[Kept]]) -> set[UUID]:
    named = ("staff_id", "owner_id")
    values = (row.get(name) for rows in kept.values() for row in rows for name in named)
    return {each for each in values if isinstance(each, UUID)}


def _plain(value: object) -> object:
    """Write a row as JSON can: days and moments as ISO 8601, bytes as base64."""
    match value:
        case Mapping():
            return {str(name): _plain(each) for name, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes():
            return b64encode(value).decode()
        case _:
            return value
