"""Days of courts as their facts tell: the same sitting while it is to come, another once its day had come."""

from datetime import date, datetime
from typing import Any

from policy.facts.base import Fact
from policy.facts.hearings import HearingAdjourned, HearingListed, HearingVacated
from policy.legal_action import facts as legal
from policy.sittings import Sitting, sittings_of
from tests.given import london

FIRST, SECOND = date(2023, 7, 3), date(2023, 8, 7)
BEFORE, ON_IT, AFTER = london(2023, 6, 19), london(2023, 7, 3, 11), london(2023, 7, 10)


def told(*facts: Fact, ref: str = "CW-2023-000001-7") -> list[Sitting]:
    said: list[tuple[str, int, datetime, dict[str, Any]]] = [
        (ref, seq, fact.at, fact.model_dump(mode="json")) for seq, fact in enumerate(facts, start=1)
    ]
    return sittings_of(said)


def listed(at: datetime, on: date, *, appeal: bool | None = None) -> Fact:
    return legal.CourtListed(at=at, on=on, appeal=appeal)


def test_a_day_that_moves_before_it_comes_is_of_the_same_sitting() -> None:
    (one,) = told(listed(BEFORE, FIRST), listed(BEFORE, SECOND))
    assert (one.first, one.on, one.changes, one.off) == (1, SECOND, 1, False)


def test_the_same_day_said_again_changes_nothing() -> None:
    (one,) = told(listed(BEFORE, FIRST), listed(BEFORE, FIRST))
    assert (one.first, one.changes) == (1, 0)


def test_after_its_day_had_come_the_next_is_another_sitting() -> None:
    one, other = told(listed(BEFORE, FIRST), listed(ON_IT, SECOND))
    assert (one.on, one.changes, one.off) == (FIRST, 0, False)
    assert (other.first, other.on) == (2, SECOND)


def test_put_off_before_its_day_it_is_off_until_another_day_is_set() -> None:
    off = legal.CourtAdjourned(at=BEFORE, words="No judge.")
    (one,) = told(listed(BEFORE, FIRST), off)
    assert (one.off, one.changes) == (True, 1)
    (again,) = told(listed(BEFORE, FIRST), off, listed(AFTER, SECOND))
    assert (again.first, again.on, again.off, again.changes) == (1, SECOND, False, 2)


def test_put_off_on_the_day_it_was_a_sitting_all_the_same() -> None:
    (one,) = told(listed(BEFORE, FIRST), legal.CourtAdjourned(at=ON_IT, words="To be heard on."))
    assert (one.off, one.changes) == (False, 0)


def test_what_is_decided_or_ended_before_the_day_is_not_held() -> None:
    decided = legal.CourtDecided(at=BEFORE, outcome=legal.CourtOutcome.SETTLED, words="Settled.")
    ended = legal.LegalActionEnded(at=BEFORE, how=legal.Ended.GIVEN_UP, reasons="As agreed.")
    answered = legal.BreachAnswered(at=BEFORE, words="A warning.")
    for over in (decided, ended, answered):
        (one,) = told(listed(BEFORE, FIRST), over)
        assert one.off, over.fact
    (goes_on,) = told(listed(BEFORE, FIRST), legal.BreachAnswered(at=BEFORE, to_court=True, words="To court."))
    assert not goes_on.off


def test_an_appeal_has_days_of_its_own_at_no_court_that_we_know() -> None:
    issued = legal.PapersIssued(at=BEFORE, court="A county court", words="Issued.")
    lodged = legal.AppealLodged(at=BEFORE, words="By them.")
    first, appeal, breach = told(
        issued,
        listed(BEFORE, FIRST),
        lodged,
        listed(BEFORE, SECOND),
        legal.CourtListed(at=AFTER, on=date(2023, 9, 4), appeal=False),
    )
    assert (first.series, first.court) == ("hearing", 1)
    assert (appeal.series, appeal.court) == ("appeal", None)
    assert (breach.series, breach.on) == ("hearing", date(2023, 9, 4))
    decided = legal.AppealDecided(at=BEFORE, stands=True, words="It stands.")
    *_, gone = told(lodged, listed(BEFORE, FIRST), decided)
    assert gone.off


def test_hearings_of_a_case_go_by_their_matter() -> None:
    one, other = told(
        HearingListed(at=BEFORE, on=FIRST, court="A magistrates' court"),
        HearingListed(at=BEFORE, on=FIRST, court="Another court"),
        HearingAdjourned(at=BEFORE, matter="hearing-1", on=SECOND),
        HearingVacated(at=BEFORE, matter="hearing-2", reasons="Withdrawn."),
        ref="CW-2023-000001",
    )
    assert (one.on, one.court, one.off) == (SECOND, 1, False)
    assert (other.on, other.court, other.off) == (FIRST, 2, True)
