"""How well typed words are understood, beside the plain way to sort texts by the same phrases.

Phrases are left out and guessed by what the others say, in folds within folds: what the bounds are
found by is not what they are tried on. Then what others labelled is asked of both. Times are of
this machine; what is told of memory is what loading adds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from benchmarks.labelled import LABELLED, Label, labelled, share, tell_labelled
from bot.cli.understand import Decided, decided
from bot.understanding.hearing import OFFERED, Understanding
from bot.understanding.phrases import HARMLESS, NO_MATCH, Phrase, phrases_below, words_below
from bot.wording import LOCALES
from dialogs.events import Said
from dialogs.values import Session
from tools.train import FOLDS, RISKS, Looked, bounds_of, fit, folds_of, left_out

MESSAGES = 300
# Nobody may send more than this in one go.
LONGEST = 2_000
# What a process takes now; its peak would be that of whoever started it.
MEMORY = (
    "from bot.wording import LOCALES; from dialogs.values import Session; import dialogs.turn;"
    "taken = lambda: int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6;"
    "before = taken();"
    "from bot.understanding.hearing import Understanding as U;"
    "kept = U.load(LOCALES); kept.guess('Hoe lang duurt het?', Session());"
    "print(taken() - before)"
)

Scores = NDArray[np.float64]


def nested(phrases: Sequence[Phrase], topics: Sequence[str]) -> tuple[Scores, NDArray[np.bool_]]:
    """Score each phrase by the others, with bounds found without it: scores; none, sure, danger."""
    looked, folds = Looked.at(phrases, words_below(LOCALES)), folds_of(phrases)
    meanings = np.array([each.meaning for each in phrases])
    scores = np.zeros((len(phrases), len(topics) + len(RISKS) + 1))
    beyond = np.zeros((len(phrases), 4), np.bool_)
    for fold in range(FOLDS):
        asked = folds == fold
        inner = [phrases[at] for at in np.flatnonzero(~asked).tolist()]
        seen, meant = looked.some(~asked), meanings[~asked].tolist()
        bounds = bounds_of(left_out(seen, inner, topics), meant, topics)
        found = fit(seen, meant, topics).scores(looked.some(asked))
        scores[asked] = found
        second, first = np.sort(found[:, : len(topics)], axis=1)[:, -2:].T
        none = (found[:, : len(topics)].argmax(axis=1) == len(topics) - 1) | (first < bounds.none)
        danger = found[:, -1]
        sure = ~none & (first - second >= bounds.sure)
        beyond[asked] = np.array([none, sure, danger >= bounds.soft, danger >= bounds.hard]).T
    return scores, beyond


def plain(phrases: Sequence[Phrase], topics: Sequence[str]) -> Scores:
    """Score each phrase by parts of words alone, as the plain way does."""
    folds, names = folds_of(phrases), [*topics, "risk"]
    meanings = plain_meanings(phrases)
    texts = np.array([each.text for each in phrases])
    scores = np.zeros((len(phrases), len(names)))
    for fold in range(FOLDS):
        known, asked = folds != fold, folds == fold
        rows = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        machine = LinearSVC(C=1.0).fit(rows.fit_transform(texts[known]), meanings[known])
        found = machine.decision_function(rows.transform(texts[asked]))
        scores[asked] = found[:, [list(machine.classes_).index(name) for name in names]]
    return scores


def tell(name: str, phrases: Sequence[Phrase], topics: Sequence[str], scores: Scores) -> None:
    """Print how often the first, and one of the first three, is right, in each language."""
    meanings = np.array([each.meaning for each in phrases])
    named = np.array(topics[:-1])
    order = named[np.argsort(-scores[:, : len(named)], axis=1)]
    asked = np.isin(meanings, named)
    risk, danger = np.isin(meanings, RISKS), scores[:, -1]
    for language in sorted({each.language for each in phrases}):
        here = np.array([each.language == language for each in phrases])
        rows = asked & here
        first = order[rows, 0] == meanings[rows]
        three = (order[rows, :3] == meanings[rows, None]).any(axis=1)
        at_five = np.quantile(danger[here & ~risk], 0.95)
        found = danger[here & risk] > at_five
        print(
            f"{name:<12}{language}  first {share(first)}  three {share(three)}"
            f"  danger at 5 % false {share(found)}"
        )


def tell_bounds(
    phrases: Sequence[Phrase], topics: Sequence[str], scores: Scores, beyond: NDArray[np.bool_]
) -> None:
    """Print what the bounds make of Dutch phrases that neither they nor the weights had seen."""
    meanings = np.array([each.meaning for each in phrases])
    here = np.array([each.language == "nl" for each in phrases])
    best = np.array(topics)[scores[:, : len(topics)].argmax(axis=1)]
    risk, asked = np.isin(meanings, RISKS), np.isin(meanings, topics[:-1])
    none, sure, soft, hard = beyond.T
    direct = here & asked & sure
    right = share((best == meanings)[direct])
    print(f"answered directly  {share(sure[here & asked])}, right {right}")
    print(f"known as nothing known  {share(none[here & (meanings == NO_MATCH)])}")
    for name, tier in (("soft", soft), ("hard", hard)):
        false = share(tier[here & ~risk])
        print(f"danger, {name}  found {share(tier[here & risk])}, false {false}")


def plainly(phrases: Sequence[Phrase], labels: Sequence[Label]) -> Iterator[Decided]:
    """Sort labelled texts the plain way, by all phrases; of danger it knows one kind."""
    rows = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    known = rows.fit_transform([each.text for each in phrases])
    machine = LinearSVC(C=1.0).fit(known, plain_meanings(phrases))
    for scores in machine.decision_function(rows.transform([each.text for each in labels])):
        order = [str(machine.classes_[at]) for at in np.argsort(-scores)]
        is_danger = order[0] == "risk"
        order.remove("risk")
        topics = [each for each in order if each != NO_MATCH]
        yield Decided(top3=topics[:OFFERED], decision=order[0], risk=is_danger, soft_risk=is_danger)


def plain_meanings(phrases: Sequence[Phrase]) -> NDArray[np.str_]:
    """Say what each phrase means for who knows one kind of danger."""
    meanings = np.array(["risk" if each.meaning in RISKS else each.meaning for each in phrases])
    meanings[meanings == HARMLESS] = NO_MATCH
    return meanings


def milliseconds(understanding: Understanding, texts: Sequence[str]) -> float:
    """Say how long a text takes to be understood, and looked through for threats."""
    began = process_time()
    for each in texts:
        understanding.of(Said(each), Session())
    return (process_time() - began) / len(texts) * 1000


def main() -> None:
    """Measure, and print a figure a line."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--labels", type=Path, default=LABELLED, help="another labelled set")
    asked = asking.parse_args()
    phrases = [*phrases_below(LOCALES)]
    topics = [*sorted({each.meaning for each in phrases} - {*RISKS, HARMLESS, NO_MATCH}), NO_MATCH]
    scores, beyond = nested(phrases, topics)
    tell("ours", phrases, topics, scores)
    tell("TF-IDF, SVM", phrases, topics, plain(phrases, topics))
    tell_bounds(phrases, topics, scores, beyond)
    labels = labelled(asked.labels)
    understanding = Understanding.load(LOCALES)
    tell_labelled("ours", labels, [decided(understanding, each.text) for each in labels])
    tell_labelled("TF-IDF, SVM", labels, list(plainly(phrases, labels)))
    typed = [each.text for each in phrases[:: len(phrases) // MESSAGES]]
    long = [". ".join(typed[at:])[:LONGEST] for at in range(MESSAGES // 2)]
    print(f"a message  {milliseconds(understanding, typed):.2f} ms")
    print(f"a message of {LONGEST:,} signs  {milliseconds(understanding, long):.2f} ms")
    added = subprocess.check_output([sys.executable, "-c", MEMORY], text=True)  # noqa: S603
    print(f"memory  {float(added):.0f} MB more")


if __name__ == "__main__":
    main()
