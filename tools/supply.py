"""`make supply`: lists what this program is made of, and asks what in it is known to be vulnerable.

The list is CycloneDX, from the lock file and from what is installed. The question is put by
pip-audit, first about a version that is known to be vulnerable: whoever does not find that one has
measured nothing, and says so.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT = Path(__file__).parent.parent
LOCKED: Final = ROOT / "requirements.txt"
VENDORED: Final = ROOT / "bot" / "static" / "vendor" / "VENDOR.json"
PINNED: Final = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)")
HASHED: Final = re.compile(r"--hash=sha256:(?P<hash>[0-9a-f]{64})")
CONTROL: Final = "aiohttp==3.9.1"
LICENCE_OF: Final = "License :: OSI Approved :: "
SOUND, VULNERABLE, NOT_MEASURED = 0, 1, 75


@dataclass(slots=True)
class Component:
    """What somebody else made: from where, in which version, under which licence.

    The licence is empty where nobody said it, or where it is for another kind of machine.
    """

    purl: str
    name: str
    version: str
    licence: str
    hashes: list[str]

    def written(self) -> dict[str, object]:
        """Write it as CycloneDX does."""
        hashes = [{"alg": "SHA-256", "content": each} for each in self.hashes]
        said: dict[str, object] = {
            "type": "library",
            "bom-ref": self.purl,
            "name": self.name,
            "version": self.version,
            "purl": self.purl,
        }
        licences = [{"license": {"name": self.licence}}] if self.licence else []
        return said | {"licenses": licences} | ({"hashes": hashes} if hashes else {})


def packages(locked: Path = LOCKED) -> Iterator[Component]:
    """Read the lock file: every package, with the hashes that are let in."""
    component: Component | None = None
    for line in locked.read_text("utf-8").splitlines():
        if pinned := PINNED.match(line):
            if component:
                yield component
            name, release = pinned["name"], pinned["version"]
            licence = _licence_of(name, release)
            component = Component(f"pkg:pypi/{name}@{release}", name, release, licence, [])
        elif component and (hashed := HASHED.search(line)):
            component.hashes.append(hashed["hash"])
    if component:
        yield component


def vendored(notes: Path = VENDORED) -> Iterator[Component]:
    """Read the notes beside what pages take from others: the files of it that are served."""
    for each in json.loads(notes.read_text("utf-8")):
        if not each["file"].endswith(".LICENSE"):
            name, release = each["package"], each["version"]
            purl = f"pkg:npm/{name.replace('@', '%40')}@{release}"
            yield Component(purl, name, release, each["licence"], [each["sha256"]])


def listed() -> dict[str, object]:
    """Write the list; the same packages give the same list."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "handreiking"}},
        "components": [each.written() for each in (*packages(), *vendored())],
    }


def known_of(pip_audit: str, requirements: Path) -> dict[str, list[str]] | None:
    """Ask what is known of packages: ids by package; None when nobody could be asked."""
    asked = [pip_audit, "--strict", "--no-deps", "--disable-pip", "--progress-spinner=off"]
    told = subprocess.run(  # noqa: S603 - the program is the one that `make supply` installed
        [*asked, "--format=json", "--requirement", str(requirements)],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        dependencies = json.loads(told.stdout)["dependencies"]
        return {
            f"{each['name']}=={each['version']}": [known["id"] for known in each["vulns"]]
            for each in dependencies
        }
    except (ValueError, LookupError, TypeError):
        return None


def asked(pip_audit: str, locked: Path = LOCKED) -> tuple[int, str]:
    """Ask about everything, after the control: how it ends, and in words."""
    with TemporaryDirectory() as folder:
        control = Path(folder) / "control.txt"
        control.write_text(f"{CONTROL}\n", "utf-8")
        known = known_of(pip_audit, control)
    if not known or not known.get(CONTROL):
        return NOT_MEASURED, f"Not measured: {CONTROL} was not found to be vulnerable."
    known = known_of(pip_audit, locked)
    if known is None:
        return NOT_MEASURED, "Not measured: not all packages could be asked about."
    found = [f"{package}: {', '.join(ids)}" for package, ids in known.items() if ids]
    if found:
        return VULNERABLE, "\n".join(found)
    return SOUND, f"Nothing is known of {len(known)} packages; {CONTROL} was found."


def _licence_of(name: str, release: str) -> str:
    """Read under which licence a package says it is; nothing where it is not installed."""
    try:
        if version(name) != release:
            return ""
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    named = [each for each in told.get_all("Classifier", []) if each.startswith(LICENCE_OF)]
    (said,) = told.get_all("License-Expression") or told.get_all("License") or ("",)
    return said.partition("\n")[0] or named[0].removeprefix(LICENCE_OF)


def main() -> int:
    """Write the list, then ask; without a program to ask with only the list is written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="where the list is written")
    parser.add_argument("--pip-audit", help="the program that asks")
    given = parser.parse_args()
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(listed(), indent=2) + "\n", "utf-8")
    print(given.out)
    if not given.pip_audit:
        return SOUND
    code, words = asked(given.pip_audit)
    print(words)
    return code


if __name__ == "__main__":
    sys.exit(main())
