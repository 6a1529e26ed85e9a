"""What was told on one case and becomes another reaches the same person no less carefully."""

from datetime import timedelta

import pytest

from policy.across import as_carefully
from policy.case_file import CaseFile
from policy.duties import duties
from policy.facts.needs import DomesticAbuseRecognised, NeedTold, SafeContact
from policy.facts.people import Means, Person
from policy.facts.reporting import Reporter, ReportReceived
from policy.facts.wishing import ContactDeclined
from tests.given import case_of, empty_file, london, record, report
from tests.policy import happenings as h

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
KIT = Person(name="Kit Sample", email="kit@example.org", address=("3 Invented Row",), prefers=Means.EMAIL)
BY_POST = SafeContact(means=(Means.POST,))


def becomes_a_case(earlier: CaseFile) -> CaseFile:
    """An incident of that case that is a case of its own now."""
    told = report(MONDAY + 2 * DAY, complainant=KIT, follows=earlier.ref)
    assert isinstance(told, ReportReceived)
    return record(empty_file(MONDAY.date(), "CW-2023-000002"), as_carefully(told, earlier))


def test_whoever_is_abused_is_reached_in_a_safe_way_alone_on_the_new_case_too() -> None:
    abused = case_of(report(MONDAY, complainant=KIT, domestic_abuse=True, safe_contact=BY_POST))
    file = becomes_a_case(abused)
    assert [duty.means for duty in duties(file)] == [Means.POST]
    assert file.domestic_abuse
    assert "specialist-help:complainant" in h.owed(file)


def test_nothing_is_written_where_no_safe_way_is_known_on_either() -> None:
    abused = case_of(report(MONDAY, complainant=KIT), DomesticAbuseRecognised(at=MONDAY, words="She said."))
    file = becomes_a_case(abused)
    assert (duties(file), file.withheld) == ([], True)
    assert "safe-way:complainant" in h.owed(file)


def test_a_safe_way_without_abuse_goes_along_alone() -> None:
    need = NeedTold(at=MONDAY, kind="safe_contact", safe_contact=BY_POST, words="Never by e-mail.")
    file = becomes_a_case(case_of(report(MONDAY, complainant=KIT), need))
    assert ([duty.means for duty in duties(file)], bool(file.domestic_abuse)) == ([Means.POST], False)


def test_also_where_a_witness_told_of_what_happened_to_them() -> None:
    abused = case_of(report(MONDAY, complainant=KIT, domestic_abuse=True))
    told = report(MONDAY + DAY, complainant=KIT, reporter=Reporter.WITNESS, follows=abused.ref)
    file = record(empty_file(MONDAY.date(), "CW-2023-000002"), as_carefully(told, abused))
    assert (duties(file), file.withheld) == ([], True)
    assert "specialist-help:complainant" in h.owed(file)


@pytest.mark.parametrize("declined", [True, False])
def test_whoever_wants_no_contact_gets_no_letter_from_the_new_case(declined: bool) -> None:
    wish = [ContactDeclined(at=MONDAY, words="No letters.")] if declined else []
    file = becomes_a_case(case_of(report(MONDAY, complainant=KIT), *wish))
    assert bool(duties(file)) is not declined
    assert ("first-contact" in h.owed(file)) is not declined


def test_that_no_way_is_known_to_be_safe_goes_along_without_making_it_domestic_abuse() -> None:
    none = NeedTold(at=MONDAY, kind="safe_contact", safe_contact=SafeContact(means=()), words="He reads it all.")
    file = becomes_a_case(case_of(report(MONDAY, complainant=KIT), none))
    assert (duties(file), file.withheld, bool(file.domestic_abuse)) == ([], True, False)
    assert "safe-way:complainant" in h.owed(file)
