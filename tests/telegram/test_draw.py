"""Screens as Telegram messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.draw import LONGEST_TEXT, Drawn, Undrawable, draw
from bot.wording import Label, Worded

FIXED = tuple(
    Label(f"everywhere.go:{name}", name) for name in ("stop", "urgent", "human", "rights", "menu")
)


def rows(drawn: Drawn) -> list[list[str]]:
    return [[label.data for label in row] for row in drawn.keyboard]


def labels(*options: str, text: str = "") -> tuple[Label, ...]:
    return tuple(Label(f"a.b:{option}", text or option) for option in options)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_choices_stand_below_each_other_and_what_is_always_there_two_by_two() -> None:
    [drawn] = draw(Worded(("Een.", "Twee."), labels("one", "two", "three"), FIXED))
    assert drawn.text == "Een.\n\nTwee."
    assert rows(drawn) == [
        ["a.b:one"],
        ["a.b:two"],
        ["a.b:three"],
        ["everywhere.go:stop", "everywhere.go:urgent"],
        ["everywhere.go:human", "everywhere.go:rights"],
        ["everywhere.go:menu"],
    ]


@pytest.mark.parametrize(
    ("buttons", "expected"),
    [
        (labels("yes", "no"), [["a.b:yes", "a.b:no"]]),
        (labels("no", "yes"), [["a.b:no"], ["a.b:yes"]]),
        (labels("yes", "no", "maybe"), [["a.b:yes"], ["a.b:no"], ["a.b:maybe"]]),
        (labels("yes", "no", text="Ja, heel graag zelfs"), [["a.b:yes"], ["a.b:no"]]),
        (labels("yes"), [["a.b:yes"]]),
    ],
)
def test_only_a_short_yes_and_no_stand_beside_each_other(
    buttons: tuple[Label, ...], expected: list[list[str]]
) -> None:
    [drawn] = draw(Worded(("?",), buttons, ()))
    assert rows(drawn) == expected


def test_a_screen_without_buttons_has_no_keyboard() -> None:
    assert draw(Worded(("Klaar.",), (), ())) == (Drawn("Klaar."),)


def test_a_long_text_becomes_several_messages_with_the_keyboard_below_the_last() -> None:
    first, second = draw(Worded(("a" * 3000, "b" * 1000, "c" * 500), labels("one"), ()))
    assert first == Drawn("a" * 3000 + "\n\n" + "b" * 1000)
    assert second.text == "c" * 500
    assert rows(second) == [["a.b:one"]]


@pytest.mark.parametrize("between", ["\n", " "])
def test_a_long_paragraph_is_cut_between_lines_or_words(between: str) -> None:
    paragraph = between.join(["twaalf teken"] * 700)
    texts = [drawn.text for drawn in draw(Worded((paragraph,), (), ()))]
    assert len(texts) == 3
    assert between.join(texts) == paragraph


def test_a_long_paragraph_without_a_place_to_cut_is_cut_between_characters() -> None:
    texts = [drawn.text for drawn in draw(Worded(("a" + "😀" * 3000,), (), ()))]
    assert "".join(texts) == "a" + "😀" * 3000
    assert all(units(text) <= LONGEST_TEXT for text in texts)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9000), max_size=4))
def test_every_message_fits_and_nothing_visible_is_lost(paragraphs: list[str]) -> None:
    worded = Worded(("Begin.", *paragraphs), labels("one"), ())
    drawn = draw(worded)
    assert all(0 < units(each.text) <= LONGEST_TEXT for each in drawn)
    assert "".join("".join(each.text for each in drawn).split()) == "".join(
        "".join(worded.paragraphs).split()
    )
    assert [bool(each.keyboard) for each in drawn] == [False] * (len(drawn) - 1) + [True]


@pytest.mark.parametrize(
    "worded",
    [
        Worded((), labels("one"), ()),
        Worded(("", " \n"), (), ()),
        Worded(("?",), (Label("a" * 65, "A"),), ()),
        Worded(("?",), (Label("é" * 33, "A"),), ()),
        Worded(("?",), (), (Label("", "A"),)),
        Worded(("?",), (Label("a.b:c", " "),), ()),
        Worded(("?",), labels(*map(str, range(101))), ()),
    ],
)
def test_what_telegram_would_not_take_is_not_drawn(worded: Worded) -> None:
    with pytest.raises(Undrawable):
        draw(worded)


def test_data_of_64_bytes_is_drawn() -> None:
    [drawn] = draw(Worded(("?",), (Label("é" * 32, "A"),), ()))
    assert rows(drawn) == [["é" * 32]]


def test_the_text_does_not_show() -> None:
    assert "geheim" not in repr(draw(Worded(("geheim",), (), ())))
