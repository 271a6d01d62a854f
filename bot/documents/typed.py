"""What was typed, made fit to be set: lines without control signs, and signs that have a glyph."""

from __future__ import annotations

import re
from unicodedata import category, normalize

# Controls and halves of a sign.
NO_TEXT = {"Cc", "Cs"}
# They have no form of their own: accents, joiners, what picks a variant.
FORMLESS = {"Mn", "Me", "Mc", "Cf"}
# They turn round whatever follows, to the end of the paragraph.
TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e"))

BLANK_LINES = re.compile(r"\n{2,}")
# What the fonts have a glyph for, in ranges that have no hole; a test sets every sign of it. An
# accent that has no sign together with its letter is left out, for it would be read aloud twice.
WITHOUT_GLYPH = re.compile(
    "(?:[^"
    # Latin and phonetic signs.
    " -~\u00a0-\u02ff\u1e00-\u1eff"
    # Greek, Cyrillic, Armenian, Hebrew, Georgian.
    "\u0370-\u0377\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff"
    "\u0531-\u0556\u0559-\u058a\u05d0-\u05ea\u10d0-\u10ff"
    # Arabic and Persian, without vowel signs.
    "\u060c\u061b\u061f\u0621-\u063a\u0640-\u064a\u0660-\u066d"
    "\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9"
    # Joiners, isolates, punctuation, fractions, currencies, arrows, mathematics, boxes and circles.
    "\u200b-\u200f\u2010-\u2027\u2030-\u2040\u2044-\u2052\u2066-\u2069\u20a0-\u20c0"
    "\u2116\u2122\u2153-\u215e\u2190-\u22ff\u25a0-\u25ff\u2605\u2606\u2639\u263a\u2713\u2714\u2717"
    # A joiner goes with the sign it joins.
    "]\u200d*)+"
)
IN_ITS_PLACE = "\u25a1"
NOTHING = "–"


def cleaned(text: str) -> str:
    """Give a text in lines, each without control signs and without space around its words."""
    lines = (" ".join(_printable(line).split()) for line in normalize("NFC", text).splitlines())
    return "\n".join(lines).strip("\n")


def heading(text: str) -> str:
    """Give a text as one line; a heading that says nothing is a dash, for it cannot be empty."""
    line = cleaned(text).replace("\n", " ")
    return line if _has_form(line) else NOTHING


def paragraphs(text: str) -> list[str]:
    """Give the paragraphs of a text; there is none in a text that says nothing."""
    return [each for each in BLANK_LINES.split(cleaned(text)) if each]


def with_glyphs(text: str) -> str:
    """Put a box where signs stand that the fonts lack; signs without a form just go."""
    return WITHOUT_GLYPH.sub(_box, text)


def _box(found: re.Match[str]) -> str:
    return IN_ITS_PLACE if _has_form(found[0]) else ""


def _has_form(text: str) -> bool:
    return any(category(sign) not in FORMLESS for sign in text)


def _printable(text: str) -> str:
    kept = (sign if category(sign) not in NO_TEXT else " " for sign in text.translate(TURNING))
    return "".join(kept)
