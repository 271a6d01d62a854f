"""What must hold of every history: at each crash, and in the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from bot.house import House
from bot.workers import keeper_of
from storage import messages, people, referrals
from storage.doors import Door
from storage.messages import Author, Delivery, Message
from tests.botapi.server import BotApi
from tests.simulation.ground import CLAIMED, LEAVING, Ground
from tests.simulation.people import LAST_WORDS, Colleague, Person

NEVER = {
    "somebody has two open requests": """
        SELECT person_id FROM referral WHERE status IN ('waiting', 'owned')
        GROUP BY person_id HAVING count(*) > 1""",
    "a session and its request do not know each other": """
        SELECT person_id FROM conversation WHERE has_referral != EXISTS (
            SELECT 1 FROM referral WHERE referral.person_id = conversation.person_id
            AND status IN ('waiting', 'owned'))""",
    "a request is owned by nobody, or waits with an owner": """
        SELECT id FROM referral WHERE (status = 'owned') != (owner_id IS NOT NULL)""",
    "somebody has no conversation": """
        SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM conversation)""",
    "a turn failed": "SELECT id FROM set_aside",
}
NOT_IN_THE_END = {
    "a letter is still on its way": "SELECT id FROM letter",
    "somebody is not wholly forgotten": "SELECT person_id FROM erasure",
}
# What the house cannot know: that a message says that already, or is not there any more.
NO_MISTAKE = ("message is not modified", "message to edit not found")


def found(ground: Ground, what: Mapping[str, str]) -> Iterator[str]:
    """Find what must not be there."""
    return (name for name, statement in what.items() if ground.stored(statement))


def lost(ground: Ground, acknowledged: set[int]) -> Iterator[str]:
    """Find what Telegram does not bring again, and nobody here has heard."""
    heard = {key for (key,) in ground.stored("SELECT key FROM heard")}
    for number in sorted(acknowledged):
        if f"telegram:{number}" not in heard:
            yield f"update {number} is acknowledged and not stored"


async def in_the_end(house: House, ground: Ground, persons: Sequence[Person]) -> list[str]:
    """Find what is wrong with people who have their answer."""
    if LEAVING in (person.chat.id for person in persons):
        await keeper_of(house).round()
    wrong = list(found(ground, NEVER | NOT_IN_THE_END))
    for person in persons:
        chat = person.chat.id
        id = await _person_at(house, chat)
        if (id is None) != (chat == LEAVING):
            wrong.append(f"{chat} is not who should be there")
        elif id is None:
            wrong += [f"{chat} has a key"] * len(await house.keystore.seals([ground.known[chat]]))
        else:
            said = [each.words for each in await _thread(house, id) if each.author is Author.PERSON]
            if sorted(said) != sorted(person.words):
                wrong.append(f"{chat} said {person.words}, and {said} is stored")
    return wrong


async def at_the_desk(house: House, ground: Ground, colleagues: Sequence[Colleague]) -> list[str]:
    """Find what is wrong with colleagues who were after the same request."""
    wrong = []
    owners = [each.member.id.hex for each in colleagues if each.has_it]
    owned = ground.stored("SELECT owner_id FROM referral WHERE status = 'owned'")
    if [(owner,) for owner in owners] != owned:
        wrong.append(f"{len(owners)} colleagues think that a request is theirs, of {len(owned)}")
    said = [
        (each.words, each.delivery)
        for each in await _thread(house, ground.known[CLAIMED])
        if each.author is Author.STAFF
    ]
    if said != [(LAST_WORDS, Delivery.SENT)]:
        wrong.append(f"a colleague's words are stored as {said}")
    return wrong


def at_telegram(ground: Ground, api: BotApi, shown: int, more: int) -> Iterator[str]:
    """Find what is wrong with what arrived: fewer letters than were sent, or too many more."""
    ((sent,),) = ground.stored("SELECT sum(count) FROM tally WHERE name = 'sent'")
    if not sent - ground.sent <= shown <= sent - ground.sent + more:
        yield f"{sent - ground.sent} letters were sent, and {shown} arrived"
    yield from (each for each in api.refused if not any(part in each for part in NO_MISTAKE))


async def _person_at(house: House, chat: int) -> UUID | None:
    index = house.keystore.index(Door.TELEGRAM, str(chat))
    async with house.database.reading() as db:
        way = (await people.find_ways(db, [index])).get(index)
    return None if way is None else way.person_id


async def _thread(house: House, person_id: UUID) -> list[Message]:
    """Read the timeline of somebody's open request; nothing where there is none."""
    seal = await house.keystore.seal_of(person_id)
    async with house.database.reading() as db:
        referral = await referrals.find_open(db, person_id)
        return await messages.thread(db, seal, referral.id) if referral else []
