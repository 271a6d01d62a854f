"""A frozen value is what its fields are; it never changes, and shows nothing that is hidden."""

from __future__ import annotations

import pytest

from dialogs.frozen import Frozen, Hidden, field, replace


class Told(Frozen):
    step: str
    words: Hidden[str | None] = None


class Asked(Told):
    """The same fields and one more."""

    again: tuple[str, ...] = field(default_factory=tuple)


class Heard(Frozen):
    step: str
    words: Hidden[str | None] = None


def test_what_is_hidden_shows_nowhere_not_in_what_is_made_of_it_either() -> None:
    assert repr(Told("name", "Anna")) == "Told(step='name')"
    assert repr((Asked("name", "Anna", ("x",)),)) == "(Asked(step='name', again=('x',)),)"
    assert f"{Told('name', 'Anna')}" == "Told(step='name')"


def test_values_are_equal_when_kind_and_fields_are() -> None:
    assert Told("name", "Anna") == Told("name", "Anna")
    assert hash(Told("name", "Anna")) == hash(Told("name", "Anna"))
    assert Told("name", "Anna") != Told("name", "Bram")
    assert len({Told("name"), Heard("name"), Told("name")}) == 2


def test_another_is_made_of_one_which_stays_as_it_was() -> None:
    told = Asked("name", "Anna")
    assert replace(told, step="way") == Asked("way", "Anna")
    assert told == Asked("name", "Anna")
    with pytest.raises(AttributeError):
        told.step = "way"  # type: ignore[misc]
    with pytest.raises(TypeError):
        replace(told, sept="way")  # type: ignore[call-arg]
