"""Writing to a person, or a note for colleagues; what was typed is never lost by a refusal.

A note never becomes an event of the person's conversation, so no door can ever show it to them.
"""

from __future__ import annotations

from datetime import datetime

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import counting
from bot.announcer import MAIL, QUEUES, of_person, of_referral
from bot.console.auditing import Doing, note
from bot.console.conversation import Composer, drawn_over
from bot.console.desk import house_of, member_of, say_to
from bot.console.filling import unfilled
from bot.console.queue import language_in_words, taken_by
from bot.console.requests import (
    address_of,
    found,
    has_content,
    key_of,
    nonce_of,
    person_of,
)
from bot.envelopes import Envelope
from bot.pages.drawing import see_other
from bot.pages.forms import Form, read_form
from bot.pages.languages import language_of
from bot.spoken import other_language
from bot.terms import UNDO
from dialogs.events import StaffWrote
from dialogs.frozen import Frozen, Hidden, replace
from storage import drafts, heard, messages, referrals
from storage.drafts import Kind, Slot
from storage.errors import Conflict
from storage.messages import Author, Delivery, NewMessage
from storage.referrals import Referral, Status
from storage.sealed import Seal
from storage.staff_values import Member

LONGEST = 2000
LONGEST_NUMBER = 10


class OtherLanguage(Conflict):
    """The words seem to be in another language than the person's."""

    def __init__(self, language: str) -> None:
        super().__init__("these words seem to be in another language")
        self.language = language


class Stale(Conflict):
    """The words were written to a page that did not show everything yet."""

    def __init__(self, count: int) -> None:
        super().__init__("there is something new on the timeline")
        self.count = count


class Draft(Frozen):
    """What came back from the composer.

    `is_sure` sends it over newer words, and `shown` names what stood on the page.
    """

    kind: Kind
    words: Hidden[str]
    last_seen: int
    is_sure: bool
    shown: str = ""
    nonce: str = ""

    @classmethod
    def read(cls, form: Form) -> Draft:
        """Read the form; a kind that is not known is a note, which harms nobody."""
        return cls(
            Kind.ANSWER if form.get("kind") == Kind.ANSWER else Kind.NOTE,
            form.get("words", "").strip(),
            # One stands in the composer, and a newer one where the page refreshes itself.
            max(map(_number, form.getall("last_seen", [])), default=0),
            "sure" in form,
            form.get("shown", ""),
            nonce_of(form),
        )

    @property
    def problem(self) -> str | None:
        """Name what is wrong with the words, as an id."""
        if not self.words:
            return "talk.empty"
        if self.kind is Kind.ANSWER and unfilled(self.words):
            return "talk.unfilled"
        return "talk.too_long" if len(self.words) > LONGEST else None

    def followed_by(self, words: str) -> Draft:
        """Put more words behind these."""
        return replace(self, words="\n\n".join(filter(None, (self.words, words))))

    def slot(self, referral: Referral, member: Member) -> Slot:
        """Say where these words lie until they are sent."""
        return Slot(referral.id, member.id, self.kind)

    def sent_as(self, member: Member) -> str:
        """Name what is known once these words were sent, so that they are no draft again."""
        return f"sent:{member.id}:{self.nonce}"


async def write(request: web.Request) -> web.Response:
    """Send an answer or keep a note; every refusal gives the words back."""
    form, referral = await read_form(request), await found(request)
    draft, say = Draft.read(form), say_to(request)
    if draft.problem is not None:
        names = ", ".join(unfilled(draft.words))
        problem = say(draft.problem, count=len(draft.words), most=LONGEST, names=names)
        return await _given_back(request, referral, draft, problem, status=422)
    key = key_of(request, form, draft.kind, draft.words)
    try:
        if draft.kind is Kind.ANSWER:
            await _answer(request, referral, draft, key)
        else:
            await _note(request, referral, draft, key)
    except OtherLanguage as other:
        reader = language_of(request)
        theirs = language_in_words(referral.language, reader)
        yours = language_in_words(other.language, reader)
        problem = say("talk.other_language", theirs=theirs, yours=yours)
        return await _given_back(request, await found(request), draft, problem, asks_again=True)
    except Stale as stale:
        problem = say("talk.stale", count=stale.count)
        return await _given_back(request, await found(request), draft, problem, asks_again=True)
    except Conflict as lost:
        problem = taken_by(request, lost.by) if lost.by else say("talk.not_open")
        return await _given_back(request, await found(request), draft, problem)
    return see_other(f"{address_of(referral)}#end")


