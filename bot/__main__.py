"""Lets `python -m bot` be the `handreiking` command."""

from __future__ import annotations

import gc

# Nothing that is read at the start is garbage; looking through it takes a fifth of the start.
gc.disable()
from bot.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
