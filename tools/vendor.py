"""Fetches the files that pages and tests take from others, and notes what each of them is.

Run by hand when a version below changes; what is used lies in the folders, and a test compares
that with the notes. Nothing is built and nothing is changed on the way.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from dialogs.frozen import Frozen

ROOT = Path(__file__).parent.parent
SERVED = ROOT / "bot" / "static" / "vendor"
# The fonts of documents, beside those that the compiler brings.
SET_WITH = ROOT / "bot" / "documents" / "vendor"
# What only tests use is served to nobody.
TESTED_WITH = ROOT / "tests" / "browser" / "vendor"


class Package(Frozen):
    """A package in one version, what its archive must hash to, and which of its files go where."""

    name: str
    version: str
    licence: str
    sha512: str
    files: dict[str, str]
    folder: Path = SERVED


PACKAGES = (
    Package(
        "htmx.org",
        "4.0.1",
        "0BSD",
        "oF7JgXhDW9UXCy/k1ZYFUQgzu/rm19ORWPSPNL91vPluB2PB9+MV55tyQdH/w7o2EAbTYUG5SDW1R60mdkdqGg==",
        {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE"},
    ),
    Package(
        "@picocss/pico",
        "2.1.1",
        "MIT",
        "kIDugA7Ps4U+2BHxiNHmvgPIQDWPDU4IeU6TNRdvXQM1uZX+FibqDQT2xUOnnO2yq/LUHcwnGlu1hvf4KfXnMg==",
        {"css/pico.min.css": "pico.min.css", "LICENSE.md": "pico.LICENSE"},
    ),
    Package(
        "axe-core",
        "4.14.1",
        "MPL-2.0",
        "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        {"axe.min.js": "axe.min.js", "LICENSE": "axe.LICENSE"},
        TESTED_WITH,
    ),
    Package(
        "@expo-google-fonts/noto-naskh-arabic",
        "0.4.5",
        "OFL-1.1",
        "KN73tROdoKQubTZ/ZsERCdAlZ1cBLRbRIe196tISAcPLgIqMvIgFCUs1xsrS/pe3fIYxT9l+c95sQF8wv48ijA==",
        {
            "400Regular/NotoNaskhArabic_400Regular.ttf": "NotoNaskhArabic-Regular.ttf",
            "600SemiBold/NotoNaskhArabic_600SemiBold.ttf": "NotoNaskhArabic-SemiBold.ttf",
            "LICENSE_FONT": "NotoNaskhArabic.LICENSE",
        },
        SET_WITH,
    ),
)


def fetched(package: Package, folder: Path) -> Path:
    """Fetch a package's archive; leave when it is not the one that was looked at."""
    subprocess.run(  # noqa: S603 - the names above, and nothing from outside
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],  # noqa: S607
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (archive,) = folder.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.sha512:
        sys.exit(f"{package.name} {package.version}: the archive is another one, {digest}")
    return archive


def unpacked(package: Package) -> list[dict[str, object]]:
    """Put a package's files in their place, and say what they are."""
    rows: list[dict[str, object]] = []
    with TemporaryDirectory() as folder, tarfile.open(fetched(package, Path(folder))) as archive:
        for inside, name in package.files.items():
            member = archive.extractfile(f"package/{inside}")
            if member is None:
                sys.exit(f"{package.name} {package.version} has no {inside}")
            body = member.read()
            (package.folder / name).write_bytes(body)
            rows.append(
                {
                    "file": name,
                    "package": package.name,
                    "version": package.version,
                    "licence": package.licence,
                    "sha256": hashlib.sha256(body).hexdigest(),
                    "bytes": len(body),
                }
            )
    return rows


def main() -> None:
    """Fetch everything and write the notes of each folder."""
    for folder in (SERVED, SET_WITH, TESTED_WITH):
        folder.mkdir(parents=True, exist_ok=True)
        rows = [
            row for package in PACKAGES if package.folder == folder for row in unpacked(package)
        ]
        (folder / "VENDOR.json").write_text(json.dumps(rows, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
