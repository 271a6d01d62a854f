"""Consents that staff asked for: what was asked, until when, and what came of it.

Who said no is not asked the same again; a question that lapsed, or a yes that was withdrawn, may
be asked anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from dialogs.values import ASKED_BY_STAFF, Purpose, Service
from storage.errors import Conflict
from storage.statements import insert_into
from storage.tables import AskRow
from storage.written import word


class State(StrEnum):
    """What came of a question; a withdrawn yes is one that may be asked for again."""

    OPEN = "open"
    YES = "yes"
    NO = "no"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Ask(Frozen):
    """One question to one person, about one request."""

    referral_id: UUID
    person_id: UUID
    purpose: Purpose
    state: State
    asked_at: datetime
    until: datetime


async def put(db: AsyncSession, ask: Ask, service: Service) -> None:
    """Ask; raise Conflict while another question is open, or where this one was answered."""
    if ask.purpose not in askable(service, await of_referral(db, ask.referral_id)):
        raise Conflict("this cannot be asked now")
    values = {"state": ask.state.value, "asked_at": ask.asked_at, "until": ask.until}
    key = {"referral_id": ask.referral_id, "purpose": ask.purpose.value}
    statement = insert_into(db, AskRow).on_conflict_do_update(index_elements=list(key), set_=values)
    await db.exec(statement, params=[key | values | {"person_id": ask.person_id}])


async def settle(db: AsyncSession, person_id: UUID, purpose: Purpose, state: State) -> bool:
    """Write down what came of an open question; say whether there was one."""
    return await _change(db, person_id, [purpose], State.OPEN, state)


async def lapse(db: AsyncSession, person_id: UUID) -> None:
    """Let whatever is still open be over, with the request it was asked for."""
    await _change(db, person_id, ASKED_BY_STAFF, State.OPEN, State.LAPSED)


async def withdraw(db: AsyncSession, person_id: UUID, purpose: Purpose) -> None:
    """Write down that a yes was withdrawn."""
    await _change(db, person_id, [purpose], State.YES, State.WITHDRAWN)


async def of_referral(db: AsyncSession, referral_id: UUID) -> list[Ask]:
    """List what was asked about a request, in the order of asking."""
    statement = select(AskRow).where(col(AskRow.referral_id) == referral_id)
    return _read(await db.exec(statement.order_by(col(AskRow.asked_at), col(AskRow.purpose))))


async def due(db: AsyncSession, now: datetime) -> list[Ask]:
    """List the open questions whose time is over."""
    statement = select(AskRow).where(
        col(AskRow.state) == State.OPEN.value, col(AskRow.until) <= now
    )
    return _read(await db.exec(statement))


def askable(service: Service, asks: Collection[Ask]) -> list[Purpose]:
    """List what may be asked for now: one thing at a time, and nothing after a no."""
    if any(ask.state is State.OPEN for ask in asks):
        return []
    left_out = {ask.purpose for ask in asks if ask.state in {State.YES, State.NO}}
    return [purpose for purpose in of_service(service) if purpose not in left_out]


def of_service(service: Service) -> list[Purpose]:
    """List what staff of a service may ever ask for: only in mediation there is another party."""
    is_mediation = service is Service.MEDIATION
    return [each for each in ASKED_BY_STAFF if is_mediation or each is not Purpose.OTHER_PARTY]


async def _change(
    db: AsyncSession, person_id: UUID, purposes: Iterable[Purpose], before: State, after: State
) -> bool:
    changed = await db.exec(
        update(AskRow)
        .where(
            col(AskRow.person_id) == person_id,
            col(AskRow.purpose).in_([purpose.value for purpose in purposes]),
            col(AskRow.state) == before.value,
        )
        .values(state=after.value)
    )
    return bool(changed.rowcount)


def _read(rows: Iterable[AskRow]) -> list[Ask]:
    return [
        Ask(row.referral_id, row.person_id, purpose, state, row.asked_at, row.until)
        for row in rows
        if (purpose := word(Purpose, row.purpose)) and (state := word(State, row.state))
    ]
