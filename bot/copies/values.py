"""What a copy is made of, and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.documents.values import Document
from bot.organisation import Organisation
from bot.wording import Wording
from dialogs.frozen import Frozen, Hidden
from dialogs.screens import Line
from dialogs.values import Session
from storage.sealed import Seal


class Materials(Frozen):
    """Whose copy it is: a transaction to read in, their key and session; and the words."""

    db: AsyncSession
    seal: Hidden[Seal]
    session: Session
    organisation: Organisation
    wording: Wording
    zone: ZoneInfo
    now: datetime

    @property
    def today(self) -> date:
        """Tell the day of the copy."""
        return self.now.astimezone(self.zone).date()

    def say(self, id: str) -> str:
        """Word an id, as a line of the dialogs; empty when it names a fact nobody knows."""
        return self.line(Line(id))

    def line(self, line: Line) -> str:
        """Word a line, a person's own words included: it is their copy."""
        session = self.session
        return self.wording.line(session.language, session.service, line, reveal=True) or ""

    def day(self, moment: date) -> str:
        """Word a day."""
        return format_date(moment, "d MMMM y", locale=self.session.language)

    def time(self, moment: datetime) -> str:
        """Word a moment, in the zone of the organisation."""
        local = moment.astimezone(self.zone)
        return format_datetime(
            local, "d MMMM y HH:mm", tzinfo=self.zone, locale=self.session.language
        )


class Made(Frozen):
    """A copy: to read and to print, and where it is data too, as what becomes JSON."""

    document: Hidden[Document]
    data: Hidden[Mapping[str, object] | None] = None
