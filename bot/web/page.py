"""The chat page, its conversation by itself, and what is pressed and typed on it.

Every answer is drawn from what is stored; whoever reloads sees the same.
"""

from __future__ import annotations

import re

from aiohttp import web

from bot.envelopes import Envelope, Outcome, Sender
from bot.house import HOUSE, House
from bot.pages.drawing import Say, is_htmx, notice, page, see_other
from bot.pages.forms import read_form
from bot.pages.languages import LANGUAGE, language_of
from bot.stage import WENT_WRONG
from bot.web import cookies, visitors
from bot.web.draw import picture, problem
from bot.web.read import START, Press, read
from bot.web.visitors import Visitor
from dialogs.events import Chose, Commanded, Event, Said, Started
from dialogs.frozen import Frozen, Hidden, replace
from dialogs.meanwhile import AWAY, meanwhile
from dialogs.rights import ERASED
from dialogs.screens import Screen
from dialogs.turn import show, turn
from dialogs.values import Session
from storage.doors import Door
from storage.errors import Unavailable, Unreadable

CHAT, CONVERSATION = "web/chat.html", "web/conversation.html"
# Only its form is looked at: whoever makes one up shows it to themselves.
PROOF = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}")
ANEW = {"HX-Refresh": "true"}
NOT_DONE = 503
# Nothing can be kept now, or the conversation does not open any more: one can read all the same.
CLOSED = (Unavailable, Unreadable)
LIVE = {
    "data-live": "/chat/ws",
    "data-live-names": "conversation",
    "hx-get": "/chat/conversation",
    "hx-trigger": "conversation from:body, every 30s",
    "hx-swap": "outerMorph",
    # A change that is heard of while the last one is fetched is fetched after it.
    "hx-sync": "#chat:queue last",
}


class View(Frozen):
    """What is to be drawn, beside the session: words that were not taken, and what went wrong.

    Without a screen it is the one of the session.
    """

    session: Session
    visitor: Visitor | None = None
    start: str = ""
    kept: Hidden[str] = ""
    notice: str = ""
    status: int = 200
    screen: Screen | None = None


async def show_page(request: web.Request) -> web.StreamResponse:
    """Show the page; somebody who is not known yet gets the first screen, and leaves no trace."""
    house = request.app[HOUSE]
    try:
        visitor = await visitors.find(house, cookies.read(request, house.settings))
    except CLOSED:
        return _without_keeping(request, Started(), language_of(request))
    if visitor is None:
        start = request.query.get("start", "")
        start = start if START.fullmatch(start) else ""
        session = _without_person(request, house)
        if start:
            session = turn(session, Started(start)).session
        return _draw(request, CHAT, View(session, start=start))
    await visitors.note_fetched(house, visitor)
    return _draw(request, CHAT, View(visitor.session, visitor))


async def show_conversation(request: web.Request) -> web.StreamResponse:
    """Show the conversation by itself, to a page that heard that something changed."""
    house = request.app[HOUSE]
    visitor = await visitors.find(house, cookies.read(request, house.settings))
    if visitor is None:
        # Forgotten in the meantime: the page begins anew.
        return web.Response(headers=ANEW)
    await visitors.note_fetched(house, visitor)
    return _draw(request, CONVERSATION, View(visitor.session, visitor))


async def press(request: web.Request) -> web.StreamResponse:
    """Take in what was pressed or typed, and show what came of it."""
    house, pressed = request.app[HOUSE], read(await read_form(request))
    try:
        token, visitor, outcome = await _taken_in(request, pressed)
    except CLOSED:
        event, words = pressed.event or Started(), pressed.words
        return _without_keeping(request, event, pressed.language, words)
    if visitor is not None and pressed.event is None:
        return _draw(request, _part(request), View(visitor.session, visitor, kept=pressed.words))
    response = await _answer(request, token, pressed, outcome)
    if visitor is None and await visitors.find(house, token) is not None:
        cookies.give(response, house.settings, token)
    return response


async def forget(request: web.Request) -> web.StreamResponse:
    """Erase everything in one press, as the page of one's rights does."""
    house, pressed = request.app[HOUSE], read(await read_form(request))
    token = cookies.read(request, house.settings)
    try:
        visitor = await visitors.find(house, token)
    except Unreadable:
        await visitors.erase(house, token)
        return _goodbye(request, Session(ERASED, pressed.language))
    if visitor is None or token is None:
        return see_other("/chat")
    sender = Sender(Door.WEB, token, visitor.session.language)
    rights, erase = Chose("everywhere.go", "rights"), Chose("rights.overview", "erase")
    await house.conductor.hear(Envelope(sender, f"web:{pressed.key}:rights", rights))
    outcome = await house.conductor.hear(Envelope(sender, f"web:{pressed.key}", erase))
    return await _answer(request, token, pressed, outcome)


