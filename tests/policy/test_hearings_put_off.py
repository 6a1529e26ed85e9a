"""witness-care: a court's day that was taken away was held for whoever came on it, and only for them."""

from datetime import date, datetime
from typing import Any

import pytest

from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts import CaseFact
from policy.facts.closing import Closing
from policy.facts.hearings import HearingAdjourned, HearingListed, HearingVacated, When, WitnessSupported
from policy.facts.parts import Part
from policy.facts.proceedings import CourtDay, LegalActionStopped
from policy.ledger import Ending
from policy.legal_action import facts as f
from tests.given import EDITION, SUPERVISOR, assessed, case_of, london, report
from tests.policy import happenings as h
from tests.policy.legal_action.acting import DAY, HEARD_AT, TO_COURT, decided
from tests.policy.legal_action.test_two_courts import APPEAL_HEARD, LODGED, OF_THE_APPEAL, STANDS
from tests.policy.random_safety import witness_supported
from tests.policy.test_clear_consequences import ANOTHER
from tests.policy.test_clear_consequences import FIRST as SOMEBODY
from tests.policy.test_legal_action_on_a_case import IN_FORCE, KEY, carried, heard, hearing, moved, owed, under_way
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


def test_whoever_came_on_a_day_that_was_taken_away_then_is_supported_after_it() -> None:
    file = h.recorded(case_of(report(MONDAY)), HearingListed(at=MONDAY, on=date(2023, 6, 12), court="The court"))
    off = {"matter": "hearing-2", "reasons": "No judge."}
    on_the_day = h.recorded(file, HearingVacated(at=london(2023, 6, 12, 15), **off))
    assert "hearing-after:hearing-2-1:complainant" in h.owed(on_the_day)
    before = h.recorded(file, HearingVacated(at=MONDAY + DAY, **off))
    assert not any(key.startswith("hearing") for key in h.owed(before))


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


# from when the court set the day, however late the case hears of it


SET = london(2023, 6, 21)
MEANWHILE = london(2023, 6, 22, 11)


def heard_late(*news: CaseFact) -> CaseFile:
    """What the court set on the 21st the case hears of on the 23rd."""
    return under_way(*news, moved(at=london(2023, 6, 23), hearing=CourtDay(on=NEXT, said_at=SET)))


def before(at: datetime, hearing: str = KEY) -> WitnessSupported:
    return witness_supported(at, hearing, "complainant", When.BEFORE)


@pytest.mark.parametrize(("at", "counts"), [(MEANWHILE, True), (SET - DAY, False)], ids=["after-it", "before-it"])
def test_whoever_was_prepared_since_the_court_set_the_day_is_prepared_for_it(
    at: datetime, *, counts: bool
) -> None:
    afterwards = h.recorded(heard_late(), before(at), recorded_at=LATE)
    first = h.recorded(under_way(moved(hearing=CourtDay(on=FIRST))), before(at))
    then = heard(first, moved(at=london(2023, 6, 23), hearing=CourtDay(on=NEXT, said_at=SET)))
    assert f"hearing-before:{KEY}:complainant" not in owed(first)
    for file in (afterwards, then):
        assert (f"hearing-before:{KEY}:complainant" not in owed(file)) is counts
        assert f"hearing-during:{KEY}:complainant" in owed(file)


def test_so_they_are_for_a_day_that_was_moved_by_hand() -> None:
    listed = h.recorded(case_of(report(MONDAY)), HearingListed(at=MONDAY, on=FIRST, court="A county court"))
    put_off = HearingAdjourned(at=SET, matter="hearing-2", on=NEXT)
    for at, counts in ((MEANWHILE, True), (SET - DAY, False)):
        file = h.recorded(h.recorded(listed, before(at, "hearing-2")), put_off, recorded_at=LATE)
        assert ("hearing-before:hearing-2:complainant" not in owed(file)) is counts


def test_at_short_notice_hours_count_from_when_the_case_hears_of_the_day() -> None:
    soon = moved(at=london(2023, 6, 23, 10), hearing=CourtDay(on=date(2023, 6, 26), said_at=SET))
    (due,) = [one.due for one in deadlines(under_way(soon), EDITION) if one.key.startswith("hearing-before")]
    assert due == london(2023, 6, 23, 14)


def test_nobody_is_prepared_by_what_was_done_for_whom_they_were_taken_for() -> None:
    told = h.taken_on(MONDAY, "witness-2", Part.WITNESS).model_copy(update={"person": SOMEBODY})
    file = h.recorded(under_way(moved(hearing=CourtDay(on=FIRST))), told)
    prepared = witness_supported(MEANWHILE, KEY, "witness-2", When.BEFORE)
    another = h.identified(MEANWHILE + DAY, "witness-2", ANOTHER)
    file = h.recorded(h.recorded(file, prepared), another)
    news = moved(at=LATE, hearing=CourtDay(on=NEXT, said_at=SET))
    assert f"hearing-before:{KEY}:witness-2" in owed(heard(file, news))
    late = h.recorded(heard(file, news), prepared, recorded_at=LATE)
    assert f"hearing-before:{KEY}:witness-2" in owed(late)


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
