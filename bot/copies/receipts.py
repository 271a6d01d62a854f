"""Consents as receipts, in the names of ISO/IEC TS 27560:2023; one for each purpose and time."""

from __future__ import annotations

from typing import Final

from bot.copies.values import Materials
from storage import consents
from storage.consents import Consent
from storage.doors import Door

SCHEMA: Final = "rm-consent/1"
ALIAS: Final = "KI-CR-v1.1.0"

# What a purpose lets us keep, by the names that a receipt gives to kinds of data.
KINDS: Final = {
    "data": ("role", "answers", "messages"),
    "contact": ("contact", "safe_contact"),
    "reflection": ("reflection",),
    "letter": ("answers", "contact"),
    "complaint": ("answers", "contact"),
    "warning": ("messages",),
    # What staff may do with it, and nothing more that is kept.
    "other_party": (),
    "partner": (),
    "research": (),
}
# Answers may say something about an offence or about health, whoever asked for neither.
SENSITIVE: Final = frozenset({"answers", "messages"})
COLLECTED: Final = {
    Door.TELEGRAM: "Telegram button",
    Door.WEB: "web button",
    Door.TERMINAL: "terminal choice",
}


async def receipts(materials: Materials) -> list[dict[str, object]]:
    """Write a receipt for each consent of a person, those that ended too."""
    texts = await consents.texts(materials.db, materials.seal.person_id)
    return [
        _receipt(materials, consent, texts.get(consent.text_sha256, ""))
        for consent in await consents.history(materials.db, materials.seal.person_id)
    ]


def _receipt(materials: Materials, consent: Consent, text: str) -> dict[str, object]:
    office = materials.organisation.services[materials.session.service]
    return {
        "schema_version": SCHEMA,
        "version": ALIAS,
        "record_id": str(consent.id),
        "pii_principal_id": str(materials.seal.person_id),
        "privacy_notice": {
            "version": consent.version,
            "sha256": consent.text_sha256.hex(),
            "text": text,
        },
        "language": consent.language,
        "purposes": [
            {"purpose": consent.purpose.value, "lawful_basis": "consent"},
        ],
        "pii_information": [
            {"pii_type": kind, "special_pii_category": kind in SENSITIVE}
            for kind in KINDS.get(consent.purpose.value, ())
        ],
        "pii_controllers": [
            {
                "name": materials.organisation.name,
                "service": office.name,
                "contact": office.email or office.phone or office.site,
            }
        ],
        "collection_method": COLLECTED[consent.door],
        "recipient_third_parties": ["Telegram"] if consent.door is Door.TELEGRAM else [],
        "withdrawal_method": "/stop, /forget, the button of one's data in every conversation",
        "events": _events(consent),
    }


def _events(consent: Consent) -> list[dict[str, str]]:
    given = {"event_type": "given", "event_time": consent.given_at.isoformat()}
    if consent.ended_at is None:
        return [given]
    return [given, {"event_type": "withdrawn", "event_time": consent.ended_at.isoformat()}]
