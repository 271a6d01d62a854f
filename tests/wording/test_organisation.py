"""The organisation's file says everything once, and a mistake in it is found at the start."""

from datetime import date
from pathlib import Path

import pytest

from bot.hours import Span, Term
from bot.organisation import Organisation
from bot.rows import BadOrganisation
from dialogs.values import Service

FILE = Path(__file__).parents[2] / "organisation.toml"
WRITTEN = FILE.read_text("utf-8")

MISTAKES = (
    ('name = "Handreiking"', 'name = ""', "name"),
    ('name = "Handreiking"', "", "name"),
    ('name = "Handreiking"', 'name = "A\\nB"', "name"),
    ('"https://www.knmi.nl/"', '"http://www.knmi.nl/"', "exit_address"),
    ('"https://www.knmi.nl/"', '"javascript:alert(1)"', "exit_address"),
    ("unfinished_days = 1", "unfinished_days = 0", "unfinished_days"),
    ("unfinished_days = 1", "unfinished_days = true", "unfinished_days"),
    ("reflection_days = 180", "reflection_days = 0", "reflection_days"),
    ("closed_years = 5", "closed_years = -1", "closed_years"),
    ("lock_after_minutes = 10", "lock_after_minutes = 0", "lock_after_minutes"),
    ("notice_repeat_minutes = 30", "notice_repeat_minutes = 0", "notice_repeat_minutes"),
    ("cards_expire_days = 365", "cards_expire_days = 0", "cards_expire_days"),
    ("required = false", 'required = "no"', "licences.required"),
    ("mediations = 0", "mediations = -1", "licences.mediations"),
    ("mediations = 0", "mediations = true", "licences.mediations"),
    ("mediations = 0", 'mediations = ""', "licences.mediations"),
    ("remind_days = 60", "remind_days = 0", "licences.remind_days"),
    ("remind_days = 60", "remind_days = 60\ncolour = 1", "licences.colour"),
    ("secrecy_limits = {", "secret = {", "services.mediation.sentences.secrecy_limits"),
    (
        'secrecy_limits = { nl = ""',
        "secrecy_limits = { nl = 1",
        "services.mediation.sentences.secrecy_limits.nl",
    ),
    ('{ nl = "", en = "" }\n\n', '{}\ncolour = ""\n\n', "services.mediation.sentences.colour"),
    ("unfinished_days = 1", 'unfinished_days = 1\ncolour = "blue"', "colour"),
    ("[services.mentoring]", "[services.mentorship]", "services.mentoring.name"),
    ("[lines]", "[services.debts]\n\n[lines]", "services.debts"),
    ('phone = "030 234 00 45"', 'phone = "call us"', "services.mediation.phone"),
    ('phone = "030 234 00 45"', "phone = 302340045", "services.mediation.phone"),
    ('email = ""', 'email = "nobody"', "services.mediation.email"),
    ("monday = []", 'monday = ["9-17"]', "services.mediation.hours.monday"),
    ("monday = []", 'monday = ["17:00-09:00"]', "services.mediation.hours.monday"),
    ("monday = []", 'monday = ["09:00-24:30"]', "services.mediation.hours.monday"),
    ("monday = []", 'monday = ["09:00-12:00", "11:00-13:00"]', "services.mediation.hours.monday"),
    ("monday = []", 'monday = "09:00-17:00"', "services.mediation.hours.monday"),
    ("monday = []", "mandag = []", "services.mediation.hours.monday"),
    ("sunday = []", "sunday = []\nfunday = []", "services.mediation.hours.funday"),
    ("holidays = []", 'holidays = ["Christmas"]', "services.mediation.holidays"),
    ("holidays = []", "holidays = [2026-12-25T10:00:00]", "services.mediation.holidays"),
    ('first_answer = ""', 'first_answer = "soon"', "services.mediation.first_answer"),
    ('silent_after = ""', 'silent_after = "ever"', "services.mediation.silent_after"),
    ('intake = { nl = "Aanmeldpunt", en = "Applications" }', "", "services.mediation.queues"),
    ('{ nl = "Aanmeldpunt", en = "Applications" }', '"A"', "services.mediation.queues.intake"),
    ('{ nl = "Aanmeldpunt", en = "Applications" }', "{}", "services.mediation.queues.intake"),
    ('intake = { nl = "Aan', '"In take" = { nl = "Aan', "services.mediation.queues.In take"),
    ("administration = { nl", "intake = { nl", "intake"),
    ("nl_113 = {", "nl_114 = {", "lines.nl_113"),
    ("[lines]", '[lines]\nnl_999 = { number = "999" }', "lines.nl_999"),
    ('nl_112 = { number = "112"', 'nl_112 = { number = "one"', "lines.nl_112.number"),
    ('number = "112", country = "NL"', 'number = "112", country = "nl"', "lines.nl_112.country"),
    ("2026-11-22 }", '"today" }', "lines.nl_112.checked"),
)


