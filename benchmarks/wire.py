"""As much HTTP as two programs on one machine need: whole messages, cut out of what arrives."""

from __future__ import annotations

import asyncio
import re
from typing import cast

END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Wire(asyncio.Protocol):
    """One end of a connection; `arrived` is called with each message: its head and its body."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write."""
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Cut off every message that is whole."""
        self._received += data
        while (end := _end_of_message(self._received)) is not None:
            message, self._received = self._received[:end], self._received[end:]
            head, _, body = message.partition(END)
            self.arrived(head, body)

    def arrived(self, head: bytes, body: bytes) -> None:
        """Take in a message."""
        raise NotImplementedError


def request(path: str, headers: dict[str, str], body: bytes) -> bytes:
    """Write a request that posts JSON."""
    return _message(f"POST {path} HTTP/1.1", {"Host": "127.0.0.1", **headers}, body)


def answer(body: bytes) -> bytes:
    """Write an answer in JSON."""
    return _message("HTTP/1.1 200 OK", {}, body)


def _message(first: str, headers: dict[str, str], body: bytes) -> bytes:
    every = headers | {"Content-Type": "application/json", "Content-Length": str(len(body))}
    rows = (first, *(f"{name}: {value}" for name, value in every.items()))
    return "\r\n".join(rows).encode() + END + body


def _end_of_message(received: bytes) -> int | None:
    at = received.find(END)
    if at < 0:
        return None
    length = LENGTH.search(received, 0, at)
    end = at + len(END) + (int(length[1]) if length else 0)
    return end if end <= len(received) else None
