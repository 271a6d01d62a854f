"""What is measured: how each bot is started on empty storage, and where it listens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from pathlib import Path

from benchmarks.crowd import Hook
from benchmarks.processes import Command
from bot.telegram.webhook import PATH, SECRET_HEADER
from dialogs.frozen import Frozen, replace
from tests.attacks.crew import free_port
from tests.botapi.server import TOKEN
from tests.databases import Postgres
from tests.houses import ROOT
from tests.presses import TO_A_REQUEST

PEERS = Path(__file__).parent / "peers"
SECRET = "known-to-those-who-measure"  # noqa: S105 - it opens nothing


class Ground(Frozen):
    """Where one run takes place: an empty folder, free ports, and a server for databases.

    What a bot needs beside itself is started within `beside`, and ends with the run.
    """

    folder: Path
    port: int
    api_port: int
    server: Postgres
    beside: AsyncExitStack


class Target(Frozen):
    """A bot that can be started; `prepare` makes the command that does.

    Of so many chats in all it is seen how much it holds, or of fewer where more take too long.
    """

    name: str
    prepare: Callable[[Ground], Command]
    hook: Callable[[int], Hook]
    most_chats: int = 100_000


def ours(ground: Ground, data_url: str, keys_url: str) -> Command:
    """Start this house on two databases in their newest form."""
    environment = {
        "PYTHONPATH": str(ROOT),
        # As where it is installed, no file of ours is compiled at each start.
        "PYTHONDONTWRITEBYTECODE": "",
        "HOST": "127.0.0.1",
        "PORT": str(ground.port),
        "PUBLIC_URL": f"http://127.0.0.1:{ground.port}",
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": f"http://127.0.0.1:{ground.api_port}",
        "WEBHOOK_SECRET": SECRET,
        "DATABASE_URL": data_url,
        "KEYSTORE_URL": keys_url,
        "KEY_FILE": str(ground.folder / "master.json"),
        "ORGANISATION_FILE": str(ROOT / "organisation.toml"),
    }
    start = (sys.executable, "-m", "bot")
    subprocess.run(  # noqa: S603 - a command of ours
        (*start, "migrate"), cwd=ground.folder, env=os.environ | environment, check=True
    )
    return Command((*start, "serve"), environment, ground.folder)


def on_sqlite(ground: Ground) -> Command:
    data, keys = (f"sqlite+aiosqlite:///{ground.folder / name}.db" for name in ("data", "keys"))
    return ours(ground, data, keys)


def on_postgresql(ground: Ground) -> Command:
    names = [f"{name}_{ground.folder.name}" for name in ("data", "keys")]
    for name in names:
        ground.server.run(f"CREATE DATABASE {name}")
    data, keys = map(ground.server.url, names)
    return ours(ground, data, keys)


def bare(ground: Ground) -> Command:
    arguments = (sys.executable, "-m", "benchmarks.bare", str(ground.port))
    return Command(arguments, {"PYTHONPATH": str(ROOT)}, ground.folder)


def answering(ground: Ground) -> Command:
    made = peer(ground, "", sys.executable, "-m", "benchmarks.bare", str(ground.port))
    return replace(made, environment=made.environment | {"PYTHONPATH": str(ROOT)})


def our_hook(port: int) -> Hook:
    return Hook(port, PATH, {SECRET_HEADER: SECRET})


def peer_hook(port: int) -> Hook:
    return Hook(port, "/hook", {SECRET_HEADER: SECRET})


def peer(ground: Ground, keeps: str, *arguments: str) -> Command:
    """Start a bot made with another library, which is told all it needs in one setting."""
    asked = {
        "port": ground.port,
        "path": "/hook",
        "api_url": f"http://127.0.0.1:{ground.api_port}",
        "token": TOKEN,
        "secret": SECRET,
        "keeps": keeps,
        "walk": TO_A_REQUEST,
    }
    return Command(arguments, {"ASKED": json.dumps(asked)}, ground.folder)


def python_peers(python: str) -> tuple[Target, ...]:
    """Give the bots that are made with Python libraries, which this Python has."""
    ptb, aiogram = (str(PEERS / name) for name in ("ptb.py", "aiogram_fsm.py"))
    return (
        Target(
            "python-telegram-bot, a file",
            lambda ground: peer(ground, str(ground.folder / "kept"), python, ptb),
            peer_hook,
            # It writes all it knows every second, which with many chats takes longer than that.
            most_chats=5_000,
        ),
        Target("aiogram, memory", lambda ground: peer(ground, "", python, aiogram), peer_hook),
    )


def redis_peers(python: str) -> tuple[Target, ...]:
    """Give the bot that keeps what it knows in Redis."""

    def on_redis(ground: Ground) -> Command:
        url = ground.beside.enter_context(redis(ground.folder, free_port()))
        return peer(ground, url, python, str(PEERS / "aiogram_fsm.py"))

    return (Target("aiogram, Redis", on_redis, peer_hook),)


@contextmanager
def redis(folder: Path, port: int) -> Iterator[str]:
    """Have a server that keeps what it is told in a file, as it does by itself: every second."""
    keeps = ("--appendonly", "yes", "--appendfsync", "everysec", "--dir", str(folder))
    start = ("redis-server", "--bind", "127.0.0.1", "--port", str(port), *keeps)
    with subprocess.Popen(start, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            assert server.stdout is not None
            assert any("Ready to accept connections" in line for line in server.stdout)
            yield f"redis://127.0.0.1:{port}"
        finally:
            server.terminate()


def node_peers(script: str) -> tuple[Target, ...]:
    """Give the bots that are made with grammY; the script lies beside what it needs."""

    def on_postgresql(ground: Ground, lines: int) -> Command:
        name = f"grammy_{ground.folder.name}"
        ground.server.run(f"CREATE DATABASE {name}")
        url = ground.server.url(name).replace("+asyncpg", "")
        return peer(ground, url, "node", script, str(lines))

    # With the one line to its database that its guide shows, and with the pool that it may have.
    return (
        Target("grammY, memory", lambda ground: peer(ground, "", "node", script), peer_hook),
        Target("grammY, PostgreSQL, 1 line", partial(on_postgresql, lines=1), peer_hook),
        Target("grammY, PostgreSQL, 10", partial(on_postgresql, lines=10), peer_hook),
    )


LIMIT = Target("bare aiohttp", bare, lambda port: Hook(port, "/", {}, replies=False))
ANSWERING = Target("bare aiohttp, answering", answering, peer_hook)
OURS = (
    Target("Handreiking, SQLite", on_sqlite, our_hook),
    Target("Handreiking, PostgreSQL", on_postgresql, our_hook),
)
