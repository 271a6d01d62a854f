"""The command that shows what typed words are understood as; it opens no house."""

from __future__ import annotations

import json
import sys
from typing import Annotated, TypedDict

import typer

from bot.cli.inside import AsJson, say
from bot.understanding.hearing import OFFERED, Understanding, ranked
from bot.understanding.phrases import NO_MATCH
from bot.wording import LOCALES
from dialogs.events import Danger
from dialogs.values import Session

Texts = Annotated[list[str] | None, typer.Argument(metavar="TEXT…")]
AsLines = Annotated[
    bool, typer.Option("--jsonl", help="Read {id, text, lang} a line, write guesses a line.")
]


class Decided(TypedDict):
    """What is made of a text, in the words of those who label texts and score."""

    top3: list[str]
    decision: str
    risk: bool
    soft_risk: bool


def understand_command(
    text: Texts = None, *, as_lines: AsLines = False, as_json: AsJson = False
) -> None:
    """Show the likeliest topics of typed words with their scores, and whether they sound unsafe."""
    understanding = Understanding.load(LOCALES)
    if as_lines:
        for line in sys.stdin:
            asked = json.loads(line)
            typer.echo(json.dumps({"id": asked["id"], **decided(understanding, asked["text"])}))
        return
    if not text:
        raise typer.BadParameter("Nothing to understand.")
    say([told(understanding, each) for each in text], as_json=as_json)


def told(understanding: Understanding, text: str) -> dict[str, object]:
    """Say what a person would be shown, and by which scores."""
    scores, guess = understanding.model.score(text), understanding.guess(text, Session())
    return {
        "topics": {each: round(scores.topics[each], 2) for each in ranked(scores.topics)[:OFFERED]},
        "answer": "directly" if guess.is_sure else "with a choice" if guess.topics else "none",
        "danger": guess.danger,
        "score": round(scores.any_risk, 2),
        "risks": {risk: round(score, 2) for risk, score in scores.risks.items()},
        "threat": understanding.is_threat(text),
    }


def decided(understanding: Understanding, text: str) -> Decided:
    """Decide as a person would see it: the first topic, or none; and danger of both kinds."""
    guess, threat = understanding.guess(text, Session()), understanding.is_threat(text)
    return {
        "top3": ranked(understanding.model.score(text).topics)[:OFFERED],
        "decision": guess.topics[0] if guess.topics else NO_MATCH,
        "risk": threat or guess.danger is Danger.HARD,
        "soft_risk": threat or guess.danger is not None,
    }
