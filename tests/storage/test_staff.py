"""Members of staff, and what they must know to sign in."""

from __future__ import annotations

import pytest

from dialogs.frozen import replace
from storage import signin, staff
from storage.database import Database
from storage.errors import Conflict, NotFound
from storage.keystore import KeyStore
from storage.staff import Member, Preferences, Scheme, StaffRole
from tests.databases import NOW, rows_of
from tests.storage.made import SENTINEL, colleague, new_id


@pytest.fixture
async def carla(database: Database, keystore: KeyStore) -> Member:
    return await colleague(database, keystore, "Testcollega Carla")


async def test_a_member_is_found_by_e_mail_address(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    async with database.reading() as db:
        index = keystore.index("email", carla.email)
        found = await staff.find_by_email(db, keystore.system, index)
        assert found is not None
        assert (found.member, found.password, found.totp) == (carla, None, None)
        assert await staff.find_by_email(db, keystore.system, b"nobody") is None
        assert await staff.get(db, keystore.system, carla.id) == carla
        with pytest.raises(NotFound):
            await staff.get(db, keystore.system, new_id())


async def test_an_e_mail_address_belongs_to_one_member(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    other = Member(new_id(), "Iemand", carla.email, frozenset({StaffRole.ADMIN}), frozenset(), "nl")
    index = keystore.index("email", carla.email)
    async with database.begin() as db:
        with pytest.raises(Conflict):
            await staff.add(db, keystore.system, other, index)
        assert await staff.everyone(db, keystore.system) == [carla]


async def test_members_are_listed_by_name_with_those_who_left(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    bert = await colleague(database, keystore, "Testcollega Bert")
    async with database.begin() as db:
        await staff.change(db, bert.id, active=False)
        listed = await staff.everyone(db, keystore.system)
    assert [(each.id, each.active) for each in listed] == [(bert.id, False), (carla.id, True)]


async def test_what_a_member_likes_is_kept_and_nobody_is_signed_out_for_it(
    database: Database, carla: Member, keystore: KeyStore
) -> None:
    likes = Preferences(Scheme.DARK, has_keys=False, has_sound=True)
    async with database.begin() as db:
        await signin.start(db, b"token", carla.id, NOW)
        await staff.prefer(db, carla.id, "en", likes)
        found = await staff.get(db, keystore.system, carla.id)
    assert found == replace(carla, language="en", preferences=likes)
    assert await signed_in(database)


async def signed_in(database: Database) -> bool:
    async with database.reading() as db:
        return await signin.find(db, b"token", NOW) is not None


async def test_whoever_may_do_something_else_signs_in_again(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    async with database.begin() as db:
        await signin.start(db, b"token", carla.id, NOW)
        await staff.change(db, carla.id)
        await staff.change(db, carla.id, language="en")
    assert await signed_in(database)
    roles = frozenset({StaffRole.COORDINATOR, StaffRole.SECRETARY})
    async with database.begin() as db:
        await staff.change(db, carla.id, roles=roles, queues=["zuid", "noord"])
        changed = await staff.get(db, keystore.system, carla.id)
    assert not await signed_in(database)
    assert (changed.roles, changed.queues, changed.language) == (
        roles,
        frozenset({"noord", "zuid"}),
        "en",
    )


async def test_a_member_gets_another_name_and_address(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    dirk = await colleague(database, keystore, "Testcollega Dirk")
    new = replace(carla, name="Testcollega Carla Twee", email="nieuw@voorbeeld.invalid")
    index = keystore.index("email", new.email)
    async with database.begin() as db:
        await staff.rename(db, keystore.system, new, index)
        assert await staff.get(db, keystore.system, carla.id) == new
        with pytest.raises(Conflict):
            await staff.rename(db, keystore.system, dirk, index)
        assert await staff.get(db, keystore.system, dirk.id) == dirk
        found = await staff.find_by_email(db, keystore.system, index)
        assert found is not None
        assert found.member == new


async def test_nobody_cannot_be_changed(database: Database) -> None:
    async with database.begin() as db:
        with pytest.raises(NotFound):
            await staff.change(db, new_id(), active=False)


async def test_what_opens_the_door_is_sealed_and_changing_it_ends_every_session(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    system = keystore.system
    async with database.begin() as db:
        await signin.start(db, b"token", carla.id, NOW)
        await staff.set_password(db, system, carla.id, SENTINEL)
        assert await signin.find(db, b"token", NOW) is None
        await signin.start(db, b"token", carla.id, NOW)
        await staff.set_totp(db, system, carla.id, "GEHEIM")
        assert await signin.find(db, b"token", NOW) is None
        found = await staff.credentials(db, system, carla.id)
        assert (found.password, found.totp, found.totp_step) == (SENTINEL, "GEHEIM", 0)
        assert SENTINEL not in repr(found)
        assert carla.email not in repr(found)
        await staff.set_totp(db, system, carla.id, None)
        assert (await staff.credentials(db, system, carla.id)).totp is None
    assert SENTINEL.encode() not in repr(await rows_of(database, "SELECT * FROM staff")).encode()


async def test_a_code_opens_the_door_once(
    database: Database, keystore: KeyStore, carla: Member
) -> None:
    async with database.begin() as db:
        await staff.note_totp_step(db, carla.id, 7)
        for step in (7, 6):
            with pytest.raises(Conflict):
                await staff.note_totp_step(db, carla.id, step)
        await staff.note_totp_step(db, carla.id, 8)
        assert (await staff.credentials(db, keystore.system, carla.id)).totp_step == 8
