"""What is told before a first yes can be said: twenty safeguards, on four screens.

Whoever applies for mediation for oneself sees every screen. What each safeguard rests on stands in
`docs/safeguards.md`.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.values import Place, Topic

SCREENS: Mapping[Place, tuple[str, ...]] = {
    Place(Topic.CONSENT, "before"): ("what", "choice", "apply"),
    Place(Topic.CONSENT, "before_other"): ("reply", "safety", "company"),
    Place(Topic.CONSENT, "before_case"): ("proof", "agreements", "secrecy"),
    Place(Topic.CONSENT, "before_chat"): ("computer", "help", "words"),
}
"""The screens in the order in which they are shown, and the paragraphs of each."""

SAFEGUARDS: Mapping[str, tuple[str, ...]] = {
    "what": ("consent.before.what",),
    "voluntary": ("consent.before.choice",),
    "stopping": ("consent.before.choice",),
    "safety": ("consent.before_other.safety",),
    "basic_facts": ("consent.before_other.safety", "consent.before_case.proof"),
    "not_held_against": ("consent.before_case.proof",),
    "no_promise": ("consent.before_case.agreements",),
    "confidential": ("consent.before_case.secrecy",),
    "limits": ("consent.before_case.secrecy",),
    "impartial": ("consent.before.what",),
    "company": ("consent.before_other.company",),
    "follow_up": ("consent.before_case.agreements",),
    "free": ("consent.before.apply",),
    "own_application": ("consent.before.apply",),
    "refusal": ("consent.before_other.reply",),
    "complaint": ("consent.before_chat.help",),
    "support": ("consent.before_chat.help",),
    "computer": ("consent.before_chat.computer",),
    "data": ("consent.before_chat.words", "consent.data.details"),
    "plain": ("consent.before_other.company", "consent.before_chat.computer"),
}
"""By which messages each safeguard is told, in the order of `docs/safeguards.md`."""
