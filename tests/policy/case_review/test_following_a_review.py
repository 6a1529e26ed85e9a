"""case-review: each recommendation is followed to its end, and the applicant may ask for another look."""

from datetime import date

import pytest

from policy.case_review import facts as f
from policy.case_review.review import RecommendationEnd, ReviewStage
from policy.deadlines import Deadline
from policy.facts import SYSTEM, Actor, Role
from policy.facts.ruling import DeadlineMissed
from policy.refusals import FactBeforeTheReport
from policy.refusals.case_review import (
    AnotherLookNotNamed,
    AnotherLookNotOpen,
    AnotherPersonMustDecide,
    RecommendationNotOpen,
    RecommendationNotPossible,
    ReviewNotReadyToEnd,
)
from tests.given import OFFICER, SUPERVISOR, london
from tests.policy.case_review.reviewing import (
    ACKNOWLEDGED,
    ANOTHER,
    COMMISSIONER,
    COUNCIL,
    DECIDED_AT,
    HANDLER,
    HEARD,
    MEETING,
    MET,
    MONDAY,
    NOT_MET,
    OUTCOME_TOLD,
    PARTNERS,
    POLICE,
    THRESHOLD_TOLD,
    TO_THE_MEETING,
    WEEK,
    answered,
    carried_out,
    concluded,
    disputed,
    ended,
    held,
    not_met,
    owed,
    recommended,
    review_decided,
    told,
    up_to_the_threshold,
)

# recommendations


def test_each_recommendation_has_its_own_day_whatever_else_is_owed() -> None:
    file = told(
        held(),
        review_decided(recommended(), recommended("police", date(2023, 7, 20), accepted=True)),
    )
    dues = {"recommendation-1": london(2023, 7, 31, 17), "recommendation-2": london(2023, 7, 20, 17)}
    assert {key: one.due for key, one in owed(file).items() if key in dues} == dues
    assert owed(file)["recommendation-2"].owed == (
        "See that recommendation 2 (The police) is carried out, or say why not"
    )
    assert set(owed(told(file, OUTCOME_TOLD))) == set(dues), "it cannot end yet"


def test_what_was_agreed_and_not_done_is_noticed_and_goes_to_whoever_stands_above() -> None:
    file = concluded(recommended())
    due = owed(file)["recommendation-1"].due
    missed = DeadlineMissed(at=due, key="recommendation-1", row="case-review", due=due)
    file = told(file, missed, by=SYSTEM, recorded_at=due)
    assert owed(file)["recommendation-1"].noticed
    above: Deadline = owed(file)["escalation:recommendation-1"]
    assert above.owed_by is Role.SUPERVISOR
    with pytest.raises(ReviewNotReadyToEnd, match="recommendation 1"):
        told(file, ended(london(2024, 8, 7)))
    done = told(file, carried_out("recommendation-1", london(2024, 8, 7)))
    assert owed(done)["end"].due == london(2024, 8, 14, 17)


def test_a_recommendation_moves_with_a_reason_and_that_is_counted() -> None:
    file = concluded(recommended())
    moved = f.RecommendationMoved(
        at=london(2023, 7, 10), recommendation="recommendation-1", by_when=date(2023, 9, 1), reasons="Parts."
    )
    file = told(file, moved)
    assert owed(file)["recommendation-1"].due == london(2023, 9, 1, 17)
    assert file.recommendations["recommendation-1"].moved == 1


@pytest.mark.parametrize(
    ("by_when", "fits"),
    [
        (date(2023, 7, 5), False),
        (date(2023, 7, 6), True),
        (date(2024, 1, 6), True),
        (date(2024, 1, 7), False),
        (None, False),
    ],
)
def test_no_recommendation_is_without_a_day_or_put_off_for_more_than_months(
    by_when: date | None, fits: bool
) -> None:
    if fits:
        assert told(held(), review_decided(recommended(by_when=by_when)))
        return
    with pytest.raises(RecommendationNotPossible):
        told(held(), review_decided(recommended(by_when=by_when)))
    if by_when is not None:
        moved = f.RecommendationMoved(
            at=DECIDED_AT, recommendation="recommendation-1", by_when=by_when, reasons="Later."
        )
        with pytest.raises(RecommendationNotPossible):
            told(told(held(), review_decided(recommended())), moved)


