"""Wherever the days of a notice are shown, it stands beside them that they are our reading of the law."""

from datetime import date

import pytest

from policy.case_file import CaseFile
from policy.facts.grounds import GroundProven
from policy.legal_action.proven import Condition, ground_7a_notice
from policy.legal_action.warned import notice_for
from policy.legal_action.windows import (
    OUR_READING,
    FixedTerm,
    Ground,
    demotion_proceedings,
    possession_proceedings,
)
from policy.refusals.legal import GroundNotMet
from policy.standing import standing
from tests.given import EDITION, SUPERVISOR
from tests.policy.happenings import owed, recorded
from tests.policy.warned import (
    DAY,
    MONDAY,
    WEEKLY,
    agreed,
    notice,
    proven,
    served,
    to_be_warned,
    warned_by_post,
    with_notice,
)

SERVED = date(2024, 1, 31)


def test_it_says_whose_reading_it_is_and_whom_to_ask() -> None:
    assert OUR_READING == "our reading, check with your solicitor"


@pytest.mark.parametrize("ground", Ground)
def test_the_days_of_each_notice_are_our_reading(ground: Ground) -> None:
    assert possession_proceedings({ground}, SERVED, FixedTerm()).statute.endswith(OUR_READING)
    assert demotion_proceedings(SERVED).statute.endswith(OUR_READING)


@pytest.mark.parametrize("condition", Condition)
def test_so_is_the_time_in_which_a_notice_is_served_on_what_was_proven(condition: Condition) -> None:
    window = ground_7a_notice(proven(SERVED, condition))
    assert window is not None
    assert window.statute.endswith(OUR_READING)


def agreed_to(since: date) -> CaseFile:
    fact = notice(MONDAY, Ground.GROUND_7A, very_serious="Fire.", tenancy=WEEKLY, proven=proven(since))
    return recorded(to_be_warned(fact), agreed(MONDAY, "notice-3"), by=SUPERVISOR)


def test_whoever_looks_at_a_case_reads_it_beside_its_notices_before_they_are_served_and_after() -> None:
    for file in (agreed_to(MONDAY.date()), recorded(agreed_to(MONDAY.date()), served(MONDAY, "notice-3"))):
        (now,) = standing(file, EDITION).warnings
        assert now.counts_until or now.serve_until
        assert now.statute is not None
        assert now.statute.endswith(OUR_READING)


def test_a_legal_action_and_refusals_say_it_too() -> None:
    window = notice_for(with_notice(), "possession", "perpetrator-1", (MONDAY + 7 * DAY).date(), EDITION)
    assert window is not None
    assert window.statute.endswith(OUR_READING)
    for since in (date(2022, 6, 5), (MONDAY + DAY).date()):
        with pytest.raises(GroundNotMet, match=OUR_READING):
            agreed_to(since)


def test_so_does_the_deadline_of_what_was_proven() -> None:
    file = to_be_warned(GroundProven(at=MONDAY, proven=proven(MONDAY.date())))
    assert OUR_READING in owed(file)["ground-3"].why


def test_how_long_a_letter_counts_is_no_reading_of_a_law() -> None:
    (now,) = standing(warned_by_post(), EDITION).warnings
    assert now.statute is not None
    assert OUR_READING not in now.statute
