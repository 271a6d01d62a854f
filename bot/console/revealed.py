"""Who somebody is and where they are reached: hidden until a colleague says why they must see it.

That it was shown stands on the timeline, and for an hour that line is what shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.console.answers import WHERE, WHO
from bot.terms import SHOWN
from storage.messages import Message
from storage.staff_values import Member

PARTS = {"shown_contact": WHERE, "shown_name": WHO}
"""Which answers are shown together, by what the timeline says of it."""


def shown_to(member: Member, thread: Iterable[Message], now: datetime) -> frozenset[str]:
    """Name the questions whose answers this colleague may see now."""
    return frozenset(
        step
        for message in thread
        if message.event in PARTS and message.staff_id == member.id and now < message.at + SHOWN
        for step in PARTS[message.event]
    )
