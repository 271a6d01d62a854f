"""Standard replies: written once for every language, found by a word, put in while one writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from aiohttp import web

from bot.console.auditing import Doing, note
from bot.console.desk import draw, house_of, in_their_own_words, member_of, say_to
from bot.console.drafting import laid_aside
from bot.console.filling import NAMES, filled, of_referral, unknown, values
from bot.console.queue import counted
from bot.console.requests import address_of, found, id_in, person_of
from bot.console.writing import LONGEST, Draft
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from dialogs.values import Service
from storage import replies
from storage.errors import NotFound
from storage.replies import Reply

REPLIES = "/staff/replies"
LONGEST_TITLE = 80
# Eight languages, in letters of which each may be six signs of a form.
LARGEST_FORM = 128 * 1024


@dataclass(frozen=True, slots=True)
class Written:
    """A reply as its form shows it: what it says in each language, and what is wrong with it."""

    id: str
    titles: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    previews: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def name(self) -> str:
        """Give a title that there is, in whatever language."""
        return next(filter(None, self.titles.values()), "")


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
    """Say what keeps a reply from being used."""
    say = say_to(request)
    for each in written:
        if bool(each.title) is not bool(each.words):
            return say("replies.both")
        if len(each.title) > LONGEST_TITLE or len(each.words) > LONGEST:
            return say("replies.long", title=LONGEST_TITLE, most=LONGEST)
        if names := unknown(each.words):
            return say("replies.unknown", names=", ".join(names))
    return ""


async def _page(request: web.Request, refused: Written | None = None) -> web.Response:
    house, sought = house_of(request), request.query.get("q", "").strip()
    async with house.database.reading() as db:
        listed = await replies.everything(db)
    shown = [_written(request, group) for group in _by_id(listed) if _holds(group, sought)]
    if refused is not None and refused.id:
        shown = [refused if each.id == refused.id else each for each in shown]
    return draw(
        request,
        "replies.html",
        status=422 if refused else 200,
        replies=shown,
        new=refused if refused and not refused.id else Written(""),
        languages=in_their_own_words(house.wording.languages),
        expected=house.wording.desk_languages,
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


def _by_id(listed: Iterable[Reply]) -> list[list[Reply]]:
    by_id = sorted(listed, key=lambda each: each.id)
    groups = [list(group) for _, group in groupby(by_id, key=lambda each: each.id)]
    return sorted(groups, key=lambda group: group[0].title.casefold())


def _holds(group: list[Reply], sought: str) -> bool:
    return any(sought.casefold() in f"{each.title} {each.words}".casefold() for each in group)
