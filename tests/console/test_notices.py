"""What colleagues were told outside the desk, as who coordinates sees it."""

from __future__ import annotations

from msgspec.structs import force_setattr

from storage import notices
from storage.notices import Notice, State
from storage.staff_values import StaffRole
from tests.console.colleagues import Office


async def test_it_says_who_was_told_and_whether_that_arrived(office: Office) -> None:
    house, (_, referral) = office.house, await office.request()
    els = await office.hires("Els")
    noor = await office.colleague("Noor", roles={StaffRole.COORDINATOR})
    assert {"empty", "no-way"} <= set((await noor.get("/staff/notices")).ids)
    told = [
        Notice(house.clock.new_id(), referral.id, referral.queue, whom) for whom in (els.id, None)
    ]
    async with house.database.begin() as db:
        await notices.put(db, told, house.clock.now())
        await notices.settle(db, told[0].id, State.FAILED)
    page = await noor.get("/staff/notices")
    for words in ("Els", "niet aangekomen", "de Telegram-groep", "onderweg", referral.code_name):
        assert words in page.html
    elsewhere = await office.colleague("Bram", "mentoring", roles={StaffRole.COORDINATOR})
    assert "empty" in (await elsewhere.get("/staff/notices")).ids


async def test_who_does_the_work_alone_may_not_see_it(office: Office) -> None:
    noor = await office.colleague("Noor", roles={StaffRole.COLLEAGUE})
    assert (await noor.get("/staff/notices")).status == 403


async def test_mail_is_offered_only_where_it_can_be_sent(office: Office) -> None:
    noor = await office.colleague("Noor")
    assert 'name="mail"' not in (await noor.get("/staff/me")).html
    force_setattr(office.house.settings, "smtp_url", "smtp://127.0.0.1:25")
    assert 'name="mail"' in (await noor.get("/staff/me")).html
