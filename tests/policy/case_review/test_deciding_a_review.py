"""case-review: the threshold, who decides, the victim's voice and the agencies' answers."""

from datetime import date
from typing import Any

import pytest

from policy.case_review import facts as f
from policy.case_review.review import ReviewStage, Voice
from policy.case_review.threshold import LeftOut, Reported
from policy.case_review.weighing import every_report_is_looked_at
from policy.facts import Role
from policy.facts.people import Means
from policy.refusals import DayNotAgreeable
from policy.refusals.case_review import (
    AnotherLookNotNamed,
    AnotherPersonMustDecide,
    NotInWriting,
    PartnersNotChased,
    ReportsDoNotFit,
    ReviewAgencyUnknown,
    ReviewStepNotOpen,
    ThresholdDiffers,
    VictimNotHeard,
)
from tests.given import EDITION, OFFICER, london
from tests.policy.case_review.reviewing import (
    ACKNOWLEDGED,
    CASE,
    COUNCIL,
    DAY,
    DECIDED_AT,
    DISTRICT,
    ENOUGH,
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
    TOO_FEW,
    WEEK,
    WITH_HATE,
    answered,
    asked,
    concluded,
    decided,
    disputed,
    empty,
    ended,
    held,
    not_met,
    owed,
    recommended,
    reported,
    review_decided,
    told,
    up_to_the_threshold,
)

# the threshold


def test_nobody_is_turned_away_against_the_arithmetic() -> None:
    with pytest.raises(ThresholdDiffers, match="The threshold is met") as refused:
        told(up_to_the_threshold(), HEARD, decided(*ENOUGH, met=False))
    assert refused.value.refusal.missing_facts == ("threshold_decided",)
    hate = reported(MONDAY, hate=True)
    with pytest.raises(ThresholdDiffers, match="1 of them about hate"):
        told(up_to_the_threshold(district=WITH_HATE), HEARD, decided(hate, met=False))
    assert told(up_to_the_threshold(), HEARD, decided(hate, met=False)).met is False


@pytest.mark.parametrize("because", f.Because)
def test_there_may_be_a_review_although_the_reports_are_too_few_and_then_it_says_why(because: f.Because) -> None:
    with pytest.raises(ThresholdDiffers, match="Say why there is a review all the same"):
        told(up_to_the_threshold(), decided(*TOO_FEW, met=True))
    assert told(up_to_the_threshold(), decided(*TOO_FEW, met=True, because=because)).met


def test_nobody_is_told_no_unheard() -> None:
    with pytest.raises(VictimNotHeard):
        told(up_to_the_threshold(), NOT_MET)
    assert told(up_to_the_threshold(), MET), "a yes need not wait"


def test_nobody_is_told_no_before_every_report_of_every_case_was_looked_at() -> None:
    two = (CASE, "CW-2023-000002")
    with pytest.raises(ReportsDoNotFit, match="None is listed of CW-2023-000002"):
        told(up_to_the_threshold(cases=two), HEARD, NOT_MET)
    with pytest.raises(ReportsDoNotFit, match="not about CW-2023-000009"):
        told(up_to_the_threshold(), HEARD, decided(reported(MONDAY, case="CW-2023-000009"), met=False))
    to_others = [reported(MONDAY - number * DAY, case=None) for number in range(3)]
    assert told(up_to_the_threshold(), decided(*to_others, met=True)).met


def test_nobody_is_told_no_before_a_case_was_looked_at() -> None:
    file = told(up_to_the_threshold(cases=()), HEARD)
    for reports in ((), (reported(MONDAY, case=None),)):
        with pytest.raises(ReportsDoNotFit, match="Find the case that this is about"):
            told(file, decided(*reports, met=False))
    assert told(file, f.CaseBroughtIn(at=MONDAY + 2 * DAY, case=CASE), NOT_MET).met is False


def test_nobody_is_told_no_while_a_report_is_neither_listed_nor_left_out_with_the_reason() -> None:
    one, *others = ENOUGH
    with pytest.raises(
        ReportsDoNotFit, match=r"on Monday 15 May 2023 at 09:00 \(CW-2023-000001\) and Monday 3 April"
    ):
        looked_at(no(one), ENOUGH)
    apart = [other.model_copy(update={"left_out": LeftOut.OTHER_BEHAVIOUR}) for other in others]
    looked_at(no(one, *apart), ENOUGH)
    at_the_same_time = one.model_copy(update={"happened_at": MONDAY - 10 * DAY})
    with pytest.raises(ReportsDoNotFit, match="29 May 2023 at 09:00"):
        looked_at(no(one), (one, at_the_same_time))
    looked_at(decided(one, met=True, because=f.Because.HARM), ENOUGH)


def looked_at(fact: f.ThresholdDecided, known: tuple[Reported, ...], district: str = DISTRICT) -> None:
    every_report_is_looked_at(up_to_the_threshold(district=district), fact, known, EDITION)