async def _taken_in(
    request: web.Request, pressed: Press
) -> tuple[str, Visitor | None, Outcome | None]:
    """Find who presses, or give a newcomer a token, and let the conductor hear it."""
    house = request.app[HOUSE]
    token = cookies.read(request, house.settings)
    visitor = await visitors.find(house, token)
    if token is None or (visitor is None and not await visitors.is_shut(house, token)):
        token = house.clock.new_token()
    sender = Sender(Door.WEB, token, language_of(request))
    return token, visitor, await _hear(house, sender, pressed, is_new=visitor is None)


async def _hear(house: House, sender: Sender, pressed: Press, *, is_new: bool) -> Outcome | None:
    """Let the conductor hear it; a link somebody came by is heard first, and once."""
    hear = house.conductor.hear
    if pressed.event is None:
        return None
    if is_new and pressed.start:
        await hear(Envelope(sender, f"web:{pressed.key}:start", Started(pressed.start)))
    return await hear(Envelope(sender, f"web:{pressed.key}", pressed.event))


async def _answer(
    request: web.Request, token: str, pressed: Press, outcome: Outcome | None
) -> web.StreamResponse:
    house = request.app[HOUSE]
    if outcome is not None and outcome.session.place == ERASED:
        return _goodbye(request, outcome.session)
    visitor = await visitors.find(house, token)
    session = visitor.session if visitor else _without_person(request, house)
    view = _after(house, session, visitor, pressed, outcome)
    if is_htmx(request) and view.notice:
        return notice(request, _say(house, session), view.notice, view.status)
    if is_htmx(request):
        return _draw(request, CONVERSATION, view, was=pressed.language)
    if view.kept or view.notice:
        return _draw(request, CHAT, view)
    return see_other("/chat")


def _after(
    house: House,
    session: Session,
    visitor: Visitor | None,
    pressed: Press,
    outcome: Outcome | None,
) -> View:
    """Say what is to be drawn after an event; words that were not taken stay in the box."""
    if outcome is not None and outcome.screen == WENT_WRONG:
        notice = problem(house, session, WENT_WRONG.lines)
        return View(session, visitor, "", pressed.words, notice, NOT_DONE)
    remark = "" if outcome is None else outcome.session.remark or ""
    if isinstance(pressed.event, Said | Commanded) and "problem" in remark.split("."):
        return View(session, visitor, kept=pressed.words)
    return View(session, visitor)


def _without_keeping(
    request: web.Request, event: Event, language: str, words: str = ""
) -> web.StreamResponse:
    """Answer while nothing can be kept; words that could not be taken stay in their box."""
    house = request.app[HOUSE]
    done = meanwhile(visitors.newcomer(house, language), event)
    session, is_part = done.session, is_htmx(request)
    screen = replace(done.screen or show(session), takes_words=bool(words))
    if is_part and words:
        said = problem(house, session, screen.lines)
        return notice(request, _say(house, session), said, NOT_DONE)
    status = NOT_DONE if session.place == AWAY and not is_part else 200
    return _draw(request, _part(request), View(session, kept=words, screen=screen, status=status))


def _goodbye(request: web.Request, session: Session) -> web.StreamResponse:
    """Show that nothing is kept any more, to a browser that is forgotten too."""
    if is_htmx(request):
        response = _draw(request, CONVERSATION, View(session))
        # Nothing of the page that listened may stay.
        response.headers["HX-Reswap"] = "outerHTML"
    else:
        response = see_other(f"/chat?erased={session.language}&proof={session.proof}")
    cookies.take_back(response, request.app[HOUSE].settings)
    return response


def _without_person(request: web.Request, house: House) -> Session:
    erased = request.query.get("erased", "")
    if erased in house.wording.languages:
        proof = request.query.get("proof", "")
        return Session(ERASED, erased, proof=proof if PROOF.fullmatch(proof) else "")
    return visitors.newcomer(house, language_of(request))


def _say(house: House, session: Session) -> Say:
    return lambda id: house.wording.text(session.language, session.service, id) or ""


def _part(request: web.Request) -> str:
    return CONVERSATION if is_htmx(request) else CHAT


def _draw(request: web.Request, template: str, view: View, was: str = "") -> web.Response:
    house, session = request.app[HOUSE], view.session
    request[LANGUAGE] = session.language

    values = picture(house, session, view.visitor, view.screen) | {
        "key": house.clock.new_token(),
        "start": view.start,
        "kept": view.kept,
        "notice": view.notice,
        # Only without scripts: they look by themselves, and see what stands in a `noscript`.
        "may_refresh": session.is_with_staff and not is_htmx(request),
        "live": {} if view.visitor is None else LIVE,
    }
    exit_address = house.organisation.exit_address
    response = page(
        request,
        template,
        _say(house, session),
        status=view.status,
        leads_to=(exit_address,),
        **values,
    )
    if was and was != session.language:
        # What stands around the conversation is in another language now, and is drawn anew.
        response.headers.update(ANEW)
    return response
