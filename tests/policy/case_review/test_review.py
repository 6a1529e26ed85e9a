"""case-review: from the application to its end, each step with its day, and who may ask."""

from collections.abc import Callable
from datetime import datetime

import pytest

from policy.case_review import facts as f
from policy.case_review.asking import can_be_answered_on
from policy.case_review.review import ReviewFile
from policy.facts import Fact
from policy.facts.people import Person
from policy.refusals import FactBeforeTheReport, FactInTheFuture
from policy.refusals.case_review import (
    AskerCannotBeAnswered,
    DistrictUnknown,
    ReviewNotReadyToEnd,
    ReviewStepNotOpen,
    VictimMustAgree,
)
from tests.given import OFFICER, case_of, london, report
from tests.policy.case_review.reviewing import (
    ACKNOWLEDGED,
    ANOTHER,
    CASE,
    COMMISSIONER,
    COUNCIL,
    DAY,
    ENOUGH,
    HANDLER,
    HEARD,
    MEETING,
    MET,
    MONDAY,
    OUTCOME_TOLD,
    PARTNERS,
    POLICE,
    THRESHOLD_TOLD,
    WRITTEN,
    answered,
    asked,
    carried_out,
    concluded,
    decided,
    disputed,
    empty,
    ended,
    held,
    not_met,
    owed,
    recommended,
    review_decided,
    told,
    up_to_the_threshold,
)

# its steps


def test_each_step_has_its_day_and_says_what_is_owed_next() -> None:
    file = told(empty(), asked())
    steps: list[tuple[Fact, str, datetime]] = [
        (HEARD, "Acknowledge the application in writing, with the reference to quote", london(2023, 6, 8, 17)),
        (ACKNOWLEDGED, "Decide whether the threshold is met", london(2023, 6, 20, 17)),
        (MET, "Tell the applicant in writing whether the threshold is met, and why", london(2023, 6, 12, 17)),
        (THRESHOLD_TOLD, "Ask the agencies for what they know", london(2023, 6, 13, 17)),
    ]
    for fact, what, due in steps:
        file = told(file, fact)
        (next_one,) = owed(file).values()
        assert (next_one.owed, next_one.due) == (what, due)
    file = told(file, PARTNERS)
    assert {key: one.due for key, one in owed(file).items()} == {
        "partner-council": london(2023, 6, 26, 17),
        "partner-police": london(2023, 6, 26, 17),
        "meeting": london(2023, 7, 10, 17),
    }
    more: list[tuple[Fact, str, datetime]] = [
        (MEETING, "Decide the review in writing, with reasons and recommendations", london(2023, 7, 10, 17)),
        (
            review_decided(),
            "Tell the applicant in writing what was decided and recommended, and why",
            london(2023, 7, 10, 17),
        ),
        (
            OUTCOME_TOLD,
            "Tell the applicant in writing what came of the review, and end it",
            london(2023, 8, 11, 17),
        ),
    ]
    file = told(file, POLICE, COUNCIL)
    for fact, what, due in more:
        file = told(file, fact)
        (next_one,) = owed(file).values()
        assert (next_one.owed, next_one.due) == (what, due)
    assert told(file, ended(london(2023, 8, 7))).finished


@pytest.mark.parametrize("fact", [MET, THRESHOLD_TOLD, PARTNERS, POLICE, MEETING, OUTCOME_TOLD], ids=str)
def test_no_step_comes_before_its_turn(fact: Fact) -> None:
    with pytest.raises(ReviewStepNotOpen, match="What is owed now: acknowledge the application"):
        told(empty(), asked(), fact)
    with pytest.raises(ReviewStepNotOpen, match="begins by itself"):
        told(empty(), fact)


def test_nothing_is_recorded_twice_from_the_future_before_its_time_or_after_the_end() -> None:
    with pytest.raises(ReviewStepNotOpen, match="begun already"):
        told(empty(), asked(), asked())
    with pytest.raises(FactInTheFuture):
        told(empty(), asked(), ACKNOWLEDGED, recorded_at=MONDAY)
    with pytest.raises(FactBeforeTheReport):
        told(empty(), asked(), HEARD.model_copy(update={"at": MONDAY - DAY}))
    with pytest.raises(FactBeforeTheReport, match="Tuesday 6 June 2023 at 09:00"):
        told(empty(), asked(), ACKNOWLEDGED, decided(*ENOUGH, met=True, at=MONDAY))
    over = told(concluded(), ended(london(2023, 8, 7)))
    assert owed(over) == {}
    for late in (ACKNOWLEDGED, f.CaseBroughtIn(at=over.since or MONDAY, case="CW-2023-000002")):
        with pytest.raises(ReviewStepNotOpen, match="is over"):
            told(over, late.model_copy(update={"at": london(2023, 9, 1)}))


# who may ask


@pytest.mark.parametrize("by", f.Asker)
def test_anybody_may_ask_and_whoever_is_not_the_victim_with_the_victim_s_agreement(by: f.Asker) -> None:
    assert told(empty(), asked(by, victim_agrees=True), by=OFFICER).asked_by is by
    for agrees in (None, False):
        if by is f.Asker.VICTIM:
            assert told(empty(), asked(by, victim_agrees=agrees))
        else:
            why = "Ask them first" if agrees is None else "The victim said no to it"
            with pytest.raises(VictimMustAgree, match=why):
                told(empty(), asked(by, victim_agrees=agrees))


