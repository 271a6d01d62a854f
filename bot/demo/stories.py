"""Forty people who came with a request; nobody of them exists, and nothing of it happened."""

from __future__ import annotations

from typing import Final

from bot.demo.happenings import (
    Blocks,
    Happening,
    Presses,
    Says,
    Story,
    answers,
    claims,
    closes,
    notes,
    offers,
    rests,
)

INFORMED: Final = tuple(
    f"consent.{each}:go_on" for each in ("before", "before_other", "before_case", "before_chat")
)
AGREED: Final = ("consent.age:yes", "consent.data:yes", "consent.contact:no", "intake.begin:go_on")
CALLED: Final = (
    *("consent.age:yes", "consent.data:yes", "consent.contact:yes", "intake.begin:go_on"),
    *("intake.way:phone", ">06 00000000", "intake.safe_to_call:yes", "intake.shared_phone:no"),
    *(">na zes uur", "intake.voicemail:nothing", "intake.neutral_words:neutral"),
)
MINUTE, HOUR, DAY = 1, 60, 24 * 60


def comes(role: str, name: str, ways: tuple[str, ...] = AGREED) -> Presses:
    """Go the whole way to a request."""
    said = f">{name}" if name else "intake.name:skip"
    match role:
        case "victim" | "offender" | "undisclosed":
            before = (f"welcome.role:{role}", "welcome.menu:request", *INFORMED, *ways)
            after: tuple[str, ...] = (said, "intake.tongue:enough")
        case "relative":
            before = (f"welcome.role:{role}", "welcome.menu:request", *INFORMED, *ways)
            after = (said, "intake.bond:next_of_kin", "intake.tongue:enough")
        case "client":
            before = (*_other("client"), *ways)
            after = (
                *(said, "intake.tongue:skip", "intake.support:skip", "intake.matter:decision"),
                "intake.decision:enough",
            )
        case "mentoring":
            before = (*_other("mentoring"), *ways)
            after = (
                *(said, "intake.tongue:skip", "intake.support:skip"),
                *("intake.mentoring_part:programme", "intake.guidance:reflecting"),
            )
        case _:
            before = (*_other("referrer"), *ways, "intake.permission:written", "intake.name:skip")
            after = (
                *(f">{name or 'Stichting Voorbeeld'}", "intake.client_side:harmed"),
                "intake.client_tongue:other",
            )
    return Presses(0, (*before, *after, "intake.review:send"))


def _other(role: str) -> tuple[str, ...]:
    return (
        *("welcome.role:other", f"welcome.other_role:{role}", "welcome.menu:request"),
        f"consent.before_{role}:go_on",
    )


def story(hours_ago: float, door: str, language: str, *happenings: Happening) -> Story:
    """Tell one story."""
    return Story(hours_ago, door, language, happenings)


HELLO: Final = "Dag, ik ben Noor. Ik lees rustig wat u schrijft. Waar wilt u beginnen?"
HELLO_EN: Final = "Hello, I am Noor. I will read what you write. Where would you like to begin?"
BYE: Final = "Dank u voor het gesprek. Hebt u later nog een vraag? Dan kunt u hier terecht."
STOPS: Final = Presses(45, ("everywhere.go:stop",))
WITHDRAWS: Final = Presses(
    90, ("everywhere.go:rights", "rights.overview:withdraw", "rights.withdraw:data")
)

WAITING: Final = (
    story(0.2, "web", "nl", comes("victim", "Testpersoon Een")),
    story(0.6, "telegram", "nl", comes("offender", "")),
    story(1.2, "web", "en", comes("victim", "Test Person Two", CALLED)),
    story(2.5, "web", "nl", comes("client", "Testpersoon Drie")),
    story(3.4, "telegram", "en", comes("relative", "")),
    story(5, "web", "nl", comes("mentoring", "Testpersoon Vier")),
    story(26, "web", "nl", comes("referrer", "Stichting Voorbeeld")),
    story(30, "telegram", "nl", comes("client", ""), Says(20, "Is er al iemand?")),
    story(
        4,
        "web",
        "nl",
        comes("client", "Testpersoon Vijf"),
        Says(5, "Als hij nog één keer niet belt, sla ik hem in elkaar."),
    ),
)

