"""A complaint lies before staff once it is sent, and never before the one it is about."""

from __future__ import annotations

import logging

import pytest

from bot.complaining import named_in
from bot.house import House
from dialogs.events import Chose
from dialogs.frozen import replace
from dialogs.values import Answer, Purpose, Standing
from storage import complaint_desk, complaints, consents, people
from storage.complaint_values import Filed
from storage.errors import NotFound
from storage.staff_values import Member
from tests.console.colleagues import hired
from tests.houses import Visitor

TO_THE_QUESTIONS = (
    "welcome.language:nl",
    "welcome.role:victim",
    "welcome.menu:complaint",
    "complaint.begin:filing",
    "complaint.filing:go_on",
    "consent.age:yes",
    "consent.complaint:yes",
    "complaint.questions:go_on",
)
WORDS = "Niemand belde mij terug."


async def complains(visitor: Visitor, about: str) -> None:
    await visitor.starts()
    await visitor.presses(*TO_THE_QUESTIONS)
    for words in (WORDS, about, "Testpersoon Een", "een@voorbeeld.example"):
        await visitor.says(words)
    await visitor.presses("complaint.review:send")


async def complains_at_an_office(visitor: Visitor) -> None:
    await visitor.starts()
    await visitor.presses("welcome.language:nl", "welcome.role:other", "welcome.other_role:client")
    await visitor.presses("welcome.menu:complaint", "complaint.begin:office")
    await visitor.presses("complaint.office:filing", *TO_THE_QUESTIONS[-4:])
    await visitor.says(WORDS)
    await visitor.presses("complaint.employee:skip", "complaint.sent_back:yes")
    for words in ("Testpersoon Een", "een@voorbeeld.example"):
        await visitor.says(words)
    await visitor.presses("complaint.review:send")


async def seen_by(house: House, member: Member) -> list[Filed]:
    async with house.database.reading() as db:
        return await complaint_desk.listing(db, member)


async def test_a_sent_complaint_waits_in_the_queue_of_its_service(house: House) -> None:
    carla = await hired(house, "Carla Test", "intake")
    elsewhere = await hired(house, "Bram Test", "administration")
    await complains(Visitor(house), "-")
    (filed,) = await seen_by(house, carla)
    assert filed.standing is Standing.RECEIVED
    assert await seen_by(house, elsewhere) == []
    seal = await house.keystore.seal_of(filed.person_id)
    async with house.database.reading() as db:
        answers = await complaints.answers(db, seal, filed.id)
        held = await consents.held(db, filed.person_id)
    assert next(answer.words for answer in answers) == WORDS
    assert [consent.purpose for consent in held] == [Purpose.COMPLAINT]


async def test_whom_a_complaint_names_is_never_given_it(house: House) -> None:
    carla, dirk = await hired(house, "Carla Test"), await hired(house, "Dirk de Vries")
    await complains(Visitor(house), "het gaat om dirk de vries")
    assert await seen_by(house, dirk) == []
    (filed,) = await seen_by(house, carla)
    async with house.database.reading() as db:
        with pytest.raises(NotFound):
            await complaint_desk.get(db, dirk, filed.id)


@pytest.mark.parametrize(
    ("about", "is_known"), [("-", True), ("Dirk de Vries", True), ("die aardige heer", False)]
)
async def test_a_name_that_is_nobodys_is_to_be_found_out_first(
    house: House, about: str, *, is_known: bool
) -> None:
    await hired(house, "Dirk de Vries")
    carla = await hired(house, "Carla Test")
    await complains(Visitor(house), about)
    (filed,) = await seen_by(house, carla)
    assert filed.about_is_known is is_known


async def test_it_is_logged_without_a_name_that_nobody_may_see_a_complaint(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await hired(house, "Dirk de Vries")
    with caplog.at_level(logging.WARNING):
        await complains(Visitor(house), "Dirk de Vries")
    (record,) = [each for each in caplog.records if each.name == "bot.complaining"]
    assert "Dirk" not in record.getMessage()


async def test_a_choice_of_the_person_is_a_step_of_the_complaint(house: House) -> None:
    carla = await hired(house, "Carla Test")
    visitor = Visitor(house)
    await complains(visitor, "-")
    await visitor.presses("complaint.tracking:withdrawn")
    (filed,) = await seen_by(house, carla)
    assert filed.standing is Standing.WITHDRAWN
    assert filed.closed_at is not None


async def test_withdrawing_the_consent_leaves_no_word(house: House) -> None:
    carla, visitor = await hired(house, "Carla Test"), Visitor(house)
    await complains(visitor, "-")
    await visitor.does(Chose("everywhere.go", "rights"))
    await visitor.presses("rights.overview:withdraw", "rights.withdraw:complaint")
    (filed,) = await seen_by(house, carla)
    seal = await house.keystore.seal_of(filed.person_id)
    async with house.database.reading() as db:
        assert await complaints.steps(db, seal, filed.id) == []
        with pytest.raises(NotFound):
            await complaints.answers(db, seal, filed.id)


async def test_who_is_erased_leaves_no_complaint_behind(house: House) -> None:
    carla, visitor = await hired(house, "Carla Test"), Visitor(house)
    await complains(visitor, "-")
    await visitor.does(Chose("everywhere.go", "rights"))
    await visitor.presses("rights.overview:erase")
    assert await seen_by(house, carla) == []
    async with house.database.reading() as db:
        assert await people.everybody(db) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Dirk de Vries", {"Dirk de Vries"}),
        ("mevrouw JANSEN", {"Anna Jansen"}),
        ("Anna", {"Anna Jansen", "Anna de Boer"}),
        ("anna de boer van de balie", {"Anna de Boer"}),
        ("iemand van de balie", set()),
        ("de directeur", set()),
    ],
)
async def test_colleagues_are_found_by_what_somebody_typed(
    house: House, typed: str, found: set[str]
) -> None:
    names = ("Dirk de Vries", "Anna Jansen", "Anna de Boer")
    members = {name: await hired(house, name) for name in names}
    named = named_in([Answer("employee", words=typed)], list(members.values()))
    assert named == {members[name].id for name in found}


async def test_a_colleague_who_was_invited_and_has_no_name_yet_is_not_meant(house: House) -> None:
    invited = replace(await hired(house, "Wordt Nog Gekozen"), name="")
    assert named_in([Answer("employee", words="Anna Jansen")], [invited]) == set()
    assert named_in([], [invited]) == set()


async def test_whom_somebody_names_elsewhere_is_noted_and_the_queue_still_says_whom(
    house: House,
) -> None:
    carla, els = await hired(house, "Carla Test", "intake"), await hired(house, "Els", "mentoring")
    await complains(Visitor(house), "Els")
    (filed,) = await seen_by(house, carla)
    assert not filed.about_is_known
    async with house.database.reading() as db:
        assert await complaint_desk.about(db, carla, filed.id) == {els.id}
