"""Sessions whose statements run to their end, also when whoever asked is cancelled meanwhile.

A statement of SQLite that is left halfway keeps its connection open, and with it the one place
where anybody can write.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

Result = TypeVar("Result")


async def settled(work: Coroutine[Any, Any, Result]) -> Result:
    """Do the work; whoever is cancelled learns so once it is done."""
    doing = asyncio.create_task(work)
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait([doing])
        if not doing.cancelled():
            # Looked at, or it would be reported as forgotten.
            doing.exception()
        raise


class Steady(AsyncSession):
    """A session that is never left in the middle of a statement."""

    if not TYPE_CHECKING:  # The types stay those of any session.

        async def exec(self, *statement: object, **options: object) -> object:
            return await settled(super().exec(*statement, **options))
