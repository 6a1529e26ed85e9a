"""The hour at which a court hears us: known where the court has said, and gone with the day that it was of."""

from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from policy.case_file import CaseFile
from policy.facts import BORDER
from policy.facts.base import Fact
from policy.facts.hearings import HearingAdjourned, HearingListed, Protection, When, WitnessSupported
from policy.facts.proceedings import CourtDay
from policy.legal_action import facts as legal
from policy.packs.fields import codes_of
from tests.given import case_of, london, report
from tests.policy import happenings as h
from tests.policy.legal_action.acting import TO_COURT
from tests.policy.test_legal_action_on_a_case import KEY, carried, heard, moved, under_way
from tests.policy.test_sittings import AFTER, BEFORE, FIRST, ON_IT, SECOND, told
from tests.policy.warned import MONDAY

TEN, TWO = time(10), time(14)
NEXT = date(2023, 9, 4)
ADVISED: Any = {"advised_on_court": True, "protection": Protection.NOT_NEEDED}


def listed(on: date = FIRST, hour: time | None = TEN, **more: Any) -> legal.CourtListed:
    return legal.CourtListed.model_validate({"at": BEFORE, "on": on, "hour": hour} | more)


def by_hand(*more: Fact) -> CaseFile:
    first = HearingListed(at=MONDAY, on=FIRST, hour=TEN, court="A county court")
    return h.recorded(case_of(report(MONDAY)), first, *more)


def to(on: date, hour: time | None) -> HearingAdjourned:
    return HearingAdjourned(at=MONDAY, matter="hearing-2", on=on, hour=hour)


def hours(file: CaseFile) -> list[tuple[date, time | None]]:
    return [(one.on, one.hour) for one in file.hearings.values()]


@pytest.mark.parametrize("kind", [HearingListed, HearingAdjourned, legal.CourtListed])
def test_what_was_recorded_without_an_hour_stands_as_it_was(kind: type[Fact]) -> None:
    said = {"at": BEFORE.isoformat(), "on": "2023-07-03", "court": "A court", "matter": "hearing-2"}
    fact = kind.model_validate({name: one for name, one in said.items() if name in kind.model_fields})
    assert getattr(fact, "hour", ...) is None
    assert "At" not in dict(codes_of(fact))


def test_an_hour_is_of_the_clock_in_london() -> None:
    body = {"at": BEFORE.isoformat(), "on": "2023-07-03"}
    assert legal.CourtListed.model_validate(body | {"hour": "10:30"}, context=BORDER).hour == time(10, 30)
    for wrong in ("10:30Z", "10:30:15", "10:30+02:00", "25:00", "soon"):
        with pytest.raises(ValidationError):
            legal.CourtListed.model_validate(body | {"hour": wrong}, context=BORDER)
    assert dict(codes_of(listed()))["At"] == "10:00"


def test_another_hour_is_of_the_same_sitting_and_a_change_of_it() -> None:
    (one,) = told(listed(), listed(hour=TWO))
    assert (one.first, one.on, one.hour, one.changes) == (1, FIRST, TWO, 1)
    (same,) = told(listed(), listed())
    assert (same.hour, same.changes) == (TEN, 0)
    (later_that_day,) = told(listed(), listed(hour=TWO, at=ON_IT))
    assert (later_that_day.first, later_that_day.hour) == (1, TWO)


def test_another_day_has_its_own_hour_or_none() -> None:
    (moved_to,) = told(listed(), listed(SECOND, None))
    assert (moved_to.on, moved_to.hour) == (SECOND, None)
    first, second = told(listed(), listed(SECOND, TWO, at=AFTER))
    assert ((first.hour, second.hour), second.first) == ((TEN, TWO), 2)


def test_on_a_case_the_hour_stands_with_its_day() -> None:
    assert hours(by_hand()) == [(FIRST, TEN)]
    assert hours(by_hand(to(SECOND, TWO))) == [(SECOND, TWO)]
    assert hours(by_hand(to(SECOND, None))) == [(SECOND, None)]


def test_for_another_hour_of_the_same_day_nobody_is_prepared_again() -> None:
    prepared = WitnessSupported(
        at=MONDAY, hearing="hearing-2", when=When.BEFORE, words="Shown the room.", **ADVISED
    )
    file = by_hand(prepared, to(FIRST, TWO))
    assert hours(file) == [(FIRST, TWO)]
    assert "before:complainant" in file.hearings["hearing-2"].given


def test_a_case_hears_from_its_legal_action_at_what_hour() -> None:
    played = carried("injunction", *TO_COURT, listed(NEXT, TWO, at=london(2023, 6, 28)))
    assert [one.refused for one in played.beside.values()] == [()]
    assert hours(played.file) == [(NEXT, TWO)]


def test_an_hour_that_is_learnt_after_the_day_prepares_nobody_anew() -> None:
    known = CourtDay(on=FIRST, said_at=MONDAY)
    prepared = WitnessSupported(
        at=london(2023, 6, 20), hearing=KEY, when=When.BEFORE, words="Shown the room.", **ADVISED
    )
    before = h.recorded(under_way(moved(hearing=known)), prepared)
    after = heard(before, moved(at=london(2023, 6, 21), hearing=known.model_copy(update={"hour": TEN})))
    assert hours(after) == [(FIRST, TEN)]
    assert after.hearings[KEY].given == before.hearings[KEY].given != {}
