"""What the invented house has ready before anybody comes: replies, instructions, a licence."""

from __future__ import annotations

from typing import Final

from bot.demo.happenings import Does, Story


def says(step: str, dutch: str, english: str) -> Does:
    """Write what is to be done at a step of a mediation."""
    fields = {"service": "mediation", "step": step, "words_nl": dutch, "words_en": english}
    return Does(1, "els", "/staff/instructions", tuple(fields.items()))


def replies(title: tuple[str, str], words: tuple[str, str]) -> Does:
    """Write a standard reply in both languages."""
    fields = {
        "title_nl": title[0],
        "title_en": title[1],
        "words_nl": words[0],
        "words_en": words[1],
    }
    return Does(1, "els", "/staff/replies", tuple(fields.items()))


HOUSE: Final = Story(
    24.0 * 60,
    "web",
    "nl",
    (
        replies(
            ("Eerste antwoord", "First answer"),
            (
                "Dag, ik ben {naam_collega}. Ik lees rustig wat u schrijft. Waar wilt u beginnen?",
                "Hello, I am {naam_collega}. I read what you write. Where would you like to begin?",
            ),
        ),
        replies(
            ("Bellen kan ook", "Calling is possible too"),
            (
                "Praat u liever? U kunt {organisatie} bellen: {telefoon}.",
                "Would you rather talk? You can call {organisatie}: {telefoon}.",
            ),
        ),
        says(
            "first_answer",
            "Lees eerst ‘Veilig contact’. Vraag niet naar het hele verhaal.",
            "Read ‘Safe contact’ first. Do not ask for the whole story.",
        ),
        says(
            "other_party",
            "Neem nooit contact op zonder een ja. Bespreek eerst wat u mag zeggen.",
            "Never make contact without a yes. Talk about what you may say first.",
        ),
        Does(
            5,
            "els",
            "/staff/licences/{bas}",
            (
                *(("trained_on", "2019-04-01"), ("valid_until", "2027-03-31")),
                *(("mediations", "6"), ("training_hours", "12"), ("intervisions", "4")),
            ),
        ),
    ),
)
