"""A real browser, a house behind an address, and windows of any size at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Literal

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, async_playwright

from bot.app import make_app
from bot.house import House
from storage.staff_values import Member
from tests.browser.desks import Desk
from tests.browser.windows import DESKTOP, Look, Window
from tests.console.colleagues import hired
from tests.houses import Visitor

ARGS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_MS = 10_000

OpenWindow = Callable[..., Awaitable[Window]]


@pytest.fixture
def kind() -> str:
    """Pages look the same on either kind of database."""
    return "sqlite"


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The browser that get_browser.sh found or brought."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGS))
        yield browser
        await browser.close()


@pytest.fixture
def app(house: House) -> web.Application:
    """The whole web side."""
    return make_app(house)


@pytest.fixture
async def home(app: web.Application) -> AsyncIterator[str]:
    """The address of the house."""
    async with TestServer(app) as server:
        yield str(server.make_url("/")).rstrip("/")


@asynccontextmanager
async def windows_at(browser: Browser, home: str, house: House) -> AsyncIterator[OpenWindow]:
    """Open windows at an address, and check at the end that nothing went wrong in any of them."""
    windows: list[Window] = []

    async def open_one(look: Look = DESKTOP, language: str = "nl-NL") -> Window:
        scheme: Literal["dark", "light"] = "dark" if look.scheme == "dark" else "light"
        context = await browser.new_context(
            viewport={"width": look.width, "height": look.height},
            color_scheme=scheme,
            java_script_enabled=look.has_scripts,
            has_touch=look.is_touched,
            is_mobile=look.is_touched,
            locale=language,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        window = Window(context, await context.new_page(), home, house.organisation.exit_address)
        await window.keep_in()
        windows.append(window)
        return window

    yield open_one
    for window in windows:
        try:
            await window.check()
        finally:
            await window.context.close()


@pytest.fixture
async def open_window(browser: Browser, home: str, house: House) -> AsyncIterator[OpenWindow]:
    """Opens windows."""
    async with windows_at(browser, home, house) as open_one:
        yield open_one


@pytest.fixture
async def window(open_window: OpenWindow) -> Window:
    """A window on a desk."""
    return await open_window()


@pytest.fixture
async def noor(house: House) -> Member:
    """A colleague who sees every queue."""
    return await hired(house, "Noor")


@pytest.fixture
async def visitor(house: House) -> Visitor:
    """Somebody whose request waits."""
    visitor = Visitor(house)
    await visitor.sends_a_request()
    return visitor


@pytest.fixture
async def desk(window: Window, house: House, noor: Member) -> Desk:
    """A desk, with a colleague at it."""
    return await Desk.of(window, house, noor)
