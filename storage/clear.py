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
LICENCE = "whether a mediator may work, which the house must be able to show; nothing of a case"
NAME = "the name of a master key, not the key"
WRAPPED = "sealed itself, by a master key that lies in the key file only"
SHUT = "sealed itself, under what somebody remembers or carries, and what is nowhere here"
PUBLIC = "closes and does not open; whoever reads it can do nothing with it"
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
    "set_aside": {
        "id": ID,
        "person_id": ID,
        "key": "the number of an update",
        "at": DUE,
        "version": ORDER,
    },
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
        "offered_to_id": QUEUE,
        "snoozed_until": DUE,
        "came_back": "one of a few words, needed so that a colleague looks at it again",
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
        "delivery": "one of a few words, needed to see what has not arrived, and why",
        "held_until": DUE,
    },
    "draft": {
        "id": ID,
        "referral_id": ID,
        "person_id": ID,
        "staff_id": ID,
        "kind": "one of two words, needed to find the draft again; not what it says",
    },
    "reply": {
        "id": ID,
        "language": FACT,
        "title": "how colleagues call a text that is for everybody; of nobody",
        "words": "a text that is for everybody, as a house could publish it; of nobody",
    },
    "recusal": {
        "referral_id": ID,
        "staff_id": "the database itself must see to it that this colleague is never given it",
    },
    "link": {
        "id": ID,
        "one_id": "the database itself must keep one side from who works on the other",
        "other_id": "the database itself must keep one side from who works on the other",
        "staff_id": ID,
        "linked_at": "the moment at which a coordinator said so; not what it is about",
    },
    "need": {
        **dict.fromkeys(("id", "referral_id", "staff_id", "decider_id"), ID),
        **dict.fromkeys(("asked_at", "decided_at", "until", "ended_at", "told_at"), DUE),
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
    "trace": {
        "idx": HASH,
        "number": "a number within a chat that is not named here; kept for two days",
        "put_at": DUE,
        "due_at": DUE,
        "fades": "yes or no, needed to know whether somebody can still read it elsewhere",
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
        "in_need": "yes or no, needed to tell the person how somebody came to read along",
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
        **dict.fromkeys(("id", "complaint_id", "person_id", "staff_id"), ID),
        "seq": ORDER,
        "standing": "how far it came in a public procedure; not what was said",
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
    "research_export": {
        "id": ID,
        "at": "of nobody: when data was handed out",
        "purpose": "what data was handed out for, as whoever runs the house wrote it",
        "rows": ORDER,
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
        "preferences": "colours, keys and sounds of a colleague's own desk",
        "away": "yes or no, needed to give nothing to who is not there",
        "away_until": "a day, needed so that an absence ends by itself",
        **dict.fromkeys(("totp_step", "failures"), ORDER),
    },
    "instruction": {
        "service": FACT,
        "step": FACT,
        "language": FACT,
        "words": "how the work is done, written by the house for all of its staff; of nobody",
        "written_on": FACT,
    },
    "licence": {
        "staff_id": ID,
        **dict.fromkeys(("trained_on", "valid_until", "told_on"), LICENCE),
        **dict.fromkeys(("mediations", "training_hours", "intervisions"), LICENCE),
    },
    "notice": {
        **dict.fromkeys(("id", "referral_id", "staff_id"), ID),
        "queue": QUEUE,
        **dict.fromkeys(("put_at", "not_before"), DUE),
        "state": "one of four words, needed to send it once; it says which request, not whose",
        "attempts": ORDER,
    },
    "presence": {"referral_id": ID, "staff_id": ID, "seen_at": "a moment, kept for minutes"},
    "review": {
        **dict.fromkeys(("id", "referral_id", "person_id", "staff_id"), ID),
        **dict.fromkeys(("drawn_at", "reviewed_at"), DUE),
    },
    "set_up_link": {"token_sha256": HASH, "staff_id": ID, "expires_at": DUE},
    "staff_session": {
        "token_sha256": HASH,
        "staff_id": ID,
        **dict.fromkeys(("started_at", "seen_at", "confirmed_at"), DUE),
        "own_key": SHUT,
    },
    "staff_key": {
        "staff_id": ID,
        **dict.fromkeys(("salt", "cost"), "how a passphrase is hashed; nothing of what it is"),
        "public": PUBLIC,
        "private": SHUT,
    },
    "letterbox": {
        "queue": QUEUE,
        **dict.fromkeys(("public", "spare_public"), PUBLIC),
        "spare_box": SHUT,
    },
    "letterbox_key": {"queue": QUEUE, "staff_id": ID, "box": SHUT},
    "passkey": {
        **dict.fromkeys(("id", "staff_id"), ID),
        "credential_sha256": HASH,
        "uses": ORDER,
        **dict.fromkeys(("added_at", "used_at"), DUE),
    },
    "attempt": {
        **dict.fromkeys(("recent", "last_at"), "moments of trying, of a hash; kept for days"),
        "key": HASH,
    },
    "audit": {
        "seq": ORDER,
        "at": "whoever answers for people's data must be able to find who read what, and when",
        **dict.fromkeys(("actor_id", "object_id"), ID),
        "roles": "what a colleague was there for at that moment",
        "what": "the name of an action; nothing of what anybody said",
        "queue": QUEUE,
        "mac": HASH,
    },
    "person_key": {"person_id": ID, "generation": ORDER, "kek_id": NAME, "wrapped": WRAPPED},
    "erased": {"person_ref": HASH, "at": "a moment, of nobody who can be named any more"},
    "canary": {"kek_id": NAME, "blob": WRAPPED},
}
