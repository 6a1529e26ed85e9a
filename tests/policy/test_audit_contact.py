"""What the night's check finds wrong in contact with the complainant."""

from datetime import date, timedelta

import pytest

from policy.facts import CaseFact
from policy.facts import promising as p
from policy.facts.auditing import PatternName
from policy.facts.contact import ContactMade
from policy.facts.needs import NeedEnded, NeedTold, SafeContact
from policy.facts.parts import Part
from policy.facts.people import Means
from tests.given import contact, entry, london
from tests.policy import happenings as h
from tests.policy.nights import BY_PHONE, MONDAY, ROBIN, nights_of, played, reported, said

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
LATER = MONDAY + 60 * DAY


def chased(at: object) -> p.Chased:
    return p.Chased(at=at, words="Nobody rang me.")  # type: ignore[arg-type]  # a moment


def test_first_contact_that_is_three_days_late_is_found_and_one_that_comes_before_that_is_not() -> None:
    late = played(reported(), until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.FIRST_CONTACT_LATE, late) == [date(2024, 6, 13)]
    assert said(PatternName.FIRST_CONTACT_LATE, late) == (
        "First contact was due by Monday 10 June 2024, and nobody has been in touch with the complainant yet."
    )
    in_time = played(reported(), contact(london(2024, 6, 12, 16)), until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.FIRST_CONTACT_LATE, in_time) == []


def test_having_to_ask_three_times_is_found_until_somebody_speaks_to_them() -> None:
    asked = [chased(MONDAY + n * DAY) for n in (10, 12, 14)]
    case = played(reported(), contact(MONDAY + DAY), *asked, until=MONDAY + 16 * DAY)
    assert nights_of(PatternName.HAD_TO_CHASE, case) == [date(2024, 6, 18)]
    assert said(PatternName.HAD_TO_CHASE, case) == (
        "The complainant has asked 3 times, the first time on Thursday 13 June 2024, "
        "since we were last in touch on Tuesday 4 June 2024."
    )
    rung = played(reported(), *asked[:2], contact(MONDAY + 13 * DAY), asked[2], until=MONDAY + 16 * DAY)
    assert nights_of(PatternName.HAD_TO_CHASE, rung) == []


def test_asking_before_anybody_has_spoken_to_them_says_so() -> None:
    case = played(reported(), *(chased(MONDAY + n * DAY) for n in (1, 2, 3)), until=MONDAY + 5 * DAY)
    assert said(PatternName.HAD_TO_CHASE, case).endswith("and nobody has been in touch with them yet.")


def test_six_weeks_of_silence_are_found_and_contact_ends_them() -> None:
    silent = played(reported(), contact(MONDAY + DAY), until=MONDAY + 50 * DAY)
    assert nights_of(PatternName.SILENCE, silent) == [date(2024, 7, 16)]
    spoken = played(reported(), contact(MONDAY + DAY), contact(MONDAY + 40 * DAY), until=MONDAY + 50 * DAY)
    assert nights_of(PatternName.SILENCE, spoken) == []


def test_contact_that_is_late_twice_is_found_and_one_that_was_only_written_down_late_is_not() -> None:
    """Every fifth working day was agreed."""
    late = [contact(MONDAY + DAY, every=5), contact(MONDAY + 10 * DAY), contact(MONDAY + 20 * DAY)]
    case = played(reported(), *late, until=MONDAY + 22 * DAY)
    assert nights_of(PatternName.IRREGULAR_CONTACT, case) == [date(2024, 6, 21)]
    assert said(PatternName.IRREGULAR_CONTACT, case) == (
        "Regular contact was missed twice, most recently on Thursday 20 June 2024."
    )
    in_time = entry(contact(MONDAY + 6 * DAY), recorded_at=MONDAY + 9 * DAY)
    made = played(reported(), late[0], in_time, until=MONDAY + 11 * DAY)
    assert nights_of(PatternName.IRREGULAR_CONTACT, made) == []


def test_contact_written_down_days_later_twice_is_found() -> None:
    late = [entry(contact(MONDAY + n * DAY), recorded_at=MONDAY + (n + 3) * DAY) for n in (1, 8)]
    assert nights_of(PatternName.WRITTEN_DOWN_LATE, played(reported(), *late, until=MONDAY + 20 * DAY)) == [
        date(2024, 6, 15)
    ]
    once = played(reported(), late[0], contact(MONDAY + 8 * DAY), until=MONDAY + 20 * DAY)
    assert nights_of(PatternName.WRITTEN_DOWN_LATE, once) == []


@pytest.mark.parametrize("means", [Means.EMAIL, Means.POST, Means.TEXT])
def test_somebody_who_asked_to_be_rung_up_and_is_twice_written_to_is_found(means: Means) -> None:
    written = [ContactMade(at=MONDAY + n * DAY, means=means, words="Told.") for n in (1, 8)]
    case = played(reported(complainant=BY_PHONE), *written, until=MONDAY + 10 * DAY)
    assert nights_of(PatternName.CONTACT_PREFERENCE_NOT_KEPT, case) == [date(2024, 6, 12)]
    assert said(PatternName.CONTACT_PREFERENCE_NOT_KEPT, case) == (
        "The complainant asked on Monday 3 June 2024 for contact by phone; twice it was made in another way."
    )


def test_visits_calls_and_contact_before_they_asked_keep_to_what_was_asked_for() -> None:
    written = [ContactMade(at=MONDAY + n * DAY, means=Means.EMAIL, words="Told.") for n in (1, 2)]
    asked = h.details(MONDAY + 3 * DAY, BY_PHONE)
    after = [contact(MONDAY + 4 * DAY), ContactMade(at=MONDAY + 5 * DAY, means=Means.VISIT, words="Came.")]
    case = played(reported(complainant=ROBIN), *written, asked, *after, until=MONDAY + 10 * DAY)
    assert nights_of(PatternName.CONTACT_PREFERENCE_NOT_KEPT, case) == []


def by_text(of: str = "complainant") -> NeedTold:
    return NeedTold(at=MONDAY, person=of, kind="reading", means=(Means.TEXT,), words="Text me.")


RUNG_UP = [contact(MONDAY + n * DAY) for n in (1, 2, 3, 4)]


def found_of(*facts: CaseFact) -> int:
    case = played(reported(), *facts, until=MONDAY + 10 * DAY)
    return len(nights_of(PatternName.CONTACT_PREFERENCE_NOT_KEPT, case))


def test_a_need_says_how_they_want_to_be_reached_as_long_as_it_lasts() -> None:
    ended = NeedEnded(at=MONDAY + HOUR, kind="reading", words="Ring me.")
    assert found_of(by_text(), *RUNG_UP) == 1
    assert found_of(by_text(), ended, *RUNG_UP) == 0
    assert found_of(h.taken_on(MONDAY, "witness-2", Part.WITNESS), by_text("witness-2"), *RUNG_UP) == 0


def test_nobody_is_to_be_reached_as_they_asked_where_that_is_not_safe() -> None:
    safe = NeedTold(
        at=MONDAY, kind="safe_contact", safe_contact=SafeContact(means=(Means.PHONE,)), words="He reads it."
    )
    assert found_of(by_text(), safe, *RUNG_UP) == 0
