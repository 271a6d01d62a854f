"""A server that takes e-mail on this machine, and refuses when it is told to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self

GOES_ON = {b"EHLO": b"250 post.example", b"MAIL": b"250 OK", b"RCPT": b"250 OK"}


@dataclass
class MailServer:
    """Speaks as much SMTP as is needed; `refusals` are said to the next recipients, one each."""

    url: str = ""
    came: list[EmailMessage] = field(default_factory=list)
    refusals: list[bytes] = field(default_factory=list)
    _some: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def readers(self) -> list[str]:
        return [message["To"] for message in self.came]

    async def until_came(self) -> None:
        """Wait for the first e-mail."""
        await self._some.wait()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 post.example\r\n")
        while said := await reader.readline():
            verb = said[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                body = await reader.readuntil(b"\r\n.\r\n")
                self.came.append(message_from_bytes(body[:-3], policy=policy.default))
                self._some.set()
                answer = b"250 OK"
            elif verb == b"RCPT" and self.refusals:
                answer = self.refusals.pop(0)
            else:
                answer = GOES_ON.get(verb, b"221 bye")
            writer.write(answer + b"\r\n")
            if answer.startswith(b"221"):
                break
        writer.close()
        await writer.wait_closed()
