"""The register of processing and a chapter of a DPIA, for who guards privacy; also as PDF."""

from __future__ import annotations

from aiohttp import web

from bot.console.desk import draw, house_of, today_of
from bot.console.queue import counted
from bot.documents.content import content_of
from bot.documents.pdf import pdf_of
from bot.documents.values import Document
from bot.inventory import Notice
from bot.pages.languages import language_of
from bot.register import Register
from dialogs.values import Service

CHAPTERS = ("register", "assessment")


async def show(request: web.Request) -> web.Response:
    """Show one of the two as it stands today, of the service that is asked for."""
    service, chapter = _asked(request)
    return draw(
        request,
        "register.html",
        content=content_of(_document(request, service, chapter)),
        services=house_of(request).organisation.services,
        service=service,
        chapters=CHAPTERS,
        chapter=chapter,
        counts=await counted(request),
    )


async def as_file(request: web.Request) -> web.Response:
    """Give the same to be kept or sent."""
    service, chapter = _asked(request)
    name = f"{chapter}-{service}-{today_of(request).isoformat()}.pdf"
    return web.Response(
        body=await pdf_of(_document(request, service, chapter)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _document(request: web.Request, service: Service, chapter: str) -> Document:
    house, language = house_of(request), language_of(request)
    notice = Notice(house.organisation, house.settings, house.wording, service, language)
    register, day = Register(notice), today_of(request)
    return register.register(day) if chapter == CHAPTERS[0] else register.assessment(day)


def _asked(request: web.Request) -> tuple[Service, str]:
    """Read what is asked for; what there is not is not found."""
    services = list(house_of(request).organisation.services)
    named = request.query.get("service", services[0])
    chapter = request.query.get("chapter", CHAPTERS[0])
    service = next((each for each in services if each == named), None)
    if service is None or chapter not in CHAPTERS:
        raise web.HTTPNotFound
    return service, chapter
