"""What is typed is a command or words."""

from __future__ import annotations

import pytest

from bot.commands import NAMES, event_of
from dialogs.events import Chose, Commanded, Event, Said, Started


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("hallo", Said("hallo")),
        ("  twee\nregels ", Said("  twee\nregels ")),
        ("/", Said("/")),
        ("/ 5", Said("/ 5")),
        ("/🙂", Said("/🙂")),
        ("/start", Started()),
        ("/start victim", Started("victim")),
        ("/START@test_bot victim", Started("victim")),
        ("/start two words", Started()),
        (f"/start {'a' * 64}", Started("a" * 64)),
        (f"/start {'a' * 65}", Started()),
        ("/start <script>", Started()),
        ("/menu", Chose("everywhere.go", "menu")),
        ("/stop", Chose("everywhere.go", "stop")),
        (" /stop now, please", Chose("everywhere.go", "stop")),
        ("/Stop@test_bot", Chose("everywhere.go", "stop")),
        ("/help", Chose("everywhere.go", "help")),
        ("/language", Chose("everywhere.go", "language")),
        ("/human", Chose("everywhere.go", "human")),
        ("/complaint", Chose("everywhere.go", "human")),
        ("/privacy", Chose("everywhere.go", "rights")),
        ("/mydata", Chose("everywhere.go", "rights")),
        ("/forget", Chose("everywhere.go", "rights")),
        ("/settings", Commanded()),
        ("/unstop", Commanded()),
    ],
)
def test_what_is_typed_is_a_command_or_words(text: str, event: Event) -> None:
    assert event_of(text) == event


def test_every_command_that_is_listed_means_something() -> None:
    assert all(event_of(f"/{name}") != Commanded() for name in NAMES)
