"""What is known of a licence is kept, and there is one of each mediator."""

from __future__ import annotations

from datetime import date, timedelta

from dialogs.frozen import replace
from storage import licences, staff
from storage.database import Database
from storage.keystore import KeyStore
from storage.licences import Licence
from storage.staff_values import StaffRole
from tests.storage.made import colleague


async def test_licences_that_end_are_counted_of_mediators_at_work(
    database: Database, keystore: KeyStore
) -> None:
    day = date(2026, 9, 1)
    mila, gone, noor = [
        await colleague(database, keystore, roles={role})
        for role in (StaffRole.MEDIATOR, StaffRole.MEDIATOR, StaffRole.COLLEAGUE)
    ]
    async with database.begin() as db:
        for each in (mila, gone, noor):
            await licences.keep(db, Licence(each.id, None, day))
        await staff.change(db, gone.id, active=False)
        assert await licences.ending(db, ["noord", "zuid"], day) == 1
        assert await licences.ending(db, ["noord"], day - timedelta(days=1)) == 0
        assert await licences.ending(db, ["zuid"], day) == 0


async def test_what_was_kept_last_is_what_is_known(database: Database, keystore: KeyStore) -> None:
    noor, els = await colleague(database, keystore), await colleague(database, keystore)
    first = Licence(noor.id, date(2024, 9, 1), date(2026, 9, 1), 7, 20, 4)
    last = replace(first, trained_on=None, mediations=8)
    async with database.begin() as db:
        for each in (first, last):
            await licences.keep(db, each)
    async with database.reading() as db:
        found = await licences.of(db, [noor.id, els.id])
    assert found == {noor.id: last, els.id: Licence(els.id)}
