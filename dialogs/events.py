"""What can happen in a conversation, in the past tense; frozen, and silent about typed words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dialogs.values import Purpose, Standing


@dataclass(frozen=True, slots=True)
class Started:
    """The conversation was opened, perhaps by a link that says what somebody came for."""

    link: str = ""


class Danger(StrEnum):
    """How clearly words speak of danger: perhaps, or hardly of anything else."""

    SOFT = "soft"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Guess:
    """What words are likely to ask for, the likeliest first; empty when it is like nothing known.

    `is_sure` says that the first is far likelier than any other.
    """

    topics: tuple[str, ...] = ()
    is_sure: bool = False
    danger: Danger | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody typed words, perhaps below something that is not text.

    `threat` and `guess` are made of the words before they come here.
    """

    words: str = field(repr=False)
    attached: bool = False
    threat: bool = False
    guess: Guess = Guess()


@dataclass(frozen=True, slots=True)
class Chose:
    """A button was pressed. Both parts come from outside: they are compared, never parsed."""

    place: str
    option: str


@dataclass(frozen=True, slots=True)
class Attached:
    """Something arrived that is not text: a photo, a voice message, a poll."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that was sent before was changed."""


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command was typed that does not exist."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """Somebody spoke to us where others can read along, such as a group."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody came back to their conversation, with a code that is theirs."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The time ran out in which a request that was begun is kept."""


@dataclass(frozen=True, slots=True)
class Outlived:
    """The time ran out in which a self-reflection is kept."""


@dataclass(frozen=True, slots=True)
class LinkEnded:
    """The time ran out in which a text could be fetched that was made of somebody's answers."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whoever runs the house erased everything about the person, who asked for it elsewhere."""


@dataclass(frozen=True, slots=True)
class StaffTook:
    """A colleague picked the request up; of an older one it says whether that is only a warning."""

    colleague: str = field(repr=False)
    is_warning: bool | None = None


@dataclass(frozen=True, slots=True)
class StaffWrote:
    """A colleague wrote to the person."""

    colleague: str = field(repr=False)
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StaffAsked:
    """A colleague asked for a consent of its own."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class AskLapsed:
    """Nobody answered in time what staff asked for; silence is a no."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class StaffReleased:
    """The colleague gave the request back to the queue."""


@dataclass(frozen=True, slots=True)
class StaffClosed:
    """The colleague closed the request, with last words to the person.

    `may_ask` says that the person may be asked how it was; after an alarm nobody is.
    """

    colleague: str = field(repr=False)
    words: str = field(repr=False)
    may_ask: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintAdvanced:
    """The person's complaint came further without them, perhaps with words for them."""

    standing: Standing
    words: str = field(default="", repr=False)


Act = Started | Said | Chose | Attached | Edited | Commanded | Overheard | Returned
"""What a person did, and is answered."""

News = (
    Elapsed
    | Outlived
    | LinkEnded
    | Forgotten
    | StaffTook
    | StaffWrote
    | StaffReleased
    | StaffClosed
    | ComplaintAdvanced
    | StaffAsked
    | AskLapsed
)
"""What happened without them; whatever is shown then is a letter."""

Event = Act | News
