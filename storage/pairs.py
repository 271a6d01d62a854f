"""Pairs of keys: with the public one anybody closes something that only the private one opens.

The form, to which old backups hold us (`LP` puts a length of two bytes before each part):

    box    = 0xE2 | once[32] | ciphertext and tag[16], with X25519, HKDF-SHA256 and AES-256-GCM
    key    = HKDF(X25519(once, public), LP("box1", about, once, public)), used for this box alone
    closed = 0xE3 | nonce[12] | ciphertext and tag[16], under a secret that is remembered or carried

`about` says what something is, so that nothing opens as something else.
"""

from __future__ import annotations

from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dialogs.frozen import Frozen, Hidden
from storage.errors import Unreadable
from storage.sealed import NONCE_BYTES, joined, nonce

BOX: Final = b"\xe2"
CLOSED: Final = b"\xe3"
KEY_BYTES: Final = 32
# The key of a box closes that box and no other, so its nonce need not be drawn.
ONLY_ONCE: Final = bytes(NONCE_BYTES)


class PublicKey(Frozen):
    """Closes; what it closed it does not open."""

    raw: bytes

    @classmethod
    def read(cls, text: str) -> Self:
        """Read one as `str` writes it; raise ValueError for what closes nothing."""
        key = cls(bytes.fromhex(text))
        key.seal("", b"")
        return key

    def __str__(self) -> str:
        """Write it for a file of settings."""
        return self.raw.hex()

    def seal(self, about: str, plain: bytes) -> bytes:
        """Close something for whoever has the private key."""
        once = X25519PrivateKey.generate()
        sent = once.public_key().public_bytes_raw()
        shared = once.exchange(X25519PublicKey.from_public_bytes(self.raw))
        key = _key_of_box(shared, about, sent, self.raw)
        return BOX + sent + AESGCM(key).encrypt(ONLY_ONCE, plain, BOX)


class PrivateKey(Frozen):
    """Opens what was closed with its public key."""

    raw: Hidden[bytes]

    @classmethod
    def new(cls) -> Self:
        """Draw a pair."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> PublicKey:
        """Give the other half."""
        return PublicKey(self._key.public_key().public_bytes_raw())

    def open(self, about: str, box: bytes) -> bytes:
        """Open a box; raise Unreadable for what is none of ours, or was changed."""
        sent, body = box[1 : 1 + KEY_BYTES], box[1 + KEY_BYTES :]
        if not box.startswith(BOX) or len(sent) < KEY_BYTES:
            raise Unreadable("this is no box")
        try:
            shared = self._key.exchange(X25519PublicKey.from_public_bytes(sent))
            key = _key_of_box(shared, about, sent, self.public.raw)
            return AESGCM(key).decrypt(ONLY_ONCE, body, BOX)
        except (InvalidTag, ValueError):
            raise Unreadable("a box was changed, or is somebody else's") from None

    @property
    def _key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.raw)


def closed(secret: bytes, about: str, plain: bytes) -> bytes:
    """Close something under a secret that nobody can guess, or that was hashed slowly."""
    once = nonce()
    return CLOSED + once + AESGCM(_key_of(secret, about)).encrypt(once, plain, CLOSED)


def opened(secret: bytes, about: str, blob: bytes) -> bytes:
    """Open what was closed under this secret; raise Unreadable for anything else."""
    once, body = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
    if not blob.startswith(CLOSED) or len(once) < NONCE_BYTES:
        raise Unreadable("this was not closed here")
    try:
        return AESGCM(_key_of(secret, about)).decrypt(once, body, CLOSED)
    except (InvalidTag, ValueError):
        raise Unreadable("this was changed, or closed under another secret") from None


def _key_of_box(shared: bytes, about: str, sent: bytes, public: bytes) -> bytes:
    return _derived(shared, joined("box1", about, sent, public))


def _key_of(secret: bytes, about: str) -> bytes:
    return _derived(secret, joined("closed1", about))


def _derived(secret: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)
