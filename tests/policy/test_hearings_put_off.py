"""witness-care: a court's day that was taken away was held for whoever came on it, and only for them."""

from datetime import date, datetime
from typing import Any

import pytest

from policy.case_file import CaseFile
from policy.facts.closing import Closing
from policy.facts.hearings import HearingAdjourned, HearingListed, When, WitnessSupported
from policy.facts.proceedings import CourtDay, LegalActionStopped
from policy.ledger import Ending
from policy.legal_action import facts as f
from tests.given import SUPERVISOR, assessed, case_of, london, report
from tests.policy import happenings as h
from tests.policy.legal_action.acting import DAY, HEARD_AT, TO_COURT, decided
from tests.policy.legal_action.test_two_courts import APPEAL_HEARD, LODGED, OF_THE_APPEAL, STANDS
from tests.policy.test_legal_action_on_a_case import IN_FORCE, KEY, carried, hearing, moved, owed, under_way
from tests.policy.warned import MONDAY

FIRST, NEXT = date(2023, 7, 3), date(2023, 9, 4)
THAT_MORNING = london(2023, 7, 3, 10, 30)
LATE = london(2023, 7, 5)


def supported_after(at: datetime, hearing: str) -> WitnessSupported:
    return WitnessSupported(at=at, hearing=hearing, when=When.AFTER, words="Tea, and a lift home.")


# by the day on which it was put off, however late we learn of that


@pytest.mark.parametrize("recorded_at", [london(2023, 6, 28), LATE], ids=["at-once", "after-its-day"])
@pytest.mark.parametrize(
    "fact",
    [
        f.CourtAdjourned(at=london(2023, 6, 28), words="By a letter."),
        f.CourtListed(at=london(2023, 6, 28), on=NEXT),
        f.CourtDecided(at=london(2023, 6, 28), outcome=f.CourtOutcome.SETTLED, words="Out of court."),
        f.LegalActionEnded(at=london(2023, 6, 28), how=f.Ended.GIVEN_UP, reasons="He has moved."),
    ],
    ids=["adjourned", "another-day", "settled", "given-up"],
)
def test_what_was_off_before_its_day_was_not_held_also_where_we_learn_of_it_later(
    fact: f.LegalFact, recorded_at: datetime
) -> None:
    played = carried("injunction", *TO_COURT, fact, recorded_at=recorded_at)
    assert [one.refused for one in played.beside.values()] == [()]
    assert [one.held_at for one in played.file.hearings.values()] == [None] * isinstance(fact, f.CourtListed)


def test_whoever_came_on_the_day_is_supported_from_when_it_was_put_off() -> None:
    put_off = f.CourtAdjourned(at=THAT_MORNING, words="No judge.")
    played = carried("injunction", *TO_COURT, put_off, recorded_at=london(2023, 7, 4))
    (key,) = played.file.hearings
    assert played.file.hearings[key].held_at == THAT_MORNING
    at_eleven = supported_after(london(2023, 7, 3, 11), key)
    kept = h.recorded(played.file, at_eleven, recorded_at=london(2023, 7, 4, 10))
    assert not [one for one in owed(kept) if one.startswith("hearing")]


def by_hand(at: datetime, on: date = NEXT) -> CaseFile:
    listed = HearingListed(at=MONDAY, on=FIRST, court="A county court")
    put_off = HearingAdjourned(at=at, matter="hearing-2", on=on)
    return h.recorded(h.recorded(case_of(report(MONDAY)), listed), put_off, recorded_at=LATE)


def test_what_was_entered_by_hand_is_kept_as_what_a_legal_action_tells_of() -> None:
    on_its_day = by_hand(THAT_MORNING)
    assert on_its_day.hearings["hearing-2-1"].held_at == THAT_MORNING
    assert {"hearing-after:hearing-2-1:complainant", "hearing-before:hearing-2:complainant"} <= owed(on_its_day)
    again = h.recorded(
        on_its_day, HearingAdjourned(at=london(2023, 9, 4, 10), matter="hearing-2", on=date(2023, 10, 2))
    )
    assert again.hearings.keys() == {"hearing-2", "hearing-2-1", "hearing-2-2"}
    assert by_hand(london(2023, 6, 30)).hearings.keys() == {"hearing-2"}, "put off before it"
    assert by_hand(THAT_MORNING, FIRST).hearings.keys() == {"hearing-2"}, "later on that day"


def test_those_that_were_held_are_numbered_whatever_other_courts_there_are() -> None:
    another = f.AppealLodged(at=APPEAL_HEARD + DAY, words="Higher.")
    higher = f.CourtListed(at=APPEAL_HEARD + 2 * DAY, appeal=True, on=date(2023, 10, 2))
    breached = f.OrderBreached(at=APPEAL_HEARD + 3 * DAY, words="He came back.")
    of_breach = f.CourtListed(at=APPEAL_HEARD + 4 * DAY, appeal=False, on=date(2023, 9, 18))
    played = carried(
        "injunction", *TO_COURT, decided(), LODGED, OF_THE_APPEAL, STANDS, another, higher, breached, of_breach
    )
    (key,) = played.beside
    held = {name: one.on for name, one in played.file.hearings.items() if one.held_at is not None}
    assert held == {f"{key}-1": FIRST, f"{key}-appeal-1": NEXT}
    assert {f"{key}-appeal", key} < played.file.hearings.keys()


def test_who_was_to_be_prepared_for_a_day_that_was_moved_was_not_missed() -> None:
    played = carried("injunction", *TO_COURT, f.CourtListed(at=london(2023, 6, 21), on=NEXT))
    first, then = [one for one in played.ledger() if one.deadline.key.startswith("hearing-before")]
    assert first.ended is not None
    assert (first.ended.ending, first.ended.moved_to, first.noticed_at) == (Ending.MOVED, then.deadline.due, None)
    assert then.ended is None


# where nothing carries the legal action on any more


def stopped(file: CaseFile, at: datetime) -> CaseFile:
    return h.recorded(file, LegalActionStopped(at=at, matter=KEY, reasons="Nothing runs it."), by=SUPERVISOR)


def test_no_court_s_day_outlives_what_was_stopped_but_support_after_one_does() -> None:
    ahead = stopped(hearing(), MONDAY + 2 * DAY)
    assert (ahead.hearings, [key for key in owed(ahead) if key.startswith("hearing")]) == ({}, [])
    assert h.recorded(ahead, assessed(MONDAY + 3 * DAY), h.closed(MONDAY + 3 * DAY, Closing.DEALT_WITH)).closed_at
    come = stopped(hearing(), LATE)
    assert f"hearing-after:{KEY}:complainant" in owed(come)
    cared_for = h.recorded(come, supported_after(LATE, KEY))
    assert not [key for key in owed(cared_for) if key.startswith("hearing")]


def test_what_was_heard_stays_so_and_an_appeal_s_day_ahead_goes_when_it_is_stopped() -> None:
    days: dict[str, Any] = {
        "hearing": CourtDay(on=FIRST, heard_at=HEARD_AT),
        "appeal_hearing": CourtDay(on=NEXT, said_at=HEARD_AT),
    }
    both = under_way(moved(hearing=CourtDay(on=FIRST)), IN_FORCE.model_copy(update={"at": HEARD_AT} | days))
    file = stopped(both, LATE)
    assert {key: one.held_at for key, one in file.hearings.items()} == {KEY: HEARD_AT}
