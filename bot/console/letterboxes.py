"""Letterboxes at the desk: what opens them to a colleague, and giving a key on.

Who signed in with their passphrase has their own key in the session, under the token of their
browser; so only while somebody who has the key asks for a page does this house read what is on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.console.auditing import Doing, note, note_of
from bot.console.desk import SESSION, house_of, member_of, say_to
from bot.console.queue import queue_in_words
from bot.console.requests import id_in
from bot.console.sessions import token_of
from bot.console.tries import email_index
from bot.hashes import SlowHashes
from bot.house import House
from bot.pages.drawing import see_other
from bot.pages.forms import read_form
from dialogs.frozen import Frozen, replace
from storage import letterbox, messages, own_keys, staff
from storage.asked import opened
from storage.duties import Duty, take_turns
from storage.errors import Conflict, NotFound, Unreadable
from storage.letterbox import Keys, Letter
from storage.messages import Message
from storage.own_keys import KeptKey
from storage.pairs import PrivateKey
from storage.referrals import Asked
from storage.staff_values import Member


class Own(Frozen):
    """A colleague's own key; a new one comes with what is to be kept of it."""

    key: PrivateKey
    new: KeptKey | None = None


class Box(Frozen):
    """The letterbox of a queue as a colleague knows it: who has its key, and who could be given it.

    `is_open` says whether what is in it opens to them now.
    """

    queue: str
    name: str
    is_mine: bool
    is_open: bool
    holders: tuple[str, ...]
    others: tuple[Member, ...] = ()


async def own_with(house: House, hashes: SlowHashes, member: Member, passphrase: str) -> Own | None:
    """Open a colleague's own key with their passphrase, or draw one where it is needed."""
    async with house.database.reading() as db:
        kept = await own_keys.own_of(db, member.id)
    if kept is None:
        return await new_own(house, hashes, passphrase)
    try:
        return Own(kept.opened(await hashes.key_of(passphrase, kept.salt, kept.cost)))
    except Unreadable:
        return None


async def new_own(house: House, hashes: SlowHashes, passphrase: str) -> Own | None:
    """Draw a key for a new passphrase, where there are letterboxes, or were."""
    async with house.database.reading() as db:
        made = await letterbox.holders(db)
    if not made and not house.organisation.letterboxes:
        return None
    key, salt, cost = PrivateKey.new(), house.clock.new_id().bytes, hashes.cost
    hashed = await hashes.key_of(passphrase, salt, cost)
    return Own(key, KeptKey.of(key, hashed, salt, cost))


async def settle(
    db: AsyncSession, house: House, member: Member, own: Own | None
) -> PrivateKey | None:
    """Keep a new key, forget what it does not open, and make letterboxes that their queues lack.

    None for who has another pair by now, or none any more.
    """
    if own is None:
        return None
    if own.new is not None:
        await own_keys.keep_own(db, member.id, own.new)
    # Who signed in twice at once has the pair that was kept first, who was reset meanwhile none.
    kept = await own_keys.own_of(db, member.id)
    if kept is None or kept.public != own.key.public:
        return None
    await letterbox.forget_stale(db, member.id, own.key)
    there = await letterbox.holders(db)
    for queue in (each.key for each in house.organisation.letterboxes):
        if member.may_hold(queue) and await letterbox.make(db, queue, member.id):
            what = Doing.LETTERBOX_REPLACED if queue in there else Doing.LETTERBOX_MADE
            await note_of(db, house, member, what, queue=queue)
    if spare := house.organisation.spare_key:
        for key_of, key in sorted((await letterbox.keys_of(db, member.id, own.key)).items()):
            await letterbox.lay_aside(db, key_of, key, spare)
    return own.key


async def keys_of(request: web.Request) -> Keys:
    """Open the keys of whoever is signed in; none where this session began with a passkey."""
    house = house_of(request)
    async with house.database.reading() as db:
        own = await own_keys.in_session(db, request[SESSION], token_of(request, house))
        return {} if own is None else await letterbox.keys_of(db, member_of(request).id, own)