def test_nobody_is_told_no_on_a_report_that_is_read_otherwise_than_it_stands_on_its_case() -> None:
    one, *others = ENOUGH
    moved = one.model_copy(update={"happened_at": MONDAY - 60 * DAY})
    with pytest.raises(ThresholdDiffers, match="As the reports stand on our cases: 3 reports count"):
        looked_at(no(moved, *others), ENOUGH)
    apart = moved.model_copy(update={"left_out": LeftOut.SAME_INCIDENT})
    looked_at(no(apart, *others), ENOUGH)
    hate = one.model_copy(update={"hate": True})
    with pytest.raises(ThresholdDiffers, match="1 of them about hate"):
        looked_at(no(one), (hate,), WITH_HATE)
    looked_at(no(one), (hate,))


def test_what_is_counted_with_another_report_leaves_that_one() -> None:
    same = [one.model_copy(update={"left_out": LeftOut.SAME_INCIDENT}) for one in ENOUGH]
    with pytest.raises(ReportsDoNotFit, match="is counted there"):
        told(up_to_the_threshold(), HEARD, no(*same))
    assert told(up_to_the_threshold(), HEARD, no(ENOUGH[0], *same[1:])).met is False


def test_of_two_that_came_at_one_moment_the_one_that_was_left_out_is_left_out() -> None:
    one = ENOUGH[0]
    hate = one.model_copy(update={"hate": True, "happened_at": MONDAY - 10 * DAY})
    apart = hate.model_copy(update={"left_out": LeftOut.OTHER_BEHAVIOUR})
    for listed_as in ((one, apart), (apart, one)):
        looked_at(no(*listed_as), (hate, one), WITH_HATE)


def test_a_report_that_was_made_to_others_counts_with_ours() -> None:
    to_others = [reported(MONDAY - number * DAY, case=None) for number in (1, 2)]
    with pytest.raises(ThresholdDiffers, match="3 reports count"):
        looked_at(no(ENOUGH[0].model_copy(update={"happened_at": None}), *to_others), ENOUGH[:1])


def no(*reports: Reported) -> f.ThresholdDecided:
    return decided(*reports, met=False)


@pytest.mark.parametrize("met", [True, False])
def test_a_report_that_is_listed_three_times_is_not_three_reports(*, met: bool) -> None:
    one = TOO_FEW[0]
    with pytest.raises(ReportsDoNotFit, match="more than once: reported on Monday 29 May 2023 at 09:00"):
        told(up_to_the_threshold(), HEARD, decided(one, one, one, met=met))
    as_hate = one.model_copy(update={"hate": True})
    with pytest.raises(ReportsDoNotFit):
        told(up_to_the_threshold(), HEARD, decided(one, as_hate, met=met, because=f.Because.HARM))
    another = one.model_copy(update={"happened_at": one.reported_at - DAY})
    the_same = one.model_copy(update={"left_out": LeftOut.SAME_INCIDENT})
    file = told(up_to_the_threshold(), HEARD, decided(one, another, the_same, met=False))
    assert file.arithmetic is not None
    assert file.arithmetic.counted == 2


def test_the_arithmetic_is_that_of_the_day_of_the_application_and_stays_on_file() -> None:
    last = tuple(reported(london(2022, 12, 6, hour)) for hour in (9, 10, 11))
    file = told(up_to_the_threshold(), decided(*last, met=True, at=MONDAY + 3 * WEEK))
    assert file.arithmetic is not None
    assert (file.arithmetic.day, file.arithmetic.met) == (MONDAY.date(), True)
    too_old = tuple(reported(london(2022, 12, 5, hour)) for hour in (9, 10, 11))
    assert told(up_to_the_threshold(), HEARD, decided(*too_old, met=False)).met is False


@pytest.mark.parametrize("means", [Means.PHONE, Means.TEXT, Means.VISIT])
def test_what_is_owed_in_writing_is_not_kept_by_talking(means: Means) -> None:
    told_them = {"means": means}
    for file, fact in (
        (told(empty(), asked()), ACKNOWLEDGED),
        (told(up_to_the_threshold(), MET), THRESHOLD_TOLD),
        (told(held(), review_decided()), OUTCOME_TOLD),
        (told(not_met(), disputed(MONDAY + WEEK)), answered(MONDAY + 2 * WEEK, again=True)),
        (concluded(), ended(london(2023, 8, 7))),
    ):
        with pytest.raises(NotInWriting):
            told(file, fact.model_copy(update=told_them))


def test_whoever_hears_no_or_the_outcome_is_told_whom_to_ask_for_another_look() -> None:
    silent = {"route": None}
    with pytest.raises(AnotherLookNotNamed, match=r"The police and crime commissioner\."):
        told(up_to_the_threshold(), HEARD, NOT_MET, THRESHOLD_TOLD.model_copy(update=silent))
    with pytest.raises(AnotherLookNotNamed):
        told(held(), review_decided(), OUTCOME_TOLD.model_copy(update={"route": "the_king"}))
    assert told(up_to_the_threshold(), MET, THRESHOLD_TOLD.model_copy(update=silent)).stage is ReviewStage.MET


# who decides