def test_whoever_asks_can_be_answered_or_is_the_victim_of_a_case_that_we_found() -> None:
    by_name = Person(name="Rowan Example")
    unreachable = (None, by_name, by_name.model_copy(update={"phone": "01632 960001"}))
    for by, cases, claimed in (
        (f.Asker.VICTIM, (), ()),
        (f.Asker.VICTIM, (), (CASE,)),
        (f.Asker.FRIEND, (CASE,), ()),
        (f.Asker.FRIEND, (), (CASE,)),
    ):
        for asker in unreachable:
            with pytest.raises(AskerCannotBeAnswered, match="Every answer is in writing"):
                told(empty(), asked(by, victim_agrees=True, cases=cases, claimed=claimed, asker=asker))
        for way in ({"email": "rowan@example.org"}, {"address": ("2 Invented Row",)}):
            reached = by_name.model_copy(update=way)
            assert told(empty(), asked(by, victim_agrees=True, cases=cases, claimed=claimed, asker=reached))
    assert told(empty(), asked(asker=None, cases=(CASE,)))


def test_where_one_of_their_cases_is_not_open_yet_nobody_is_turned_away_over_the_other() -> None:
    unreachable = case_of(report(MONDAY)).with_(writes_by=None)
    two = asked(asker=None, cases=(unreachable.ref, "CW-2023-000002"))
    can_be_answered_on(two, [unreachable])
    can_be_answered_on(asked(asker=None, cases=()), [])
    with pytest.raises(AskerCannotBeAnswered, match="no way to write to the victim"):
        can_be_answered_on(two, [unreachable, unreachable])


def test_a_case_that_somebody_says_is_theirs_is_looked_at_by_one_of_us() -> None:
    file = told(empty(), asked(cases=(), claimed=(CASE, CASE)))
    assert (file.cases, file.claimed) == ((), (CASE,))
    assert owed(file)["case"].owed.endswith(f"(they name {CASE})")


def test_it_is_asked_for_in_a_district_that_the_edition_names() -> None:
    with pytest.raises(DistrictUnknown, match="atlantis is not one of these"):
        told(empty(), asked(district="atlantis"))


def test_where_there_is_no_case_yet_one_is_found_or_opened_by_the_next_day() -> None:
    file = told(empty(), asked(cases=()))
    assert owed(file)["case"].due == london(2023, 6, 6, 17)
    found = told(file, f.CaseBroughtIn(at=MONDAY + DAY, case=CASE, handled_by=("officer-9",)))
    assert (found.cases, "case" in owed(found)) == ((CASE,), False)
    assert "officer-9" in found.handled_by


def test_it_may_be_about_several_cases() -> None:
    two = (CASE, "CW-2023-000002")
    file = told(empty(), asked(cases=(*two, CASE)))
    again = told(file, f.CaseBroughtIn(at=MONDAY, case=CASE, handled_by=("officer-9", OFFICER.id)))
    assert (file.case, again.cases) == (None, two)
    assert again.handled_by == (OFFICER.id, HANDLER.id, "officer-9")


# withdrawn


def test_whoever_no_longer_wants_it_has_that_confirmed_in_writing() -> None:
    withdrawn = told(empty(), asked(), f.CaseReviewWithdrawn(at=MONDAY + DAY, words="It has stopped."))
    assert owed(withdrawn)["end"].due == london(2023, 6, 13, 17)
    assert set(owed(withdrawn)) == {"end"}
    assert told(withdrawn, ended(MONDAY + DAY)).over


@pytest.mark.parametrize(
    "file",
    [up_to_the_threshold, lambda: told(up_to_the_threshold(), MET), not_met, concluded, held],
    ids=["acknowledged", "weighed", "not met", "concluded", "held"],
)
def test_whoever_asked_may_leave_it_at_whatever_point(file: Callable[[], ReviewFile]) -> None:
    left = told(file(), f.CaseReviewWithdrawn(at=london(2023, 7, 10), words="It has stopped."))
    assert set(owed(left)) == {"end"}
    assert told(left, ended(london(2023, 7, 10))).over


def test_a_decision_is_told_before_anybody_leaves_it() -> None:
    with pytest.raises(ReviewStepNotOpen):
        told(held(), review_decided(), f.CaseReviewWithdrawn(at=london(2023, 7, 10), words="Enough."), by=ANOTHER)


def test_what_an_agency_answers_late_is_written_down_and_moves_nothing() -> None:
    late = f.PartnerAnswered(at=london(2023, 7, 12), agency="council", words="We had nothing.")
    withdrawn = f.CaseReviewWithdrawn(at=london(2023, 7, 11), words="Enough.")
    after = concluded(recommended())
    for file in (
        held(),
        told(held(), review_decided(recommended()), by=ANOTHER),
        after,
        told(after, disputed(london(2023, 7, 10))),
        told(after, withdrawn),
    ):
        again = told(file, late)
        assert again.partners["council"].answered
        assert {key: one.due for key, one in owed(again).items()} == {
            key: one.due for key, one in owed(file).items()
        }


def test_what_was_recommended_is_followed_to_its_end_also_when_a_second_look_is_withdrawn() -> None:
    file = told(
        concluded(recommended()),
        disputed(london(2023, 7, 10)),
        answered(london(2023, 7, 12), again=True),
        by=ANOTHER,
    )
    file = told(file, f.CaseReviewWithdrawn(at=london(2023, 7, 13), words="Enough."))
    assert set(owed(file)) == {"recommendation-1"}
    with pytest.raises(ReviewNotReadyToEnd):
        told(file, ended(london(2023, 7, 14)))
    done = told(file, carried_out("recommendation-1", london(2023, 7, 14)), ended(london(2023, 7, 14)))
    assert done.over


# what the file holds


def test_the_file_holds_nobody_s_words() -> None:
    file = told(concluded(recommended()), disputed(london(2023, 7, 10)))
    kept = file.model_dump_json()
    for said in ("Nobody does anything", "I don't sleep", "Four calls", "Do this", "As found", "You forgot"):
        assert said not in kept
    assert COMMISSIONER not in kept
    assert WRITTEN["words"] not in kept
