"""Who was harmed and who caused harm read as much, in the same order, and choose among the same."""

from __future__ import annotations

import pytest

from bot.catalogs import Catalog, Text
from dialogs import turn
from dialogs.cards import CARDS
from dialogs.events import Event
from dialogs.frozen import Frozen, replace
from dialogs.screens import Screen
from dialogs.steps import MENU, Move, buttons, lines, not_understood
from dialogs.turn import show
from dialogs.values import Role, Session
from tests.wording.said import CATALOGS, LANGUAGES, sessions

SIDES = ("harmed", "responsible", "anyone")
MIRRORED = tuple(card for card in CARDS if card.mirrored)
LONGER_AT_MOST = 1.15


def uneven(catalog: Catalog) -> list[str]:
    """Name the cards of which one side reads more than the other, or in other pieces."""
    faults = []
    for card in MIRRORED:
        sides = [catalog.texts[f"{card.place}.{side}"].forms[0] for side in SIDES]
        if len({pieces(text) for text in sides}) > 1:
            faults.append(f"{card.name} has other pieces for one side")
        if max(map(len, sides)) > LONGER_AT_MOST * min(map(len, sides)):
            faults.append(f"{card.name} is longer for one side")
    return faults


def pieces(text: str) -> tuple[int, ...]:
    """Count the lines of each paragraph."""
    return tuple(len(each.splitlines()) for each in text.split("\n\n"))


def one_sided() -> list[str]:
    """Name the places where the two sides read something else, or choose among something else."""
    both = zip(sessions(Role.VICTIM), sessions(Role.OFFENDER), strict=True)
    return [str(one.place) for one, other in both if seen(show(one)) != seen(show(other))]


def seen(screen: Screen) -> tuple[object, ...]:
    """Give what is on a screen, with the words for either side taken for the same."""
    shown = tuple(replace(line, id=line.id.removesuffix(".responsible")) for line in screen.lines)
    same = tuple(replace(line, id=line.id.removesuffix(".harmed")) for line in shown)
    return (same, screen.buttons, screen.takes_words)


def test_both_sides_read_and_choose_the_same_in_the_same_order() -> None:
    assert one_sided() == []


@LANGUAGES
def test_both_sides_read_as_much(language: str) -> None:
    assert uneven(CATALOGS[language]) == []


@LANGUAGES
@pytest.mark.parametrize("card", [card.name for card in MIRRORED])
@pytest.mark.parametrize("side", SIDES)
def test_a_side_that_reads_more_is_found(language: str, card: str, side: str) -> None:
    catalog, id = CATALOGS[language], f"info.{card}.{side}"
    (text,) = catalog.texts[id].forms

    def said(form: str) -> Catalog:
        return replace(catalog, texts={**catalog.texts, id: Text((form,), frozenset())})

    assert uneven(said(text * 2)) != []
    assert uneven(said(text.replace("\n\n", " ", 1))) != []


class OneSided(Frozen):
    """A planted fault: only one side is offered to say sorry."""

    def show(self, session: Session) -> Screen:
        sorry = ("say_sorry",) if session.role is Role.OFFENDER else ()
        return Screen(lines("welcome.menu.ask"), buttons(MENU, "information", *sorry))

    def answer(self, session: Session, _event: Event) -> Move:
        return not_understood(session)


def test_a_choice_for_one_side_only_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(turn.STEPS, MENU, OneSided())
    assert set(one_sided()) == {str(MENU)}