@pytest.mark.parametrize("who", [OFFICER, HANDLER])
def test_nobody_who_worked_on_the_case_decides(who: Any) -> None:
    manager = who.model_copy(update={"role": Role.MANAGER})
    with pytest.raises(AnotherPersonMustDecide, match="You have worked on this case"):
        told(up_to_the_threshold(), MET, by=manager)
    with pytest.raises(AnotherPersonMustDecide, match="You have worked on this case"):
        told(held(), review_decided(), by=manager)


def test_a_supervisor_decides() -> None:
    another = OFFICER.model_copy(update={"id": "officer-2"})
    with pytest.raises(AnotherPersonMustDecide, match="A supervisor who"):
        told(up_to_the_threshold(), MET, by=another)
    assert owed(up_to_the_threshold())["threshold"].owed_by is Role.SUPERVISOR
    assert owed(held())["decision"].owed_by is Role.SUPERVISOR


# the victim and the agencies


def test_the_victim_is_heard_before_the_meeting_and_it_has_its_day() -> None:
    file = told(empty(), asked())
    assert owed(file)["voice"].due == london(2023, 6, 19, 17)
    unheard = told(file, *(one for one in TO_THE_MEETING if one is not HEARD))
    assert owed(unheard)["voice"].due == london(2023, 6, 19, 17)
    with pytest.raises(VictimNotHeard):
        told(unheard, MEETING)
    declined = told(unheard, f.HearingDeclined(at=MONDAY + 2 * WEEK, words="I have said it all."))
    assert (declined.voice, "voice" in owed(declined)) == (Voice.DECLINED, False)
    assert told(declined, MEETING)
    after_all = told(declined, HEARD.model_copy(update={"at": MONDAY + 3 * WEEK}))
    assert after_all.voice is Voice.HEARD
    assert told(after_all, f.HearingDeclined(at=MONDAY + 3 * WEEK, words="No more.")).voice is Voice.HEARD


def test_each_agency_answers_or_is_asked_again_before_the_meeting() -> None:
    file = told(empty(), asked(), ACKNOWLEDGED, HEARD, MET, THRESHOLD_TOLD, PARTNERS, POLICE)
    assert "partner-police" not in owed(file)
    with pytest.raises(PartnersNotChased, match="asked again: The council"):
        told(file, MEETING)
    chased = told(file, COUNCIL)
    assert owed(chased)["partner-council"].due == london(2023, 7, 3, 17)
    named = told(file, COUNCIL.model_copy(update={"by_when": date(2023, 6, 22)}))
    assert owed(named)["partner-council"].due == london(2023, 6, 22, 17)
    assert told(chased, MEETING, POLICE.model_copy(update={"agency": "council", "at": DECIDED_AT}))


@pytest.mark.parametrize("by_when", [date(2000, 1, 1), date(2023, 6, 11), date(2024, 6, 20), date(2190, 1, 1)])
def test_the_day_on_which_an_agency_is_to_answer_lies_ahead_and_not_too_far(by_when: date) -> None:
    file, on_a_day = told(empty(), asked(), ACKNOWLEDGED, HEARD, MET, THRESHOLD_TOLD), {"by_when": by_when}
    with pytest.raises(DayNotAgreeable):
        told(file, PARTNERS.model_copy(update=on_a_day))
    with pytest.raises(DayNotAgreeable):
        told(file, PARTNERS, COUNCIL.model_copy(update=on_a_day))


def test_more_agencies_may_be_asked_and_the_meeting_keeps_its_day() -> None:
    file = told(empty(), asked(), ACKNOWLEDGED, HEARD, MET, THRESHOLD_TOLD, PARTNERS)
    more = f.PartnersAsked(at=MONDAY + 2 * WEEK, agencies=("fire",))
    assert owed(told(file, more))["meeting"].due == owed(file)["meeting"].due
    with pytest.raises(
        ReviewStepNotOpen, match="Asked already, and to be chased or answered now: The police, The council"
    ):
        told(file, PARTNERS.model_copy(update={"at": MONDAY + 2 * WEEK}))


@pytest.mark.parametrize("agencies", [(), ("nobody",), ("police", "nobody")])
def test_agencies_are_the_edition_s(agencies: tuple[str, ...]) -> None:
    asking = told(empty(), asked(), ACKNOWLEDGED, HEARD, MET, THRESHOLD_TOLD)
    with pytest.raises(ReviewAgencyUnknown):
        told(asking, PARTNERS.model_copy(update={"agencies": agencies}))


def test_who_answers_attends_or_is_recommended_to_is_an_agency_too() -> None:
    file = told(empty(), asked(), *TO_THE_MEETING)
    nobody = {"agency": "fire"}
    for fact in (POLICE.model_copy(update=nobody), COUNCIL.model_copy(update=nobody)):
        with pytest.raises(ReviewAgencyUnknown, match="has not been asked"):
            told(file, fact)
    with pytest.raises(ReviewAgencyUnknown):
        told(file, MEETING.model_copy(update={"attended": ("nobody",)}))
    with pytest.raises(ReviewAgencyUnknown):
        told(file, MEETING, review_decided(recommended("nobody")))
