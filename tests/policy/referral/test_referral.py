"""partner-referrals: from the sending to the end, each wait for an agency with its day."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from policy.facts import Actor, Fact, Role
from policy.facts.disclosing import Gateway
from policy.facts.ruling import DeadlineMissed
from policy.procedures.base import in_short
from policy.procedures.kinds import KINDS
from policy.referral import facts as f
from policy.referral.codes import ReferralOutcome, ReferralStage
from policy.referral.facts import Said
from policy.referral.procedure import REFERRAL
from policy.referral.stages import BY_THE_AGENCY, ENDS_AS, STAGES
from policy.refusals import DayNotAgreeable, FactBeforeTheReport, FactInTheFuture
from policy.refusals.referral import AgencyNotAsked, ReferralEndsOtherwise, ReferralStepNotOpen
from policy.refusals.safety import AgencyUnknown, NoGateway
from tests.given import OFFICER, london
from tests.policy.referral.referring import (
    ACKNOWLEDGED,
    DAY,
    DECLINED,
    FAILED,
    GOING_WELL,
    HANDED_OVER,
    MINUTE,
    MONDAY,
    REFERRED,
    SENT,
    TAKEN_UP,
    WEEK,
    agency_told,
    begun,
    chased,
    empty,
    ended,
    owed,
    the_one,
    told,
)

# its steps


def test_each_step_has_its_day_and_says_what_is_owed_next() -> None:
    file = told(empty(), begun())
    first = the_one(file)
    assert (first.owed, first.due) == (
        "See that the referral goes out (Victim Support)",
        london(2023, 6, 6, 17),
    )
    steps: list[tuple[Fact, str, datetime]] = [
        (SENT, "Ask whether the referral has arrived (Victim Support)", london(2023, 6, 12, 17)),
        (ACKNOWLEDGED, "Ask whether they take the referral up (Victim Support)", london(2023, 6, 20, 17)),
        (TAKEN_UP, "Ask how it is going (Victim Support)", london(2023, 7, 5, 17)),
        (GOING_WELL, "Ask how it is going (Victim Support)", london(2023, 7, 10, 17)),
    ]
    for fact, what, due in steps:
        file = told(file, fact)
        assert (the_one(file).owed, the_one(file).due) == (what, due)
    over = told(file, ended(MONDAY + 2 * WEEK))
    assert (over.stage, over.outcome, owed(over)) == (ReferralStage.OVER, ReferralOutcome.HELPED, {})


@pytest.mark.parametrize(
    ("sent", "due", "why"),
    [
        (london(2023, 5, 25, 9), london(2023, 6, 2, 17), "Monday 29 May 2023 (Spring Bank Holiday)"),
        (london(2023, 5, 25, 23, 59), london(2023, 6, 2, 17), "Spring Bank Holiday"),
        (london(2023, 5, 26, 0, 0), london(2023, 6, 5, 17), "Spring Bank Holiday"),
        (london(2023, 3, 24, 16), london(2023, 3, 31, 17), "weekends"),
        (london(2023, 10, 27, 16), london(2023, 11, 3, 17), "weekends"),
        (london(2022, 12, 22, 16), london(2023, 1, 3, 17), "Tuesday 27 December 2022"),
    ],
)
def test_days_are_working_days_in_london_over_bank_holidays_and_clock_changes(
    sent: datetime, due: datetime, why: str
) -> None:
    file = told(empty(sent.date()), begun(sent), f.ReferralSent(at=sent, key="send-1"))
    assert the_one(file).due.astimezone(UTC) == due.astimezone(UTC)
    assert why in the_one(file).why


def test_an_agency_may_answer_without_acknowledging_it_first_and_before_we_know_that_it_went() -> None:
    assert told(empty(), *REFERRED, TAKEN_UP).stage is ReferralStage.TAKEN_UP
    early = told(empty(), begun(), ACKNOWLEDGED)
    assert (early.stage, early.sent_at) == (ReferralStage.ACKNOWLEDGED, ACKNOWLEDGED.at)
    assert told(early, SENT, FAILED).stage is ReferralStage.ACKNOWLEDGED, "what came of sending it moves nothing"


def test_what_the_agency_declines_is_over_also_after_it_was_taken_up() -> None:
    for before in (told(empty(), *REFERRED), told(empty(), *REFERRED, TAKEN_UP)):
        over = told(before, DECLINED)
        assert (over.stage, over.outcome) == (ReferralStage.OVER, ReferralOutcome.DECLINED)


def test_by_its_link_an_agency_does_not_end_what_it_took_up() -> None:
    agency = Actor(id="agency:victim_support", role=Role.AGENCY)
    file = told(empty(), *REFERRED, TAKEN_UP)
    with pytest.raises(ReferralStepNotOpen):
        told(file, DECLINED, by=agency)
    assert told(file, GOING_WELL, by=agency)
    assert KINDS[REFERRAL.name].offered(file, agency) == ["referral_work_reported"]
    assert "referral_answered" in KINDS[REFERRAL.name].offered(file, OFFICER)


def test_nothing_is_dated_before_it_began() -> None:
    file = told(empty(), *REFERRED)
    early = ACKNOWLEDGED.model_copy(update={"at": MONDAY - MINUTE})
    with pytest.raises(FactBeforeTheReport, match="when the referral began"):
        told(file, early, recorded_at=MONDAY + DAY)
    assert told(file, ACKNOWLEDGED.model_copy(update={"at": MONDAY}), recorded_at=MONDAY + DAY)


def test_nothing_of_what_is_owed_is_shown_in_words_where_nothing_is_encrypted() -> None:
    file = told(empty(), begun())
    shown = in_short(file, owed(file).values())
    assert "sending, by" in shown
    assert "Victim Support" not in shown


def test_a_day_that_was_agreed_is_the_day() -> None:
    on = date(2023, 6, 24)
    for fact in (ACKNOWLEDGED, TAKEN_UP, HANDED_OVER):
        before = told(empty(), begun()) if fact is HANDED_OVER else told(empty(), *REFERRED)
        assert the_one(told(before, fact.model_copy(update={"by_when": on}))).due == london(2023, 6, 24, 17)
    again = GOING_WELL.model_copy(update={"by_when": date(2023, 9, 1)})
    assert the_one(told(empty(), *REFERRED, TAKEN_UP, again)).due == london(2023, 9, 1, 17)


@pytest.mark.parametrize(
    ("at", "by_when", "possible"),
    [
        (london(2023, 6, 7, 9), date(2023, 6, 6), False),
        (london(2023, 6, 7, 17), date(2023, 6, 7), True),
        (london(2023, 6, 7, 17, 1), date(2023, 6, 7), False),
        (london(2023, 6, 7, 17, 1), date(2023, 6, 8), True),
        (london(2023, 6, 7, 9), date(2024, 6, 7), True),
        (london(2023, 6, 7, 9), date(2024, 6, 8), False),
    ],
)
def test_an_agreed_day_lies_ahead_and_no_wait_is_endless(at: datetime, by_when: date, *, possible: bool) -> None:
    file = told(empty(), *REFERRED)
    if possible:
        assert told(file, chased(at, by_when)).until == by_when
        return
    with pytest.raises(DayNotAgreeable):
        told(file, chased(at, by_when))


def test_what_is_written_down_late_turns_no_clock_back() -> None:
    file = told(empty(), *REFERRED, TAKEN_UP, GOING_WELL)
    late = told(file, GOING_WELL.model_copy(update={"at": MONDAY + 3 * DAY}), recorded_at=MONDAY + 2 * WEEK)
    assert the_one(late).due == the_one(file).due


@pytest.mark.parametrize("fact", [GOING_WELL, agency_told(MONDAY), chased(MONDAY)], ids=str)
def test_no_step_comes_before_its_turn(fact: Fact) -> None:
    with pytest.raises(ReferralStepNotOpen, match="What is owed now: see that the referral goes out"):
        told(empty(), begun(), fact)
    with pytest.raises(ReferralStepNotOpen, match="begins by itself"):
        told(empty(), fact)


def test_nothing_is_recorded_twice_from_the_future_or_after_the_end() -> None:
    with pytest.raises(ReferralStepNotOpen, match="has begun already"):
        told(empty(), begun(), begun())
    with pytest.raises(ReferralStepNotOpen, match="begins by itself"):
        told(empty(), SENT)
    with pytest.raises(FactInTheFuture):
        told(empty(), begun(), SENT, recorded_at=MONDAY)
    over = told(empty(), begun(), ended(MONDAY, ReferralOutcome.NOT_NEEDED))
    with pytest.raises(ReferralStepNotOpen, match="is over"):
        told(over, ACKNOWLEDGED)


# to whom, about whom, under what


@pytest.mark.parametrize(
    ("agency", "row"),
    [
        *(("police", "joint-approach"), ("adult_social_services", "joint-approach")),
        *(("environmental_health", "joint-approach"), ("floating_support", "support-schemes")),
        *(("family_programme", "support-schemes"), ("witness_service", "support-schemes")),
        *(("gp", "partner-referrals"), ("anger_management", "partner-referrals")),
    ],
)
def test_what_is_owed_names_the_row_that_the_agency_stands_in(agency: str, row: str) -> None:
    assert the_one(told(empty(), begun(agency=agency))).row == row


def test_nobody_is_referred_to_whom_the_edition_does_not_name_nor_for_nobody() -> None:
    with pytest.raises(AgencyUnknown, match="Victim Support"):
        told(empty(), begun(agency="a_newspaper"))
    with pytest.raises(NoGateway, match="about whom"):
        told(empty(), begun(about=()))


def test_an_agency_that_a_later_edition_no_longer_names_is_still_waited_for() -> None:
    deadline = the_one(told(empty(), *REFERRED).with_(agency="closed_down"))
    assert (deadline.owed, deadline.row) == ("Ask whether the referral has arrived", "partner-referrals")


def test_without_a_gateway_there_is_no_referral() -> None:
    with pytest.raises(ValidationError):
        begun(gateway=None)
    for gateway in Gateway:
        assert told(empty(), begun(gateway=gateway)).gateway is gateway


# its end


def test_nobody_is_given_up_who_was_not_asked_again() -> None:
    no_answer = ended(MONDAY + 2 * WEEK, ReferralOutcome.NO_ANSWER)
    for steps in ((), (ACKNOWLEDGED,), (TAKEN_UP,)):
        waiting = told(empty(), *REFERRED, *steps)
        with pytest.raises(AgencyNotAsked, match="once more"):
            told(waiting, no_answer)
        over = told(waiting, chased(MONDAY + WEEK), no_answer)
        assert (over.over, over.outcome) == (True, ReferralOutcome.NO_ANSWER)


@pytest.mark.parametrize("stage", ENDS_AS)
@pytest.mark.parametrize("outcome", ReferralOutcome)
def test_it_ends_as_it_can_at_that_point(stage: ReferralStage, outcome: ReferralOutcome) -> None:
    steps: dict[ReferralStage, tuple[Fact, ...]] = {
        ReferralStage.TO_SEND: (),
        ReferralStage.UNDELIVERED: (FAILED,),
        ReferralStage.SENT: (SENT, chased(MONDAY + DAY)),
        ReferralStage.ACKNOWLEDGED: (SENT, ACKNOWLEDGED, chased(MONDAY + DAY)),
        ReferralStage.TAKEN_UP: (SENT, TAKEN_UP, chased(MONDAY + 3 * DAY)),
    }
    file = told(empty(), begun(), *steps[stage])
    assert file.stage is stage
    if outcome not in ENDS_AS[stage]:
        with pytest.raises(ReferralEndsOtherwise, match="can only be recorded that it"):
            told(file, ended(MONDAY + WEEK, outcome))
        return
    after = told(file, ended(MONDAY + WEEK, outcome))
    assert after.outcome is outcome
    knows = outcome is not ReferralOutcome.NOT_NEEDED or stage in {
        ReferralStage.TO_SEND,
        ReferralStage.UNDELIVERED,
    }
    assert after.stage is (ReferralStage.OVER if knows else ReferralStage.WITHDRAWN_TO_TELL)


def test_an_agency_that_has_what_is_not_needed_any_more_is_told() -> None:
    file = told(empty(), *REFERRED, TAKEN_UP, ended(MONDAY + WEEK, ReferralOutcome.NOT_NEEDED))
    assert the_one(file).owed == "Tell the agency that the referral no longer stands (Victim Support)"
    assert the_one(file).due == london(2023, 6, 13, 17)
    over = told(file, agency_told(MONDAY + WEEK))
    assert (over.stage, over.outcome) == (ReferralStage.OVER, ReferralOutcome.NOT_NEEDED)


# what its case hears


def test_its_case_hears_the_stage_since_when_and_the_outcome() -> None:
    file = told(empty(), begun())
    assert file.told == file.said == Said(stage=ReferralStage.TO_SEND, since=MONDAY)
    over = told(file, SENT, DECLINED)
    assert over.said == Said(stage=ReferralStage.OVER, since=DECLINED.at, outcome=ReferralOutcome.DECLINED)
    assert (over.over, over.finished) == (True, False), "its case does not know yet"
    assert over.said is not None
    assert told(over, f.CaseTold(at=DECLINED.at, said=over.said, reached=False)).finished


# the table


def test_every_stage_but_the_last_has_its_day_and_each_fact_its_place() -> None:
    assert set(STAGES) == set(ReferralStage) - {ReferralStage.OVER}
    somewhere = {kind for stage in STAGES.values() for kind in (*stage.steps, *stage.otherwise)}
    elsewhere = {f.ReferralBegun, f.ConsentTold, f.ReferralNotDelivered, f.CaseTold, DeadlineMissed}
    assert somewhere | elsewhere == set(REFERRAL.facts.values())
    assert set(BY_THE_AGENCY) <= somewhere


def test_the_file_holds_nobody_s_words() -> None:
    said = "Something that only she knows."
    facts = [one.model_copy(update={"words": said}) for one in (ACKNOWLEDGED, TAKEN_UP, GOING_WELL)]
    assert said not in told(empty(), *REFERRED, *facts).model_dump_json()