def test_what_is_not_accepted_says_why_and_is_at_its_end() -> None:
    with pytest.raises(RecommendationNotPossible, match="Say why"):
        told(held(), review_decided(recommended("police", accepted=False)))
    no = recommended("police", None, accepted=False, why_not="No officers.")
    file = told(held(), review_decided(no))
    assert file.recommendations["recommendation-1"].end is RecommendationEnd.REFUSED
    assert "recommendation-1" not in owed(file)


def test_a_recommendation_comes_to_its_end_once() -> None:
    file = told(
        concluded(recommended(), recommended("police")), carried_out("recommendation-1", london(2023, 7, 11))
    )
    refused = f.RecommendationRefused(
        at=london(2023, 7, 12), recommendation="recommendation-2", reasons="Not ours."
    )
    file = told(file, refused)
    assert [one.end for one in file.recommendations.values()] == list(RecommendationEnd)
    with pytest.raises(RecommendationNotOpen, match=r"^Recommendation 1 is at its end already\. Open are: none\."):
        told(file, carried_out("recommendation-1", london(2023, 7, 13)))
    with pytest.raises(RecommendationNotOpen, match="not one of this review"):
        told(file, carried_out("recommendation-9", london(2023, 7, 13)))


# another look


def test_it_does_not_end_while_they_may_ask_for_another_look() -> None:
    """20 working days after Friday 7 July end on Friday 4 August at 17:00."""
    file = concluded()
    with pytest.raises(ReviewNotReadyToEnd, match="Until Friday 4 August 2023"):
        told(file, ended(london(2023, 8, 4, 17)))
    assert told(file, ended(london(2023, 8, 4, 17, 1))).over


def test_another_look_is_asked_for_and_answered_by_a_day() -> None:
    file = told(not_met(), disputed(MONDAY + WEEK))
    assert owed(file)["dispute"].due == london(2023, 7, 10, 17)
    stands = told(file, answered(MONDAY + 2 * WEEK, again=False), by=ANOTHER)
    assert (stands.stage, owed(stands)["end"].due) == (ReviewStage.TOLD, london(2023, 6, 26, 17))
    with pytest.raises(AnotherLookNotOpen, match="Ombudsman"):
        told(stands, disputed(MONDAY + 3 * WEEK))
    assert told(stands, ended(MONDAY + 2 * WEEK)).over, "there is nothing left to wait for"


def test_another_look_is_asked_for_at_what_was_told_and_not_before() -> None:
    file = concluded()
    with pytest.raises(FactBeforeTheReport, match="Friday 7 July 2023 at 09:00"):
        told(file, disputed(DECIDED_AT))
    assert told(file, disputed(OUTCOME_TOLD.at)).stage is ReviewStage.DISPUTED


@pytest.mark.parametrize("who", [OFFICER, HANDLER, SUPERVISOR], ids=["officer", "supervisor", "who decided"])
def test_nobody_who_worked_on_it_or_decided_it_records_what_another_look_came_to(who: Actor) -> None:
    for file in (told(not_met(), disputed(MONDAY + WEEK)), told(concluded(), disputed(MONDAY + 5 * WEEK))):
        for again in (True, False):
            with pytest.raises(AnotherPersonMustDecide, match="decided what is looked at again"):
                told(file, answered(MONDAY + 6 * WEEK, again=again), by=who)
    another_officer = OFFICER.model_copy(update={"id": "officer-2"})
    assert told(not_met(), disputed(MONDAY + WEEK), answered(MONDAY + 2 * WEEK, again=True), by=another_officer)


def test_what_others_have_answered_anybody_may_write_down() -> None:
    file = told(not_met(), disputed(MONDAY + WEEK))
    by_them = answered(MONDAY + 2 * WEEK, again=True, by=COMMISSIONER)
    for who in (OFFICER, HANDLER, SUPERVISOR):
        assert told(file, by_them, by=who).stage is ReviewStage.ACKNOWLEDGED
    with pytest.raises(AnotherLookNotNamed, match="Say who gave the answer"):
        told(file, answered(MONDAY + 2 * WEEK, again=True, by="council"), by=ANOTHER)


