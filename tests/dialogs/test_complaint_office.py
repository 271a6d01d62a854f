"""A complaint about an office: first one's own administrator, then the office, last the court."""

from __future__ import annotations

from dialogs.complaint import BEGIN
from dialogs.effects import FileComplaint
from dialogs.events import Chose, ComplaintAdvanced, Said
from dialogs.frozen import replace
from dialogs.turn import turn
from dialogs.values import Answer, Complaint, Role, Service, Session, Standing
from tests.dialogs.test_complaint import complained, options, pressed, said


def test_an_administration_office_is_spoken_with_first_and_the_court_comes_last() -> None:
    client = Session(BEGIN, role=Role.CLIENT)
    assert options(client) == ["own", "office", "court"]
    office = pressed(client, "office")
    assert options(office) == ["filing", "letter", "regulation", "court"]
    assert "complaint.terms.decision" in said(office)
    assert str(pressed(office, "regulation").place) == "info.regulation"
    assert str(pressed(office, "court").place) == "info.court"
    assert str(pressed(client, "own").place) == "talk.begin"


def test_whom_the_court_sent_back_says_so_in_the_complaint_itself() -> None:
    office = pressed(Session(BEGIN, role=Role.CLIENT), "office")
    assert "complaint.office.sent_back" in said(office)
    filing = pressed(office, "filing")
    assert "complaint.filing.what_office" in said(filing)
    assert str(pressed(filing, "read_more").place) == "info.regulation"
    asked = pressed(filing, "go_on", "yes", "yes", "go_on")
    for words in ("De huur werd niet betaald.", "Iemand Anders"):
        asked = turn(asked, Said(words)).session
    assert str(asked.place) == "complaint.sent_back"
    asked = pressed(asked, "yes")
    for words in ("Testpersoon Een", "een@voorbeeld.example"):
        asked = turn(asked, Said(words)).session
    sent = turn(asked, Chose("complaint.review", "send"))
    (filed,) = [each for each in sent.effects if isinstance(each, FileComplaint)]
    assert filed.service is Service.ADMINISTRATION
    assert Answer("sent_back", option="yes") in filed.answers
    assert sent.session.complaint == Complaint(Service.ADMINISTRATION, Standing.RECEIVED)
    assert "complaint.tracking.informed_administration" in said(sent.session)


def test_a_complaint_keeps_to_the_procedure_of_the_service_it_is_about() -> None:
    elsewhere = replace(complained(Service.MEDIATION, Standing.OFFERED), role=Role.CLIENT)
    assert options(elsewhere) == ["settled", "choice", "withdrawn"]
    told = turn(elsewhere, ComplaintAdvanced(Standing.FOUNDED)).session
    assert told.complaint == Complaint(Service.MEDIATION, Standing.FOUNDED)


def test_from_what_an_office_did_not_solve_a_way_leads_to_the_court() -> None:
    over = complained(Service.ADMINISTRATION, Standing.UNSOLVED)
    assert options(over) == ["court"]
    assert str(pressed(over, "court").place) == "info.court"
