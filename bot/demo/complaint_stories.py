"""A complaint in every state of its procedure; nobody of these people exists."""

from __future__ import annotations

from typing import Final

from bot.demo.happenings import Happening, Presses, Story, steps

FILES: Final = (
    *("welcome.role:victim", "welcome.menu:complaint", "complaint.begin:filing"),
    *("complaint.filing:go_on", "consent.age:yes", "consent.complaint:yes"),
    "complaint.questions:go_on",
)
FILES_AT_AN_OFFICE: Final = (
    *("welcome.role:other", "welcome.other_role:client", "welcome.menu:complaint"),
    *("complaint.begin:office", "complaint.office:filing", "complaint.filing:go_on"),
    *("consent.age:yes", "consent.complaint:yes", "complaint.questions:go_on"),
)
ABOUT_AN_OFFICE: Final = "Mijn huur werd te laat betaald. Ik belde twee keer en kreeg geen uitleg."
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


def filed_at_an_office(days_ago: int, sent_back: str, *happenings: Happening) -> Story:
    """Tell of a client who sent a complaint to the office that keeps their money."""
    answered = (
        f">{ABOUT_AN_OFFICE}",
        "complaint.employee:skip",
        f"complaint.sent_back:{sent_back}",
    )
    reached = (">Testpersoon", ">test@voorbeeld.example", "complaint.review:send")
    presses = Presses(0, (*FILES_AT_AN_OFFICE, *answered, *reached))
    return Story(days_ago * 24.0, "web", "nl", (presses, *happenings))


TAKEN_UP: Final = steps(60, "ada", "received", "taken_up")
PAID_IN_TIME: Final = steps(
    3 * DAY, "ada", "taken_up", "offered", "Wij betalen de huur voortaan op de eerste dag."
)
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
    filed_at_an_office(1, "yes"),
    filed_at_an_office(2, "no", TAKEN_UP),
    filed_at_an_office(7, "yes", TAKEN_UP, PAID_IN_TIME),
    filed_at_an_office(
        9, "no", TAKEN_UP, PAID_IN_TIME, Presses(DAY, ("complaint.tracking:unsolved",))
    ),
)