AT_WORK: Final = (
    story(
        28,
        "web",
        "nl",
        comes("victim", "Testpersoon Zes", CALLED),
        claims(12, "noor"),
        answers(4, "noor", HELLO),
        Says(30, "Ik wil graag iets vragen aan de ander. Maar ik weet niet of ik dat durf."),
        answers(9, "noor", "Dat hoeft u nu nog niet te weten. We kunnen eerst samen praten."),
        Says(15, "Dat lijkt me fijn. Kan dat ook 's avonds?"),
    ),
    story(
        50,
        "telegram",
        "nl",
        comes("offender", "Testpersoon Zeven"),
        claims(25, "noor"),
        answers(5, "noor", HELLO),
        Says(60, "Ik schaam me. Ik wil zeggen dat het me spijt."),
        answers(20, "noor", "Goed dat u dat hier zegt. Zullen we bellen, of blijft u schrijven?"),
        notes(3, "noor", "Wil zelf schrijven, geen telefoon. Rustig aan doen."),
    ),
    story(
        20,
        "web",
        "en",
        comes("relative", "Test Person Eight"),
        claims(30, "noor"),
        answers(6, "noor", HELLO_EN),
        Says(25, "Thank you. My sister does not know that I am writing this."),
    ),
    story(
        74,
        "telegram",
        "nl",
        comes("victim", ""),
        claims(15, "noor"),
        answers(5, "noor", HELLO),
        Blocks(10),
        answers(30, "noor", "Bent u er nog? Neem gerust de tijd."),
    ),
    story(
        30,
        "web",
        "nl",
        comes("client", "Testpersoon Negen"),
        claims(20, "els"),
        answers(8, "els", "Dag, ik ben Els. Wat hebt u al met uw bewindvoerder besproken?"),
        Says(40, "Ik vroeg om meer leefgeld. Ik hoorde alleen nee, zonder uitleg."),
        answers(10, "els", "Dan kunt u om die uitleg vragen. Ik schrijf met u mee, als u wilt."),
    ),
    story(
        47,
        "web",
        "nl",
        comes("mentoring", "Testpersoon Tien"),
        claims(60, "els"),
        answers(15, "els", "Dag, ik ben Els. Welke vraag over mentoring houdt u het meest bezig?"),
        Says(120, "Hoe nemen wij goed afscheid, als een traject klaar is?"),
    ),
    story(
        26,
        "web",
        "nl",
        comes("victim", "Testpersoon Elf"),
        claims(10, "els"),
        answers(5, "els", "Dag, ik ben Els. Ik zoek een bemiddelaar die bij u past."),
        offers(30, "els", "bas", "Wil graag een gesprek met een bemiddelaar. Heeft tijd nodig."),
    ),
    story(
        52,
        "web",
        "nl",
        comes("offender", "Testpersoon Twaalf"),
        claims(35, "els"),
        answers(5, "els", "Dag, ik ben Els. Vertel gerust, in uw eigen woorden."),
        offers(20, "els", "bas", "Kent de rechtszaak nog niet goed. Eerst rustig uitleggen."),
    ),
    story(
        96,
        "web",
        "nl",
        comes("referrer", "Buurtteam Voorbeeld"),
        claims(20, "noor"),
        answers(10, "noor", "Dank u wel. Mag ik weten hoe wij uw cliënt kunnen bereiken?"),
        rests(30, "noor", "De verwijzer vraagt het aan de cliënt en schrijft maandag."),
    ),
    story(
        70,
        "telegram",
        "nl",
        comes("victim", "Testpersoon Dertien"),
        claims(15, "noor"),
        answers(5, "noor", "Dag, ik ben Noor. Neem de tijd die u nodig hebt."),
        Says(20, "Ik wil eerst met mijn zoon praten. Daarna schrijf ik weer."),
        answers(5, "noor", "Dat is goed. Ik kijk over een paar dagen of u er bent."),
        rests(5, "noor", "Praat eerst met haar zoon."),
    ),
    story(
        33,
        "web",
        "en",
        comes("client", "Test Person Fourteen"),
        claims(40, "els"),
        answers(5, "els", "Hello, I am Els. What would you like to ask your administrator?"),
        rests(15, "els", "Has a talk at the office on Thursday."),
    ),
)


def ended(hours_ago: float, role: str, language: str, outcome: str, said: str) -> Story:
    """Tell a story that a colleague closed."""
    return story(
        hours_ago,
        "web" if int(hours_ago) % 3 else "telegram",
        language,
        comes(role, ""),
        claims(35, "els"),
        answers(8, "els", HELLO_EN if language == "en" else HELLO.replace("Noor", "Els")),
        Says(50, said),
        closes(DAY, "els", outcome, "Thank you." if language == "en" else BYE),
    )


CLOSED: Final = (
    ended(150, "victim", "nl", "begun", "Ik wil graag verder met een bemiddelaar."),
    ended(171, "offender", "nl", "begun", "Ja, ik wil een brief schrijven."),
    ended(190, "client", "nl", "answered", "Nu snap ik hoe het werkt. Dank u."),
    ended(214, "mentoring", "nl", "answered", "Daar kunnen we mee verder."),
    ended(238, "victim", "en", "chose_not", "I have thought about it. I would rather not."),
    ended(262, "relative", "nl", "other_chose_not", "Jammer, maar ik begrijp het."),
    ended(286, "referrer", "nl", "referred", "Dan bel ik hen zelf."),
    ended(310, "client", "nl", "answered", "Fijn, ik ga het zo vragen."),
    ended(334, "victim", "nl", "begun", "Goed. Ik wacht op het eerste gesprek."),
    ended(358, "client", "en", "referred", "I will go there. Thanks."),
    ended(382, "offender", "nl", "chose_not", "Ik ben er nog niet klaar voor."),
    ended(406, "mentoring", "nl", "answered", "Dank, dat was de vraag."),
)

FREE_TO_GO: Final = (
    story(40, "web", "nl", comes("victim", ""), STOPS),
    story(60, "telegram", "nl", comes("client", ""), claims(20, "noor"), STOPS),
    story(110, "web", "en", comes("offender", ""), STOPS),
    story(130, "web", "nl", comes("relative", ""), claims(30, "els"), STOPS),
    story(35, "web", "nl", comes("victim", "Testpersoon Vijftien"), WITHDRAWS),
    story(80, "web", "nl", comes("client", ""), claims(25, "els"), WITHDRAWS),
    story(140, "telegram", "nl", comes("undisclosed", ""), WITHDRAWS),
    story(160, "web", "nl", comes("mentoring", ""), STOPS),
)

STORIES: Final = (*WAITING, *AT_WORK, *CLOSED, *FREE_TO_GO)
