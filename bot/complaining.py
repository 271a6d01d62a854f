"""Complaints become true: put before staff, out of sight of whom they name, and brought further."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.organisation import Organisation
from dialogs.effects import AdvanceComplaint, FileComplaint
from dialogs.frozen import Frozen
from dialogs.procedure import is_over
from dialogs.values import Answer, Standing
from storage import complaints, staff
from storage.complaint_values import NewComplaint, NewStep
from storage.sealed import Seal
from storage.staff_values import Member

log = logging.getLogger(__name__)

WORD = re.compile(r"\w+")
# Parts of a surname that many share; alone they name nobody.
PARTICLES = frozenset({"de", "den", "der", "het", "ten", "ter", "van", "von", "la", "le", "el"})


class Complaining(Frozen):
    """What complaints need beside a transaction; `system` opens what is known of colleagues."""

    clock: Clock
    organisation: Organisation
    system: Seal

    async def file(
        self, db: AsyncSession, seal: Seal, language: str, filed: FileComplaint, now: datetime
    ) -> None:
        """Put a complaint in the queue of its service; whom it names is never given it."""
        queue = self.organisation.services[filed.service].queue.key
        members = await staff.everyone(db, self.system)
        active = [each for each in members if each.active]
        working = [each for each in active if queue in each.queues]
        known = named_in(filed.answers, working)
        # Who works elsewhere sees none of it anyway, and is to read nothing of its person in need.
        about = known | named_in(filed.answers, active)
        if about.issuperset(each.id for each in working):
            log.warning(
                "Nobody at the desk may see a new complaint; the command `complaints` tells."
            )
        received = self._step(Standing.FILING, Standing.RECEIVED, now)
        new = NewComplaint(
            self.clock.new_id(),
            self.clock.new_code_name(),
            filed.service,
            queue,
            language,
            filed.answers,
            filed.agreements,
            about,
            received,
            about_is_known=bool(known) or not named(filed.answers),
        )
        await complaints.open(db, seal, new)

    async def advance(
        self, db: AsyncSession, seal: Seal, chosen: AdvanceComplaint, now: datetime
    ) -> None:
        """Take the step that the person chose."""
        await complaints.advance(db, seal, self._step(chosen.before, chosen.after, now))

    def _step(self, before: Standing, after: Standing, now: datetime) -> NewStep:
        return NewStep(self.clock.new_id(), before, after, now, is_over(after))


def named_in(answers: Collection[Answer], members: Collection[Member]) -> frozenset[UUID]:
    """Find the colleagues whom somebody named: by their whole name, or else by a part of it.

    Rather one too many than one too few: who is hidden from a complaint loses nothing by it.
    """
    said = named(answers)
    # Who was invited and has not set up has no name yet, and nobody can have named them.
    whole = {each.id for each in members if each.name and words_of(each.name) <= said}
    by_a_part = {each.id for each in members if words_of(each.name) & said - PARTICLES}
    return frozenset(whole or by_a_part)


def named(answers: Collection[Answer]) -> frozenset[str]:
    """List the words by which somebody named a colleague; none when they named nobody."""
    typed = next((each.words or "" for each in answers if each.step == "employee"), "")
    return words_of(typed)


def words_of(text: str) -> frozenset[str]:
    """List the words of a name, however they are written."""
    return frozenset(WORD.findall(text.casefold()))
