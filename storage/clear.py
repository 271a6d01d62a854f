"""Which columns are not sealed, each with the reason why it need not be; reviewed like code.

A column that is neither sealed nor named here fails a test. Who holds a copy of the database, but
not the key file, learns what is here and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

ID = "drawn by lot, and found nowhere outside this house"
HASH = "a keyed or one-way hash; it leads back to nothing without the key file or the token"
ORDER = "a plain number, needed to keep things in order or to notice that somebody was faster"
QUEUE = "the database itself must see to it that no other queue's requests are given out"
DUE = "the database must find what is due, or who waits longest"
FACT = "about the organisation or its texts, which are public"

CLEAR: Mapping[str, Mapping[str, str]] = {
    "person": {"id": ID, "created_day": "rounded to the day, to be counted"},
    "way": {
        "idx": HASH,
        "person_id": ID,
        "door": "one of three words, needed to know whether a letter is brought",
        "closed": "yes or no, needed to stop writing to somebody who wants nothing",
        "screen_message": "a number within a chat that is not named here",
    },
    "code": {"idx": HASH, "person_id": ID},
    "lock": {
        "person_id": ID,
        "door_idx": HASH,
        "door": "one of three words, needed to know whether a letter is brought",
    },
    "erasure": {"person_id": ID, "at": "gone as soon as the key is destroyed"},
    "conversation": {
        "person_id": ID,
        "version": ORDER,
        "has_referral": "yes or no, needed to forget drafts sooner than requests",
        "touched": "rounded to the hour, needed to forget what nobody comes back for",
    },
    "heard": {"key": "the number of an update, of nobody in particular; kept for days", "at": DUE},
    "set_aside": {"id": ID, "person_id": ID, "key": "the number of an update", "at": DUE},
    "consent_text": {
        "sha256": HASH,
        "purpose": FACT,
        "version": FACT,
        "language": FACT,
        "text": FACT,
    },
    "consent": {
        "id": ID,
        "person_id": ID,
        "purpose": "which consent it was; not what was kept under it",
        "version": FACT,
        "language": "in which of the offered languages a public text was shown",
        "door": "one of three words, as the proof of a consent needs it",
        "text_sha256": HASH,
        "given_at": "the moment of a consent is part of its proof",
        "ended_at": "the moment of a consent is part of its proof",
    },
    "referral": {
        "id": ID,
        "person_id": ID,
        "reference": "drawn by lot; the person and staff call the request by it",
        "code_name": "drawn by lot; it says nothing of the person",
        "service": QUEUE,
        "queue": QUEUE,
        "status": QUEUE,
        "owner_id": QUEUE,
        "language": "lets a colleague who speaks it take the request; not where anybody is from",
        "door": "one of three words, needed to know how an answer will arrive",
        "opened_at": "the term for an answer counts from here; rounded to the day when erased",
        "waiting_since": DUE,
        "due_at": DUE,
        "owned_since": DUE,
        "closed_at": "the term of keeping counts from here; rounded to the day when erased",
        "alarm_at": "needed so that a colleague looks there first; not what was typed",
        "answered_at": "the first answer is counted once; nothing when erased",
        "outcome": "one of a few ways in which a request can end, to be counted; not what was said",
        "unread": ORDER,
        "last_seq": ORDER,
        "version": ORDER,
    },
    "message": {
        "id": ID,
        "referral_id": ID,
        "person_id": ID,
        "seq": ORDER,
        "author": "one of four words, needed to count and to mark as fetched",
        "staff_id": ID,
        "delivery": "one of five words, needed to see what has not arrived",
    },
    "letter": {
        "seq": ORDER,
        "id": ID,
        "recipient": HASH,
        "person_id": ID,
        "message_id": ID,
        "door": "one of three words, needed to choose who carries it",
        "put_at": DUE,
        "attempts": ORDER,
        "not_before": DUE,
        "leased_until": DUE,
    },
    "copy": {
        "idx": HASH,
        "person_id": ID,
        "copy_kind": "which of a few copies it is, needed to make it; gone within the hour",
        "until": DUE,
    },
    "look": {
        "person_id": ID,
        "day": "rounded to the day; the person is told on which day somebody read along",
        "staff_id": ID,
        "queue": QUEUE,
    },
    "complaint": {
        "id": ID,
        "person_id": ID,
        "code_name": "drawn by lot; it says nothing of the person",
        "service": QUEUE,
        "queue": QUEUE,
        "standing": "how far it is in a public procedure; not what it says",
        "language": "lets a colleague answer in it; not where anybody is from",
        "opened_at": "the terms of the procedure count from here; rounded to the day when erased",
        "closed_at": "the term of keeping counts from here; rounded to the day when erased",
        "about_at": "the database must know since when it may be read; not whom it names",
        "last_seq": ORDER,
    },
    "complaint_step": {
        "id": ID,
        "complaint_id": ID,
        "person_id": ID,
        "seq": ORDER,
        "standing": "how far it came in a public procedure; not what was said",
        "staff_id": ID,
    },
    "complaint_about": {
        "complaint_id": ID,
        "staff_id": "the database itself must see to it that this colleague is never given it",
    },
    "tally": {"day": FACT, "name": FACT, "count": ORDER},
    "ask": {
        "referral_id": ID,
        "purpose": "which of a few consents was asked for; nothing of what it is about",
        "person_id": ID,
        "state": "yes, no or neither, needed so that nobody is asked again after a no",
        "asked_at": "the moment of asking is part of the proof of a consent",
        "until": DUE,
    },
    "figure": {
        "month": "rounded to the month, of nobody",
        "queue": QUEUE,
        "language": "one of the offered languages, counted with others; of nobody",
        "door": "one of three words, counted with others; of nobody",
        "name": FACT,
        "within": ORDER,
        "count": ORDER,
    },
    "survey": {
        "month": "rounded to the month, of nobody",
        "queue": QUEUE,
        "question": FACT,
        "option": "one of a few options, counted with those of others; of nobody",
        "count": ORDER,
    },
    "staff": {
        "id": ID,
        "name": "shown to every colleague and to the people they talk with",
        "email_idx": HASH,
        "roles": "what a colleague is there for, needed to decide what they may do",
        "queues": QUEUE,
        "language": "in which language a colleague works",
        "active": "yes or no, needed to keep out who left",
        "totp_step": ORDER,
        "failures": ORDER,
    },
    "set_up_link": {"token_sha256": HASH, "staff_id": ID, "expires_at": DUE},
    "staff_session": {"token_sha256": HASH, "staff_id": ID, "started_at": DUE, "seen_at": DUE},
    "attempt": {
        "key": HASH,
        "recent": "moments of trying to sign in or to come back, of a hash; kept for days",
        "last_at": DUE,
    },
    "audit": {
        "seq": ORDER,
        "at": "whoever answers for people's data must be able to find who read what, and when",
        "actor_id": ID,
        "roles": "what a colleague was there for at that moment",
        "what": "the name of an action; nothing of what anybody said",
        "object_id": ID,
        "mac": HASH,
    },
    "person_key": {
        "person_id": ID,
        "generation": ORDER,
        "kek_id": "the name of a master key, not the key",
        "wrapped": "sealed itself, by a master key that lies in the key file only",
    },
    "erased": {"person_ref": HASH, "at": "a moment, of nobody who can be named any more"},
    "canary": {
        "kek_id": "the name of a master key, not the key",
        "blob": "sealed itself, by a master key that lies in the key file only",
    },
}
