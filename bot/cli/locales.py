"""The command that says how far each language is; it opens no house."""

from __future__ import annotations

import typer

from bot.cli.inside import AsJson, say
from bot.translations import Translation, translations
from bot.wording import LOCALES

FAILED = 1


def locales_command(*, as_json: AsJson = False) -> None:
    """Say of each language whether it is complete, reviewed and easy to read; a gap is a 1."""
    found = list(translations(LOCALES))
    say([told(each) for each in found], as_json=as_json)
    if any(each.missing for each in found):
        raise typer.Exit(FAILED)


def told(each: Translation) -> dict[str, object]:
    """Word a language as a row; what it lacks is named, a few ids at most."""
    return {
        "language": each.language,
        "complete": not each.missing,
        "missing": len(each.missing),
        "such_as": list(each.missing[:5]),
        "reviewed_by": each.review and each.review.by,
        "reviewed_on": each.review and each.review.on.isoformat(),
        "words_a_sentence": round(each.words_a_sentence, 1),
        "longest_sentence": each.longest_sentence,
        "ease": each.ease and round(each.ease),
    }
