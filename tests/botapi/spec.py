"""What Telegram takes: checks a call against the description of the Bot API, to the last button.

It must find what Telegram would refuse, and whatever is not described is refused as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Self

from dialogs.frozen import Frozen

FILE: Final = Path(__file__).parent / "bot-api-10.3.json"

ARRAY: Final = "Array of "
# What a button has besides the one thing that it does.
LOOKS: Final = frozenset({"text", "style", "icon_custom_emoji_id"})

Faults = list[str]


class Spec(Frozen):
    """The methods and types of one version of the Bot API."""

    version: str
    methods: Mapping[str, Any]
    types: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path = FILE) -> Self:
        described = json.loads(path.read_text("utf-8"))
        return cls(described["version"], described["methods"], described["types"])

    def check(self, method: str, parameters: Mapping[str, object]) -> Faults:
        """Find every fault of a call, each in words; none means that Telegram would take it."""
        described = self.methods.get(method)
        if described is None:
            return [f"there is no method {method}"]
        return list(self._fields(method, described["fields"], parameters))

    def check_object(self, type_name: str, value: object) -> Faults:
        """Find the faults of an object, such as an update, that Telegram itself would send."""
        return self._object(type_name, type_name, value)

    def _fields(
        self, where: str, fields: Mapping[str, Any], given: Mapping[str, object]
    ) -> Iterator[str]:
        for name in sorted(given.keys() - fields.keys()):
            yield f"{where}: there is no {name}"
        for name, field in fields.items():
            at = f"{where}.{name}"
            value = given.get(name)
            if value is None:
                if field.get("required"):
                    yield f"{at} is missing"
            elif field.get("deprecated"):
                yield f"{at} is deprecated"
            else:
                yield from self._one_of(at, field["types"], value) or _beyond(at, field, value)

    def _one_of(self, where: str, types: Sequence[str], value: object) -> Faults:
        """Find the faults of a value that may be of several types: those of the nearest one."""
        arrays = [each.removeprefix(ARRAY) for each in types if each.startswith(ARRAY)]
        value = _unpacked(value) if arrays else value
        if arrays and isinstance(value, list):
            inside = (self._one_of(f"{where}[{n}]", arrays, v) for n, v in enumerate(value))
            return [fault for faults in inside for fault in faults]
        singles = [each for each in types if not each.startswith(ARRAY)]
        tried = [self._single(where, each, value) for each in singles]
        return min(tried, key=_distance, default=[f"{where} is not a list"])

    def _single(self, where: str, type_name: str, value: object) -> Faults:
        match type_name, value:
            case ("Integer", bool()) | ("Float", bool()):
                sound = False
            case "Integer", _:
                sound = isinstance(value, int) or _spells(r"-?\d+", value)
            case "Float", _:
                sound = isinstance(value, int | float) or _spells(r"-?\d+(\.\d+)?", value)
            case "Boolean" | "True", _:
                sound = isinstance(value, bool) or _spells("true|false", value)
            case "String" | "InputFile", _:
                sound = isinstance(value, str)
            case _:
                return self._object(where, type_name, value)
        return [] if sound else [f"{where} is not of type {type_name}"]

    def _object(self, where: str, type_name: str, value: object) -> Faults:
        described = self.types.get(type_name)
        if described is None:
            return [f"{where}: the type {type_name} is not described"]
        value = _unpacked(value)
        if not isinstance(value, dict):
            return [f"{where} is not of type {type_name}"]
        kinds = described.get("subtypes", [])
        if kinds and not described["fields"]:
            return self._one_of(where, kinds, value)
        faults = [*self._fields(where, described["fields"], value)]
        if type_name == "InlineKeyboardButton" and len(value.keys() - LOOKS) != 1:
            faults.append(f"{where} must do exactly one thing")
        return faults


@cache
def spec() -> Spec:
    """The description, read once."""
    return Spec.load()


def _beyond(where: str, field: Mapping[str, Any], value: object) -> Faults:
    """Find where a value of the right type exceeds what its description states."""
    if "always" in field and value != field["always"]:
        return [f"{where} must be {field['always']}"]
    if "limit" not in field:
        return []
    least, most, unit = field["limit"]
    size = _size(unit, value)
    return (
        [] if size is None or least <= size <= most else [f"{where}: {size} {unit}, {most} at most"]
    )


def _size(unit: str, value: object) -> int | None:
    match unit, _unpacked(value) if unit == "items" else value:
        case "characters", str() as text:
            return len(text)
        case "bytes", str() as text:
            return len(text.encode())
        case "value", int() | str() as number:
            return int(number)
        case "items", list() as items:
            return len(items)
        case _:
            return None


def _distance(faults: Faults) -> tuple[bool, bool, int, int]:
    """Prefer no fault, then the right kind of object, then faults deep inside it."""
    is_other_kind = any(" must be " in fault for fault in faults)
    depths = [len(re.findall(r"[.\[]", fault.partition(":")[0])) for fault in faults]
    return bool(faults), is_other_kind, -max(depths, default=0), len(faults)


def _spells(pattern: str, value: object) -> bool:
    """Say whether a text spells such a value; forms have nothing but texts."""
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _unpacked(value: object) -> object:
    """Read an object or a list that was sent as its JSON; forms have nothing but texts."""
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
