"""Letters that go from the turn straight on the road, where this process has a courier.

They lie in the outbox all the same, leased from the first moment: who takes them over and dies
loses nothing. What is not taken over is found there, as is what another process wrote. That a
letter arrived is noted along with the next turns of many, or soon by itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from bot.envelopes import LetterBody
from bot.road import Road
from dialogs.frozen import Frozen, Hidden
from storage.mail import Letter
from storage.messages import Delivery
from storage.traces import Trace

LEASE = timedelta(seconds=60)


class Load(Frozen):
    """A leased letter to be carried, and the message that holds the screen of its person so far.

    Without a body it cannot be read, and is to be given up.
    """

    letter: Letter
    body: Hidden[LetterBody | None]
    before: int | None


class Arrived(Frozen):
    """The letter is there; the screen stands in this message, or in none, as before or not."""

    screen_message: int | None
    has_moved: bool


class Delayed(Frozen):
    """The letter is not there yet; it is tried again at this time."""

    until: datetime


class Held(Frozen):
    """Nothing can be brought now, whatever it is: the letter was not tried."""

    until: datetime


class GivenUp(Frozen):
    """The letter will never be there, and this is what staff are shown of it."""

    how: Delivery


Setback = Delayed | Held | GivenUp
Fate = Arrived | Setback


class Carried(Frozen):
    """A letter, what became of it, and what stands in the chat because of it."""

    letter: Letter
    fate: Fate
    traces: tuple[Trace, ...] = ()


def given_words(carried: Sequence[Carried]) -> set[UUID]:
    """Name the people to whom words of colleagues were brought."""
    letters = [each.letter for each in carried if each.letter.message_id]
    return {letter.person_id for letter in letters if letter.person_id}


class Carrier(Frozen):
    """Who carries letters, as far as whoever hands them over needs to know.

    `wake` tells them that something arrived where nothing else waits to be noted.
    """

    carry: Callable[[Load], Awaitable[None]]
    wake: Callable[[], None]
    is_paused: Callable[[], bool]


class Hands:
    """Where letters are handed over, and where it is told of them that they arrived.

    They go on the road at once, so that none waits here: whatever stops letters finds all that are
    not on the road in the outbox.
    """

    def __init__(self) -> None:
        """Begin with no courier."""
        self.road = Road()
        self.is_behind = False
        self._carrier: Carrier | None = None
        self._arrived: list[Carried] = []

    @contextmanager
    def open(self, carrier: Carrier) -> Iterator[None]:
        """Have a courier for as long as this lasts."""
        self._carrier, self.is_behind = carrier, False
        try:
            yield
        finally:
            self._carrier = None

    @property
    def are_free(self) -> bool:
        """Say whether letters would be carried at once; whoever waits already goes before them."""
        there = self._carrier is not None and not self._carrier.is_paused()
        return there and not self.is_behind

    def give(self, loads: Sequence[Load]) -> list[Load]:
        """Let letters go; give back those that nobody carries, or to whom somebody went since."""
        if self._carrier is None:
            return list(loads)
        going, left = self.apart(loads)
        self.road.send(going, self._carrier.carry)
        return left

    def apart(self, loads: Sequence[Load]) -> tuple[dict[bytes, Load], list[Load]]:
        """Tell loads that can go, by their ways, from those to whom somebody went already."""
        busy = self.ways
        going = {each.letter.recipient: each for each in loads if each.letter.recipient not in busy}
        return going, [each for each in loads if each.letter.recipient in busy]

    def tell(self, arrived: Carried) -> None:
        """Tell of a letter that it arrived; turns note it along, or else the courier does."""
        self._arrived.append(arrived)
        if self._carrier is not None and len(self._arrived) == 1:
            self._carrier.wake()

    def forget(self) -> None:
        """Forget what arrived: what is not noted stays leased, and is freed by the next courier."""
        self._arrived = []

    @property
    def ways(self) -> set[bytes]:
        """To whom a letter is on the road, or came and is not noted: what comes next waits.

        Of it, or of where the screen stands, nothing may be stored any more.
        """
        return {*self.road.ways, *(each.letter.recipient for each in self._arrived)}

    @property
    def have_arrived(self) -> bool:
        """Say whether it is to be noted of letters that they arrived."""
        return bool(self._arrived)

    @contextmanager
    def noting(self) -> Iterator[list[Carried]]:
        """Take what arrived, to note it; it is there again when that fails."""
        taken, self._arrived = self._arrived, []
        try:
            yield taken
        except BaseException:
            self._arrived[:0] = taken
            if taken and self._carrier is not None:
                self._carrier.wake()
            raise
