"""Replies that colleagues use often; one is the same in every language it is written in."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from dialogs.frozen import Frozen
from storage.statements import insert_into
from storage.talk_tables import ReplyRow


class Reply(Frozen):
    """A reply in one language; its words may hold names of what is filled in when it is used."""

    id: UUID
    language: str
    title: str
    words: str


async def keep(db: AsyncSession, reply: Reply) -> None:
    """Keep a reply in a language; without words it is not there in that language."""
    key = {"id": reply.id, "language": reply.language}
    if not reply.words:
        there = (col(ReplyRow.id) == reply.id, col(ReplyRow.language) == reply.language)
        await db.exec(delete(ReplyRow).where(*there))
        return
    values = {"title": reply.title, "words": reply.words}
    statement = insert_into(db, ReplyRow).on_conflict_do_update(
        index_elements=list(key), set_=values
    )
    await db.exec(statement, params=[key | values])


def together(listed: Iterable[Reply]) -> list[list[Reply]]:
    """Put each reply together with its other languages, by the first of its titles."""
    groups: dict[UUID, list[Reply]] = {}
    for each in sorted(listed, key=lambda each: each.title.casefold()):
        groups.setdefault(each.id, []).append(each)
    return list(groups.values())


async def everything(db: AsyncSession) -> list[Reply]:
    """List every reply in every language, by title."""
    statement = select(ReplyRow).order_by(col(ReplyRow.title), col(ReplyRow.id))
    return [Reply(row.id, row.language, row.title, row.words) for row in await db.exec(statement)]
