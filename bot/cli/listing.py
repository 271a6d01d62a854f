"""The commands that count and list; nothing personal is in what they print."""

from __future__ import annotations

from bot.cli.inside import AsJson, in_house, say
from bot.house import House
from storage import complaint_desk, mail, referrals, setaside
from storage.staff import everyone


def referrals_command(*, as_json: AsJson = False) -> None:
    """List requests: reference, queue, status, owner and times; nothing personal."""

    async def listed(house: House) -> None:
        async with house.database.reading() as db:
            found = await referrals.everything(db)
            seen = await referrals.seen_by(db, await everyone(db, house.keystore.system))
        say([row_of(each, seen[each.id]) for each in found], as_json=as_json)

    in_house(listed)


def row_of(referral: referrals.Referral, seen_by: int) -> dict[str, object]:
    """Say of a request what may be said outside the desk; `seen_by` of one that waits."""
    return {
        "reference": referral.reference,
        "service": referral.service,
        "queue": referral.queue,
        "status": referral.status,
        "owner": referral.owner_name,
        "seen_by": seen_by if referral.status is referrals.Status.WAITING else None,
        "opened_at": referral.opened_at.isoformat(timespec="minutes"),
        "waiting_since": referral.waiting_since
        and referral.waiting_since.isoformat(timespec="minutes"),
        "closed_at": referral.closed_at and referral.closed_at.isoformat(timespec="minutes"),
    }


def complaints_command(*, as_json: AsJson = False) -> None:
    """List open complaints, and by how many colleagues each is seen; nothing personal."""

    async def listed(house: House) -> None:
        async with house.database.reading() as db:
            members = await everyone(db, house.keystore.system)
            found = await complaint_desk.overview(db, members)
        names = ("queue", "standing", "opened_at", "seen_by")
        say([dict(zip(names, each, strict=True)) for each in found], as_json=as_json)

    in_house(listed)


def mail_command(*, as_json: AsJson = False) -> None:
    """Count the letters that wait, were sent and were dropped."""

    async def counted(house: House) -> None:
        async with house.database.reading() as db:
            counts, aside = await mail.counts(db), await setaside.count(db)
        oldest = counts.oldest_at
        age = None if oldest is None else (house.clock.now() - oldest).total_seconds()
        row: dict[str, object] = {
            "waiting": counts.waiting,
            "sent": counts.sent,
            "dropped": counts.dropped,
            "oldest_seconds": age,
            "set_aside": aside,
        }
        say([row], as_json=as_json)

    in_house(counted)
