"""The rules of the house: each looks at a checkout and gives the faults it finds, in words.

What ruff, mypy and import-linter can see is theirs; here is only what they cannot.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("dialogs", "storage", "bot")
PYTHON_IN = (*ROOMS, "tests", "tools", "benchmarks")
FOLDERS = (*PYTHON_IN, "locales")

FILE_LINES = 300
FUNCTION_LINES = 50

# They fit everything, so they tell nothing, and whatever has no place gathers there.
REFUSED_NAMES = frozenset({"utils", "helpers", "common", "base", "manager", "core", "handlers"})

# The part of the standard library that reads the world or changes it. The dialogs are a function
# of what they are given; a time is given to them too, so `datetime` is theirs to calculate with.
WORLD = frozenset(
    {
        "asyncio",
        "http",
        "io",
        "logging",
        "os",
        "pathlib",
        "random",
        "secrets",
        "socket",
        "sqlite3",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
        "urllib",
    }
)

# A path on the map stands in backticks, or in the tree that is drawn in a plain block.
SUFFIX = r"\.(?:css|html|js|md|po|py|sh|toml|txt)"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
IN_BACKTICKS = re.compile(r"`([^`\s]+)`")
IN_TREE = re.compile(rf"(?<!\S)([\w./*-]+(?:{SUFFIX}|/))(?!\S)")
ROOM_IN_TREE = re.compile(r"([\w-]+/)(?!\S)")
FILE = re.compile(rf"[^/].*{SUFFIX}")


def python_files(root: Path) -> Iterator[Path]:
    for room in PYTHON_IN:
        yield from sorted((root / room).rglob("*.py"))


def files_without_a_sentence(root: Path) -> list[str]:
    """A file opens with what it is for; that sentence ends like one."""
    return [
        f"{path.relative_to(root)} does not open with a sentence"
        for path in python_files(root)
        if not first_line(path).endswith((".", "?", ":"))
    ]


def first_line(path: Path) -> str:
    return (ast.get_docstring(parsed(path)) or "").partition("\n\n")[0].rstrip()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), path)


def long_files(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)} has {lines} lines"
        for path in python_files(root)
        if (lines := len(path.read_text("utf-8").splitlines())) >= FILE_LINES
    ]


def long_functions(root: Path) -> list[str]:
    """Migrations are left out: one lists the columns of its tables, and a list is not complex."""
    return [
        f"{path.relative_to(root)}:{function.lineno} {function.name} has {lines} lines"
        for path in python_files(root)
        if "migrations" not in path.parts
        for function in ast.walk(parsed(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (function.end_lineno or 0) - function.lineno + 1) >= FUNCTION_LINES
    ]


def names_that_fit_everything(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root)}: a name for what it does, please"
        for room in PYTHON_IN
        for path in sorted((root / room).rglob("*"))
        if path.name.partition(".")[0].strip("_") in REFUSED_NAMES and "vendor" not in path.parts
    ]


def dialogs_that_reach_out(root: Path) -> list[str]:
    """The dialogs import themselves, msgspec, and what of the standard library is no world."""
    own = (sys.stdlib_module_names | {"dialogs", "msgspec"}) - WORLD
    return [
        f"{path.relative_to(root)} imports {module}"
        for path in sorted((root / "dialogs").rglob("*.py"))
        for module in imported(parsed(path))
        if module.partition(".")[0] not in own
    ]


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def named_but_missing(root: Path) -> list[str]:
    """What the map names exists; a star or a placeholder, `<language>`, stands for any name."""
    return [
        f"ARCHITECTURE.md names {name}, which is not there"
        for name in sorted(paths_on_the_map(root))
        if not exists(root, re.sub(r"<[^>]+>", "*", name).rstrip("/"))
    ]


def exists(root: Path, name: str) -> bool:
    """A name without a folder may lie in any of the rooms: `dialogs.po`."""
    below = () if "/" in name else (folder.rglob(name) for folder in map(root.joinpath, FOLDERS))
    return any(root.glob(name)) or any(any(found) for found in below)


def rooms_off_the_map(root: Path) -> list[str]:
    """Every file of a room is on the map and every folder in it; what lies in these need not be."""
    named = {name.rstrip("/") for name in paths_on_the_map(root)}
    return [
        f"ARCHITECTURE.md does not name {path.relative_to(root)}"
        for room in ROOMS
        for path in sorted((root / room).iterdir())
        if path.suffix == ".py" or any(path.glob("*.py"))
        if path.name != "__init__.py" and path.relative_to(root).as_posix() not in named
    ]


def paths_on_the_map(root: Path) -> set[str]:
    text = (root / "ARCHITECTURE.md").read_text("utf-8")
    trees = [block for language, block in BLOCK.findall(text) if language in {"", "text"}]
    prose = BLOCK.sub("", text)
    return {path for tree in trees for path in paths_in_tree(tree)} | {
        name for name in IN_BACKTICKS.findall(prose) if is_path(name)
    }


def is_path(name: str) -> bool:
    """Whether a file or folder is meant, and not an address, a type or a message id."""
    folder, slash, _ = name.partition("/")
    return FILE.fullmatch(name) is not None or (slash == "/" and folder in FOLDERS)


def paths_in_tree(tree: str) -> Iterator[str]:
    """A line at the margin names a room or a file; the indented lines below a room are its own."""
    room = ""
    for line in tree.splitlines():
        if line.startswith(" "):
            yield from (room + name for name in IN_TREE.findall(line))
        else:
            opened = ROOM_IN_TREE.match(line)
            room = opened[1] if opened else ""
            yield from [room] if room else IN_TREE.findall(line)
