"""What the type checker does not see of frozen values."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator

import bot
import dialogs
import storage
from dialogs.frozen import Frozen


def kinds(of: type[Frozen]) -> Iterator[type[Frozen]]:
    for each in of.__subclasses__():
        yield each
        yield from kinds(each)


def test_no_default_is_that_of_another_kind_of_value() -> None:
    for room in (bot, dialogs, storage):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    every = set(kinds(Frozen))
    assert len(every) > 300
    wrong = [
        each.__qualname__
        for each in every
        if any(isinstance(default, dataclasses.Field) for default in each.__struct_defaults__)
    ]
    assert wrong == []
