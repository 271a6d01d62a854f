"""What holds for the texts of a walk, and for what they are made of."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis.stateful import invariant, rule

from dialogs.copies import REVIEWS
from dialogs.drafts import FORMS
from dialogs.effects import Effect, OfferCopy, RecordConsent
from dialogs.events import Chose, Event, LinkEnded
from dialogs.steps import READY
from dialogs.values import Place, Purpose
from tests.dialogs.shown import Shown


class Texts(Shown):
    """Somebody who may take a text along; `made_of` are answers that nobody asked to keep."""

    made_of: Place | None = None

    def take(self, event: Event) -> None:
        raise NotImplementedError

    @rule()
    def wait_until_the_link_has_ended(self) -> None:
        self.take(LinkEnded())
        assert self.session.copy not in REVIEWS, "a text is there longer than its link"

    def remember_texts(self, event: Event, effects: Iterable[Effect]) -> None:
        if self.session.place == READY and event == Chose(str(READY), "keep"):
            self.made_of = None
        for effect in effects:
            match effect:
                case OfferCopy(copy=copy):
                    self.made_of = REVIEWS.get(copy, self.made_of)
                case RecordConsent(purpose=purpose) if purpose is not Purpose.WARNING:
                    self.made_of = None
                case _:
                    pass

    @invariant()
    def what_a_text_was_made_of_stays_only_beside_its_link(self) -> None:
        if self.made_of is not None and self.session.copy not in REVIEWS:
            form = FORMS[self.made_of.topic]
            assert not form.answered(self.session), "answers are kept that nobody kept"
