"""Lets `python -m bot` be the `handreiking` command."""

from __future__ import annotations

import gc
import sys

# A turn leaves hardly anything behind, nor does what is read before the first one.
LOOKED_THROUGH = 20_000


def main() -> None:
    """Read what is asked for, and run it."""
    # Nothing that is read at the start is garbage; looking through it takes a fifth of the start.
    gc.disable()
    from bot.cli import app_for, run  # noqa: PLC0415

    app = app_for(*sys.argv[1:2])
    gc.freeze()
    gc.set_threshold(LOOKED_THROUGH)
    gc.enable()
    run(app)


if __name__ == "__main__":
    main()
