"""A complaint as somebody wrote it down, with a name and a way to answer."""

from dialogs.values import Answer

ANSWERS = (
    Answer("described", words="Niemand belde terug."),
    Answer("employee"),
    Answer("signed", words="Testpersoon Een"),
    Answer("reached_at", words="een@voorbeeld.example"),
)
