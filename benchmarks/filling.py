"""Fills a database with as many invented requests as asked for, as years of work would leave them.

What the measured pages show is the same however many there are: a page of who waits, twenty
requests of one colleague. Only what stands behind that grows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlmodel import SQLModel, insert
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.house import House
from storage.figures import Happened
from storage.quality_tables import FigureRow
from storage.referral_values import Outcome, Status
from storage.staff_values import Member
from storage.tables import PersonRow, ReferralRow

YEARS = timedelta(days=2 * 365)
MINE = 20
A_PORTION = 2_000
QUEUES = ("intake", "administration", "mentoring")
SERVICES = ("mediation", "administration", "mentoring")
LANGUAGES, DOORS = ("nl", "en"), ("web", "telegram")
STEPS = (5, 15, 60, 240, 1440)

Row = dict[str, object]


async def fill(house: House, member: Member, many: int) -> None:
    """Put down so many requests; a fifth of them wait, and the newest are the member's."""
    now = house.clock.now()
    rows = list(_requests(house, member, many))
    people = [{"id": row["person_id"], "created_day": now.date()} for row in rows]
    async with house.database.begin() as db:
        await _put(db, PersonRow, people)
        await _put(db, ReferralRow, rows)
        await _put(db, FigureRow, list(_figures(now, rows)))


def _requests(house: House, member: Member, many: int) -> Iterator[Row]:
    now = house.clock.now()
    for number in range(many):
        opened = now - YEARS * ((many - number) / many)
        place = number % len(QUEUES)
        status = _status(number, many)
        is_waiting = status is Status.WAITING
        is_open = status in {Status.WAITING, Status.OWNED}
        yield {
            "id": house.clock.new_id(),
            "person_id": house.clock.new_id(),
            "reference": f"{number:08d}",
            "code_name": f"Merel-{number}",
            "service": SERVICES[place],
            "queue": QUEUES[place],
            "status": status.value,
            "owner_id": member.id if status is Status.OWNED else None,
            "language": LANGUAGES[number % 2],
            "door": DOORS[number // 2 % 2],
            "opened_at": opened,
            "waiting_since": opened if is_waiting else None,
            "due_at": opened + timedelta(hours=4) if is_waiting else None,
            "closed_at": None if is_open else opened + timedelta(days=3),
            "unread": 0,
            "last_seq": 0,
            "version": 1,
        }


def _status(number: int, many: int) -> Status:
    if number >= many - MINE:
        return Status.OWNED
    return Status.WAITING if number % 5 == 0 else Status.CLOSED


def _figures(now: datetime, rows: list[Row]) -> Iterator[Row]:
    """Count what happened with these requests, as it would have been counted at the time."""
    counts = Counter[tuple[date, object, object, object, str, int]]()
    for number, row in enumerate(rows):
        opened = now - YEARS * ((len(rows) - number) / len(rows))
        case = (opened.date().replace(day=1), row["queue"], row["language"], row["door"])
        step = STEPS[number % len(STEPS)]
        counts[(*case, Happened.NEW, 0)] += 1
        counts[(*case, Happened.FIRST_ANSWER, step)] += 1
        counts[(*case, tuple(Outcome)[number % len(Outcome)], step)] += 1
    names = ("month", "queue", "language", "door", "name", "within")
    for key, count in counts.items():
        yield dict(zip(names, key, strict=True)) | {"count": count}


async def _put(db: AsyncSession, table: type[SQLModel], rows: list[Row]) -> None:
    for start in range(0, len(rows), A_PORTION):
        await db.exec(insert(table), params=rows[start : start + A_PORTION])
