"""Requests as no browser sends them, made from a seed: by address, header, body and byte."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any, Final
from urllib.parse import quote, quote_from_bytes, urlencode

from bot.telegram.webhook import SECRET_HEADER
from dialogs.frozen import Frozen, Hidden
from tests.telegram.updates import PERSON, PRIVATE, message, press

STRANGE: Final = (
    "", " ", "0", "-1", "9" * 40, "1e999", "NaN", "null", "true", "[]", "{}", "..", "../../etc",
    "%", "%00", "\0", "\ud800", "\U0001f600" * 40, "é" * 300, "e\u0301" * 90, "\u202e\u2066",
    "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "%s%n", "\r\nSet-Cookie: a=b", "0x7f",
    "٣", "a" * 5000, "00000000-0000-0000-0000-000000000007", "0000-00-00T00:00", "2026-13-45",
    "9999-12-31T23:59:59Z", "nl", "victim", "everywhere.go:stop", "intake.begin:go_on",
)  # fmt: skip
NAMES: Final = (
    "press", "words", "key", "start", "language", "email", "passphrase", "code", "nonce", "knows",
    "kind", "view", "q", "page", "request", "next", "queue", "role", "month", "until", "to",
    "outcome", "sure", "seq", "version", "draft", "name", "reason", "colleague", "since", "seen",
)  # fmt: skip
METHODS: Final = (
    "GET",
    "POST",
    "HEAD",
    "PUT",
    "DELETE",
    "OPTIONS",
    "PATCH",
    "TRACE",
    "BREW",
    "get",
)
TYPES: Final = (
    "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x",
    "application/json; charset=utf-16", "application/x-www-form-urlencoded; charset=nope", "a/b; c",
    "/", "", "application/json;" + "a" * 900,
)  # fmt: skip
BROKEN: Final = (
    b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET  /chat  HTTP/1.1\r\n\r\n",
    b"\x16\x03\x01\x02\0\x01",
    b"GET /chat HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET /chat HTTP/1.1\r\nno colon\r\n\r\n",
    b"GET /chat HTTP/1.1\r\n: empty\r\n\r\n",
    b"GET /chat HTTP/1.1\r\nA: \0\r\n\r\n",
    b"GET \xff\xfe HTTP/1.1\r\n\r\n",
    b"GET * HTTP/1.1\r\n\r\n",
    b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
    b"CONNECT a:443 HTTP/1.1\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"POST /chat HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    b"POST /chat HTTP/1.1\r\nContent-Length: 1, 2\r\n\r\na",
    b"POST /chat HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /chat HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /csp HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nA: " + b"b" * 70_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n",
)


class Address(Frozen):
    """An address as the program lists it, with braces where something stands in it."""

    method: str
    path: str


class Malformed(Frozen):
    """Makes requests; the same seed makes the same ones.

    `sessions` are cookies of colleagues, so that what lies behind the sign-in is met too; `secret`
    is Telegram's, so that what it brings is read.
    """

    lots: Random
    addresses: Sequence[Address]
    sessions: Hidden[Sequence[str]] = ()
    secret: Hidden[str] = ""

    def request(self) -> bytes:
        """Make one, with `Connection: close`; a twentieth of them are not even HTTP."""
        if self.lots.random() < 0.05:
            return self.lots.choice(BROKEN)
        if self.lots.random() < 0.2:
            return self._update()
        address = self.lots.choice(self.addresses)
        method = address.method if self.lots.random() < 0.9 else self.lots.choice(METHODS)
        headers = {"Content-Type": self.lots.choice(TYPES), **self._headers()}
        return self._written(method, self._path(address.path), headers, self._body())

    def _update(self) -> bytes:
        """Make something that only Telegram could send, changed at some places or cut off."""
        text = self.lots.choice(STRANGE)
        whole = self.lots.choice((message(text=text), press(text), message(PRIVATE, PERSON)))
        kind = "callback_query" if "chat_instance" in whole else "message"
        body = {"update_id": self.lots.randrange(-5, 2**54), kind: self._changed(whole)}
        headers = {"Content-Type": "application/json", SECRET_HEADER: self.secret}
        written = json.dumps(body).encode("utf-8", "surrogatepass")
        end = len(written) if self.lots.random() < 0.9 else self.lots.randrange(len(written))
        return self._written("POST", "/telegram/webhook", headers, written[:end])

    def _changed(self, part: Any) -> Any:  # noqa: ANN401 - JSON
        if self.lots.random() < 0.1:
            return self.lots.choice(
                (None, True, -1, 2**60, 1.5, "", [], {}, self.lots.choice(STRANGE))
            )
        if isinstance(part, dict):
            return {
                name: self._changed(each)
                for name, each in part.items()
                if self.lots.random() > 0.05
            }
        return part

    def _path(self, path: str) -> str:
        while "{" in path:
            before, _, rest = path.partition("{")
            path = before + self._quoted() + rest.partition("}")[2]
        if self.lots.random() < 0.4:
            path += "?" + "&".join(
                f"{self._name()}={self._quoted()}" for _ in range(self.lots.randrange(4))
            )
        return path

    def _quoted(self) -> str:
        if self.lots.random() < 0.1:
            return quote_from_bytes(self.lots.randbytes(8))
        return quote(self.lots.choice(STRANGE)[:1500], safe="", errors="surrogatepass")

    def _name(self) -> str:
        return self.lots.choice(NAMES) if self.lots.random() < 0.9 else self._quoted()

    def _headers(self) -> dict[str, str]:
        found = (
            {"Sec-Fetch-Site": "same-origin"} if self.lots.random() < 0.9 else {"Origin": "null"}
        )
        if self.lots.random() < 0.3:
            found["HX-Request"] = "true"
        if self.lots.random() < 0.5:
            found["Accept"] = self.lots.choice(("text/html", "*/*", "a;q=x", "," * 500))
        if self.lots.random() < 0.5:
            found["Accept-Language"] = self.lots.choice(
                ("nl", "en-GB;q=0.1", "x" * 300, ";;q", "zh-Hant")
            )
        if self.sessions and self.lots.random() < 0.6:
            found["Cookie"] = f"sid={self.lots.choice(self.sessions)}"
        elif self.lots.random() < 0.5:
            found["Cookie"] = self.lots.choice(
                ("chat=a", "sid=\xe9", "chat=" + "a" * 3000, "=;;=", "chat")
            )
        return found

    def _body(self) -> bytes:
        match self.lots.randrange(5):
            case 0:
                return b""
            case 1:
                return self.lots.randbytes(self.lots.choice((1, 50, 5000)))
            case 2:
                return json.dumps(self._changed(message(text="a"))).encode()[
                    : self.lots.randrange(300)
                ]
            case _:
                fields = [
                    (self._name(), self.lots.choice(STRANGE)) for _ in range(self.lots.randrange(6))
                ]
                return urlencode(fields, errors="surrogatepass").encode()

    def _written(self, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
        every = {"Host": "127.0.0.1", "Connection": "close", **headers}
        if body or self.lots.random() < 0.5:
            every["Content-Length"] = str(len(body))
        rows = (f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in every.items()))
        return "\r\n".join(rows).encode("latin-1") + b"\r\n\r\n" + body

    def frames(self) -> bytes:
        """Make what a socket hears after it was opened: frames that are mostly wrong."""
        return b"".join(self._frame() for _ in range(self.lots.randrange(1, 4)))

    def _frame(self) -> bytes:
        payload = self.lots.randbytes(self.lots.choice((0, 3, 120)))
        head = self.lots.randrange(256), self.lots.choice((0, 128)) | len(payload)
        size = self.lots.choice((b"", b"", (2**62).to_bytes(8)))
        if size:
            head = (head[0], 255)
        return bytes(head) + size + self.lots.randbytes(4) + payload
