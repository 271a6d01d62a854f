"""Cards at work: those nobody checked are hidden by the clock, and help is counted in the tally."""

from __future__ import annotations

from datetime import timedelta

from bot.envelopes import LetterBody, read_letter
from bot.house import House
from dialogs.cards import CHECKED
from dialogs.screens import Line, Screen
from dialogs.values import Service
from tests.databases import rows_of
from tests.houses import MONDAY_MORNING, StillClock, Visitor

TO_THE_COSTS = ("welcome.language:nl", "welcome.role:victim", "welcome.menu:information")
TO_THE_CARD = (*TO_THE_COSTS, "info.subjects:how", "info.how:costs")


async def test_a_card_is_shown_until_the_day_that_the_setting_names(
    house: House, clock: StillClock
) -> None:
    last = CHECKED + timedelta(days=house.organisation.cards_expire_days)
    clock.pass_by(timedelta(days=(last - MONDAY_MORNING.date()).days))
    visitor = Visitor(house)
    await visitor.starts()
    outcome = await visitor.presses(*TO_THE_CARD)
    assert outcome.screen is not None
    assert outcome.screen.lines[0].id == "info.costs.title"
    clock.pass_by(timedelta(days=1))
    outcome = await visitor.presses("everywhere.go:menu", "welcome.menu:information")
    outcome = await visitor.presses("info.subjects:how")
    assert outcome.screen is not None
    assert outcome.screen.lines[0].id == "info.every.nothing_here"


async def test_help_is_counted_by_card_and_day_and_nothing_else(
    house: House, clock: StillClock
) -> None:
    for option in ("yes", "no", "yes"):
        visitor = Visitor(house)
        await visitor.starts()
        await visitor.presses(*TO_THE_CARD, f"info.costs:{option}")
    today = clock.now().date().isoformat()
    counted = await rows_of(house.database, "SELECT day, name, count FROM tally ORDER BY name")
    assert [(str(day), name, count) for day, name, count in counted] == [
        (today, "info.costs.no", 1),
        (today, "info.costs.yes", 2),
    ]


def test_a_day_arrives_in_a_letter() -> None:
    line = Line("info.every.source", words="voorbeeld.example", day=CHECKED)
    screen = Screen((line, Line("info.more.ask")))
    sent = LetterBody("1", "nl", Service.MEDIATION, screen, replaces=True)
    assert read_letter(sent.text()) == sent
