"""What is kept, why, who reads it and until when: every table, and nothing that is not done.

The terms are those that the keeper goes by. The texts are worded as `privacy.<name>.what`, `.why`
and `.readers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from babel.dates import format_timedelta

from bot.documents.values import Document, Fields, Paragraph, Part, Section
from bot.organisation import Organisation
from bot.settings import Settings
from bot.terms import (
    ATTEMPTS,
    DATA_BACKUPS,
    FETCHABLE,
    HEARD,
    IN_REACH,
    KEY_BACKUPS,
    NEEDS,
    SET_ASIDE,
)
from bot.wording import Wording
from dialogs.frozen import Frozen
from dialogs.screens import Line
from dialogs.values import Service


class Until(StrEnum):
    """An end that comes with something that happens, and not with time."""

    ERASED = "erased"
    WITHDRAWN = "withdrawn"
    DELIVERED = "delivered"
    NEVER = "never"
    LEFT = "left"


class Ground(StrEnum):
    """Why the law lets something be kept, as this program assumes; a lawyer has the last word."""

    CONSENT = "consent"
    DUTY = "duty"
    INTEREST = "interest"


class Kept(Frozen):
    """One kind of thing that is kept, in which tables or in none, on which ground, until when.

    What is `sensitive` may say what happened to somebody, how they are, or what they did.
    `unfinished` says that it goes sooner when nothing was ever sent: after the days of the setting.
    """

    name: str
    tables: tuple[str, ...]
    ground: Ground
    until: Until | timedelta
    sensitive: bool = False
    unfinished: bool = False


CONSENT, DUTY, INTEREST = Ground.CONSENT, Ground.DUTY, Ground.INTEREST
TALK = ("person", "way", "conversation")
INVENTORY: Final[tuple[Kept, ...]] = (
    Kept("conversation", TALK, INTEREST, Until.ERASED, sensitive=True, unfinished=True),
    Kept("consent", ("consent", "consent_text"), DUTY, Until.ERASED, unfinished=True),
    Kept("ask", ("ask",), DUTY, Until.ERASED),
    Kept("request", ("referral", "message", "draft"), CONSENT, Until.WITHDRAWN, sensitive=True),
    Kept(
        "complaint",
        ("complaint", "complaint_step", "complaint_about"),
        CONSENT,
        Until.WITHDRAWN,
        sensitive=True,
    ),
    Kept("link", ("link", "recusal"), INTEREST, Until.WITHDRAWN, sensitive=True),
    Kept("look", ("look",), DUTY, Until.ERASED),
    Kept("need", ("need",), DUTY, NEEDS, sensitive=True),
    Kept("review", ("review",), INTEREST, Until.WITHDRAWN, sensitive=True),
    Kept("letter", ("letter",), INTEREST, Until.DELIVERED, sensitive=True),
    Kept("trace", ("trace",), INTEREST, IN_REACH),
    Kept("copy", ("copy",), DUTY, FETCHABLE),
    Kept("code", ("code",), INTEREST, Until.ERASED, unfinished=True),
    Kept("pin", ("lock",), INTEREST, Until.ERASED, unfinished=True),
    Kept("tries", ("attempt",), INTEREST, ATTEMPTS),
    Kept("heard", ("heard",), INTEREST, HEARD),
    Kept("set_aside", ("set_aside",), INTEREST, SET_ASIDE, sensitive=True),
    Kept("proof", ("erasure", "erased"), DUTY, Until.NEVER),
    Kept("key", ("person_key",), DUTY, Until.ERASED, unfinished=True),
    Kept("backup", (), DUTY, DATA_BACKUPS, sensitive=True),
    Kept("key_backup", (), DUTY, KEY_BACKUPS),
    Kept("tally", ("tally",), INTEREST, Until.NEVER),
    Kept("survey", ("survey",), INTEREST, Until.NEVER),
    Kept("figure", ("figure",), INTEREST, Until.NEVER),
)
"""About the people who come here, and told to them."""
SIGNING_IN = (*("staff", "set_up_link", "staff_session", "passkey", "staff_key", "letterbox_key"),)
OF_THE_HOUSE: Final[tuple[Kept, ...]] = (
    Kept("colleague", SIGNING_IN, INTEREST, Until.LEFT),
    Kept("work", ("presence", "notice", "licence"), INTEREST, Until.LEFT),
    Kept("audit", ("audit",), DUTY, Until.NEVER),
    Kept(
        "house",
        ("canary", "letterbox", "research_export", "instruction", "reply"),
        INTEREST,
        Until.NEVER,
    ),
)
"""About those who work here, and about the house itself: told at the desk, and in the register."""
SHELLS: Final[Mapping[str, frozenset[str]]] = {
    "referral": frozenset(
        {"id", "service", "queue", "status", "opened_at", "closed_at", "outcome"}
    ),
    "complaint": frozenset({"id", "service", "queue", "standing", "opened_at", "closed_at"}),
}
"""What is left of a row whose person was erased, to be counted; all else in it is emptied."""


class Notice(Frozen):
    """Words the inventory for one service and language."""

    organisation: Organisation
    settings: Settings
    wording: Wording
    service: Service
    language: str

    def document(self, day: date) -> Document:
        """Word everything that is kept."""
        return Document(self.language, self.say("title"), day, tuple(self._parts()))

    def _parts(self) -> Iterator[Part]:
        yield Paragraph(self.say("about"))
        yield Section(self.say("who_title"), tuple(self._paragraphs("who", "contact", "sealed")))
        yield Section(self.say("kept_title"), tuple(self._kept(each) for each in INVENTORY))
        yield Section(self.say("rights_title"), tuple(self._paragraphs("rights", "complain")))
        if self.settings.bot_token:
            yield Section(self.say("telegram_title"), tuple(self._paragraphs("telegram")))

    def _kept(self, kept: Kept) -> Section:
        named = ("what", "why", "readers")
        rows = [(self.say(name), self.say(f"{kept.name}.{name}")) for name in named]
        rows.append((self.say("until"), self.until(kept)))
        return Section(self.say(f"{kept.name}.title"), (Fields(tuple(rows)),))

    def until(self, kept: Kept) -> str:
        """Say until when something is kept."""
        sooner = self.say("until_unfinished") if kept.unfinished else ""
        later = self.say("until_closed") if kept.until in {Until.ERASED, Until.WITHDRAWN} else ""
        return " ".join(filter(None, (self._last(kept.until), sooner, later)))

    def _last(self, until: Until | timedelta) -> str:
        match until:
            case Until():
                return self.say(f"until_{until}")
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
        yield from (Paragraph(text) for name in names if (text := self.say(name)))

    def say(self, name: str) -> str:
        """Word a text of this page; empty when it names a fact that nobody knows."""
        return self._line(Line(f"privacy.{name}"))

    def _line(self, line: Line) -> str:
        return self.wording.line(self.language, self.service, line, reveal=True) or ""
