"""Plainly invented people, requests and colleagues for the tests of this room."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4  # noqa: TID251 - a test may draw lots

from sqlmodel import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from dialogs.values import Agreement, Answer, Purpose, Role, Service, Standing
from storage import people, referrals, staff
from storage.complaint_values import NewComplaint, NewStep
from storage.database import Database
from storage.doors import Door
from storage.keystore import KeyStore
from storage.messages import Author, Delivery, NewMessage
from storage.pairs import PrivateKey, PublicKey
from storage.referrals import NewReferral, View
from storage.sealed import Seal
from storage.staff import Member, StaffRole
from storage.staff_tables import LetterboxKeyRow
from tests.databases import NOW

# Whoever answers people, and helps complaints on.
WORKS = frozenset(
    {StaffRole.COLLEAGUE, StaffRole.SECRETARY, StaffRole.DIRECTOR, StaffRole.COMMITTEE}
)
# What nobody may ever find in a file.
SENTINEL = "Zinnetje-dat-nergens-mag-staan-4711"


class Known(Frozen, dict=True):
    """Somebody who was written down, with a key and a way."""

    seal: Seal
    index: bytes
    address: str

    @property
    def id(self) -> UUID:
        return self.seal.person_id


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def new_id() -> UUID:
    return uuid4()


async def newcomer(keystore: KeyStore, address: str | None = None) -> Known:
    person_id = new_id()
    await keystore.make([person_id])
    address = address or str(person_id.int)
    return Known(await keystore.seal_of(person_id), keystore.index("telegram", address), address)


async def person(
    database: Database, keystore: KeyStore, door: Door = Door.TELEGRAM, address: str | None = None
) -> Known:
    known = await newcomer(keystore, address)
    async with database.begin() as db:
        await people.add(db, known.seal, known.index, door, known.address, today=NOW.date())
    return known


def request(
    queue: str = "noord", at: datetime = NOW, reference: str | None = None, **changes: object
) -> NewReferral:
    values: dict[str, object] = {
        "id": new_id(),
        "reference": reference or str(new_id()),
        "code_name": "Merel-17",
        "service": Service.MEDIATION,
        "queue": queue,
        "language": "nl",
        "door": Door.TELEGRAM,
        "role": Role.VICTIM,
        "answers": (
            Answer("name", words=f"Testpersoon Een {SENTINEL}"),
            Answer("phone", words="000-0000000"),
            Answer("relationship", option="family"),
            Answer("story"),
        ),
        "agreements": (
            Agreement(Purpose.DATA, "data-1"),
            Agreement(Purpose.CONTACT, "contact-1"),
        ),
        "now": at,
    }
    return NewReferral(**(values | changes))  # type: ignore[arg-type]


def complaint(
    queue: str = "noord", about: frozenset[UUID] = frozenset(), *, about_is_known: bool = True
) -> NewComplaint:
    return NewComplaint(
        id=new_id(),
        code_name="Ekster-23",
        service=Service.MEDIATION,
        queue=queue,
        language="nl",
        answers=(Answer("described", words=f"Het ging niet goed. {SENTINEL}"),),
        agreements=(Agreement(Purpose.COMPLAINT, "complaint-1"),),
        about=about,
        received=complaint_step(Standing.FILING, Standing.RECEIVED),
        about_is_known=about_is_known,
    )


def complaint_step(
    before: Standing,
    after: Standing,
    *,
    ends: bool = False,
    words: str = "",
    by: Member | None = None,
    at: datetime = NOW,
) -> NewStep:
    staff_id = None if by is None else by.id
    return NewStep(new_id(), before, after, at, ends, words, staff_id)


async def opened(
    database: Database,
    known: Known,
    queue: str = "noord",
    at: datetime = NOW,
    **changes: object,
) -> UUID:
    new = request(queue, at, None, **changes)
    async with database.begin() as db:
        assert await referrals.open(db, known.seal, new)
    return new.id


def words(
    referral_id: UUID,
    author: Author = Author.PERSON,
    *,
    by: Member | None = None,
    at: datetime = NOW,
    text: str = "Woorden",
    due_at: datetime | None = None,
) -> NewMessage:
    delivery = Delivery.WAITING if author is Author.STAFF else None
    staff_id = None if by is None else by.id
    event = "claimed" if author is Author.EVENT else None
    return NewMessage(new_id(), referral_id, author, at, text, staff_id, delivery, event, due_at)


async def colleague(
    database: Database,
    keystore: KeyStore,
    name: str = "Testcollega Een",
    *,
    queues: frozenset[str] = frozenset({"noord"}),
    roles: Collection[StaffRole] = WORKS,
) -> Member:
    email = f"{new_id()}@voorbeeld.invalid"
    member = Member(new_id(), name, email, frozenset(roles), queues, "nl")
    async with database.begin() as db:
        await staff.add(db, keystore.system, member, keystore.index("email", email))
    return member


async def seen_by(
    database: Database, member: Member, view: View = View.ALL, after: UUID | None = None
) -> list[UUID]:
    async with database.reading() as db:
        return [each.id for each in await referrals.listing(db, member, view, limit=2, after=after)]


async def was_given(db: AsyncSession, staff_id: UUID, own: PublicKey, key: PrivateKey) -> None:
    """Put down a key, for whatever pair it is closed and whatever it opens."""
    box = own.seal("key of intake", key.raw)
    row = {"queue": "intake", "staff_id": staff_id, "box": box}
    await db.exec(insert(LetterboxKeyRow), params=[row])
