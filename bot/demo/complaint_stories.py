"""A complaint in every state of its procedure; nobody of these people exists."""

from __future__ import annotations

from typing import Final

from bot.demo.happenings import Happening, Presses, Story, steps

FILES: Final = (
    *("welcome.role:victim", "welcome.menu:complaint", "complaint.begin:filing"),
    *("complaint.filing:go_on", "consent.age:yes", "consent.complaint:yes"),
    "complaint.questions:go_on",
)
DESCRIBED: Final = (
    "Ik wachtte twee weken op een antwoord en hoorde niets.",
    "Het gesprek ging veel te snel. Ik kon mijn verhaal niet vertellen.",
    "Er werd een afspraak verzet zonder dat ik het wist.",
)
DAY: Final = 24 * 60

TO_DIRECTOR: Final = steps(DAY, "wim", "received", "director")
OFFER: Final = steps(
    2 * DAY, "ada", "director", "offered", "Wij bellen u voortaan binnen twee dagen terug."
)
NOT_CONTENT: Final = Presses(DAY, ("complaint.tracking:choice",))
TO_COMMITTEE: Final = Presses(30, ("complaint.tracking:committee",))
FOUNDED: Final = steps(
    3 * DAY, "wim", "committee", "founded", "U had eerder antwoord moeten krijgen."
)
BEFORE_COMMITTEE: Final = (TO_DIRECTOR, OFFER, NOT_CONTENT, TO_COMMITTEE)


def filed(days_ago: int, *happenings: Happening) -> Story:
    """Tell of somebody who sent a complaint, and what came of it."""
    written = DESCRIBED[days_ago % len(DESCRIBED)]
    answered = (f">{written}", "complaint.employee:skip", ">Testpersoon", ">test@voorbeeld.example")
    presses = Presses(0, (*FILES, *answered, "complaint.review:send"))
    return Story(days_ago * 24.0, "web", "nl", (presses, *happenings))


COMPLAINTS: Final = (
    filed(1),
    filed(9),
    filed(3, TO_DIRECTOR),
    filed(6, TO_DIRECTOR, OFFER),
    filed(7, TO_DIRECTOR, OFFER, NOT_CONTENT),
    filed(8, *BEFORE_COMMITTEE),
    filed(44, *BEFORE_COMMITTEE),
    filed(10, *BEFORE_COMMITTEE, FOUNDED),
    filed(
        12,
        *BEFORE_COMMITTEE,
        FOUNDED,
        steps(DAY, "wim", "founded", "recommended", "Spreek af wie er terugbelt, en wanneer."),
    ),
    filed(
        20,
        *BEFORE_COMMITTEE,
        FOUNDED,
        steps(DAY, "ada", "founded", "decided", "Er is voortaan elke dag iemand die terugbelt."),
    ),
    filed(15, TO_DIRECTOR, OFFER, Presses(DAY, ("complaint.tracking:settled",))),
    filed(16, TO_DIRECTOR, OFFER, NOT_CONTENT, Presses(30, ("complaint.tracking:declined",))),
    filed(
        22,
        *BEFORE_COMMITTEE,
        steps(3 * DAY, "wim", "committee", "inadmissible", "Dit gaat over een andere organisatie."),
    ),
    filed(
        25,
        *BEFORE_COMMITTEE,
        steps(3 * DAY, "wim", "committee", "unfounded", "U kreeg op tijd bericht."),
    ),
    filed(5, Presses(DAY, ("complaint.tracking:withdrawn",))),
)
