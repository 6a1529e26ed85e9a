"""witness-care: a hearing that is moved back to a day which it had before is prepared for once."""

from datetime import date, datetime

import pytest

from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts.hearings import HearingAdjourned, HearingHeld, HearingListed, When, WitnessSupported
from policy.facts.parts import Part
from policy.facts.proceedings import CourtDay, LegalStage
from tests.given import EDITION, case_of, london, report
from tests.policy import happenings as h
from tests.policy.random_safety import witness_supported
from tests.policy.test_clear_consequences import ANOTHER
from tests.policy.test_clear_consequences import FIRST as SOMEBODY
from tests.policy.test_legal_action_on_a_case import KEY, heard, moved, under_way
from tests.policy.warned import DAY, MONDAY

FIRST, NEXT = date(2023, 7, 3), date(2023, 9, 4)
BY_HAND = "hearing-2"
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + days * DAY for days in range(1, 5))


def support(at: datetime, key: str, when: When = When.BEFORE) -> WitnessSupported:
    return witness_supported(at, key, "complainant", when)


def listed() -> CaseFile:
    return h.recorded(case_of(report(MONDAY)), HearingListed(at=MONDAY, on=FIRST, court="A county court"))


def to(on: date, at: datetime) -> HearingAdjourned:
    return HearingAdjourned(at=at, matter=BY_HAND, on=on)


def owed(file: CaseFile) -> set[str]:
    return {one.key for one in deadlines(file, EDITION) if one.key.startswith("hearing-") and ":" in one.key}


def moved_back_by_hand(*first: WitnessSupported, late: tuple[WitnessSupported, ...] = ()) -> CaseFile:
    file = h.recorded(listed(), *first, to(NEXT, WEDNESDAY))
    assert f"hearing-before:{BY_HAND}:complainant" in owed(file)
    return h.recorded(h.recorded(file, to(FIRST, THURSDAY)), *late, recorded_at=FRIDAY)


def moved_back_in_court(*first: WitnessSupported, late: tuple[WitnessSupported, ...] = ()) -> CaseFile:
    file = h.recorded(under_way(moved(hearing=CourtDay(on=FIRST))), *first)
    file = heard(file, moved(at=WEDNESDAY, hearing=CourtDay(on=NEXT)))
    assert f"hearing-before:{KEY}:complainant" in owed(file)
    file = heard(file, moved(at=THURSDAY, hearing=CourtDay(on=FIRST)))
    return h.recorded(file, *late, recorded_at=FRIDAY)


def test_whoever_was_prepared_for_a_day_is_so_when_the_hearing_is_moved_back_to_it() -> None:
    for back, key in ((moved_back_by_hand, BY_HAND), (moved_back_in_court, KEY)):
        prepared = support(TUESDAY, key)
        assert owed(back(prepared)) == owed(back(late=(prepared,))) == {f"hearing-during:{key}:complainant"}


def test_what_they_had_for_the_other_day_counts_for_that_alone() -> None:
    file = h.recorded(listed(), to(NEXT, TUESDAY), support(WEDNESDAY, BY_HAND))
    back = h.recorded(file, to(FIRST, THURSDAY))
    late = h.recorded(h.recorded(listed(), to(NEXT, TUESDAY), to(FIRST, THURSDAY)), support(WEDNESDAY, BY_HAND))
    for one in (back, late):
        assert f"hearing-before:{BY_HAND}:complainant" in owed(one)
    again = h.recorded(back, to(NEXT, FRIDAY))
    assert f"hearing-before:{BY_HAND}:complainant" not in owed(again)


@pytest.mark.parametrize("known", [False, True], ids=["before we knew them", "after"])
def test_nobody_is_prepared_by_what_was_done_for_whom_they_were_taken_for(*, known: bool) -> None:
    witness = h.taken_on(MONDAY, "witness-3", Part.WITNESS).model_copy(update={"person": SOMEBODY})
    prepared = witness_supported(TUESDAY, BY_HAND, "witness-3", When.BEFORE)
    another = h.identified(WEDNESDAY, "witness-3", ANOTHER)
    file = h.recorded(listed(), witness, prepared, to(NEXT, TUESDAY), *((another,) if known else ()))
    back = h.recorded(file, to(FIRST, THURSDAY))
    assert (f"hearing-before:{BY_HAND}:witness-3" in owed(back)) is known


def test_put_off_and_set_again_on_its_own_day_it_is_one_hearing() -> None:
    at_nine, at_ten, at_eleven, at_noon = (london(2023, 7, 3, hour) for hour in (9, 10, 11, 12))
    file = h.recorded(listed(), support(TUESDAY, BY_HAND), support(at_nine, BY_HAND, When.DURING))
    put_off = h.recorded(file, to(NEXT, at_ten))
    assert f"hearing-after:{BY_HAND}-1:complainant" in owed(put_off)
    back = h.recorded(put_off, to(FIRST, at_eleven))
    assert owed(back) == set()
    held = h.recorded(back, HearingHeld(at=at_noon, matter=BY_HAND, words="They spoke."))
    assert owed(held) == {f"hearing-after:{BY_HAND}:complainant"}


def test_taken_away_on_its_day_and_set_again_for_it_in_later_news_it_is_one_hearing() -> None:
    at_nine, at_ten, at_eleven = (london(2023, 7, 3, hour) for hour in (9, 10, 11))
    listed_in_court = heard(under_way(), moved(hearing=CourtDay(on=FIRST, said_at=TUESDAY)))
    file = h.recorded(listed_in_court, support(WEDNESDAY, KEY), support(at_nine, KEY, When.DURING))
    taken_away = heard(file, moved(LegalStage.ISSUED, at=at_ten, hearing=CourtDay(said_at=at_ten)))
    assert f"hearing-after:{KEY}-1:complainant" in owed(taken_away)
    again = heard(taken_away, moved(at=at_eleven, hearing=CourtDay(on=FIRST, said_at=at_eleven)))
    assert owed(again) == set()