def read(folder: Path, text: str) -> Organisation:
    path = folder / "organisation.toml"
    path.write_text(text, "utf-8")
    return Organisation.read(path)


@pytest.mark.parametrize(("right", "wrong", "row"), MISTAKES)
def test_a_mistake_is_named_by_file_and_row(
    right: str, wrong: str, row: str, tmp_path: Path
) -> None:
    with pytest.raises(BadOrganisation) as found:
        read(tmp_path, WRITTEN.replace(right, wrong, 1))
    assert found.value.row == row
    assert str(found.value) == f"organisation.toml: {row}: {found.value.why}"


def test_a_file_that_is_not_toml_is_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadOrganisation, match=r"^organisation.toml: .*line 1.*$"):
        read(tmp_path, "name = Handreiking\n")


def test_a_file_that_is_not_there_is_named_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadOrganisation, match=r"^organisation.toml: No such file or directory$"):
        Organisation.read(tmp_path / "organisation.toml")


def test_the_file_that_comes_along_leaves_empty_what_nobody_knows() -> None:
    mediation = Organisation.read(FILE).services[Service.MEDIATION]
    assert mediation.phone == "030 234 00 45"
    assert not mediation.hours
    assert mediation.first_answer is None
    assert mediation.address == ""


def test_hours_holidays_and_terms_are_read(tmp_path: Path) -> None:
    written = (
        WRITTEN.replace("monday = []", 'monday = ["09:00-12:30", "13:00-24:00"]', 1)
        .replace("holidays = []", "holidays = [2026-12-25]", 1)
        .replace('first_answer = ""', 'first_answer = "2 days"', 1)
    )
    office = read(tmp_path, written).services[Service.MEDIATION]
    assert office.hours.on(date(2026, 11, 23)) == (Span(540, 750), Span(780, 1440))
    assert office.hours.holidays == {date(2026, 12, 25)}
    assert office.first_answer == Term(2, "day")


def test_new_requests_go_to_the_first_queue_of_a_service() -> None:
    organisation = Organisation.read(FILE)
    keys = [queue.key for queue in organisation.queues]
    assert keys == ["intake", "administration", "mentoring"]
    assert organisation.services[Service.MEDIATION].queue.key == "intake"


def test_a_queue_without_a_name_in_a_language_has_its_first_name() -> None:
    queue = Organisation.read(FILE).services[Service.MEDIATION].queue
    assert queue.name("en") == queue.names["en"]
    assert queue.name("ar") == queue.names["nl"]


def test_help_lines_nobody_has_compared_lately_are_listed(tmp_path: Path) -> None:
    organisation = read(tmp_path, WRITTEN.replace('number = "0900-0101"', 'number = ""'))
    assert organisation.lines_checked_before(date(2026, 11, 22)) == ()
    due = {line.key for line in organisation.lines_checked_before(date(2027, 11, 22))}
    assert "nl_113" in due
    assert "nl_slachtofferhulp" not in due
