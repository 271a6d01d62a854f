"""A colleague at the desk, as a browser without JavaScript sees it: pages, forms, a cookie."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

import pyotp
from aiohttp import ClientSession, CookieJar

from bot.announcer import MAIL
from bot.console.members import setup_link
from bot.house import House
from bot.terms import UNDO
from tests.houses import StillClock

ASKED_AGAIN = 409
PASSPHRASE = "vijf rustige woorden achter elkaar"


@dataclass
class Form:
    """A form of a page, filled in as it stands."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """A page: its words, its forms and its links."""

    def __init__(self, html: str, status: int, address: str) -> None:
        super().__init__()
        self.status, self.address, self.html = status, address, html
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._words: list[str] = []
        self.feed(html)

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self._words))

    def form(self, ending: str) -> Form:
        for form in self.forms:
            if form.action.endswith(ending):
                return form
        raise AssertionError(f"no form for {ending} on {self.address}:\n{self.words}")

    def link(self, pattern: str) -> str:
        for link in self.links:
            if re.search(pattern, link):
                return link
        raise AssertionError(f"no link {pattern} on {self.address}:\n{self.words}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "button" and self.forms and given.get("value"):
            self.forms[-1].buttons.append(given["value"])
        elif tag in {"input", "textarea"} and self.forms and given.get("name"):
            is_chosen = given.get("type") not in {"radio", "checkbox"} or "checked" in given
            if is_chosen:
                self.forms[-1].fields[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        self._words.append(data)


class Browser:
    """A browser without JavaScript, with a jar of cookies of its own."""

    def __init__(self, house: House, session: ClientSession) -> None:
        self.house, self.session = house, session

    @classmethod
    @asynccontextmanager
    async def at(cls, house: House) -> AsyncIterator[Self]:
        jar = CookieJar(unsafe=True)
        base = f"http://127.0.0.1:{house.settings.port}"
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "nl"}
        async with ClientSession(base, cookie_jar=jar, headers=headers) as session:
            yield cls(house, session)

    async def get(self, address: str) -> Page:
        async with self.session.get(address) as answer:
            return Page(await answer.text(), answer.status, str(answer.url.path_qs))

    async def submit(self, form: Form, **fields: str) -> Page:
        async with self.session.post(form.action, data=form.fields | fields) as answer:
            return Page(await answer.text(), answer.status, str(answer.url.path_qs))


class Desk(Browser):
    """One colleague's browser."""

    secret = email = ""

    async def set_up(self, name: str, email: str) -> None:
        """Come by the printed link: choose a passphrase and an authenticator app."""
        link = await setup_link(self.house)
        assert link is not None, "there is a member of staff already"
        address = "/staff/setup/" + link.rpartition("/")[2]
        page = await self.get(address)
        found = re.search(r"(?:[A-Z2-7]{4}[\s\u00a0]+){7}[A-Z2-7]{4}", page.words)
        assert found, page.words
        self.secret, self.email = re.sub(r"\s", "", found.group()), email
        page = await self.submit(
            page.form(address),
            name=name,
            email=email,
            language="nl",
            passphrase=PASSPHRASE,
            code=self.code(),
        )
        assert page.address.startswith("/staff/queue"), page.words

    async def sign_in(self) -> None:
        """Come back after a session has ended."""
        form = (await self.get("/staff/sign-in")).form("/sign-in")
        known = {"email": self.email, "passphrase": PASSPHRASE, "code": self.code()}
        assert (await self.submit(form, **known)).address.startswith("/staff/queue")

    def code(self) -> str:
        """Give what the app shows now."""
        return pyotp.TOTP(self.secret).at(self.house.clock.now())

    async def queue(self, view: str = "waiting") -> Page:
        return await self.get(f"/staff/queue?view={view}")

    async def claim(self) -> Page:
        """Pick up the request on top, whoever it is from."""
        asked = await self.submit((await self.queue()).form("/claim"))
        page = await self.submit(asked.form("/claim"), knows="no")
        assert page.status == 200, page.words
        return page

    async def write(self, page: Page, words: str) -> Page:
        """Answer the person, and let the time pass in which that can be taken back."""
        answered = await self.submit(page.form("/write"), kind="answer", words=words)
        if answered.status == ASKED_AGAIN:
            # In these stories a colleague writes Dutch to everybody, and means it.
            again = answered.form("/write")
            answered = await self.submit(again, kind="answer", words=words, sure="yes")
        assert isinstance(self.house.clock, StillClock)
        self.house.clock.pass_by(UNDO)
        self.house.announcer.announce(MAIL)
        return answered

    async def close(self, page: Page, words: str) -> Page:
        """Close the request with last words."""
        closing = await self.get(page.link(r"/close$"))
        return await self.submit(closing.form("/close"), words=words, outcome="answered")

    async def complaint(self) -> Page:
        """Open the newest complaint."""
        listed = await self.get("/staff/complaints")
        return await self.get(listed.link(r"^/staff/complaints/"))

    async def names_nobody(self) -> Page:
        """Say that the newest complaint is about nobody who works here."""
        return await self.submit((await self.complaint()).form("/about"))

    async def advance(self, to: str, words: str = "") -> Page:
        """Bring the newest complaint a step further, as its page offers it."""
        form = (await self.complaint()).form("/advance")
        assert to in form.buttons, form.buttons
        return await self.submit(form, to=to, words=words)
