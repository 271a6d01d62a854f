"""Standard replies that lie ready for one request: what is sent, and the Dutch of it beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aiohttp import web

from bot.console.desk import house_of, member_of
from bot.console.filling import filled, of_referral
from bot.wording import FIRST
from dialogs.frozen import Frozen, replace
from storage import replies
from storage.referrals import Referral
from storage.replies import Reply


class Ready(Frozen):
    """A reply as it would be sent, and the same in Dutch where it is sent in another language."""

    sent: Reply
    beside: Reply | None = None

    @property
    def title(self) -> str:
        """Give the title by which a colleague knows it."""
        return (self.beside or self.sent).title

    @property
    def texts(self) -> tuple[Reply, ...]:
        """List what is shown of it; what is sent comes first."""
        return (self.sent,) if self.beside is None else (self.sent, self.beside)


async def ready_for(request: web.Request, referral: Referral) -> list[Ready]:
    """Fill in the standard replies; those in the person's language come first."""
    house, member = house_of(request), member_of(request)
    async with house.database.reading() as db:
        listed = await replies.everything(db)
    written = [
        replace(each, words=filled(each.words, of_referral(house, member, referral, each.language)))
        for each in listed
    ]
    return sorted(
        offered(written, referral.language),
        key=lambda each: each.sent.language != referral.language,
    )


def offered(written: Iterable[Reply], language: str) -> Iterator[Ready]:
    """Offer each reply in one language; what it lacks in it is offered in all that it has."""
    for group in replies.together(written):
        there = {each.language: each for each in group}
        for each in [there[language]] if language in there else group:
            yield Ready(each, None if each.language == FIRST else there.get(FIRST))
