"""Plays the stories in the order of their moments: people through the conductor, staff at the desk.

Nothing is put into a table by hand. What colleagues do is sent to the desk's own addresses, so that
timeline, figures and audit log say of it what they would say of any day.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from aiohttp import ClientSession, web
from argon2 import PasswordHasher
from msgspec import Struct, field
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.app import make_app
from bot.clock import Clock
from bot.console.sessions import cookie_name, hashed
from bot.console.tries import email_index
from bot.courier import Courier
from bot.demo.happenings import Blocks, Does, Happening, Presses, Says, Story
from bot.demo.people import COLLEAGUES, PASSPHRASE, SECRET, DemoColleague
from bot.envelopes import Brought, Envelope, LetterBody, Sender
from bot.errors import Undelivered
from bot.house import House
from dialogs.events import Chose, Event, Said, Started
from storage import complaints, messages, people, referrals, signin, staff
from storage.doors import Door
from storage.staff_values import Member

REFUSED = 400
FROM_HERE: Mapping[str, str] = {"Sec-Fetch-Site": "same-origin"}
# Whatever stood on the page: these stories are told in order.
ALL_SEEN = "999999999"
# After this an answer cannot be taken back any more, and is on its way.
ON_ITS_WAY = timedelta(seconds=30)
REST = timedelta(days=3)


class DemoFault(Exception):
    """A story cannot be played any more, for something in it is not there."""


class Traveller(Clock):
    """A clock that stands where it is put; put nowhere it tells the time."""

    def __init__(self) -> None:
        self.moment: datetime | None = None

    def now(self) -> datetime:
        """Tell the moment of the story, or the time."""
        return super().now() if self.moment is None else self.moment


class Player(Struct):
    """Plays stories in a house, at the address of its desk."""

    house: House
    clock: Traveller
    session: ClientSession
    address: str
    members: Mapping[str, Member]
    began: datetime
    blocked: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=count)

    async def play(self, stories: Sequence[Story]) -> None:
        """Play everything that happened, the oldest first."""
        scenes = sorted(
            (
                (moment, number, happening)
                for number, story in enumerate(stories)
                for moment, happening in _moments(story, self.began)
            ),
            key=lambda scene: scene[0],
        )
        try:
            for moment, number, happening in scenes:
                self.clock.moment = moment
                await self._happen(stories[number], number, happening)
                self.clock.moment = moment + ON_ITS_WAY
                await self._deliver()
        finally:
            self.clock.moment = None

    async def _happen(self, story: Story, number: int, happening: Happening) -> None:
        sender = Sender(Door(story.door), f"demo-{number}", story.language)
        if not isinstance(happening, Does):
            await self._looks(sender)
        match happening:
            case Presses(buttons=buttons):
                await self._presses(sender, story.language, buttons)
            case Says(words=words):
                await self._hear(sender, Said(words))
            case Blocks():
                self.blocked.add(sender.address)
            case Does():
                await self._send(happening, await self._path(sender, happening.what))

    async def _looks(self, sender: Sender) -> None:
        """Let a person who comes to a page read what stands on it."""
        async with self.house.database.begin() as db:
            person_id = await self._known(db, sender)
            if person_id is not None:
                await messages.fetched(db, person_id, self.clock.now())

    async def _known(self, db: AsyncSession, sender: Sender) -> UUID | None:
        index = self.house.keystore.index(sender.door, sender.address)
        way = (await people.find_ways(db, [index])).get(index)
        return None if way is None else way.person_id

    async def _presses(self, sender: Sender, language: str, buttons: Sequence[str]) -> None:
        if buttons[0].startswith("welcome."):
            await self._hear(sender, Started())
            buttons = (f"welcome.language:{language}", *buttons)
        for each in buttons:
            if each.startswith(">"):
                await self._hear(sender, Said(each[1:]))
            else:
                place, _, option = each.partition(":")
                await self._hear(sender, Chose(place, option))

    async def _hear(self, sender: Sender, event: Event) -> None:
        key = f"demo:{next(self.numbers)}"
        pressed = isinstance(event, Chose)
        outcome = await self.house.conductor.hear(Envelope(sender, key, event, pressed=pressed))
        if outcome.session.remark == "problem.old_button":
            raise DemoFault(f"{event} is no button of this screen")

    async def _path(self, sender: Sender, what: str) -> str:
        """Find where the desk keeps what this person sent, or what is the house's own."""
        if what.startswith("/"):
            return what.format_map({key: each.id for key, each in self.members.items()})
        async with self.house.database.reading() as db:
            person_id = await self._known(db, sender)
            if person_id is None:
                raise DemoFault(f"nobody is there whom {what} could be about")
            if what == "advance":
                return f"/staff/complaints/{(await complaints.of_person(db, person_id))[-1]}/{what}"
            return f"/staff/r/{(await referrals.of_person(db, person_id))[-1].id}/{what}"

    async def _send(self, does: Does, path: str) -> None:
        """Send a form as its page would, signed in for this one moment."""
        house, member = self.house, self.members[does.who]
        token = self.clock.new_token()
        async with house.database.begin() as db:
            await signin.start(db, hashed(token), member.id, self.clock.now())
        fields = {"nonce": self.clock.new_token(), "last_seen": ALL_SEEN, **dict(does.fields)}
        async with self.session.post(
            f"{self.address}{path}",
            data={name: self._filled_in(text) for name, text in fields.items()},
            headers=FROM_HERE,
            cookies={cookie_name(house): token},
            allow_redirects=False,
        ) as answer:
            if answer.status >= REFUSED:
                raise DemoFault(f"{does.who} could not {does.what}: {answer.status}")
        async with house.database.begin() as db:
            await signin.end(db, hashed(token))

    def _filled_in(self, text: str) -> str:
        """Fill in what is known only when a story is played: a colleague, a day."""
        if text in self.members:
            return f"colleague:{self.members[text].id}"
        day = self.began.astimezone(self.house.settings.timezone) + REST
        return day.date().isoformat() if text == "in three days" else text

    async def _deliver(self) -> None:
        """Carry letters to chats that are not there; who blocked the bot gets none."""
        house = self.house
        courier = Courier(house.database, house.keystore, self.clock, house.announcer, self._bring)
        while await courier.round():
            pass

    async def _bring(self, body: LetterBody, _screen: int | None) -> Brought:
        if body.address in self.blocked:
            raise Undelivered(permanent=True, closes_way=True)
        return Brought(None)


