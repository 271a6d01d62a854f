"""What every frozen value is: its fields are told at once, never change, and hide what they should.

They are made by msgspec, in a tenth of the time that dataclasses take, and their classes in a
fiftieth: hundreds of them are read when a process starts, and dozens made in every turn.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, TypeVar, dataclass_transform

from msgspec import Struct, field

if TYPE_CHECKING:
    # The type checker compares what is replaced with the fields, which it does for this one only.
    from dataclasses import replace
else:
    from msgspec.structs import replace

__all__ = ["Frozen", "Hidden", "field", "replace"]

Shown = TypeVar("Shown")
Hidden = Annotated[Shown, "hidden"]
"""The type of a field that no log and no report of an error may show."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen(Struct, frozen=True):
    """Values of one class are equal when their fields are; `replace` makes another from one."""

    def __repr__(self) -> str:
        """Show the fields that are not hidden."""
        shown = (f"{name}={getattr(self, name)!r}" for name in _shown(type(self)))
        return f"{type(self).__name__}({', '.join(shown)})"


@cache
def _shown(kind: type[Frozen]) -> tuple[str, ...]:
    hidden = {
        name
        for each in kind.__mro__
        for name, annotation in vars(each).get("__annotations__", {}).items()
        if annotation.startswith("Hidden[")
    }
    return tuple(name for name in kind.__struct_fields__ if name not in hidden)
