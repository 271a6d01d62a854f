"""All that is said: every text of every language, and every screen there can be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from bot.catalogs import Catalog, read_all
from dialogs.screens import Screen
from dialogs.turn import STEPS, show
from dialogs.values import Agreement, Handoff, Purpose, Role, Session
from tests.wording.conftest import ROOT

CATALOGS = read_all(ROOT / "locales", "dialogs.po")
LANGUAGES = pytest.mark.parametrize("language", sorted(CATALOGS))


def texts(catalog: Catalog) -> Iterator[tuple[str, str]]:
    for id, text in catalog.texts.items():
        for form in text.forms:
            yield id, form


def sessions(*roles: Role | None) -> Iterator[Session]:
    """Stand at every place: before a consent and under all, alone and with staff."""
    agreed = tuple(Agreement(purpose, "1") for purpose in Purpose)
    for place, role, handoff, agreements in product(STEPS, roles, (None, *Handoff), ((), agreed)):
        yield Session(
            place=place,
            role=role,
            reference="K7P4-2M9X",
            agreements=agreements,
            handoff=handoff,
            colleague="Collega" if handoff is Handoff.TALKING else None,
        )


@cache
def screens() -> tuple[Screen, ...]:
    """Show every screen of every role, each once; what is on it no language changes."""
    return tuple(dict.fromkeys(map(show, sessions(None, *Role))))
