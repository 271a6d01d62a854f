"""What was closed with one key of a pair opens with the other, unchanged, as what it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from storage.errors import Unreadable
from storage.pairs import PrivateKey, PublicKey, closed, opened

KEY = PrivateKey(bytes(range(32)))
ABOUT, WORDS = "letter intake", b"woorden"
# Made by the first release that had letterboxes.
OF_BEFORE = (
    "e20de5d71fa0b27e3f05e1ff78cbffdb3240ed1ce3f3d9e2d6cc7bbd796151b80b07c1291ab1ad52"
    "b228b8d19454eb679bfcbcdb7bb50622"
)
CLOSED_BEFORE = "e3475d2a4911ab34220222b71167699defe737d8e023bcef327c37562d5a18d54c8a8647"


@given(some.binary())
def test_what_was_closed_opens_as_it_was(plain: bytes) -> None:
    assert KEY.open(ABOUT, KEY.public.seal(ABOUT, plain)) == plain
    assert opened(b"secret", ABOUT, closed(b"secret", ABOUT, plain)) == plain


def test_what_was_closed_long_ago_opens_today() -> None:
    assert KEY.open(ABOUT, bytes.fromhex(OF_BEFORE)) == WORDS
    assert opened(b"secret", ABOUT, bytes.fromhex(CLOSED_BEFORE)) == WORDS


def test_the_same_words_never_look_the_same() -> None:
    assert KEY.public.seal(ABOUT, WORDS) != KEY.public.seal(ABOUT, WORDS)
    assert closed(b"secret", ABOUT, WORDS) != closed(b"secret", ABOUT, WORDS)


def test_nothing_opens_with_another_key_or_as_something_else() -> None:
    box, shut = KEY.public.seal(ABOUT, WORDS), closed(b"secret", ABOUT, WORDS)
    with pytest.raises(Unreadable):
        PrivateKey.new().open(ABOUT, box)
    with pytest.raises(Unreadable):
        KEY.open("letter zuid", box)
    with pytest.raises(Unreadable):
        opened(b"another", ABOUT, shut)
    with pytest.raises(Unreadable):
        opened(b"secret", "letter zuid", shut)


def test_one_bit_that_changed_anywhere_is_found() -> None:
    box, shut = KEY.public.seal(ABOUT, WORDS), closed(b"secret", ABOUT, WORDS)
    for bit in range(8 * len(box)):
        with pytest.raises(Unreadable):
            KEY.open(ABOUT, _flipped(box, bit))
    for bit in range(8 * len(shut)):
        with pytest.raises(Unreadable):
            opened(b"secret", ABOUT, _flipped(shut, bit))


@pytest.mark.parametrize("length", [0, 1, 12, 13, 28, 33, 48])
def test_what_was_cut_short_does_not_open(length: int) -> None:
    with pytest.raises(Unreadable):
        KEY.open(ABOUT, KEY.public.seal(ABOUT, WORDS)[:length])
    with pytest.raises(Unreadable):
        opened(b"secret", ABOUT, closed(b"secret", ABOUT, WORDS)[: min(length, 28)])


def test_a_private_key_shows_in_no_repr() -> None:
    assert repr(KEY) == "PrivateKey()"


def test_a_public_key_is_read_as_it_was_written() -> None:
    assert PublicKey.read(str(KEY.public)) == KEY.public


@pytest.mark.parametrize("text", ["", "00", "00" * 32, "zz" * 32, "11" * 31, "11" * 33])
def test_what_closes_nothing_is_no_public_key(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        PublicKey.read(text)


def _flipped(blob: bytes, bit: int) -> bytes:
    changed = bytearray(blob)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
