"""Fetches what we are compared with from its registries, into a folder that can be thrown away.

What cannot be had is named, and left out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.targets import PEERS, Target, node_peers, python_peers, redis_peers
from tests.houses import ROOT

PLACE = ROOT / "var" / "peers"


def peers() -> tuple[Target, ...]:
    """Install peers, unless they are there from an earlier run, and give those that are."""
    return (*_with_python(PLACE / "python"), *_with_node(PLACE / "node"))


def _with_python(place: Path) -> tuple[Target, ...]:
    python = str(place / "bin" / "python")
    needed = str(PEERS / "requirements.txt")
    have = _run((sys.executable, "-m", "venv", str(place))) and _run(
        (python, "-m", "pip", "install", "--quiet", "--requirement", needed)
    )
    if not have:
        print("Left out: python-telegram-bot and aiogram cannot be installed here.")
        return ()
    if shutil.which("redis-server") is None:
        print("Left out: aiogram with Redis needs redis-server.")
        return python_peers(python)
    return (*python_peers(python), *redis_peers(python))


def _with_node(place: Path) -> tuple[Target, ...]:
    if shutil.which("node") is None or shutil.which("npm") is None:
        print("Left out: grammY needs node and npm.")
        return ()
    place.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "grammy.js"):
        shutil.copy(PEERS / name, place)
    if not _run(("npm", "install", "--silent", "--no-audit", "--no-fund"), place):
        print("Left out: grammY cannot be installed here.")
        return ()
    return node_peers(str(place / "grammy.js"))


def _run(command: tuple[str, ...], folder: Path = ROOT) -> bool:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603
    return done.returncode == 0
