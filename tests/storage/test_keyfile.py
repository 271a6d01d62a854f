"""The key file: whole or not at all, for its owner only, and never in the place of another."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.errors import BadKeyFile
from storage.keyfile import KeyFile
from tests.databases import NOW

KEY = b64encode(bytes(32)).decode()
WHOLE = {"kek": {"k2026a": KEY}, "primary": "k2026a", "index": KEY, "audit": KEY, "system": KEY}


def test_a_new_key_file_lies_on_no_disk_until_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "secret" / "master.json"
    new = KeyFile.load_or_make(path)
    assert new.is_new
    assert not path.parent.exists()
    kept = new.keep(NOW)
    assert (kept.primary, kept.is_new) == ("k2026a", False)
    assert KeyFile.load_or_make(path) == kept


def test_a_key_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "secret" / "master.json"
    KeyFile.load_or_make(path).keep(NOW)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["master.json"]


def test_of_two_first_starts_both_have_the_file_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "master.json"
    one, other = KeyFile.load_or_make(path), KeyFile.load_or_make(path)
    assert one.keep(NOW) == other.keep(NOW)


def test_an_older_master_key_stays_readable(tmp_path: Path) -> None:
    path = tmp_path / "master.json"
    path.write_text(json.dumps(WHOLE | {"kek": {"k2025a": KEY, "k2026a": KEY}}))
    assert set(KeyFile.load_or_make(path).kek) == {"k2025a", "k2026a"}


def without(name: str) -> str:
    return json.dumps({key: value for key, value in WHOLE.items() if key != name})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geheim",
        '"geheim"',
        "[]",
        *(without(name) for name in WHOLE),
        json.dumps(WHOLE | {"kek": "geheim"}),
        json.dumps(WHOLE | {"kek": {}}),
        json.dumps(WHOLE | {"primary": "k2027a"}),
        json.dumps(WHOLE | {"primary": 7}),
        json.dumps(WHOLE | {"index": "geheim"}),
        json.dumps(WHOLE | {"index": 7}),
        json.dumps(WHOLE | {"system": KEY[:8]}),
        b"\xff\xfe".decode("latin-1"),
    ],
)
def test_a_broken_key_file_is_named_and_nothing_of_it_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "master.json"
    path.write_text(text)
    with pytest.raises(BadKeyFile, match=r"master\.json") as refused:
        KeyFile.load_or_make(path)
    assert "geheim" not in str(refused.value)
    assert path.read_text() == text


def in_the_way(path: Path) -> None:
    path.mkdir()


def folder_in_the_way(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("")


@pytest.mark.parametrize("make", [in_the_way, folder_in_the_way])
def test_a_key_file_that_cannot_be_read_is_named(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "secret" / "master.json"
    path.parent.mkdir()
    make(path)
    with pytest.raises(BadKeyFile, match=r"master\.json"):
        KeyFile.load_or_make(path)


def test_a_key_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    new = KeyFile.load_or_make(tmp_path / "secret" / "master.json")
    (tmp_path / "secret").write_text("")
    with pytest.raises(BadKeyFile, match=r"master\.json"):
        new.keep(NOW)


def test_a_key_file_that_others_can_read_is_warned_about(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "master.json"
    path.write_text(json.dumps(WHOLE))
    path.chmod(0o600)
    with caplog.at_level(logging.WARNING):
        KeyFile.load_or_make(path)
        assert caplog.records == []
        path.chmod(0o644)
        KeyFile.load_or_make(path)
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_no_key_shows_in_a_key_file(tmp_path: Path) -> None:
    kept = KeyFile.load_or_make(tmp_path / "master.json").keep(NOW)
    assert KEY[:10] not in repr(kept)
    assert "index" not in repr(kept)


def test_newer_keys_are_named_by_year_in_order(tmp_path: Path) -> None:
    key_file = KeyFile.load_or_make(tmp_path / "master.json").keep(NOW)
    for _ in range(27):
        key_file = key_file.with_newer(NOW)
    assert key_file.primary == "k2026zb"
    assert len(key_file.kek) == 28
    assert key_file.with_newer(NOW.replace(year=2027)).primary == "k2027a"


def test_no_newer_key_takes_the_name_of_another_whatever_the_clock_says(tmp_path: Path) -> None:
    before = key_file = KeyFile.load_or_make(tmp_path / "master.json").keep(NOW)
    for number, year in enumerate((2027, 2026, 2025, 2027, 2028), start=2):
        key_file = key_file.with_newer(NOW.replace(year=year))
        assert len(key_file.kek) == number
    assert key_file.primary == "k2028a"
    assert before.kek.items() <= key_file.kek.items()
