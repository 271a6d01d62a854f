"""An older master key goes from the key file when nothing is wrapped by it, or will be."""

from __future__ import annotations

from itertools import count

import pytest

from dialogs.frozen import replace
from storage import rotation
from storage.canary import settle_in
from storage.database import Database
from storage.errors import Unreadable
from storage.keyfile import KeyFile
from storage.keystore import KeyStore
from tests.databases import Place, rows_of
from tests.storage.made import new_id
from tests.storage.stores import opened
from tests.storage.test_rotation import PERSON_KEY, Cut, cut_before, names, rotated


async def test_a_copy_of_the_keys_from_before_opens_until_the_older_key_is_dropped(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    anna = new_id()
    await keystore.make([anna])
    before = (await rows_of(keys, "SELECT wrapped FROM person_key"))[0][0]
    await rotated(place, keys)
    async with keys.begin() as db:
        back = PERSON_KEY.update().values(kek_id="k2026a", wrapped=before)
        await (await db.connection()).execute(back)
    again = await opened(place)
    assert set(await again.seals([anna])) == {anna}
    await again.close()
    assert await rotated(place, keys) == 1
    assert await rotation.drop_older(keys, place.key_path) == ["k2026a"]
    assert await rotation.drop_older(keys, place.key_path) == []
    async with keys.begin() as db:
        await (await db.connection()).execute(back)
    again = await opened(place)
    with pytest.raises(Unreadable, match="k2026a"):
        await again.seals([anna])
    await again.close()


async def test_cut_short_at_any_step_no_key_that_may_wrap_is_dropped(
    place: Place, keystore: KeyStore, keys: Database
) -> None:
    await keystore.make([new_id()])
    await rotated(place, keys)
    # As a copy of the keys that was put back may have it.
    both = KeyFile.load_or_make(place.key_path)
    older = replace(both, primary="k2026a")
    for step in count(1):
        async with keys.begin() as db:
            await settle_in(db, older)
        with cut_before(keys, step):
            try:
                await rotation.drop_older(keys, place.key_path)
            except Cut:
                pass
            else:
                break
        may_wrap = {name for (name,) in await rows_of(keys, "SELECT kek_id FROM canary")}
        assert may_wrap <= names(place)
        both.put()
    assert step > 3
