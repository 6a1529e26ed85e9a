"""What somebody tells of themselves as they report holds from the first letter on, and their hours for each."""

from datetime import time, timedelta

from policy.case_file import CaseFile
from policy.duties import SendLetter, duties, goes_from
from policy.facts.contact import ContactMade
from policy.facts.needs import Adjustment, SafeContact
from policy.facts.people import Means, Person
from tests.given import BY_POST, case_of, contact, london, record, report
from tests.policy.happenings import owed, recorded

MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BOTH = Person(name="Kit Sample", email="kit@example.org", address=("3 Invented Row",), prefers=Means.EMAIL)


def only_duty(file: CaseFile) -> SendLetter:
    [duty] = duties(file)
    assert isinstance(duty, SendLetter)
    return duty


def test_what_they_asked_for_when_they_reported_holds_from_the_first_letter_on() -> None:
    asked = (Adjustment.LARGE_PRINT, Adjustment.INTERPRETER)
    file = case_of(report(MONDAY, complainant=BOTH, adjustments=asked))
    assert only_duty(file).large_print
    assert [(one.kind, one.adjustments) for one in file.needs.values()] == [("other", asked)]
    assert "right-way:complainant" in owed(record(file, contact(MONDAY + HOUR)))


def test_an_e_mail_goes_in_their_safe_hours_alone_and_a_letter_whenever() -> None:
    only = SafeContact(means=(Means.EMAIL,), from_time=time(9), until_time=time(15))
    file = case_of(report(MONDAY, complainant=BOTH, safe_contact=only))
    early, late = london(2023, 6, 5, 5, 35), london(2023, 6, 5, 15, 1)
    assert goes_from(only_duty(file), early) == MONDAY
    assert goes_from(only_duty(file), late) == MONDAY + DAY
    assert goes_from(only_duty(file), MONDAY + HOUR) == MONDAY + HOUR
    posted = case_of(report(MONDAY, complainant=BY_POST, safe_contact=SafeContact(means=(Means.POST,))))
    assert goes_from(only_duty(posted), early) == early
    nobody_said = case_of(report(MONDAY, complainant=BOTH))
    assert goes_from(only_duty(nobody_said), early) == early
    mailed = ContactMade(at=late, means=Means.EMAIL, words="Wrote.")
    assert "right-way:complainant" in owed(recorded(file, mailed))
