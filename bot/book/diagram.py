"""The dialog as a picture: the presses that lead from place to place, for Mermaid and for Graphviz.

What is on every screen (stop, help lines, a human, one's rights, the menu) is left out: it leads
from everywhere, and a picture of it shows nothing.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from dialogs.events import Chose
from dialogs.frozen import Frozen
from dialogs.graph import Graph, whole
from dialogs.turn import EVERYWHERE
from dialogs.values import Topic

DOT = "dot"
PICTURES = ("svg", "png")


class Drawing(Frozen):
    """The places of each topic, and the presses between places."""

    topics: Mapping[Topic, tuple[str, ...]]
    presses: tuple[tuple[str, str, str], ...]


def drawing(graph: Graph) -> Drawing:
    """Keep of a walk what a picture can show."""
    places = sorted(graph.places, key=str)
    topics = {
        topic: tuple(str(place) for place in places if place.topic is topic) for topic in Topic
    }
    presses = {
        (start, arrow.event.option, end)
        for arrow in graph.arrows
        if isinstance(arrow.event, Chose) and arrow.event.place != EVERYWHERE
        if (start := str(graph.sessions[arrow.start].place)) == arrow.event.place
        if (end := str(graph.sessions[arrow.end].place)) != start
    }
    return Drawing({each: names for each, names in topics.items() if names}, tuple(sorted(presses)))


def as_mermaid(drawn: Drawing) -> str:
    """Write the picture as a Mermaid flowchart."""
    return "\n".join(("flowchart LR", *_mermaid_rows(drawn))) + "\n"


def _mermaid_rows(drawn: Drawing) -> Iterator[str]:
    for topic, names in drawn.topics.items():
        yield f"  subgraph {topic}"
        yield from (f"    {name.replace('.', '__')}[{name}]" for name in names)
        yield "  end"
    for start, option, end in drawn.presses:
        yield f"  {start.replace('.', '__')} -->|{option}| {end.replace('.', '__')}"


def as_dot(drawn: Drawing) -> str:
    """Write the picture for Graphviz."""
    return "\n".join(("digraph dialog {", *_dot_rows(drawn), "}")) + "\n"


def _dot_rows(drawn: Drawing) -> Iterator[str]:
    yield '  graph [rankdir=LR, fontname="sans-serif"]'
    yield '  node [shape=box, style=rounded, fontname="sans-serif"]'
    yield '  edge [fontname="sans-serif", fontsize=10]'
    for topic, names in drawn.topics.items():
        yield f'  subgraph "cluster_{topic}" {{ label="{topic}"'
        yield from (f'    "{name}"' for name in names)
        yield "  }"
    for start, option, end in drawn.presses:
        yield f'  "{start}" -> "{end}" [label="{option}"]'


def write_pictures(folder: Path) -> list[Path]:
    """Write `dialog.mmd`, and what Graphviz can draw of `dialog.svg` and `dialog.png`; say what.

    Graphviz may be absent, or without the part that draws a kind: then that picture is not there.
    Raises OSError when the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drawn = drawing(whole())
    mermaid = folder / "dialog.mmd"
    mermaid.write_text(as_mermaid(drawn), "utf-8")
    dot = shutil.which(DOT)
    if dot is None:
        return [mermaid]
    pictures = [folder / f"dialog.{kind}" for kind in PICTURES]
    return [mermaid, *(picture for picture in pictures if _drew(dot, as_dot(drawn), picture))]


def _drew(dot: str, text: str, picture: Path) -> bool:
    asked = (dot, f"-T{picture.suffix[1:]}", "-o", str(picture))
    ended = subprocess.run(asked, input=text.encode(), check=False)  # noqa: S603 - found on the path
    return ended.returncode == 0
