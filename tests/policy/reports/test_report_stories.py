"""publications: which stories may be told, from what was approved on a case."""

from datetime import timedelta

import pytest

from policy.facts import CaseFact
from policy.facts import publicity as p
from policy.facts.consent import ConsentRefused, Purpose
from policy.facts.needs import DomesticAbuseRecognised
from policy.measures.history import history
from policy.measures.period import Period
from policy.reports.stories import stories
from tests.given import assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
JUNE = Period.month(2023, 6)
WORDS = "Music kept a street awake. We asked them to stop, and they did."
HANDLED = (report(MONDAY), contact(MONDAY), assessed(MONDAY), h.effect(MONDAY), h.success(MONDAY))
WORDED = p.PublicityWorded(at=MONDAY + DAY, matter="publicity-5", words=WORDS)
APPROVED = p.PublicityApproved(
    at=MONDAY + 2 * DAY, matter="publicity-5", nobody_named=True, nothing_points_to_them=True, words="Good."
)
REFUSED = ConsentRefused(at=MONDAY + 2 * DAY, purpose=Purpose.PUBLICITY, words="No.")
CLOSED = h.closed(MONDAY + 3 * DAY)
GIVEN = p.PublicityGivenOut(at=MONDAY + 4 * DAY, matter="publicity-5", words="In the newsletter.")


def told(*facts: CaseFact, period: Period = JUNE) -> tuple[str, ...]:
    entries = [entry(one) for one in (*HANDLED, *facts)]
    return stories(history(empty_file(MONDAY.date()), entries, MONDAY + 90 * DAY), period)


def test_what_was_given_out_of_a_closed_case_is_told_as_it_was_worded() -> None:
    assert told(WORDED, APPROVED, CLOSED, GIVEN) == (WORDS,)


def test_what_is_worded_anew_waits_for_its_own_approval() -> None:
    again = WORDED.model_copy(update={"at": MONDAY + 2 * DAY, "words": "Otherwise."})
    assert told(WORDED, again, APPROVED, CLOSED, GIVEN) == ("Otherwise.",)


@pytest.mark.parametrize(
    "facts",
    [
        (WORDED, CLOSED, GIVEN),
        (APPROVED, CLOSED, GIVEN),
        (WORDED, APPROVED, GIVEN),
        (WORDED, APPROVED, CLOSED),
        (WORDED, APPROVED, p.PublicityDeclined(at=MONDAY + 2 * DAY, matter="publicity-5", reasons="No."), CLOSED),
        (
            WORDED,
            APPROVED,
            REFUSED,
            CLOSED,
            GIVEN,
        ),
        (WORDED, APPROVED, DomesticAbuseRecognised(at=MONDAY + 2 * DAY, words="By him."), CLOSED, GIVEN),
    ],
    ids=("not approved", "not worded", "open", "not given out", "declined", "a victim says no", "domestic abuse"),
)
def test_nothing_is_told_of(facts: tuple[CaseFact, ...]) -> None:
    assert told(*facts) == ()


def test_a_story_is_told_in_the_time_in_which_it_was_given_out() -> None:
    assert told(WORDED, APPROVED, CLOSED, GIVEN, period=Period.month(2023, 7)) == ()
