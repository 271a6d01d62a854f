"""The phrases and words of each language, as people wrote them down below `locales`."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from dialogs.frozen import Frozen

PHRASES, WORDS = "phrases.toml", "words.toml"
NO_MATCH, HARMLESS = "no_match", "harmless"


class Phrase(Frozen):
    """What somebody may type, in which language, and what they ask for or risk by it."""

    text: str
    language: str
    meaning: str


class Words(Frozen):
    """How it is typed and how it is written; and which words ask for the same, by its name."""

    spellings: Mapping[str, str]
    concepts: Mapping[str, tuple[str, ...]]


def phrases_below(folder: Path) -> Iterator[Phrase]:
    """Read the phrases of every language, in one order."""
    for path in sorted(folder.glob(f"*/{PHRASES}")):
        for part, meanings in tomllib.loads(path.read_text("utf-8")).items():
            for meaning, text in meanings.items():
                for line in text.strip().splitlines():
                    yield Phrase(line, path.parent.name, HARMLESS if part == HARMLESS else meaning)


def words_below(folder: Path) -> Words:
    """Read the words of every language as one; what is spelled otherwise in two is in neither."""
    spellings: dict[str, str | None] = {}
    concepts: dict[str, list[str]] = {}
    for path in sorted(folder.glob(f"*/{WORDS}")):
        read = tomllib.loads(path.read_text("utf-8"))
        for typed, written in read["spellings"].items():
            spellings[typed] = written if spellings.get(typed, written) == written else None
        for name, words in read["concepts"].items():
            concepts.setdefault(name, []).extend(words)
    return Words(
        {typed: written for typed, written in spellings.items() if written is not None},
        {name: tuple(dict.fromkeys(words)) for name, words in concepts.items()},
    )


def fingerprint(folder: Path) -> str:
    """Name what the files say, so that a model tells whether it was made from them."""
    digest = hashlib.sha256()
    for name in (PHRASES, WORDS):
        for path in sorted(folder.glob(f"*/{name}")):
            digest.update(f"{path.parent.name}/{name}\n".encode() + path.read_bytes())
    return digest.hexdigest()
