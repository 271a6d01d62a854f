"""A step of a complaint as a letter to its person, to be printed and sent: tagged PDF.

It says what they were told in the chat, in their language, and nothing else.
"""

from __future__ import annotations

from aiohttp import web

from bot.console.auditing import Doing
from bot.console.complaints import found_complaint
from bot.console.desk import house_of, member_of
from bot.console.looking import looks_at
from bot.documents.pdf import pdf_of
from bot.documents.values import Document, Fields, Paragraph, Part, Signature
from bot.organisation import Office
from dialogs.screens import Line
from dialogs.values import Answer
from storage import complaint_desk, complaints
from storage.complaint_values import Filed, Taken
from storage.errors import NotFound

REPLY_TO = ("phone", "email", "address")


async def show(request: web.Request) -> web.Response:
    """Give the letter about one step; raise NotFound for a step that was not taken."""
    house, filed = house_of(request), await found_complaint(request)
    await looks_at(request, filed.person_id, filed.queue, Doing.READ_COMPLAINT, filed.id)
    seal = await house.keystore.seal_of(filed.person_id)
    async with house.database.reading() as db:
        taken = await complaints.steps(db, seal, filed.id)
        try:
            written = await complaint_desk.answers(db, member_of(request), seal, filed.id)
        except NotFound:
            written = ()
    number = request.match_info["number"]
    if not (number.isascii() and number.isdigit() and 0 < int(number) <= len(taken)):
        raise NotFound("no such step")
    letter = _letter(request, filed, taken[int(number) - 1], written)
    return web.Response(
        body=await pdf_of(letter),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="letter.pdf"'},
    )


def _letter(
    request: web.Request, filed: Filed, step: Taken, written: tuple[Answer, ...]
) -> Document:
    house = house_of(request)
    wording, office = house.wording, house.organisation.services[filed.service]
    language = filed.language if filed.language in wording.languages else wording.languages[0]

    def say(id: str, words: str | None = None) -> str:
        return wording.line(language, filed.service, Line(id, words=words), reveal=True) or ""

    day = step.at.astimezone(house.settings.timezone).date()
    parts: tuple[Part, ...] = (
        Paragraph(say("complaint.post.greeting")),
        Fields(((say("complaint.post.standing"), say(f"complaint.post.{step.standing}")),)),
        *([Paragraph(step.words)] if step.words else []),
        Paragraph(say("complaint.post.questions", _ways(office))),
        Signature(say("complaint.post.yours"), office.name),
    )
    given = {each.step: each.words for each in written if each.words}
    addressee = "\n".join(given[each] for each in ("signed", "reached_at") if each in given)
    head = tuple(filter(None, (office.name, addressee)))
    return Document(language, say("complaint.copy.title"), day, parts, head)


def _ways(office: Office) -> str:
    """Name how the office is reached, as far as that is known."""
    return ", ".join(filter(None, (getattr(office, each) for each in REPLY_TO))) or office.name