async def take_out(
    request: web.Request, queue: str, thread: list[Message], asked: Asked
) -> tuple[list[Message], Asked]:
    """Open what is in letterboxes to whoever has the key; in place of the rest stands why not."""
    letters = [*asked.letters.values(), *(each.letter for each in thread if each.letter)]
    if not letters:
        return thread, asked
    keys = await keys_of(request)
    said, told = messages.opened(thread, keys), opened(asked, keys)
    return (
        [
            replace(each, words=each.words or _shut(request, queue, each.letter))
            if each.letter
            else each
            for each in said
        ],
        replace(
            told,
            answers=tuple(
                replace(each, words=_shut(request, queue, told.letters[each.step]))
                if each.step in told.letters
                else each
                for each in told.answers
            ),
        ),
    )


async def boxes_of(request: web.Request) -> Sequence[Box]:
    """List the letterboxes of whoever is signed in, for their own page."""
    house, member = house_of(request), member_of(request)
    async with house.database.reading() as db:
        holders = await letterbox.holders(db)
        theirs = [queue for queue in holders if member.may_hold(queue)]
        if not theirs:
            return ()
        everybody = await staff.everyone(db, house.keystore.system)
        publics = await own_keys.publics(db)
    keys = await keys_of(request)
    return [
        Box(
            queue,
            queue_in_words(house, queue, member.language),
            is_mine=member.id in holders[queue],
            is_open=queue in keys,
            holders=tuple(each.name for each in everybody if each.id in holders[queue]),
            others=tuple(
                each
                for each in everybody
                if each.may_hold(queue) and each.id in publics and each.id not in holders[queue]
            ),
        )
        for queue in sorted(theirs)
    ]


async def give(request: web.Request) -> web.Response:
    """Give a colleague of the queue the key of its letterbox, which is one's own too."""
    house, form = house_of(request), await read_form(request)
    queue, staff_id = form.get("queue", ""), id_in(form.get("to", ""))
    keys = await keys_of(request)
    if queue not in keys:
        raise Conflict("this letterbox does not open here")
    async with house.database.begin() as db:
        await take_turns(db, Duty.LETTERBOXES)
        colleague = await staff.get(db, house.keystore.system, staff_id)
        await _give(db, queue, keys[queue], colleague)
        await note(db, request, Doing.KEY_GIVEN, staff_id, queue=queue)
    return see_other("/staff/me#letterboxes")


async def give_with_spare(house: House, queue: str, email: str, spare: PrivateKey) -> None:
    """Give a colleague of the queue the key of its letterbox, with a spare key; raise NotFound."""
    system = house.keystore.system
    async with house.database.begin() as db:
        await take_turns(db, Duty.LETTERBOXES)
        known = await staff.find_by_email(db, system, email_index(house, email))
        if known is None:
            raise NotFound("no such member of staff")
        await _give(db, queue, await letterbox.with_spare(db, queue, spare), known.member)
        await note_of(db, house, None, Doing.SPARE_KEY_USED, known.member.id, queue=queue)


async def keep_to(db: AsyncSession, member: Member) -> None:
    """Take the keys away that a colleague may not hold as they are now; raise LastKey."""
    may = [queue for queue in await letterbox.holders(db) if member.may_hold(queue)]
    await letterbox.take_away(db, member.id, may)


async def _give(db: AsyncSession, queue: str, key: PrivateKey, colleague: Member) -> None:
    if not colleague.may_hold(queue):
        raise NotFound("no colleague of this queue")
    await letterbox.give(db, queue, key, colleague.id)


def _shut(request: web.Request, queue: str, letter: Letter) -> str:
    """Say why nothing can be read here: who has no key asks for it, or the words did not move."""
    name = queue_in_words(house_of(request), letter.queue, member_of(request).language)
    why = "letterbox.shut" if letter.queue == queue else "letterbox.stayed"
    return say_to(request)(why, queue=name)
