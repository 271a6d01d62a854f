"""The program with a fault: it acknowledges what is not stored yet. An attack must find that."""

from __future__ import annotations

from bot import workers
from bot.cli import main
from bot.telegram import receiving
from tests.simulation.planted import hasty

if __name__ == "__main__":
    for module in (receiving, workers):
        vars(module)["ears_of"] = hasty
    main()
