"""A window of a real browser, which remembers everything that a page must not do."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, Route

from dialogs.frozen import Frozen

LAYOUT = (Path(__file__).parent / "layout.js").read_text("utf-8")
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
# WCAG 2.2 AA, and what those who made axe found to be good besides.
RUN_AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  // What axe would load by itself the page's policy refuses.
  const options = { runOnly: tags, resultTypes: ["violations"], preload: false };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `axe, ${id}: ${html}`));
}"""
LEAST_TARGET = 44
# The distances that people with dyslexia or low vision set; all words must still be there.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
EXIT_PAGE = "<!doctype html><title>Weer</title><p>Zon en wolken.</p>"
WEAR = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}"""
NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


class Look(Frozen):
    """How somebody looks at a page."""

    width: int
    height: int
    scheme: str = "light"
    has_scripts: bool = True
    is_touched: bool = False

    def __str__(self) -> str:
        return f"{self.width}px {self.scheme}"


DESKTOP = Look(1280, 800)
PHONE = Look(390, 844, is_touched=True)
SMALL = Look(320, 568, is_touched=True)
LOOKS = tuple(
    Look(look.width, look.height, scheme, is_touched=look.is_touched)
    for look in (DESKTOP, PHONE, SMALL)
    for scheme in ("light", "dark")
)


class Window:
    """One window: the page in it, and what went wrong there."""

    def __init__(self, context: BrowserContext, page: Page, home: str, leads_to: str) -> None:
        self.context, self.page, self.home = context, page, home
        self.leads_to = leads_to
        self.faults: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._note)
        page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))

    async def keep_in(self) -> None:
        """Let nothing out; the exit page is played by one of ours."""
        await self.context.route("**/*", self._let_through)
        await self.page.add_init_script(NOTE_VIOLATIONS)

    async def opens(self, address: str) -> None:
        await self.page.goto(f"{self.home}{address}")

    async def wears(self, css: str) -> None:
        """Change how the page looks, in a way that its policy allows."""
        await self.page.evaluate(WEAR, css)

    async def layout_faults(self) -> list[str]:
        return list(await self.page.evaluate(LAYOUT, LEAST_TARGET))

    async def axe_faults(self) -> list[str]:
        if await self.page.evaluate("typeof axe === 'undefined'"):
            await self.page.evaluate(AXE)
        return list(await self.page.evaluate(RUN_AXE))

    def forgives(self, *marks: str) -> None:
        """Take back what the browser itself says about a refusal that the test is about."""
        self.faults = [each for each in self.faults if not any(mark in each for mark in marks)]

    async def check(self) -> None:
        """Say what went wrong; afterwards pictures may be taken, which break the rules too."""
        if not self.page.is_closed() and self.page.url.startswith(self.home):
            self.faults += await self.page.evaluate("window.violations ?? []")
        assert self.faults == [], "\n".join(self.faults)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def _note(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.path == "/csp":
            self.faults.append(f"reported: {request.post_data}")
        elif not request.url.startswith((self.home, self.leads_to)):
            self.faults.append(f"asked elsewhere: {parts.netloc}")

    async def _let_through(self, route: Route) -> None:
        url = route.request.url
        if url.startswith(self.home):
            await route.continue_()
        elif url.startswith(self.leads_to):
            await route.fulfill(body=EXIT_PAGE, content_type="text/html")
        else:
            await route.abort()
