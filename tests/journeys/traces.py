"""What is looked for in files, and how it may be written there."""

from __future__ import annotations

from pathlib import Path


def hits(sentinel: str, files: list[Path]) -> list[str]:
    """Name the files in which a text stands, also without its spaces or in other encodings."""
    forms = {sentinel, sentinel.replace(" ", ""), sentinel.encode().hex(), sentinel.title()}
    encoded = {form.encode(code) for form in forms for code in ("utf-8", "utf-16-le")}
    return [path.name for path in files if any(form in content_of(path) for form in encoded)]


def content_of(path: Path) -> bytes:
    """Read a file; one that the server put away since it was listed holds nothing."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
