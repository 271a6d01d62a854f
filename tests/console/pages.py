"""A page as a test looks at it: what is on it by its ids, and its forms as a browser fills them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form, with everything that would be sent along with it."""

    id: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """An answer that is a page, or a part of one."""

    def __init__(self, status: int, html: str, headers: dict[str, str]) -> None:
        super().__init__()
        self.status, self.html, self.headers = status, html, headers
        self.ids: list[str] = []
        self.classes: list[str] = []
        self.links: list[str] = []
        self.elements: list[str] = []
        self.forms: list[Form] = []
        self._loose: list[tuple[str, str, str]] = []
        self._open: Form | None = None
        self._words: str | None = None
        self.feed(html)
        for owner, name, value in self._loose:
            for form in self.forms:
                if form.id == owner:
                    form.fields[name] = value

    @property
    def leads_to(self) -> str:
        return self.headers.get("Location", "")

    def form(self, ending: str) -> Form:
        return next(form for form in self.forms if form.action.endswith(ending))

    def has_form(self, ending: str) -> bool:
        return any(form.action.endswith(ending) for form in self.forms)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append(tag)
        self.classes += given.get("class", "").split()
        if "id" in given:
            self.ids.append(given["id"])
        match tag:
            case "form":
                self._open = Form(given.get("id", ""), given.get("action", ""))
                self.forms.append(self._open)
            case "a":
                self.links.append(given.get("href", ""))
            case "input" if "name" in given and "form" in given:
                self._loose.append((given["form"], given["name"], given.get("value", "")))
            case "input" if "name" in given and self._open:
                if given.get("type") != "radio" or "checked" in given:
                    self._open.fields[given["name"]] = given.get("value", "")
            case "textarea" if "name" in given and self._open:
                self._words = given["name"]
                self._open.fields[self._words] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "textarea":
            self._words = None

    def handle_data(self, data: str) -> None:
        if self._words and self._open:
            self._open.fields[self._words] += data
