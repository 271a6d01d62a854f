"""Words in every field where anybody can leave some."""

from __future__ import annotations

from uuid import UUID

from dialogs.values import Answer, Place, Session, Standing, Topic
from storage import (
    complaints,
    conversations,
    drafts,
    links,
    locks,
    mail,
    messages,
    needs,
    passkeys,
    people,
    referrals,
    returning,
    reviews,
    setaside,
    staff,
    traces,
)
from storage.database import Database
from storage.doors import Door
from storage.drafts import Kind, Slot
from storage.keystore import KeyStore
from storage.links import NewLink
from storage.mail import NewLetter
from storage.messages import Author
from storage.needs import NewNeed
from storage.passkeys import Passkey
from storage.reviews import Noted
from storage.setaside import SetAside
from storage.staff import Member, StaffRole
from storage.traces import Trace
from tests.databases import NOW
from tests.storage.made import (
    SENTINEL,
    Known,
    colleague,
    complaint,
    complaint_step,
    new_id,
    opened,
    person,
    words,
)

SAID = Session(Place(Topic.INTAKE, "name"), answers=(Answer("story", words=SENTINEL),))


async def sentinels_everywhere(database: Database, keystore: KeyStore) -> Known:
    """Put the sentinel in every field that holds words, addresses or secrets."""
    system = keystore.system
    anna = await person(database, keystore, address=SENTINEL)
    carla = Member(
        new_id(), "Carla", SENTINEL, frozenset({StaffRole.ADMIN}), frozenset({"noord"}), "nl"
    )
    referral_id = await opened(database, anna)
    async with database.begin() as db:
        await staff.add(db, system, carla, keystore.index("email", carla.email))
        await staff.set_password(db, system, carla.id, SENTINEL)
        await staff.set_totp(db, system, carla.id, SENTINEL)
        passkey = Passkey(new_id(), carla.id, SENTINEL, b"credential", b"public key", 0, NOW)
        await passkeys.add(db, system, passkey)
        await conversations.add(db, anna.seal, SAID, NOW)
        await complaints.open(db, anna.seal, complaint())
        step = complaint_step(Standing.RECEIVED, Standing.DIRECTOR, words=SENTINEL)
        await complaints.advance(db, anna.seal, step)
        for author in Author:
            await messages.add(db, anna.seal, words(referral_id, author, text=SENTINEL))
        letters = [
            NewLetter(new_id(), anna.index, each, Door.TELEGRAM, SENTINEL)
            for each in (anna.id, None)
        ]
        await mail.put(db, keystore, letters, NOW)
        await traces.note(db, system, [Trace(anna.index, 1, SENTINEL)], NOW)
        for seal in (anna.seal, system):
            await setaside.keep(db, seal, SetAside(new_id(), "telegram:1", NOW, SENTINEL))
    return anna


async def every_column_sealed(database: Database, keystore: KeyStore) -> tuple[Known, Known]:
    """Fill every column that is sealed, for two people; give both."""
    anna, bram = await sentinels_everywhere(database, keystore), await person(database, keystore)
    carla, dirk = [await colleague(database, keystore) for _ in range(2)]
    review_id = new_id()
    (hers,), his = await _requests_of(database, anna), await opened(database, bram)
    async with database.begin() as db:
        await links.tie(db, keystore.system, carla, NewLink(new_id(), (hers, his), SENTINEL, NOW))
        (theirs, *_) = await referrals.of_person(db, anna.id)
        need = NewNeed(new_id(), theirs.reference or "", SENTINEL, NOW)
        await needs.ask(db, keystore.system, dirk, need)
        slot = Slot(hers, carla.id, Kind.ANSWER)
        await drafts.keep(db, anna.seal, slot, new_id(), SENTINEL)
        await referrals.claim(db, dirk, his, NOW)
        await referrals.close(db, dirk, his, NOW)
        await reviews.draw(db, {his: review_id}, NOW)
        await reviews.note(db, carla, bram.seal, review_id, Noted(SENTINEL, SENTINEL), at=NOW)
        await returning.keep_code(db, bram.seal, bram.index, SENTINEL)
        await locks.keep(db, bram.seal, SENTINEL, NOW)
        await locks.shut(db, bram.seal, await people.way_of(db, bram.id), SENTINEL)
    return anna, bram


async def _requests_of(database: Database, known: Known) -> list[UUID]:
    async with database.reading() as db:
        return [each.id for each in await referrals.of_person(db, known.id)]
