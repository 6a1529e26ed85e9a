"""What ended late is put right only by what had been done in time for whom it was owed."""

from datetime import timedelta

import pytest

from policy import folding
from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts import CaseFact
from policy.facts.consent import ConsentAsked, Purpose
from policy.facts.parts import Part
from policy.facts.people import Party
from policy.facts.reporting import Reporter
from policy.ledger import Ending, Line, corrected, lines
from tests.given import EDITION, case_of, entry, london, report
from tests.policy import happenings as h
from tests.policy.random_safety import support

MONDAY = london(2023, 6, 5)
IN_TIME = MONDAY + timedelta(hours=1)
LATE = MONDAY + timedelta(days=20)
WRITTEN_DOWN = MONDAY + timedelta(days=21)
SOMEBODY = "5f0c4f3e-8f0e-4c8e-9a51-000000000001"


def hate() -> CaseFile:
    file = case_of(report(MONDAY, hate=h.RACE, about=Party()))
    return h.recorded(file, h.taken_on(MONDAY, "witness-1", Part.WITNESS))


def seen_by_a_witness() -> CaseFile:
    return case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS))


def ended_late(file: CaseFile, key: str, fact: CaseFact) -> Line:
    one = entry(fact)
    after = folding.after(file, one, EDITION)
    found = lines(deadlines(file, EDITION), deadlines(after, EDITION), one)
    (line,) = [line for line in found if line.deadline.key == key and line.ended]
    return line


def asked(person: str, purpose: Purpose = Purpose.POLICE) -> ConsentAsked:
    return ConsentAsked(at=IN_TIME, purpose=purpose, person=person, words="Shall we?")


SUPPORT = ended_late(hate(), "support-offer", support(LATE, 0))
CONSENT = ended_late(hate(), "police-consent", h.police_agreed(LATE))
FOUND = ended_late(seen_by_a_witness(), "victim-found", h.identified(LATE, "victim", SOMEBODY))


@pytest.mark.parametrize(
    ("line", "fact", "puts_right"),
    [
        (SUPPORT, support(IN_TIME, 0, "perpetrator-1"), False),
        (SUPPORT, support(IN_TIME, 0, "witness-1"), True),
        (SUPPORT, support(IN_TIME, 0), True),
        (CONSENT, asked("perpetrator-1"), False),
        (CONSENT, asked("complainant", Purpose.HEALTH), False),
        (CONSENT, asked("complainant"), True),
        (FOUND, h.taken_on(IN_TIME, "witness-1", Part.WITNESS), False),
        (FOUND, h.left(IN_TIME, "perpetrator-1"), False),
        (FOUND, h.identified(IN_TIME, "victim", SOMEBODY), True),
    ],
)
def test_a_late_line_is_put_right_by_what_was_done_for_the_victim_alone(
    line: Line, fact: CaseFact, puts_right: bool
) -> None:
    assert line.ended is not None
    assert line.ended.ending is Ending.LATE
    found = [one.ended.ending for one in corrected([line], entry(fact, recorded_at=WRITTEN_DOWN)) if one.ended]
    assert found == [Ending.RECORDED_LATE] * puts_right