def test_what_is_heard_or_no_longer_wanted_anew_is_dated_after_what_came_before() -> None:
    disputed_ = told(not_met(), disputed(MONDAY + 2 * WEEK))
    with pytest.raises(FactBeforeTheReport):
        told(disputed_, f.CaseReviewWithdrawn(at=MONDAY + WEEK, words="Leave it."))
    anew = told(disputed_, answered(MONDAY + 3 * WEEK, again=True), by=ANOTHER)
    for fact in (HEARD, f.HearingDeclined(at=HEARD.at, words="No.")):
        with pytest.raises(FactBeforeTheReport):
            told(anew, fact)


def test_whoever_no_longer_wants_another_look_has_it_end_with_what_was_told() -> None:
    file = told(not_met(), disputed(MONDAY + WEEK))
    file = told(file, f.CaseReviewWithdrawn(at=MONDAY + 2 * WEEK, words="Leave it."))
    assert file.stage is ReviewStage.TOLD
    with pytest.raises(AnotherLookNotOpen):
        told(file, disputed(MONDAY + 2 * WEEK))
    assert told(file, ended(MONDAY + 2 * WEEK)).over


def test_what_is_decided_anew_is_decided_by_somebody_else_each_time() -> None:
    at = MONDAY + 2 * WEEK
    weighed = NOT_MET.model_copy(update={"at": at})
    file = told(not_met(), disputed(at), answered(at, again=True), HEARD.model_copy(update={"at": at}), by=ANOTHER)
    with pytest.raises(AnotherPersonMustDecide):
        told(file, weighed)
    file = told(file, weighed, THRESHOLD_TOLD.model_copy(update={"at": at}), disputed(at), by=ANOTHER)
    assert {SUPERVISOR.id, ANOTHER.id} < set(file.handled_by)


def test_who_found_the_threshold_met_may_decide_the_review_anew() -> None:
    met_by_another = told(up_to_the_threshold(), HEARD, MET, by=ANOTHER)
    rest = (fact for fact in TO_THE_MEETING if fact not in (ACKNOWLEDGED, HEARD, MET))
    file = told(met_by_another, *rest, MEETING, review_decided(), OUTCOME_TOLD, disputed(OUTCOME_TOLD.at))
    assert SUPERVISOR.id in file.handled_by
    assert ANOTHER.id not in file.handled_by


def test_the_threshold_is_decided_anew_with_the_victim_heard_anew() -> None:
    again = told(not_met(), disputed(MONDAY + WEEK), answered(MONDAY + 2 * WEEK, again=True), by=ANOTHER)
    assert (again.stage, again.voice) == (ReviewStage.ACKNOWLEDGED, None)
    assert {"threshold", "voice"} == set(owed(again))
    assert owed(again)["voice"].due == london(2023, 7, 3, 17)


def test_a_review_is_done_anew_while_its_recommendations_are_still_followed() -> None:
    file = told(
        concluded(recommended()),
        disputed(london(2023, 7, 10)),
        answered(london(2023, 7, 12), again=True),
        by=ANOTHER,
    )
    assert {"partners", "voice", "recommendation-1"} == set(owed(file))
    at = london(2023, 7, 14)
    file = told(
        file,
        *(fact.model_copy(update={"at": at}) for fact in (PARTNERS, POLICE, COUNCIL, HEARD, MEETING)),
        review_decided(recommended("police")).model_copy(update={"at": at}),
        OUTCOME_TOLD.model_copy(update={"at": at}),
        by=ANOTHER,
    )
    assert set(file.recommendations) == {"recommendation-1", "recommendation-2"}
    assert [one.recommendations for one in file.outcomes] == [1, 1]


def test_who_is_to_carry_out_what_was_recommended_is_said_in_plain_words() -> None:
    ours, theirs = owed(concluded(recommended(), recommended("police"))).values()
    assert ours.owed == "See that recommendation 1 (for us) is carried out, or say why not"
    assert theirs.owed == "See that recommendation 2 (The police) is carried out, or say why not"
