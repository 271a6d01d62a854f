"""The cards of neutral information, in rows; `dialogs/info.py` says how they are read.

A card names what it was made from, and the day somebody last compared the two. A card without a
source speaks of this program and of settings: there is nothing outside to compare it with.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dialogs.frozen import Frozen
from dialogs.values import Place, Service, Topic


class Card(Frozen):
    """One subject on one screen; worded as `info.<name>.<side>` when both sides read their own.

    `neighbours` are what a reader asks next, most likely first. `facts` are lines that are shown
    when they are known.
    """

    name: str
    shelf: str
    neighbours: tuple[str, ...]
    sources: tuple[str, ...]
    checked: date
    services: tuple[Service, ...] = (Service.MEDIATION,)
    facts: tuple[str, ...] = ()
    mirrored: bool = False

    @property
    def place(self) -> Place:
        """Name the place where this card is shown."""
        return Place(Topic.INFO, self.name)

    @property
    def sites(self) -> str:
        """Name the sites of the sources, short enough to read on a phone."""
        hosts = (source.split("/")[2].split(".") for source in self.sources)
        return ", ".join(dict.fromkeys(".".join(host[-2:]) for host in hosts))

    def is_out_of_date(self, since: date | None) -> bool:
        """Say whether nobody compared this card with its source since a day."""
        return bool(self.sources) and since is not None and self.checked < since


PERSPECTIEF = "https://perspectiefherstelbemiddeling.nl"
OLDER_PAGES = "https://www.perspectiefherstelbemiddeling.nl"

ABOUT_US = f"{PERSPECTIEF}/wie-zijn-wij/organisatie"
COMPLAINTS = f"{OLDER_PAGES}/Overige-Paginas/Klachtenreglement--disclaimer-site/"
EVERYONE = f"{PERSPECTIEF}/en/everyone"
MISSION = f"{OLDER_PAGES}/Overige-Paginas/Missie--Visie/"
PARTNERS = "https://www.strafrechtketen.nl/partners/perspectief-herstelbemiddeling"
PRIVACY_RULES = f"{OLDER_PAGES}/Overige-Paginas/Privacyreglement/"
QUALITY = f"{PERSPECTIEF}/kwaliteit"
QUESTIONS = "https://production.perspectiefherstelbemiddeling.nl/zo-werkt-het/veel-gestelde-vragen/"
REFERRING = f"{PERSPECTIEF}/en/referrers/your-role-referrer"
RESEARCH = f"{PERSPECTIEF}/zo-werkt-het/onderzoek"
OFFERS = f"{OLDER_PAGES}/Meta-Navigatie/Nieuws/Verwarring-over-aanbod-Perspectief/"
WORKING = f"{PERSPECTIEF}/zo-werkt-het/onze-werkwijze-stappen"
YEARS = f"{PERSPECTIEF}/jaarverslag"

LETTER = "https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail?id=2025D31431"
DIRECTIVE = "https://eur-lex.europa.eu/eli/dir/2012/29/oj"

SBM = "https://sbmhalsteren.nl/klacht"
RULES = "https://www.striktbewindvoering.nl/klachtenregelement/"
COURTS = "https://www.rechtspraak.nl/Onderwerpen/Bewind/paginas/procedures-bewind.aspx"
CRITERIA = "https://www.mentoring2work.eu/kwaliteitscriteria-1"

CHECKED = date(2026, 11, 22)
OFFICE = (Service.ADMINISTRATION,)
MENTORS = (Service.MENTORING,)
EVERYBODY = tuple(Service)
COMPLAINT_RULES = (
    "info.regulation.link",
    "complaint.terms.receipt",
    "complaint.terms.decision",
)
ANSWER_BY = ("handoff.waiting.answer_by",)
TO_REACH_US = (
    *("handoff.human.phone", "handoff.human.email", "info.contact.post"),
    *("handoff.human.site", "handoff.human.hours", "handoff.human.opens"),
)

CARDS: tuple[Card, ...] = (
    Card("what", "about", ("steps", "benefit"), (PARTNERS,), CHECKED, mirrored=True),
    Card("for_you", "about", ("benefit", "criminal_case"), (MISSION,), CHECKED, mirrored=True),
    Card("benefit", "about", ("for_you", "what"), (RESEARCH,), CHECKED, mirrored=True),
    Card("cases", "about", ("criminal_case", "relatives"), (QUESTIONS, PARTNERS), CHECKED),
    Card("steps", "how", ("duration", "forms"), (WORKING,), CHECKED, mirrored=True),
    Card("forms", "how", ("location", "steps"), (WORKING, PARTNERS), CHECKED),
    Card("duration", "how", ("steps", "costs"), (WORKING, REFERRING), CHECKED, facts=ANSWER_BY),
    Card("costs", "how", ("criminal_case", "steps"), (WORKING, EVERYONE), CHECKED),
    Card("voluntary", "choice", ("refusal", "confidential"), (PARTNERS,), CHECKED, mirrored=True),
    Card("refusal", "choice", ("voluntary", "neutral"), (WORKING, YEARS), CHECKED, mirrored=True),
    Card("criminal_case", "choice", ("cases", "confidential"), (OFFERS,), CHECKED, mirrored=True),
    Card("relatives", "choice", ("companion", "cases"), (QUESTIONS, LETTER), CHECKED),
    Card("safety", "safe", ("forms", "companion"), (WORKING, DIRECTIVE), CHECKED, mirrored=True),
    Card("confidential", "safe", ("privacy", "criminal_case"), (PARTNERS, PRIVACY_RULES), CHECKED),
    Card("companion", "safe", ("relatives", "safety"), (EVERYONE, REFERRING), CHECKED),
    Card("location", "safe", ("forms", "contact"), (ABOUT_US, MISSION), CHECKED),
    Card("mediator", "who", ("neutral", "training"), (WORKING,), CHECKED),
    Card("neutral", "who", ("mediator", "safety"), (PARTNERS,), CHECKED, mirrored=True),
    Card("training", "who", ("mediator", "quality"), (QUALITY,), CHECKED),
    Card("organisation", "who", ("what", "contact"), (ABOUT_US, PARTNERS), CHECKED),
    Card("quality", "work", ("training", "research"), (QUALITY,), CHECKED),
    Card("research", "work", ("quality", "organisation"), (QUALITY, RESEARCH), CHECKED),
    Card("complaint", "work", ("committee", "contact"), (COMPLAINTS,), CHECKED),
    Card("committee", "work", ("complaint", "contact"), (COMPLAINTS,), CHECKED),
    Card("talking", "office", ("court", "contact"), (SBM,), CHECKED, OFFICE),
    Card(
        "regulation", "office", ("court", "talking"), (SBM, RULES), CHECKED, OFFICE, COMPLAINT_RULES
    ),
    Card("court", "office", ("regulation", "talking"), (SBM, COURTS), CHECKED, OFFICE),
    Card("criteria", "mentors", ("contact", "program"), (CRITERIA,), CHECKED, MENTORS),
    Card("privacy", "chat", ("confidential", "program", "contact"), (), CHECKED, EVERYBODY),
    Card("program", "chat", ("privacy", "contact"), (), CHECKED, EVERYBODY),
    Card(
        "contact", "chat", ("location", "program", "privacy"), (), CHECKED, EVERYBODY, TO_REACH_US
    ),
)
CARD: Mapping[str, Card] = {card.name: card for card in CARDS}

TOPICS: Mapping[str, str] = {
    "mediation_what": "what",
    "role_victim": "for_you",
    "role_offender": "for_you",
    "mediation_benefit": "benefit",
    "mediation_eligibility": "cases",
    "mediation_steps": "steps",
    "mediation_forms": "forms",
    "duration": "duration",
    "costs": "costs",
    "voluntariness": "voluntary",
    "other_party_response": "refusal",
    "mediation_vs_court": "criminal_case",
    "role_relatives": "relatives",
    "safety_in_mediation": "safety",
    "confidentiality": "confidential",
    "support_or_interpreter": "companion",
    "location": "location",
    "role_mediator": "mediator",
    "neutrality": "neutral",
    "mediator_training": "training",
    "org_mission": "organisation",
    "quality_assurance": "quality",
    "research": "research",
    "complaint_process": "complaint",
    "complaint_committee": "committee",
    "bewind_conversation_rules": "talking",
    "bewind_complaint": "regulation",
    "bewind_court": "court",
    "mentoring_quality": "criteria",
    "privacy_info": "privacy",
    "about_bot": "program",
    "contact_details": "contact",
}
"""What people ask about, by the id under which typed words are recognised, and its card."""
