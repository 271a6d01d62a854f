"""The power that goes: what was waited for is on the disk, and of all else nothing, or any part."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import Self

from dialogs.frozen import Frozen

SOURCE = Path(__file__).with_suffix(".c")
# What a disk writes as one, or not at all.
PAGE = 4096


class Disk(Frozen, dict=True):
    """What is on the disk of the files below `live`, for processes that have `environment`.

    It is kept in `folder`; whoever runs these processes writes there.
    """

    live: Path
    folder: Path

    @classmethod
    def of(cls, live: Path) -> Self:
        """Prepare it beside the files, and begin with what there is, as `rest` does."""
        live = live.resolve()
        disk = cls(live, live.with_name("power"))
        disk.folder.mkdir()
        disk.folder.chmod(0o777)
        how = ("cc", "-shared", "-fPIC", "-O2", "-o", disk.library, SOURCE)
        subprocess.run(how, check=True)
        disk.rest()
        return disk

    @property
    def library(self) -> Path:
        return self.folder / "power.so"

    @property
    def there(self) -> Path:
        return self.folder / "disk"

    @property
    def environment(self) -> dict[str, str]:
        """What processes are started with, so that it is known what they waited for."""
        return {
            "LD_PRELOAD": str(self.library),
            "POWER_LIVE": str(self.live),
            "POWER_DISK": str(self.there),
        }

    @property
    def waits(self) -> int:
        """How often anybody waited for a write-ahead log."""
        counted = self.there.with_suffix(".waits")
        return counted.stat().st_size if counted.exists() else 0

    def rest(self) -> None:
        """Take all there is for what has long been written; nobody may have it open."""
        shutil.rmtree(self.there, ignore_errors=True)
        copied(self.live, self.there)

    def come_back(self, lots: Random) -> None:
        """Leave of the files what the power left; whoever had them open has ended.

        What nobody waited for is all gone, or any of its pages is there, in no order.
        """
        if lots.randrange(2):
            for kept in (each for each in self.there.rglob("*") if each.is_file()):
                written = self.live / kept.relative_to(self.there)
                if written.is_file():
                    kept.write_bytes(torn(kept.read_bytes(), written.read_bytes(), lots))
        shutil.rmtree(self.live)
        copied(self.there, self.live)


def torn(kept: bytes, written: bytes, lots: Random) -> bytes:
    """Mix two states of a file, page by page; where only one has a page, the other has zeros."""
    mixed = bytearray(max(len(kept), len(written)))
    for at in range(0, len(mixed), PAGE):
        # What was cut off is still there, for a file is not cut off in parts.
        pages = [kept[at : at + PAGE], written[at : at + PAGE] or kept[at : at + PAGE]]
        page = lots.choice(pages)
        mixed[at : at + len(page)] = page
    return bytes(mixed)


def copied(folder: Path, to: Path) -> None:
    """Copy a folder; whose each file is, and who may read it, stays the same."""
    subprocess.run(["cp", "--archive", folder, to], check=True)
