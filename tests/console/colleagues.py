"""Colleagues with browsers of their own, and people whose requests they answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from bot.app import make_app
from bot.console.codes import secret_for
from bot.console.sessions import hashed
from bot.console.sign_in import PASSPHRASES
from bot.console.tries import email_index
from bot.hashes import SlowHashes
from bot.house import House
from storage import people, referrals, signin, staff
from storage.doors import Door
from storage.referrals import Referral
from storage.staff_values import Member, StaffRole
from tests.console.pages import Form, Page
from tests.houses import QUICK, Visitor
from tests.presses import INFORMED

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
# Somebody of a small house, who answers people, helps complaints on and reads the figures.
ALL_ROUND = frozenset(
    {
        StaffRole.COLLEAGUE,
        StaffRole.READER,
        StaffRole.SECRETARY,
        StaffRole.DIRECTOR,
        StaffRole.COMMITTEE,
    }
)
PASSPHRASE = "een lange zin van een testpersoon"

Client = TestClient[web.Request, web.Application]


async def page_of(answer: ClientResponse) -> Page:
    """Read an answer."""
    async with answer:
        return Page(answer.status, await answer.text(), dict(answer.headers))


class Browser:
    """A browser without JavaScript; it follows nothing by itself."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def get(self, address: str, **headers: str) -> Page:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self.client.get(address, headers=given, allow_redirects=False)
        return await page_of(answer)

    async def post(self, address: str, *, htmx: bool = False, **fields: str) -> Page:
        headers = FROM_HERE | ({"HX-Request": "true"} if htmx else {})
        answer = await self.client.post(
            address, data=fields, headers=headers, allow_redirects=False
        )
        return await page_of(answer)

    async def submit(self, form: Form, *, htmx: bool = False, **fields: str) -> Page:
        return await self.post(form.action, htmx=htmx, **(form.fields | fields))


class Colleague(Browser):
    """A member of staff who is signed in."""

    def __init__(self, client: Client, house: House, member: Member, token: str) -> None:
        super().__init__(client)
        self.house, self.member, self.token = house, member, token

    async def claims(self, referral: Referral) -> Page:
        """Pick a request up and open it."""
        nonce = self.house.clock.new_token()
        claimed = await self.post(address(referral, "claim"), nonce=nonce, knows="no")
        assert claimed.status == 303, claimed.status
        return await self.opens(referral)

    async def opens(self, referral: Referral) -> Page:
        return await self.get(address(referral))

    async def writes(self, referral: Referral, words: str, **fields: str) -> Page:
        """Send words as the page stands now."""
        page = await self.opens(referral)
        return await self.submit(page.form("/write"), htmx=False, words=words, **fields)


@dataclass
class Office:
    """The house behind an address, and who works there."""

    house: House
    server: TestServer
    clients: list[Client] = field(default_factory=list)

    def client(self, **cookies: str) -> Client:
        self.clients.append(TestClient(self.server, cookies=cookies))
        return self.clients[-1]

    def browser(self) -> Browser:
        return Browser(self.client())

    async def hires(
        self, name: str, *queues: str, roles: Collection[StaffRole] = ALL_ROUND
    ) -> Member:
        return await hired(self.house, name, *queues, roles=roles)

    async def signs_in(self, member: Member) -> Colleague:
        """Let somebody in past the form."""
        token = await session_of(self.house, member)
        return Colleague(self.client(sid=token), self.house, member, token)

    async def colleague(
        self, name: str, *queues: str, roles: Collection[StaffRole] = ALL_ROUND
    ) -> Colleague:
        return await self.signs_in(await self.hires(name, *queues, roles=roles))

    async def request(
        self, door: Door = Door.WEB, language: str = "nl"
    ) -> tuple[Visitor, Referral]:
        """Have somebody send a request without a contact way."""
        visitor = Visitor(self.house, door, language)
        await visitor.sends_a_request()
        return visitor, await self.referral_of(visitor)

    async def request_with_phone(self) -> tuple[Visitor, Referral]:
        """Have somebody send a request who may be called, but not safely."""
        visitor = Visitor(self.house)
        await sends_a_phone_number(visitor)
        return visitor, await self.referral_of(visitor)

    async def referral_of(self, visitor: Visitor) -> Referral:
        return await referral_of(self.house, visitor)


async def hired(
    house: House, name: str, *queues: str, roles: Collection[StaffRole] = ALL_ROUND
) -> Member:
    """Add a colleague who has set themselves up, with the passphrase of all tests."""
    system, id = house.keystore.system, house.clock.new_id()
    seen = queues or tuple(queue.key for queue in house.organisation.queues)
    member = Member(id, name, email_of(name), frozenset(roles), frozenset(seen), "nl")
    async with house.database.begin() as db:
        await staff.add(db, system, member, email_index(house, member.email))
        await staff.set_password(db, system, id, QUICK.hash(PASSPHRASE))
        await staff.set_totp(db, system, id, secret_of(member))
    return member


async def session_of(house: House, member: Member) -> str:
    """Begin a session, and give the token that a cookie would hold."""
    token = house.clock.new_token()
    async with house.database.begin() as db:
        await signin.start(db, hashed(token), member.id, house.clock.now())
    return token


async def sends_a_phone_number(visitor: Visitor) -> None:
    """Go the whole way to a request of somebody who may be called, but not safely."""
    await visitor.starts()
    await visitor.presses(
        "welcome.language:nl",
        "welcome.role:victim",
        "welcome.menu:request",
        *INFORMED,
        "consent.age:yes",
        "consent.data:yes",
        "consent.contact:yes",
        "intake.begin:go_on",
        "intake.way:phone",
    )
    await visitor.says("06 12345678")
    await visitor.presses("intake.safe_to_call:no", "intake.shared_phone:yes")
    await visitor.says("op dinsdag")
    await visitor.presses("intake.voicemail:nothing", "intake.neutral_words:neutral")
    await visitor.says("Testpersoon Een")
    await visitor.presses("intake.tongue:enough", "intake.review:send")


async def referral_of(house: House, visitor: Visitor) -> Referral:
    """Give the newest request of somebody."""
    index = house.conductor._stage.reception.index(visitor.sender)
    async with house.database.reading() as db:
        ways = await people.find_ways(db, [index])
        theirs = await referrals.of_person(db, ways[index].person_id)
    return theirs[-1]


@asynccontextmanager
async def opened_office(house: House, hasher: PasswordHasher = QUICK) -> AsyncIterator[Office]:
    """Put a house behind an address."""
    app = make_app(house)
    app[PASSPHRASES] = SlowHashes(hasher)
    server = TestServer(app)
    await server.start_server()
    office = Office(house, server)
    try:
        yield office
    finally:
        for client in office.clients:
            await client.session.close()
        await server.close()


def address(referral: Referral, action: str = "") -> str:
    """Give the address of a request's page, or of what can be done there."""
    return f"/staff/r/{referral.id}" + (f"/{action}" if action else "")


def email_of(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@kantoor.example"


def secret_of(member: Member) -> str:
    return secret_for(b"of a test", str(member.id))


def rows_on(page: Page) -> list[UUID]:
    """List the requests on a page of the queue, in order."""
    return [UUID(id.removeprefix("row-")) for id in page.ids if id.startswith("row-")]


def entries_on(page: Page) -> Iterable[str]:
    """List what is on a timeline."""
    return [id for id in page.ids if id.startswith("entry-")]