def _moments(story: Story, now: datetime) -> Iterator[tuple[datetime, Happening]]:
    """Say when each thing of a story happened; what would lie ahead happened a moment ago."""
    moment = now - timedelta(hours=story.hours_ago)
    for happening in story.happenings:
        moment += timedelta(minutes=happening.after_min)
        yield min(moment, now - 2 * ON_ITS_WAY), happening


async def hire(house: House) -> dict[str, Member]:
    """Let everybody in who works at the invented house."""
    hasher = PasswordHasher()
    hired = {}
    for each in COLLEAGUES:
        member = _member(house, each)
        async with house.database.begin() as db:
            system = house.keystore.system
            await staff.add(db, system, member, email_index(house, member.email))
            await staff.set_password(db, system, member.id, hasher.hash(PASSPHRASE))
            await staff.set_totp(db, system, member.id, SECRET)
        hired[each.key] = member
    return hired


def _member(house: House, colleague: DemoColleague) -> Member:
    return Member(
        house.clock.new_id(),
        colleague.name,
        colleague.email,
        colleague.roles,
        frozenset(colleague.queues),
        colleague.language,
    )


@asynccontextmanager
async def player(house: House, clock: Traveller) -> AsyncIterator[Player]:
    """Put the house at an address on this machine for as long as the stories are played."""
    runner = web.AppRunner(make_app(house))
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        async with ClientSession() as session:
            yield Player(
                house, clock, session, f"http://{host}:{port}", await hire(house), clock.now()
            )
    finally:
        await runner.cleanup()
