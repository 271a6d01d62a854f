"""The register of processing, and the chapter on data of an assessment: made from what does it.

Every column of both databases is in it. On which ground something is kept is what this program
assumes: a lawyer has the last word, and the register says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import Column, Table

from bot.documents.values import Document, Fields, Listing, Paragraph, Part, Section
from bot.inventory import INVENTORY, OF_THE_HOUSE, SHELLS, Kept, Notice
from dialogs.frozen import Frozen
from storage.everything import tables_of_people
from storage.schema import Schema
from storage.sealed import SealedBytes

TABLES: Final = {name: table for each in Schema for name, table in each.tables.tables.items()}
# They name a request or a complaint, and go with what is said in it.
HANG_ON_A_REQUEST: Final = frozenset({"complaint_about", "link", "need", "recusal"})
NAMED: Final = ("what", "why", "readers")


class Register(Frozen):
    """Words the inventory for whoever must account for it, in a language of the desk."""

    notice: Notice

    def register(self, day: date) -> Document:
        """Word everything that is done with data about people, column by column."""
        return self._document(
            "register.title",
            day,
            Paragraph(self._say("register.about")),
            self._section("register.who_title", *self._who()),
            *(self._kind(each) for each in (*INVENTORY, *OF_THE_HOUSE)),
            self._section("register.safe_title", *self._safe()),
        )

    def assessment(self, day: date) -> Document:
        """Word the chapter of an assessment that can be read off, and name what cannot."""
        sensitive = [each for each in INVENTORY if each.sensitive]
        titles = tuple(self._title(each) for each in sensitive)
        terms = tuple((self._title(each), self.notice.until(each)) for each in INVENTORY)
        whys = tuple((self._title(each), self._of(each, "why")) for each in INVENTORY)
        readers = tuple((self._title(each), self._of(each, "readers")) for each in INVENTORY)
        open_columns = (name for each in sensitive for name, _ in self._columns(each, sealed=False))
        return self._document(
            "register.assessment_title",
            day,
            Paragraph(self._say("register.assessment_about")),
            self._section("register.needed_title", Fields(whys)),
            self._section("register.sensitive_title", Listing(titles)),
            self._section("register.in_clear_title", Paragraph(", ".join(open_columns))),
            self._section("register.seen_by_title", Fields(readers)),
            self._section("register.terms_title", Fields(terms)),
            self._section("register.safe_title", *self._safe()),
            self._section("register.to_write_title", *self._listed("to_write", 4)),
        )

    def _document(self, title: str, day: date, *parts: Part) -> Document:
        return Document(self.notice.language, self._say(title), day, parts)

    def _section(self, id: str, *parts: Part) -> Section:
        return Section(self._say(id), parts)

    def _who(self) -> Iterator[Paragraph]:
        said = (self.notice.say(name) for name in ("who", "contact"))
        yield from (Paragraph(text) for text in said if text)
        yield Paragraph(self._say("register.recipients"))

    def _safe(self) -> Iterator[Part]:
        yield Paragraph(self.notice.say("sealed"))
        yield from self._listed("safe", 4)

    def _listed(self, name: str, count: int) -> Iterator[Part]:
        yield Listing(tuple(self._say(f"register.{name}_{each}") for each in range(1, count + 1)))

    def _kind(self, kept: Kept) -> Section:
        category = "register.sensitive" if kept.sensitive else "register.ordinary"
        rows = [(self._say(f"register.{name}"), self._of(kept, name)) for name in NAMED]
        rows += [
            (self._say("register.until"), self._until(kept)),
            (self._say("register.ground"), self._say(f"register.ground_{kept.ground}")),
            (self._say("register.category"), self._say(category)),
        ]
        parts: list[Part] = [Fields(tuple(rows))]
        if kept.tables:
            parts.append(
                self._section("register.columns_title", Fields(tuple(self._columns(kept))))
            )
        return Section(self._title(kept), tuple(parts))

    def _columns(self, kept: Kept, *, sealed: bool | None = None) -> Iterator[tuple[str, str]]:
        """Name the columns of something, all of them or those that are sealed, or are not."""
        for table in map(TABLES.__getitem__, kept.tables):
            for column in table.c:
                if sealed in {None, is_sealed(column)}:
                    yield f"{table.name}.{column.name}", self._how(table, column)

    def _how(self, table: Table, column: Column[object]) -> str:
        said = (
            "register.sealed" if is_sealed(column) else "register.clear",
            "register.copied" if table in tables_of_people() else "register.not_copied",
            f"register.erasing_{erasing(table, column.name)}",
        )
        return ", ".join(map(self._say, said))

    def _until(self, kept: Kept) -> str:
        if kept in OF_THE_HOUSE:
            return self._say(f"register.until_{kept.until}")
        return self.notice.until(kept)

    def _title(self, kept: Kept) -> str:
        return self._of(kept, "title")

    def _of(self, kept: Kept, what: str) -> str:
        if kept in OF_THE_HOUSE:
            return self._say(f"register.{kept.name}_{what}")
        return self.notice.say(f"{kept.name}.{what}")

    def _say(self, id: str) -> str:
        return self.notice.wording.staff(self.notice.language, id)


def is_sealed(column: Column[object]) -> bool:
    """Say whether a column can be read by nobody without the key file."""
    return isinstance(column.type, SealedBytes)


def erasing(table: Table, column: str) -> str:
    """Say what becomes of a column of somebody who erases everything.

    It `goes` with its row; is `emptied`, or `counted` in what stays of the row; or stays `apart`,
    for it says of nobody who they are, or goes by its own term.
    """
    if table.name in SHELLS:
        return "counted" if column in SHELLS[table.name] else "emptied"
    is_theirs = table.name == "person" or "person_id" in table.c
    return "goes" if is_theirs or table.name in HANG_ON_A_REQUEST else "apart"
