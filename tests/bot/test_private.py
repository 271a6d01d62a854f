"""What a command writes of people is for whoever gave it, also where a file lay before."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.care import handed_out
from bot.cli.inside import write_private
from bot.house import House
from storage.errors import NotFound
from tests.console.colleagues import referral_of
from tests.databases import NOW, rows_of
from tests.houses import Visitor


def test_a_file_that_others_could_read_is_theirs_no_more(tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    path.write_text("something longer than it was")
    path.chmod(0o644)
    write_private(tmp_path, path.name, b"words")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("words", 0o600)


def test_nothing_is_written_where_a_link_leads(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "all.txt").symlink_to(elsewhere)
    with pytest.raises(OSError, match=r"all\.txt"):
        write_private(tmp_path, "all.txt", b"words")
    assert not elsewhere.exists()


async def test_the_log_says_that_something_was_handed_out_only_when_there_was_something(
    house: House,
) -> None:
    visitor = Visitor(house)
    await visitor.sends_a_request()
    referral = await referral_of(house, visitor)
    assert referral.person_id is not None
    assert referral.reference is not None
    noted = "SELECT count(*) FROM audit WHERE what = 'handed_out'"
    await handed_out(house, referral.reference)
    assert await rows_of(house.database, noted) == [(1,)]
    await house.keystore.erase(referral.person_id, NOW)
    with pytest.raises(NotFound):
        await handed_out(house, referral.reference)
    assert await rows_of(house.database, noted) == [(1,)]
