"""Of which requests a list is made: those of one queue, one language, one channel, or of any."""

from __future__ import annotations

from urllib.parse import urlencode

from aiohttp import web

from bot.console.desk import house_of, in_their_own_words, member_of, say_to
from dialogs.frozen import Frozen
from storage.doors import Door
from storage.errors import NotFound
from storage.referrals import Filter
from storage.written import word


class Choice(Frozen):
    """One thing to choose by; an option is a key and its words, and nothing chosen is any."""

    name: str
    label: str
    chosen: str
    options: list[tuple[str, str]]


def filter_of(request: web.Request) -> Filter:
    """Read what is asked for; raise NotFound for a channel that there is not."""
    asked = {name: request.query.get(name) or None for name in ("queue", "language", "channel")}
    door = word(Door, asked["channel"])
    if asked["channel"] and door is None:
        raise NotFound("no such channel")
    return Filter(asked["queue"], asked["language"], door)


def as_query(only: Filter) -> str:
    """Write a filter as the end of an address."""
    given = {"queue": only.queue, "language": only.language, "channel": only.door}
    return "".join(f"&{urlencode({name: value})}" for name, value in given.items() if value)


def choices(request: web.Request, only: Filter) -> list[Choice]:
    """List what a member can choose by; where there is one option there is nothing to choose."""
    house, member, say = house_of(request), member_of(request), say_to(request)
    queues = [
        (queue.key, queue.name(member.language))
        for queue in house.organisation.queues
        if queue.key in member.queues
    ]
    languages = in_their_own_words(house.wording.languages)
    doors = [(door.value, say(f"door.{door}")) for door in Door]
    offered = [
        Choice("queue", say("filter.queue"), only.queue or "", queues),
        Choice("language", say("filter.language"), only.language or "", languages),
        Choice("channel", say("filter.channel"), only.door or "", doors),
    ]
    return [choice for choice in offered if len(choice.options) > 1]
