"""What only the right key file opens: a wrong one is noticed before anything is written.

A master key without a canary wraps nothing any more.
"""

from __future__ import annotations

import hmac
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import bindparam
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import schema
from storage.errors import WrongKey
from storage.key_tables import CanaryRow
from storage.keyfile import KeyFile
from storage.sealed import NONCE_BYTES, joined, nonce
from storage.statements import insert_into, rows, table_of

CANARIES = table_of(CanaryRow)


# The weakest lock that whoever retires a key waits for.
MAY_WRAP = (
    select(CANARIES.c.kek_id)
    .where(CANARIES.c.kek_id == bindparam("name"))
    .with_for_update(read=True, key_share=True)
)


async def is_recognised(db: AsyncSession, key_file: KeyFile) -> bool:
    """Say whether a key store is in use; raise WrongKey when it is with another key file."""
    connection = await db.connection()
    canaries = await _canaries(db) if await connection.run_sync(schema.present) else {}
    if canaries:
        _recognise(key_file, canaries)
    return bool(canaries)


async def recognised(db: AsyncSession, key_file: KeyFile, now: datetime) -> KeyFile:
    """Compare key file and store, give each its half when both are new; raise WrongKey."""
    canaries = await _canaries(db)
    if canaries and key_file.is_new:
        # Another process that began on nothing at the same moment has written it by now.
        key_file = KeyFile.load_or_make(key_file.path)
    if canaries:
        _recognise(key_file, canaries)
    kept = key_file.keep(now) if key_file.is_new else key_file
    if kept.primary not in canaries:
        await settle_in(db, kept)
        # Another machine may have been first, with a key file of its own.
        _recognise(kept, await _canaries(db))
    return kept


async def settle_in(db: AsyncSession, key_file: KeyFile) -> None:
    """Let the newest key of a file be known to the key store."""
    canary = {"kek_id": key_file.primary, "blob": _canary(key_file, key_file.primary)}
    await db.exec(insert_into(db, CanaryRow).on_conflict_do_nothing(), params=[canary])


async def retire_older(db: AsyncSession, key_file: KeyFile) -> None:
    """From now on no process wraps anything with another key than the newest of this file.

    Waits for whoever does so at this moment.
    """
    await db.exec(delete(CanaryRow).where(col(CanaryRow.kek_id) != key_file.primary))


async def may_wrap(db: AsyncSession, name: str) -> bool:
    """Say whether a master key still wraps; it does until this transaction ends."""
    return bool(await rows(db, MAY_WRAP, name=name))


async def _canaries(db: AsyncSession) -> dict[str, bytes]:
    return {row.kek_id: row.blob for row in await db.exec(select(CanaryRow))}


def _recognise(key_file: KeyFile, canaries: dict[str, bytes]) -> None:
    """Open every canary that the file has a key for; one that opens must be among them."""
    if key_file.is_new:
        raise WrongKey(f"the key file {key_file.path} is missing, and the key store has keys")
    known = [name for name in canaries if name in key_file.kek]
    if not known or not all(_opens(key_file, name, canaries[name]) for name in known):
        raise WrongKey(f"the key file {key_file.path} does not belong to this key store")


def _fingerprint(key_file: KeyFile, name: str) -> bytes:
    """Stand for all keys of the file, so that no half of it can be exchanged."""
    keys = joined("can1", key_file.index, key_file.audit, key_file.system)
    return hmac.digest(key_file.kek[name], keys, "sha256")


def _canary(key_file: KeyFile, name: str) -> bytes:
    once = nonce()
    wrap = AESGCM(key_file.kek[name])
    return once + wrap.encrypt(once, _fingerprint(key_file, name), joined("can1", name))


def _opens(key_file: KeyFile, name: str, canary: bytes) -> bool:
    wrap = AESGCM(key_file.kek[name])
    try:
        plain = wrap.decrypt(canary[:NONCE_BYTES], canary[NONCE_BYTES:], joined("can1", name))
    except (InvalidTag, ValueError):
        return False
    return hmac.compare_digest(plain, _fingerprint(key_file, name))
