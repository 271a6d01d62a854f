"""Message ids become words, here and nowhere else.

What is not worded in a language is never said in another one: a language that lacks something is
not offered. A line that names a fact nobody knows is not shown. What a person typed is put into a
text as it is and never read as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from babel.dates import format_date

from bot.catalogs import Catalog, check_names, read_all
from bot.direction import isolated, joined
from bot.facts import FACTS, Source, Told
from dialogs.frozen import Frozen
from dialogs.screens import Button, Line, Screen
from dialogs.values import Service

LOCALES = Path(__file__).parent.parent / "locales"
DIALOGS, CONSOLE = "dialogs.po", "console.po"
# The Dutch texts come first; a language is complete when it says all that they say.
FIRST = "nl"
FILLED_IN = "everywhere.filled_in"


class Unworded(LookupError):
    """There is no text for this id in this language; the start finds that, a person never does."""


class Label(Frozen):
    """A button in words, and what it sends back."""

    data: str
    text: str


class Worded(Frozen):
    """A screen in words: plain text, without markup of any kind.

    A paragraph may hold line breaks, such as those of a list; they are shown as they are.
    """

    paragraphs: tuple[str, ...]
    buttons: tuple[Label, ...]
    fixed: tuple[Label, ...]


class Wording:
    """Every word people and staff read, in every language that is complete for them."""

    def __init__(
        self, dialogs: Mapping[str, Catalog], console: Mapping[str, Catalog], source: Source
    ) -> None:
        """Keep what was read; `load` reads it."""
        self._dialogs, self._console, self._source = dialogs, console, source
        # Nearly every text names no fact; once it was read, it is only looked up.
        self._plain: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self.languages = tuple(
            language
            for language in sorted(dialogs, key=lambda each: (each != FIRST, each))
            if _says_all(dialogs, language)
        )
        # Staff read fewer languages than people do.
        self.desk_languages = tuple(each for each in self.languages if _says_all(console, each))

    @classmethod
    def load(cls, folder: Path, source: Source) -> Self:
        """Read every language; raise BadCatalog for a file or a text that cannot be used."""
        dialogs = read_all(folder, DIALOGS)
        for language, catalog in dialogs.items():
            file = f"{language}/{DIALOGS}"
            check_names(catalog, {*FACTS, "words", "detail", "day"}, file, free="fact.")
        return cls(dialogs, read_all(folder, CONSOLE), source)

    def missing(self, ids: Iterable[str]) -> list[str]:
        """List what an offered language cannot say, as `nl: intake.name.ask`; none may be left."""
        return [
            f"{language}: {id}"
            for id in ids
            for language in self.languages or (FIRST,)
            if id not in self._dialogs.get(language, Catalog()).texts
        ]

    def ids(self, language: str) -> tuple[str, ...]:
        """List every id that people read, as it is ordered in the catalog."""
        return tuple(self._dialogs[language].texts)

    def line(self, language: str, service: Service, line: Line, *, reveal: bool) -> str | None:
        """Word one line; None when it names a fact nobody knows, and so is not shown."""
        known = self._plain[language].get(line.id)
        if known is not None:
            return known
        catalog = self._catalog(self._dialogs, language, line.id)
        names = catalog.texts[line.id].names
        if not names:
            return self._plain[language].setdefault(line.id, catalog.fill(line.id, {}))
        told = self._told(catalog, language, service)
        values: dict[str, str] = {}
        for name in names:
            value = self._value(told, name, line, reveal=reveal)
            if not value:
                return None
            values[name] = isolated(value, language)
        return joined(catalog.fill(line.id, values))

    def text(self, language: str, service: Service, id: str) -> str | None:
        """Word one id that stands by itself, such as the description of a command."""
        known = self._plain[language].get(id)
        return self.line(language, service, Line(id), reveal=True) if known is None else known

    def fact(self, language: str, service: Service, name: str) -> str:
        """Word a fact by itself; empty when nobody knows it, or in this language."""
        catalog = self._dialogs.get(language)
        if catalog is None:
            return ""
        return FACTS[name](self._told(catalog, language, service))

    def template(self, language: str, id: str) -> str:
        """Give a text as it is written, with the names of its facts, for those who review it."""
        return self._catalog(self._dialogs, language, id).texts[id].forms[0]

    def screen(self, language: str, service: Service, screen: Screen, *, reveal: bool) -> Worded:
        """Word a screen. Without `reveal`, what the person typed is not repeated."""
        lines = (self.line(language, service, line, reveal=reveal) for line in screen.lines)
        return Worded(
            tuple(each for line in lines if line is not None for each in line.split("\n\n")),
            self._labels(language, service, screen.buttons),
            self._labels(language, service, screen.fixed),
        )

    def staff(self, language: str, id: str, **values: object) -> str:
        """Word an id of the staff's side; `count` chooses a plural form."""
        return self._catalog(self._console, language, id).fill(id, values)

    def _catalog(self, catalogs: Mapping[str, Catalog], language: str, id: str) -> Catalog:
        catalog = catalogs.get(language)
        if catalog is None or id not in catalog.texts:
            raise Unworded(f"{language} has no words for {id}")
        return catalog

    def _told(self, catalog: Catalog, language: str, service: Service) -> Told:
        def say(id: str, **values: object) -> str:
            return catalog.fill(id, values)

        return Told(self._source, service, language, say, catalog.review is not None)

    def _value(self, told: Told, name: str, line: Line, *, reveal: bool) -> str | None:
        match name:
            case "words":
                return self._words(told.language, line, reveal=reveal)
            case "detail":
                return self._detail(told, line, reveal=reveal)
            case "day":
                return self._day(told.language, line)
            case _:
                return FACTS[name](told)

    def _words(self, language: str, line: Line, *, reveal: bool) -> str:
        if line.words is None:
            raise Unworded(f"{line.id} repeats words, and there are none")
        if line.own and not reveal:
            return self._catalog(self._dialogs, language, FILLED_IN).fill(FILLED_IN, {})
        return line.words

    def _detail(self, told: Told, line: Line, *, reveal: bool) -> str | None:
        if line.detail is None:
            raise Unworded(f"{line.id} holds a line, and there is none")
        return self.line(told.language, told.service, line.detail, reveal=reveal)

    def _day(self, language: str, line: Line) -> str:
        if line.day is None:
            raise Unworded(f"{line.id} names a day, and there is none")
        return format_date(line.day, "d MMMM y", locale=language)

    def _labels(
        self, language: str, service: Service, buttons: Iterable[Button]
    ) -> tuple[Label, ...]:
        texts = ((button, self.text(language, service, button.label)) for button in buttons)
        return tuple(
            Label(f"{button.place}:{button.option}", text)
            for button, text in texts
            if text is not None
        )


def _says_all(catalogs: Mapping[str, Catalog], language: str) -> bool:
    ids = catalogs[FIRST].texts.keys() if FIRST in catalogs else {FILLED_IN}
    return ids <= catalogs[language].texts.keys()
