"""disability-meeting: a second name that was a mistake is taken off, and what was known stands as it stood."""

from datetime import datetime

import pytest

from policy.case_file import CaseFile
from policy.disability import in_the_way
from policy.facts import CaseFact
from policy.facts.disability import WhyNot
from policy.facts.parts import Leaving, Part
from tests.given import SUPERVISOR
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.test_disability_by_its_own_time import FRIDAY, OTHER, PERSON, THURSDAY, TUESDAY, WEDNESDAY
from tests.policy.test_disability_meeting import met, possession, told
from tests.policy.warned import MONDAY, agreed, served, to_be_warned

CASES: dict[str, tuple[CaseFact, ...]] = {
    "suspected of the other": (told(person=OTHER),),
    "answered under the other": (told(person=OTHER), met(TUESDAY, person=OTHER)),
    "suspected again after": (told(person=OTHER), met(TUESDAY, person=OTHER), told("sight", WEDNESDAY)),
    "suspected again of the other": (met(TUESDAY, person=OTHER), told("sight", WEDNESDAY, person=OTHER)),
    "answered under this one": (told(person=OTHER), met(WEDNESDAY)),
    "decided against since": (told(person=OTHER), met(TUESDAY, person=OTHER), met(WEDNESDAY, goes_on=False)),
}
EACH_DAY = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)


def why_not(file: CaseFile, at: datetime) -> WhyNot | None:
    held = in_the_way(file, "perpetrator-1", at)
    return held.why if held is not None else None


@pytest.mark.parametrize("known", CASES.values(), ids=CASES)
def test_taking_off_a_second_name_changes_nothing_about_when_they_might_be_acted_against(
    known: tuple[CaseFact, ...],
) -> None:
    other = h.taken_on(MONDAY, OTHER, Part.HOUSEHOLD_MEMBER)
    file = to_be_warned(h.identified(MONDAY, "perpetrator-1", PERSON), other, *known)
    two = recorded(file, h.identified(THURSDAY, OTHER, PERSON))
    one = recorded(two, h.left(FRIDAY, OTHER, Leaving.BY_MISTAKE))
    assert [why_not(one, at) for at in EACH_DAY] == [why_not(two, at) for at in EACH_DAY]


def test_nor_is_a_true_event_refused_nor_a_deadline_earlier() -> None:
    other = h.taken_on(MONDAY, OTHER, Part.HOUSEHOLD_MEMBER)
    file = to_be_warned(h.identified(MONDAY, "perpetrator-1", PERSON), other, told(person=OTHER), possession())
    two = recorded(
        recorded(file, agreed(MONDAY, "notice-6"), by=SUPERVISOR), h.identified(THURSDAY, OTHER, PERSON)
    )
    one = recorded(two, h.left(THURSDAY, OTHER, Leaving.BY_MISTAKE))
    assert owed(one)["notice-6"].due == owed(two)["notice-6"].due
    assert recorded(one, served(WEDNESDAY, "notice-6"), recorded_at=FRIDAY)
