"""A colleague asks for one more consent, and the desk shows what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.workers import keeper_of
from dialogs.values import ASKED_BY_STAFF, Place, Purpose, Service, Topic
from storage import consents
from storage.asks import State, askable
from storage.referrals import Referral
from tests.console.colleagues import Colleague, Office, address
from tests.console.pages import Page
from tests.databases import KINDS, rows_of
from tests.houses import StillClock, Visitor

both_kinds = pytest.mark.parametrize("kind", KINDS, indirect=True)


async def asks(colleague: Colleague, referral: Referral, purpose: str = "other_party") -> Page:
    page = await colleague.opens(referral)
    return await colleague.submit(page.form("/ask"), purpose=purpose)


async def asked(office: Office) -> tuple[Visitor, Referral, Colleague]:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    assert (await asks(noor, referral)).status == 303
    return visitor, referral, noor


async def states(office: Office) -> list[object]:
    return [state for (state,) in await rows_of(office.house.database, "SELECT state FROM ask")]


def consent_shown(page: Page, words: str) -> bool:
    start = page.html.index('id="consent-other_party"')
    return words in page.html[start : page.html.index("</div>", start)]


@both_kinds
async def test_a_yes_reaches_the_desk_and_is_kept_with_its_text(office: Office) -> None:
    visitor, referral, noor = await asked(office)
    assert consent_shown(await noor.opens(referral), "gevraagd")
    outcome = await visitor.presses("consent.other_party:yes")
    assert outcome.session.agreed_to(Purpose.OTHER_PARTY)
    assert await states(office) == [State.YES]
    assert consent_shown(await noor.opens(referral), "gegeven")
    assert referral.person_id is not None
    async with office.house.database.reading() as db:
        texts = await consents.texts(db, referral.person_id)
    assert any("contact zoeken met de ander?" in text for text in texts.values())


async def test_after_a_no_it_cannot_be_asked_again(office: Office) -> None:
    visitor, referral, noor = await asked(office)
    await visitor.presses("consent.other_party:no")
    page = await noor.opens(referral)
    assert consent_shown(page, "niet gegeven")
    assert 'value="other_party"' not in page.html
    again = await asks(noor, referral)
    assert again.status == 409
    assert await states(office) == [State.NO]


@pytest.mark.parametrize("service", Service)
def test_only_in_mediation_there_is_another_party_to_contact(service: Service) -> None:
    others = [purpose for purpose in ASKED_BY_STAFF if purpose is not Purpose.OTHER_PARTY]
    may_ask = ASKED_BY_STAFF if service is Service.MEDIATION else others
    assert askable(service, []) == list(may_ask)


async def test_silence_is_a_no(office: Office, clock: StillClock) -> None:
    visitor, referral, noor = await asked(office)
    days = office.house.organisation.consent_request_days
    keeper = keeper_of(office.house)
    clock.pass_by(timedelta(days=days, minutes=-1))
    await keeper.round()
    assert await states(office) == [State.OPEN]
    clock.pass_by(timedelta(minutes=1))
    await keeper.round()
    assert await states(office) == [State.LAPSED]
    late = await visitor.presses("everywhere.go:menu")
    assert late.session.asked is None
    assert late.session.place != Place(Topic.CONSENT, "other_party")
    noor = await office.signs_in(noor.member)
    assert consent_shown(await noor.opens(referral), "niet geantwoord")


async def test_one_thing_is_asked_at_a_time(office: Office) -> None:
    _, referral, noor = await asked(office)
    page = await noor.opens(referral)
    assert not page.has_form("/ask")
    nonce = page.form("/write").fields["nonce"]
    again = await noor.post(address(referral, "ask"), purpose="research", nonce=nonce)
    assert again.status == 409


async def test_only_who_works_on_it_asks(office: Office) -> None:
    visitor, referral = await office.request()
    noor, piet = await office.colleague("Noor"), await office.colleague("Piet")
    await noor.claims(referral)
    assert not (await piet.opens(referral)).has_form("/ask")
    refused = await piet.post(address(referral, "ask"), purpose="partner", nonce="n" * 22)
    assert refused.status == 409
    assert (await visitor.presses("everywhere.go:menu")).session.asked is None
    assert await states(office) == []


@pytest.mark.parametrize("purpose", ["data", "contact", "nonsense", ""])
async def test_nothing_else_can_be_asked_for(office: Office, purpose: str) -> None:
    _, referral = await office.request()
    noor = await office.colleague("Noor")
    await noor.claims(referral)
    assert (await asks(noor, referral, purpose)).status == 422


async def test_a_withdrawn_yes_is_shown_and_may_be_asked_for_again(office: Office) -> None:
    visitor, referral, noor = await asked(office)
    await visitor.presses(
        "consent.other_party:yes",
        "everywhere.go:rights",
        "rights.overview:withdraw",
        "rights.withdraw:other_party",
    )
    page = await noor.opens(referral)
    assert consent_shown(page, "ingetrokken")
    assert (await asks(noor, referral)).status == 303
    assert await states(office) == [State.OPEN]


@both_kinds
@pytest.mark.parametrize("pressed", ["everywhere.go:stop", "rights.withdraw:data"])
async def test_a_question_ends_with_what_it_was_asked_for(office: Office, pressed: str) -> None:
    visitor, _, _ = await asked(office)
    if pressed.startswith("rights"):
        await visitor.presses("everywhere.go:rights", "rights.overview:withdraw")
    after = await visitor.presses(pressed)
    assert after.session.asked is None
    assert await states(office) == [State.LAPSED]


async def test_closing_a_request_ends_its_question(office: Office) -> None:
    visitor, referral, noor = await asked(office)
    closing = await noor.get(address(referral, "close"))
    await noor.submit(closing.form("/close"), words="Het beste.", outcome="answered")
    assert await states(office) == [State.LAPSED]
    assert (await visitor.presses("everywhere.go:menu")).session.asked is None
    assert consent_shown(await noor.opens(referral), "niet geantwoord")


async def test_nothing_of_a_question_is_left_of_who_is_erased(office: Office) -> None:
    visitor, _, _ = await asked(office)
    await visitor.presses("everywhere.go:rights", "rights.overview:erase")
    assert await states(office) == []


async def test_a_request_that_is_over_is_not_asked_about(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    page = await noor.claims(referral)
    await visitor.presses("everywhere.go:stop")
    too_late = await noor.submit(page.form("/ask"), purpose="partner")
    assert too_late.status == 409
    assert await states(office) == []
    assert not (await noor.opens(referral)).has_form("/ask")


async def test_another_queue_cannot_ask(office: Office) -> None:
    _, referral, _ = await asked(office)
    other = next(q.key for q in office.house.organisation.queues if q.key != referral.queue)
    piet = await office.colleague("Piet", other)
    refused = await piet.post(address(referral, "ask"), purpose="partner", nonce="n" * 22)
    assert refused.status == 404


async def test_a_form_that_is_sent_twice_asks_once(office: Office) -> None:
    visitor, referral = await office.request()
    noor = await office.colleague("Noor")
    form = (await noor.claims(referral)).form("/ask")
    for _ in range(2):
        assert (await noor.submit(form, purpose="research")).status == 303
    assert (await visitor.presses("consent.research:no")).session.asked is None
    assert await states(office) == [State.NO]


async def test_what_was_asked_and_answered_is_in_the_copy_and_its_receipt(office: Office) -> None:
    visitor, _, _ = await asked(office)
    await visitor.presses("consent.other_party:yes", "everywhere.go:rights")
    ready = await visitor.presses("rights.overview:copy")
    copy = await (await office.client().get(f"/copies/{ready.session.ticket}/json")).json()
    (ask,) = copy["tables"]["ask"]
    assert (ask["purpose"], ask["state"]) == ("other_party", "yes")
    (receipt,) = (
        each for each in copy["consent_receipts"] if each["purposes"][0]["purpose"] == "other_party"
    )
    assert "contact zoeken met de ander?" in receipt["privacy_notice"]["text"]
    assert receipt["events"][0]["event_type"] == "given"