async def require_fresh(
    db: AsyncSession, seal: Seal, referral: Referral, member: Member, draft: Draft
) -> None:
    """Raise Stale when somebody else wrote what this page did not show yet."""
    if draft.is_sure:
        return
    newer = [
        message
        for message in await messages.thread(db, seal, referral.id, after=draft.last_seen)
        if message.author is not Author.EVENT and message.staff_id != member.id
    ]
    if newer:
        raise Stale(len(newer))


async def _answer(request: web.Request, referral: Referral, draft: Draft, key: str) -> None:
    """Hand the words to the conductor; only the owner may, and only over what they have seen."""
    house, member = house_of(request), member_of(request)
    person_id = person_of(referral)
    other = None if draft.is_sure else other_language(draft.words, referral.language)
    if other is not None:
        raise OtherLanguage(other)
    seal = await house.keystore.seal_of(person_id)
    message_id, now = house.clock.new_id(), house.clock.now()
    hours, zone = house.organisation.services[referral.service].hours, house.settings.timezone

    async def first(db: AsyncSession) -> None:
        await referrals.require_owner(db, member, referral.id)
        await require_fresh(db, seal, referral, member, draft)
        new = NewMessage(
            message_id,
            referral.id,
            Author.STAFF,
            now,
            draft.words,
            member.id,
            Delivery.WAITING,
            held_until=now + UNDO,
        )
        await counting.answered(db, referral.id, hours, zone, now)
        await messages.add(db, seal, new)
        await _no_draft(db, referral, member, draft, now)
        await referrals.seen(db, member, referral.id, draft.last_seen)
        await note(db, request, Doing.ANSWERED, referral.id)

    wrote = StaffWrote(member.name, draft.words)
    await house.conductor.hear(Envelope(person_id, key, wrote, first, message_id))
    # Nothing else happens at the moment from which the words are the person's.
    house.announcer.announce_after(UNDO, MAIL, of_person(person_id), of_referral(referral.id))


async def _note(request: web.Request, referral: Referral, draft: Draft, key: str) -> None:
    """Keep a note; any colleague of the queue may leave one on what somebody works on."""
    house, member = house_of(request), member_of(request)
    seal = await house.keystore.seal_of(person_of(referral))
    now = house.clock.now()
    async with house.database.begin() as db:
        there = await referrals.get(db, member, referral.id)
        if there.status is not Status.OWNED or not has_content(there):
            raise Conflict("there is nothing to note anything on")
        if not await heard.keep(db, [key], now):
            return
        id = house.clock.new_id()
        new = NewMessage(id, referral.id, Author.NOTE, now, draft.words, member.id)
        await messages.add(db, seal, new)
        await _no_draft(db, referral, member, draft, now)
        await note(db, request, Doing.NOTED, referral.id)
    house.announcer.announce(QUEUES, of_referral(referral.id))


async def _no_draft(
    db: AsyncSession, referral: Referral, member: Member, draft: Draft, now: datetime
) -> None:
    """Take the draft away, also one that is still on its way from the page."""
    await heard.keep(db, [draft.sent_as(member)], now)
    await drafts.drop(db, draft.slot(referral, member))


async def _given_back(
    request: web.Request,
    referral: Referral,
    draft: Draft,
    problem: str,
    *,
    status: int = 409,
    asks_again: bool = False,
) -> web.Response:
    composer = Composer(draft.kind, draft.words, problem, asks_again)
    return await drawn_over(request, referral, composer, draft.shown, status)


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER
    return int(text) if is_number else 0
