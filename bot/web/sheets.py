"""A page that is only read, such as a copy: it can be left at once, as the chat can."""

from __future__ import annotations

from aiohttp import web

from bot.documents.content import content_of
from bot.documents.values import Document
from bot.house import HOUSE
from bot.pages.drawing import Say, page
from bot.pages.languages import LANGUAGE
from bot.pages.refusals import say


def draw_document(
    request: web.Request, words: Say, document: Document, *, files: tuple[str, ...] = ()
) -> web.Response:
    """Draw a document; `files` are the kinds of file it can be fetched as below this address."""
    request[LANGUAGE] = document.language
    return _draw(request, "web/copy.html", words, content=content_of(document), files=files)


def draw_ended(request: web.Request) -> web.Response:
    """Say that a link fetches nothing any more."""
    gone = web.HTTPGone.status_code
    return _draw(request, "web/copy_ended.html", lambda id: say(request, id), status=gone)


def _draw(
    request: web.Request, template: str, words: Say, *, status: int = 200, **values: object
) -> web.Response:
    organisation = request.app[HOUSE].organisation
    return page(
        request,
        template,
        words,
        status=status,
        leads_to=(organisation.exit_address,),
        organisation=organisation.name,
        exit_address=organisation.exit_address,
        here=request.path,
        **values,
    )
