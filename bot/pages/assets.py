"""The files of the pages, held in memory and served under a name that changes with them.

Every file is read at the start, so no address can reach any other file.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from pathlib import Path
from typing import Self

from aiohttp import web

from dialogs.frozen import Frozen

FOLDER = Path(__file__).parent.parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
TEXT = frozenset({"text/css", "text/javascript", "image/svg+xml"})
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Asset(Frozen):
    """One file, and what it is when it is sent compressed."""

    body: bytes
    compressed: bytes | None
    content_type: str


class Assets(Frozen):
    """All files by their names, and the version that all of them have together."""

    version: str
    files: dict[str, Asset]

    @classmethod
    def read(cls, folder: Path = FOLDER) -> Self:
        """Read every file below a folder."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        files = {path.relative_to(folder).as_posix(): _asset(path) for path in paths}
        digest = hashlib.sha256()
        for name, asset in files.items():
            digest.update(f"{name}\0{len(asset.body)}\0".encode() + asset.body)
        return cls(digest.hexdigest()[:16], files)

    def address(self, name: str) -> str:
        """Give the address of a file; raise KeyError when there is none of that name."""
        self.files[name]
        return f"/static/{self.version}/{name}"

    async def answer(self, request: web.Request) -> web.Response:
        """Serve a file; under another version's name too, but then not to be kept.

        While a new version is put in place, a page of the one asks a process of the other.
        """
        asset = self.files.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        headers = {"Vary": "Accept-Encoding"}
        if request.match_info["version"] == self.version:
            headers["Cache-Control"] = FOR_EVER
        body = asset.body
        if asset.compressed and "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = asset.compressed
        charset = "utf-8" if asset.content_type in TEXT else None
        return web.Response(
            body=body, headers=headers, content_type=asset.content_type, charset=charset
        )


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    content_type = TYPES.get(path.suffix, guessed)
    compressed = gzip.compress(body, 9, mtime=0) if content_type in TEXT else None
    return Asset(body, compressed, content_type)
