"""One request: what the person said, the words of both sides, and what can be done now.

Before somebody has picked it up nothing of its content is read, not even from the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from aiohttp import web

from bot.console.answers import (
    ConsentFact,
    Facts,
    Teller,
    asked_facts,
    consent_facts,
    locked,
)
from bot.console.auditing import Doing
from bot.console.desk import draw, house_of, member_of
from bot.console.instructions import Told, step_of, told
from bot.console.letterboxes import take_out
from bot.console.looking import looks_at
from bot.console.mine import cards_of
from bot.console.presence import looks
from bot.console.queue import counted, language_in_words, queue_in_words
from bot.console.ready import ready_for
from bot.console.requests import (
    LED,
    found,
    has_content,
    is_led,
    is_owned_by,
    person_of,
    reading_of,
)
from bot.console.revealed import shown_to
from bot.console.shown import drawn_anew, is_taken_back, names_of, over_all
from bot.console.time_left import time_left, waited
from bot.console.timeline import Reason, entries, last_seq
from bot.pages.drawing import is_htmx
from bot.pages.languages import language_of
from dialogs.frozen import Frozen, Hidden, field
from dialogs.values import Purpose
from storage import asks, consents, drafts, links, messages, referrals
from storage.drafts import Kind, Slot
from storage.errors import NotFound
from storage.links import Link
from storage.messages import Message
from storage.referrals import Asked, Referral, Status


class Content(Frozen):
    """What may be read of a request once somebody picked it up."""

    thread: list[Message]
    asked: Asked
    consents: list[ConsentFact]
    askable: list[Purpose]


class Composer(Frozen):
    """What somebody was about to send, and why it was not sent; nothing when a page is new.

    `other` is of which kind another draft of theirs lies ready.
    """

    kind: Kind = Kind.ANSWER
    words: Hidden[str] = ""
    problem: str = ""
    asks_again: bool = False
    other: Kind | None = None


class Refused(Frozen):
    """What was asked in another form of the page, with its fields, and why it was not done."""

    form: str = ""
    problem: str = ""
    fields: Hidden[Mapping[str, str]] = field(default_factory=dict)


NOTHING = Refused()


async def show(request: web.Request) -> web.Response:
    """Show a request, or its conversation to a page that is open.

    What is new counts as read when its owner opens it.
    """
    referral, member = await found(request), member_of(request)
    content = await _content(request, referral)
    template = "talk.html" if is_htmx(request) else "conversation.html"
    composer = await _begun(request, referral, content)
    response = await _page(request, referral, content, composer, template=template)
    is_reading = request.method == "GET" and is_owned_by(member, referral)
    if is_reading and referral.unread and content:
        async with house_of(request).database.begin() as db:
            await referrals.seen(db, member, referral.id, last_seq(content.thread))
    return response


async def refresh(request: web.Request) -> web.Response:
    """Give the part of an open page that others may change; what is being typed is not in it.

    When something was taken back that stands on the rest of the page, the whole page goes.
    """
    try:
        referral = await found(request)
        content = await _content(request, referral)
    except NotFound:
        return drawn_anew(status=404)
    names = _shown(request, referral, content)
    if is_taken_back(request.query.get("shown", ""), names):
        return drawn_anew()
    live = await _live(request, referral, content)
    return draw(request, "talk_live.html", status=200, **live)


async def drawn_over(
    request: web.Request, referral: Referral, composer: Composer, shown: str, status: int
) -> web.Response:
    """Draw a request for whoever sent something from its page, which showed this."""
    content = await _content(request, referral)
    names = _shown(request, referral, content)
    is_part = is_htmx(request) and not is_taken_back(shown, names)
    template = "talk.html" if is_part else "conversation.html"
    response = await _page(request, referral, content, composer, template=template, status=status)
    return over_all(response) if is_htmx(request) and not is_part else response


async def drawn(
    request: web.Request,
    referral: Referral,
    composer: Composer,
    *,
    status: int = 200,
    refused: Refused = NOTHING,
) -> web.Response:
    """Draw the page of a request."""
    content = await _content(request, referral)
    return await _page(request, referral, content, composer, status=status, refused=refused)


async def _page(
    request: web.Request,
    referral: Referral,
    content: Content | None,
    composer: Composer,
    *,
    template: str = "conversation.html",
    status: int = 200,
    refused: Refused = NOTHING,
) -> web.Response:
    return draw(
        request,
        template,
        status=status,
        **await _live(request, referral, content),
        locked=locked(referral.service, content.consents) if content else [],
        shown=sorted(_shown(request, referral, content)),
        reasons=list(Reason),
        composer=composer,
        refused=refused,
        links=await _links(request, referral) if content else [],
        ready=await ready_for(request, referral) if content else [],
        spoken=partial(language_in_words, reader=language_of(request)),
        mine=await cards_of(request),
        here=str(referral.id),
        counts=await counted(request),
    )


async def _live(
    request: web.Request, referral: Referral, content: Content | None
) -> dict[str, object]:
    """Give what the part of a page is drawn with that an open page asks for at every change."""
    house, member, reading = house_of(request), member_of(request), reading_of(request)
    thread = content.thread if content else []
    office = house.organisation.services[referral.service]
    return {
        "referral": referral,
        "left": time_left(referral, office, reading),
        "waited": waited(referral, reading),
        "queue": queue_in_words(house, referral.queue, reading.language),
        "person_language": language_in_words(referral.language, reading.language),
        "content": content,
        "entries": entries(thread, referral, reading),
        "last_seen": last_seq(thread),
        "facts": _facts(request, content, referral),
        "instruction": await _instruction(request, referral, content),
        "is_mine": is_owned_by(member, referral),
        "is_free": referral.status is Status.WAITING,
        "led": f"?{LED}=yes" if is_led(request) else "",
        "is_open": referral.status is Status.OWNED,
        "others": await looks(request, referral.id),
    }


async def _instruction(
    request: web.Request, referral: Referral, content: Content | None
) -> Told | None:
    """Find what the house says is to be done now."""
    thread, agreed = (content.thread, content.consents) if content else ([], [])
    step = step_of(referral, thread, agreed)
    return None if step is None else await told(request, referral, step)


async def _begun(request: web.Request, referral: Referral, content: Content | None) -> Composer:
    """Lay out what somebody was writing; a note never lies where an answer is written."""
    member = member_of(request)
    is_mine = is_owned_by(member, referral)
    is_note = not is_mine or request.query.get("kind") == Kind.NOTE
    kind, other = (Kind.NOTE, Kind.ANSWER) if is_note else (Kind.ANSWER, Kind.NOTE)
    if content is None:
        return Composer(kind)
    seal = await house_of(request).keystore.seal_of(person_of(referral))
    async with house_of(request).database.reading() as db:
        kept = {
            each: await drafts.find(db, seal, Slot(referral.id, member.id, each)) for each in Kind
        }
    return Composer(kind, kept[kind], other=other if is_mine and kept[other] else None)


async def _content(request: web.Request, referral: Referral) -> Content | None:
    """Read what may be read of it."""
    if not has_content(referral):
        return None
    house, person_id, reading = house_of(request), person_of(referral), reading_of(request)
    await looks_at(request, person_id, referral.queue, Doing.READ, referral.id)
    seal = await house.keystore.seal_of(person_id)
    async with house.database.reading() as db:
        history = await consents.history(db, person_id)
        asked = await asks.of_referral(db, referral.id)
        said = await referrals.answers(db, seal, referral.id)
        thread = await messages.thread(db, seal, referral.id)
    thread, said = await take_out(request, referral.queue, thread, said)
    return Content(
        thread,
        said,
        [*consent_facts(said, history, reading), *asked_facts(asked, history, reading)],
        # What staff ask for rests on a consent that is not there after a warning.
        [] if said.is_warning else asks.askable(referral.service, asked),
    )


async def _links(request: web.Request, referral: Referral) -> list[Link]:
    house = house_of(request)
    async with house.database.reading() as db:
        system, member = house.keystore.system, member_of(request)
        return await links.of_referral(db, system, member, referral.id)


def _shown(request: web.Request, referral: Referral, content: Content | None) -> frozenset[str]:
    return names_of(referral, member_of(request), content.consents if content else None)


def _facts(request: web.Request, content: Content | None, referral: Referral) -> Facts | None:
    """Sort the answers; of who and where somebody is, only what this colleague was shown."""
    if content is None:
        return None
    teller = Teller(house_of(request).wording, referral.service, language_of(request))
    now, member = house_of(request).clock.now(), member_of(request)
    return teller.facts(content.asked, shown_to(member, content.thread, now))
