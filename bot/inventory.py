"""What is kept, why, who reads it and until when: every table, and nothing that is not done.

The terms are those that the keeper goes by. The texts are worded as `privacy.<name>.what`, `.why`
and `.readers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from babel.dates import format_timedelta

from bot.documents.values import Document, Fields, Paragraph, Part, Section
from bot.organisation import Organisation
from bot.settings import Settings
from bot.terms import ATTEMPTS, DATA_BACKUPS, FETCHABLE, HEARD, IN_REACH, KEY_BACKUPS, SET_ASIDE
from bot.wording import Wording
from dialogs.screens import Line
from dialogs.values import Service


class Until(StrEnum):
    """An end that comes with something that happens, and not with time."""

    ERASED = "erased"
    WITHDRAWN = "withdrawn"
    DELIVERED = "delivered"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of thing that is kept, in which tables or in none, and until when.

    `unfinished` says that it goes sooner when nothing was ever sent: after the days of the setting.
    """

    name: str
    tables: tuple[str, ...]
    until: Until | timedelta
    unfinished: bool = False


INVENTORY: Final[tuple[Kept, ...]] = (
    Kept("conversation", ("person", "way", "conversation"), Until.ERASED, unfinished=True),
    Kept("consent", ("consent", "consent_text"), Until.ERASED, unfinished=True),
    Kept("ask", ("ask",), Until.ERASED),
    Kept("request", ("referral", "message", "draft"), Until.WITHDRAWN),
    Kept("complaint", ("complaint", "complaint_step", "complaint_about"), Until.WITHDRAWN),
    Kept("link", ("link", "recusal"), Until.WITHDRAWN),
    Kept("look", ("look",), Until.ERASED),
    Kept("review", ("review",), Until.WITHDRAWN),
    Kept("letter", ("letter",), Until.DELIVERED),
    Kept("trace", ("trace",), IN_REACH),
    Kept("copy", ("copy",), FETCHABLE),
    Kept("code", ("code",), Until.ERASED, unfinished=True),
    Kept("pin", ("lock",), Until.ERASED, unfinished=True),
    Kept("tries", ("attempt",), ATTEMPTS),
    Kept("heard", ("heard",), HEARD),
    Kept("set_aside", ("set_aside",), SET_ASIDE),
    Kept("proof", ("erasure", "erased"), Until.NEVER),
    Kept("key", ("person_key",), Until.ERASED, unfinished=True),
    Kept("backup", (), DATA_BACKUPS),
    Kept("key_backup", (), KEY_BACKUPS),
    Kept("tally", ("tally",), Until.NEVER),
    Kept("survey", ("survey",), Until.NEVER),
    Kept("figure", ("figure",), Until.NEVER),
)
OF_STAFF: Final = frozenset(
    {
        "staff",
        "set_up_link",
        "staff_session",
        "passkey",
        "presence",
        "audit",
        "licence",
        "notice",
    }
)
"""Tables about those who work here; they are told at the desk."""
OF_NOBODY: Final = frozenset({"canary", "research_export", "instruction", "reply"})
"""Tables about the house itself."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Words the inventory for one service and language."""

    organisation: Organisation
    settings: Settings
    wording: Wording
    service: Service
    language: str

    def document(self, day: date) -> Document:
        """Word everything that is kept."""
        return Document(self.language, self._say("title"), day, tuple(self._parts()))

    def _parts(self) -> Iterator[Part]:
        yield Paragraph(self._say("about"))
        yield Section(self._say("who_title"), tuple(self._paragraphs("who", "contact", "sealed")))
        yield Section(self._say("kept_title"), tuple(self._kept(each) for each in INVENTORY))
        yield Section(self._say("rights_title"), tuple(self._paragraphs("rights", "complain")))
        if self.settings.bot_token:
            yield Section(self._say("telegram_title"), tuple(self._paragraphs("telegram")))

    def _kept(self, kept: Kept) -> Section:
        named = ("what", "why", "readers")
        rows = [(self._say(name), self._say(f"{kept.name}.{name}")) for name in named]
        rows.append((self._say("until"), self._until(kept)))
        return Section(self._say(f"{kept.name}.title"), (Fields(tuple(rows)),))

    def _until(self, kept: Kept) -> str:
        sooner = self._say("until_unfinished") if kept.unfinished else ""
        later = self._say("until_closed") if kept.until in {Until.ERASED, Until.WITHDRAWN} else ""
        return " ".join(filter(None, (self._last(kept.until), sooner, later)))

    def _last(self, until: Until | timedelta) -> str:
        match until:
            case Until():
                return self._say(f"until_{until}")
            case timedelta() as term:
                length = format_timedelta(
                    term,
                    threshold=10**9,
                    locale=self.language,
                    granularity="day" if term.days else "minute",
                )
                return self._line(Line("privacy.until_time", words=length))

    def _paragraphs(self, *names: str) -> Iterator[Paragraph]:
        """Word paragraphs; one that names a fact nobody knows is left out."""
        yield from (Paragraph(text) for name in names if (text := self._say(name)))

    def _say(self, name: str) -> str:
        return self._line(Line(f"privacy.{name}"))

    def _line(self, line: Line) -> str:
        return self.wording.line(self.language, self.service, line, reveal=True) or ""
