"""Standard replies: written once for every language, found by a word, put in while one writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from aiohttp import web

from bot.console.auditing import Doing, note
from bot.console.desk import Say, draw, house_of, member_of, say_to
from bot.console.drafting import laid_aside
from bot.console.filling import NAMES, filled, of_referral, unknown, values
from bot.console.queue import counted, language_in_words
from bot.console.requests import address_of, found, id_in, person_of
from bot.console.writing import LONGEST, Draft
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from bot.pages.languages import language_of
from bot.wording import FIRST
from dialogs.frozen import Frozen, field
from dialogs.values import Service
from storage import replies
from storage.errors import NotFound
from storage.replies import Reply

REPLIES = "/staff/replies"
LONGEST_TITLE = 80
# Eight languages, in letters of which each may be six signs of a form.
LARGEST_FORM = 128 * 1024


class Written(Frozen):
    """A reply as its form shows it: what it says in each language, and what is wrong with it."""

    id: str
    titles: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    previews: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def name(self) -> str:
        """Give its Dutch title, or one that there is."""
        return self.titles.get(FIRST) or next(filter(None, self.titles.values()), "")


async def show(request: web.Request) -> web.Response:
    """Show the replies that hold what is looked for, in a title or in their words."""
    return await _page(request)


async def keep(request: web.Request) -> web.Response:
    """Keep a reply in every language; one without any words is gone."""
    house, form = house_of(request), await read_form(request, LARGEST_FORM)
    id = id_in(form.get("id", "")) if form.get("id") else house.clock.new_id()
    written = [_typed(form, id, code) for code in house.wording.languages]
    problem = _problem(request, written)
    if problem:
        titles = {each.language: each.title for each in written}
        words = {each.language: each.words for each in written}
        return await _page(request, Written(form.get("id", ""), titles, words, {}, problem))
    async with house.database.begin() as db:
        for each in written:
            await replies.keep(db, each)
        await note(db, request, Doing.WROTE_REPLY)
    return see_other(f"{REPLIES}#reply-{id}")


async def insert(request: web.Request) -> web.Response:
    """Put a reply behind what is being written, for a page without scripts."""
    house, member = house_of(request), member_of(request)
    form, referral = await read_form(request), await found(request)
    id, _, language = form.get("reply", "").partition(":")
    async with house.database.reading() as db:
        listed = await replies.everything(db)
    reply = next((r for r in listed if (str(r.id), r.language) == (id, language)), None)
    if reply is None:
        raise NotFound("no such reply")
    words = filled(reply.words, of_referral(house, member, referral, language))
    draft = Draft.read(form).followed_by(words)
    seal = await house.keystore.seal_of(person_of(referral))
    async with house.database.begin() as db:
        await laid_aside(request, db, seal, referral, draft)
        await note(db, request, Doing.USED_REPLY, referral.id)
    return see_other(f"{address_of(referral)}?kind={draft.kind}#composer")


def _typed(form: Form, id: UUID, language: str) -> Reply:
    title, words = (form.get(f"{name}_{language}", "").strip() for name in ("title", "words"))
    return Reply(id, language, title, words)


def _problem(request: web.Request, written: Iterable[Reply]) -> str:
    """Say what keeps a reply from being used, and in which language."""
    for each in written:
        if wrong := _wrong(say_to(request), each):
            return f"{language_in_words(each.language, language_of(request))}: {wrong}"
    return ""


def _wrong(say: Say, reply: Reply) -> str:
    if bool(reply.title) is not bool(reply.words):
        return say("replies.both")
    if len(reply.title) > LONGEST_TITLE or len(reply.words) > LONGEST:
        return say("replies.long", title=LONGEST_TITLE, most=LONGEST)
    names = unknown(reply.words)
    return say("replies.unknown", names=", ".join(names)) if names else ""


async def _page(request: web.Request, refused: Written | None = None) -> web.Response:
    house, sought = house_of(request), request.query.get("q", "").strip()
    ours = house.wording.desk_languages
    async with house.database.reading() as db:
        listed = await replies.everything(db)
    shown = [
        _written(request, group) for group in replies.together(listed) if _holds(group, sought)
    ]
    if refused is not None and refused.id:
        shown = [refused if each.id == refused.id else each for each in shown]
    return draw(
        request,
        "replies.html",
        status=422 if refused else 200,
        replies=shown,
        new=refused if refused and not refused.id else Written(""),
        languages=_named(request, ours),
        others=_named(request, (each for each in house.wording.languages if each not in ours)),
        names=NAMES,
        sought=sought,
        counts=await counted(request),
    )


def _written(request: web.Request, group: list[Reply]) -> Written:
    house, member = house_of(request), member_of(request)
    return Written(
        str(group[0].id),
        {each.language: each.title for each in group},
        {each.language: each.words for each in group},
        {
            each.language: filled(
                each.words, values(house, member, Service.MEDIATION, each.language, "K7P4-2M9X")
            )
            for each in group
        },
    )


def _named(request: web.Request, languages: Iterable[str]) -> list[tuple[str, str]]:
    reader = language_of(request)
    return [(code, language_in_words(code, reader)) for code in languages]


def _holds(group: list[Reply], sought: str) -> bool:
    return any(sought.casefold() in f"{each.title} {each.words}".casefold() for each in group)
