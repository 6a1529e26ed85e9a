"""case-review: what was decided is put right before anybody is told, and what happened has its own date."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.case_review import facts as f
from policy.case_review.counts import counts
from policy.case_review.review import ReviewStage
from policy.case_review.threshold import Reported, threshold_on
from policy.case_review.weighing import with_those_known
from policy.facts import Actor
from policy.facts.people import Means
from policy.refusals import FactBeforeTheReport
from policy.refusals.case_review import AnotherPersonMustDecide, AskerCannotBeAnswered, ThresholdDiffers
from tests.given import EDITION, OFFICER, SUPERVISOR
from tests.policy.case_review.reviewing import (
    ACKNOWLEDGED,
    ANOTHER,
    CASE,
    DAY,
    DECIDED_AT,
    DISTRICT,
    ENOUGH,
    HANDLER,
    HEARD,
    MET,
    MONDAY,
    NOT_MET,
    OUTCOME_TOLD,
    PARTNERS,
    THRESHOLD_TOLD,
    TOO_FEW,
    WEEK,
    WITH_HATE,
    asked,
    decided,
    empty,
    ended,
    held,
    owed,
    review_decided,
    told,
    up_to_the_threshold,
)

LATER = MONDAY + 3 * DAY + timedelta(hours=3)

# the threshold, before anybody is told


@pytest.mark.parametrize("by", [SUPERVISOR, ANOTHER], ids=["the-same", "another"])
def test_a_mistaken_no_is_put_right_before_the_applicant_is_told(by: Actor) -> None:
    no = told(up_to_the_threshold(), HEARD, NOT_MET)
    yes = told(no, decided(*ENOUGH, met=True, at=LATER), by=by)
    assert (yes.stage, yes.met, yes.decided_by) == (ReviewStage.WEIGHED, True, by.id)
    assert yes.arithmetic is not None
    assert yes.arithmetic.met
    assert told(yes, THRESHOLD_TOLD).stage is ReviewStage.MET
    year = (DISTRICT, MONDAY.date(), MONDAY.date() + timedelta(days=365))
    assert (counts([no], *year).threshold_not_met, counts([yes], *year).threshold_not_met) == (1, 0)
    again = told(yes, decided(*TOO_FEW, met=False, at=LATER))
    assert counts([again], *year).threshold_not_met == 1


def test_deciding_anew_wins_no_day_and_what_is_told_is_what_was_decided_last() -> None:
    no = told(up_to_the_threshold(), HEARD, NOT_MET)
    yes = told(no, decided(*ENOUGH, met=True, at=MONDAY + 10 * DAY))
    assert owed(yes)["threshold-told"].due == owed(no)["threshold-told"].due
    with pytest.raises(FactBeforeTheReport):
        told(yes, THRESHOLD_TOLD)
    with pytest.raises(FactBeforeTheReport):
        told(yes, decided(*ENOUGH, met=True, at=MONDAY + 9 * DAY))


def test_what_is_decided_anew_is_decided_by_the_same_rules() -> None:
    yes = told(up_to_the_threshold(), MET)
    with pytest.raises(ThresholdDiffers):
        told(yes, HEARD, decided(*ENOUGH, met=False, at=LATER))
    for by in (OFFICER, HANDLER):
        with pytest.raises(AnotherPersonMustDecide):
            told(yes, decided(*ENOUGH, met=True, at=LATER), by=by)
    assert "voice" in owed(yes), "they are still to be heard"
    assert told(yes, HEARD, decided(*TOO_FEW, met=False, at=LATER)).met is False


# what happened has its own date


@pytest.mark.parametrize("how", [{"phone": "01632 960001"}, {}], ids=["telephone", "nothing"])
def test_whoever_asks_can_be_answered_in_writing(how: dict[str, str]) -> None:
    with pytest.raises(AskerCannotBeAnswered, match="an e-mail address, or a postal address") as refused:
        told(empty(), asked(f.Asker.FAMILY, victim_agrees=True, asker=how))
    assert refused.value.refusal.missing == ("an e-mail address or a postal address",)
    by_post = how | {"address": ["1 Mill Lane"]}
    file = told(empty(), asked(f.Asker.FAMILY, victim_agrees=True, asker=by_post))
    assert told(file, ACKNOWLEDGED.model_copy(update={"means": Means.POST})).stage is ReviewStage.ACKNOWLEDGED


@pytest.mark.parametrize("kind", [f.PartnerAnswered, f.PartnerChased])
def test_an_agency_neither_answers_nor_is_asked_again_before_it_was_asked(
    kind: type[f.PartnerAnswered | f.PartnerChased],
) -> None:
    file = told(empty(), asked(), ACKNOWLEDGED, HEARD, MET, THRESHOLD_TOLD, PARTNERS)
    with pytest.raises(FactBeforeTheReport, match="They were asked on Monday 12 June 2023"):
        told(file, kind(at=MONDAY + DAY, agency="police", words="So."))
    chased = told(file, f.PartnerChased(at=MONDAY + 3 * WEEK, agency="police", words="Rung."))
    learnt_of_late = f.PartnerAnswered(at=MONDAY + 2 * WEEK, agency="police", words="Four calls.")
    assert told(chased, learnt_of_late, recorded_at=MONDAY + 3 * WEEK).partners["police"].answered


def test_no_case_is_looked_for_once_the_review_was_left() -> None:
    left = told(empty(), asked(cases=()), f.CaseReviewWithdrawn(at=MONDAY + DAY, words="It has stopped."))
    assert set(owed(left)) == {"end"}


def test_whoever_leaves_before_the_outcome_is_told_has_that_written_down_with_its_date() -> None:
    left = f.CaseReviewWithdrawn(at=DECIDED_AT + timedelta(hours=2), words="Enough.")
    concluded = told(held(), review_decided(), OUTCOME_TOLD)
    file = told(concluded, left, recorded_at=OUTCOME_TOLD.at + DAY)
    assert file.stage is ReviewStage.WITHDRAWN
    same = told(concluded, left.model_copy(update={"at": OUTCOME_TOLD.at}))
    assert owed(file)["end"].due == owed(same)["end"].due
    with pytest.raises(FactBeforeTheReport):
        told(concluded, left.model_copy(update={"at": DECIDED_AT - DAY}))
    with pytest.raises(FactBeforeTheReport):
        told(file, ended(OUTCOME_TOLD.at - DAY))


def test_two_reports_of_one_moment_are_one_where_a_yes_takes_those_known() -> None:
    yes = decided(met=True)
    assert with_those_known(yes, (*ENOUGH, ENOUGH[0])).reports == ENOUGH


def test_two_reports_of_one_moment_are_one_where_the_threshold_is_shown() -> None:
    shown = threshold_on(MONDAY.date(), (*TOO_FEW, TOO_FEW[0]), EDITION.case_reviews.threshold_in(DISTRICT))
    assert (shown.counted, shown.met) == (2, False)
    assert shown.reports[-1].words == (
        "Reported on Monday 29 May 2023: another came at the same moment and is counted; say when each happened."
    )


MOMENTS = st.sampled_from([MONDAY - number * DAY for number in range(1, 4)])
KNOWN = st.lists(
    st.builds(
        Reported,
        reported_at=MOMENTS,
        happened_at=st.none() | MOMENTS,
        hate=st.booleans(),
        case=st.just(CASE),
    ),
    min_size=1,
    max_size=6,
)


@given(KNOWN, st.sampled_from([DISTRICT, WITH_HATE]))
def test_the_threshold_that_is_shown_is_the_one_that_is_decided_on(known: list[Reported], district: str) -> None:
    shown = threshold_on(MONDAY.date(), known, EDITION.case_reviews.threshold_in(district))
    file = up_to_the_threshold(district=district)
    yes = with_those_known(decided(met=True), known)
    if shown.met:
        weighed = told(file, yes).arithmetic
        assert weighed is not None
        assert (weighed.counted, weighed.hate_counted) == (shown.counted, shown.hate_counted)
    else:
        with pytest.raises(ThresholdDiffers) as refused:
            told(file, yes)
        assert str(refused.value).startswith(shown.words)
