"""What can happen in a conversation, in the past tense; frozen, and silent about typed words."""

from __future__ import annotations

from enum import StrEnum

from dialogs.frozen import Frozen, Hidden
from dialogs.values import Purpose, Standing


class Started(Frozen):
    """The conversation was opened, perhaps by a link that says what somebody came for."""

    link: str = ""


class Danger(StrEnum):
    """How clearly words speak of danger: perhaps, or hardly of anything else."""

    SOFT = "soft"
    HARD = "hard"


class Guess(Frozen):
    """What words are likely to ask for, the likeliest first; empty when it is like nothing known.

    `is_sure` says that the first is far likelier than any other.
    """

    topics: tuple[str, ...] = ()
    is_sure: bool = False
    danger: Danger | None = None


class Said(Frozen):
    """Somebody typed words, perhaps below something that is not text.

    `threat` and `guess` are made of the words before they come here.
    """

    words: Hidden[str]
    attached: bool = False
    threat: bool = False
    guess: Guess = Guess()


class Chose(Frozen):
    """A button was pressed. Both parts come from outside: they are compared, never parsed."""

    place: str
    option: str


class Attached(Frozen):
    """Something arrived that is not text: a photo, a voice message, a poll."""


class Edited(Frozen):
    """A message that was sent before was changed."""


class Commanded(Frozen):
    """A command was typed that does not exist."""


class Overheard(Frozen):
    """Somebody spoke to us where others can read along, such as a group."""


class Returned(Frozen):
    """Somebody came back to their conversation, with a code that is theirs."""


class Elapsed(Frozen):
    """The time ran out in which a request that was begun is kept."""


class Outlived(Frozen):
    """The time ran out in which a self-reflection is kept."""


class LinkEnded(Frozen):
    """The time ran out in which a text could be fetched that was made of somebody's answers."""


class Forgotten(Frozen):
    """Whoever runs the house erased everything about the person, who asked for it elsewhere."""


class StaffTook(Frozen):
    """A colleague picked the request up; of an older one it says whether that is only a warning."""

    colleague: Hidden[str]
    is_warning: bool | None = None


class StaffWrote(Frozen):
    """A colleague wrote to the person."""

    colleague: Hidden[str]
    words: Hidden[str]


class StaffAsked(Frozen):
    """A colleague asked for a consent of its own."""

    purpose: Purpose


class AskLapsed(Frozen):
    """Nobody answered in time what staff asked for; silence is a no."""

    purpose: Purpose


class StaffReleased(Frozen):
    """The colleague gave the request back to the queue."""


class StaffClosed(Frozen):
    """The colleague closed the request, with last words to the person.

    `may_ask` says that the person may be asked how it was; after an alarm nobody is.
    """

    colleague: Hidden[str]
    words: Hidden[str]
    may_ask: bool = False


class ComplaintAdvanced(Frozen):
    """The person's complaint came further without them, perhaps with words for them."""

    standing: Standing
    words: Hidden[str] = ""


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
