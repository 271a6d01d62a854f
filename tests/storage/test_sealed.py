"""A sealed field opens at its place, with its person's key, unchanged; and in no other case."""

from __future__ import annotations

from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.dialects import sqlite

from dialogs.frozen import replace
from storage.errors import Unreadable
from storage.sealed import LEAST_BYTES, Seal, SealedBytes

KEY = AESGCM(bytes(32))
ANNA = UUID(int=1)
ROW = UUID(int=7)
SEAL = Seal(ANNA, 1, {1: KEY})
PLACE = ("message", "body", ROW)
DIALECT = sqlite.dialect()


@given(some.text(some.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens_as_it_was(text: str) -> None:
    assert SEAL.open(*PLACE, SEAL.seal(*PLACE, text)) == text


def test_the_same_words_never_look_the_same() -> None:
    assert SEAL.seal(*PLACE, "woorden") != SEAL.seal(*PLACE, "woorden")


@pytest.mark.parametrize(
    ("seal", "place"),
    [
        (SEAL, ("message", "other", ROW)),
        (SEAL, ("other", "body", ROW)),
        (SEAL, ("message", "body", UUID(int=8))),
        (replace(SEAL, person_id=UUID(int=2)), PLACE),
        (SEAL, ("messageb", "body"[1:], ROW)),
    ],
    ids=["column", "table", "row", "person", "letters moved from one name to the next"],
)
def test_a_field_that_was_moved_does_not_open(seal: Seal, place: tuple[str, str, UUID]) -> None:
    blob = SEAL.seal(*PLACE, "woorden")
    assert SEAL.open(*PLACE, blob) == "woorden"
    with pytest.raises(Unreadable):
        seal.open(*place, blob)


def test_a_field_of_which_one_byte_was_changed_does_not_open() -> None:
    blob = SEAL.seal(*PLACE, "woorden " * 20)
    for at in range(len(blob)):
        changed = bytearray(blob)
        changed[at] ^= 1
        with pytest.raises(Unreadable):
            SEAL.open(*PLACE, bytes(changed))


def test_a_field_that_was_cut_off_does_not_open() -> None:
    blob = SEAL.seal(*PLACE, "woorden")
    for length in range(len(blob)):
        with pytest.raises(Unreadable):
            SEAL.open(*PLACE, blob[:length])


def test_the_form_is_the_one_that_old_copies_have() -> None:
    blob = bytes.fromhex("e1000000010000000000000000000000000000000000000000000000000000000000")
    assert len(blob) == LEAST_BYTES
    sealed = SEAL.seal(*PLACE, "")
    assert (sealed[0], int.from_bytes(sealed[1:5], "big"), sealed[5]) == (0xE1, 1, 0)
    bound = sealed[:6] + b"".join(
        len(part).to_bytes(2, "big") + part
        for part in (b"fld1", b"message", b"body", ROW.bytes, ANNA.bytes, b"\0\0\0\1")
    )
    assert KEY.decrypt(sealed[6:18], sealed[18:], bound) == b"\x80" + bytes(63)


def test_the_length_tells_no_role_from_another() -> None:
    roles = ("victim", "offender", "referrer", "dader", "slachtoffer", "")
    assert len({len(SEAL.seal(*PLACE, role)) for role in roles}) == 1


def test_a_new_generation_seals_and_the_old_one_still_opens() -> None:
    both = Seal(ANNA, 2, {1: KEY, 2: AESGCM(bytes([1]) * 32)})
    old = SEAL.seal(*PLACE, "vroeger")
    new = both.seal(*PLACE, "nu")
    assert (both.open(*PLACE, old), both.open(*PLACE, new)) == ("vroeger", "nu")
    with pytest.raises(Unreadable):
        SEAL.open(*PLACE, new)


@pytest.mark.parametrize(
    "value", ["woorden", b"woorden", b"\xe1woorden", b"\xe0" + bytes(60), 7, bytearray(60)]
)
def test_a_sealed_column_takes_nothing_else(value: object) -> None:
    with pytest.raises(TypeError) as refused:
        SealedBytes().process_bind_param(value, DIALECT)
    assert "woorden" not in str(refused.value)


def test_a_sealed_column_takes_what_is_sealed_and_nothing_at_all() -> None:
    blob = SEAL.seal(*PLACE, "woorden")
    assert SealedBytes().process_bind_param(blob, DIALECT) == blob
    assert SealedBytes().process_bind_param(None, DIALECT) is None


def test_no_key_shows_in_a_seal() -> None:
    assert "AESGCM" not in repr(SEAL)
