"""A device that holds a passkey, as the WebAuthn standard has it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from bot.clock import Clock

PRESENT, UNLOCKED, NEW = 0x01, 0x04, 0x40
NO_MODEL = bytes(16)


def text_of(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """It counts how often its key is used; `unlocked` says whether its owner shows who they are."""

    origin: str
    unlocked: bool = True
    id: bytes = field(default_factory=lambda: Clock().new_id().bytes)
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    uses: int = 0

    def makes(self, asked: dict[str, Any]) -> str:
        """Answer a question for a new passkey."""
        data = self._client_data("webauthn.create", asked)
        head = self._head(asked["rp"]["id"], NEW)
        about = NO_MODEL + len(self.id).to_bytes(2) + self.id + self._public_key()
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": head + about})
        return self._answer({"clientDataJSON": text_of(data), "attestationObject": text_of(made)})

    def signs(self, asked: dict[str, Any]) -> str:
        """Answer a question to sign in."""
        self.uses += 1
        data, head = self._client_data("webauthn.get", asked), self._head(asked["rpId"])
        signature = self.key.sign(head + sha256(data).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {
                "clientDataJSON": text_of(data),
                "authenticatorData": text_of(head),
                "signature": text_of(signature),
            }
        )

    def _client_data(self, kind: str, asked: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _head(self, name: str, more: int = 0) -> bytes:
        flags = PRESENT | (UNLOCKED if self.unlocked else 0) | more
        return sha256(name.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4)

    def _public_key(self) -> bytes:
        point = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32) for number in (point.x, point.y))
        # A key on the curve P-256, to sign with SHA-256.
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})

    def _answer(self, response: dict[str, str]) -> str:
        id = text_of(self.id)
        return json.dumps({"id": id, "rawId": id, "type": "public-key", "response": response})
