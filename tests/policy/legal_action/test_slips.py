"""legal-remedies, court-decides: what the law bounds stays in its bounds, and no slip of a date opens a gate."""

from datetime import date, timedelta

import pytest

from policy.facts import Fact
from policy.facts.disability import WhyNot
from policy.facts.proceedings import CourtDay, LegalStage
from policy.legal_action import facts as f
from policy.refusals import DayNotAgreeable
from policy.refusals.legal import (
    CourtHasNotDecided,
    DisabilityMeetingMissing,
    LegalStepNotOpen,
    OrderNotPossible,
    SolicitorMustAgree,
    WindowNotOpen,
)
from tests.given import london
from tests.policy.legal_action.acting import (
    DAY,
    ENOUGH,
    HEARD_AT,
    INSTRUCTED,
    ISSUED,
    LISTED,
    MONDAY,
    NOTICE,
    REVIEWED,
    TO_COURT,
    WEEK,
    decided,
    empty,
    ended,
    in_force,
    learnt,
    owed,
    proposed,
    told,
)

AFTER = HEARD_AT + DAY
CHILD = {"born": date(2008, 1, 1)}


def test_against_somebody_under_eighteen_no_injunction_is_without_an_end() -> None:
    with pytest.raises(OrderNotPossible, match="Tuesday 2 July 2024"):
        told(empty(), proposed(**CHILD), *TO_COURT, decided())


def test_the_twelve_months_count_from_the_order_that_an_appeal_brought() -> None:
    refused = told(empty(), proposed(**CHILD), *TO_COURT, decided(f.CourtOutcome.REFUSED))
    appealed = told(refused, f.AppealLodged(at=AFTER, words="On the law."))
    again = told(appealed, f.AppealDecided(at=AFTER + WEEK, stands=False, words="Heard again."))
    granted = f.CourtDecided(
        at=london(2024, 1, 19), outcome=f.CourtOutcome.GRANTED, order=f.Order(until=date(2025, 1, 18)), words="So."
    )
    assert told(again, granted).order == granted.order
    longer = granted.model_copy(update={"order": f.Order(until=date(2025, 1, 19))})
    with pytest.raises(OrderNotPossible, match="Saturday 18 January 2025"):
        told(again, longer)


def test_a_demoted_tenancy_ends_by_law_also_when_it_is_varied() -> None:
    with pytest.raises(OrderNotPossible, match="lasts until Tuesday 2 July 2024"):
        in_force(f.Order(until=date(2030, 1, 1)), remedy="demotion")
    varied = f.OrderVaried(at=AFTER, order=f.Order(), words="As it was.")
    file = told(in_force(remedy="demotion"), varied)
    assert file.order == f.Order(until=date(2024, 7, 2))
    assert "order-ends" in owed(file)


@pytest.mark.parametrize(
    "fact",
    [
        INSTRUCTED.model_copy(update={"by_when": date(9999, 12, 31)}),
        INSTRUCTED.model_copy(update={"by_when": date(1, 1, 1)}),
        f.SolicitorChased(at=MONDAY + WEEK, by_when=date(2099, 1, 1), words="So."),
        f.CourtListed(at=MONDAY + 2 * WEEK, on=date(9999, 12, 31)),
        f.CourtListed(at=MONDAY + 2 * WEEK, on=date(1, 1, 1)),
        f.CourtAsked(at=MONDAY + 2 * WEEK, by_when=date(2099, 1, 1), words="So."),
    ],
    ids=str,
)
def test_a_day_that_is_waited_for_lies_ahead_and_not_too_far(fact: Fact) -> None:
    before = {
        "solicitor_instructed": (REVIEWED,),
        "solicitor_chased": (REVIEWED, INSTRUCTED),
        "court_listed": (REVIEWED, INSTRUCTED, ENOUGH, ISSUED),
        "court_asked": (REVIEWED, INSTRUCTED, ENOUGH, ISSUED),
    }[fact.fact]
    with pytest.raises(DayNotAgreeable):
        told(empty(), proposed(), *before, fact)


def test_nothing_is_dated_before_the_step_that_it_follows() -> None:
    early = ISSUED.model_copy(update={"at": ENOUGH.at - DAY})
    with pytest.raises(LegalStepNotOpen, match="Monday 12 June 2023: check the date"):
        told(empty(), proposed(), REVIEWED, INSTRUCTED, ENOUGH, early, recorded_at=HEARD_AT)
    child = proposed(born=date(2013, 6, 1))
    before = decided().model_copy(update={"at": MONDAY - 300 * DAY})
    with pytest.raises(LegalStepNotOpen):
        told(empty(), child, *TO_COURT, before, recorded_at=HEARD_AT)


@pytest.mark.parametrize("outcome", [f.CourtOutcome.GRANTED, f.CourtOutcome.REFUSED])
def test_a_court_decides_on_the_day_that_it_has_set_or_later(outcome: f.CourtOutcome) -> None:
    early = decided(outcome).model_copy(update={"at": HEARD_AT - DAY})
    with pytest.raises(CourtHasNotDecided, match="hears us on Monday 3 July 2023"):
        told(empty(), proposed(), *TO_COURT, early)


@pytest.mark.parametrize("before", [(), (REVIEWED,), (REVIEWED, INSTRUCTED)], ids=len)
def test_before_the_solicitor_papers_are_refused_by_name_and_not_offered(before: tuple[Fact, ...]) -> None:
    with pytest.raises(SolicitorMustAgree):
        told(empty(), proposed(), *before, ISSUED)


# what its case learns


def ready(**known: object) -> tuple[Fact, ...]:
    return (proposed("possession", **known), REVIEWED, INSTRUCTED, ENOUGH)


def test_a_notice_that_no_longer_stands_is_none_to_issue_papers_on() -> None:
    file = told(empty(), *ready(), learnt(MONDAY + WEEK, window=None))
    assert "window" not in owed(file)
    with pytest.raises(WindowNotOpen, match="No notice stands now"):
        told(file, ISSUED)
    assert told(file, learnt(MONDAY + 2 * WEEK, window=NOTICE), ISSUED).stage is LegalStage.ISSUED


def test_a_meeting_that_decided_against_it_is_not_asked_for_again_as_if_there_had_been_none() -> None:
    file = told(empty(), proposed(), learnt(MONDAY, why=WhyNot.DECIDED_AGAINST), REVIEWED)
    with pytest.raises(DisabilityMeetingMissing, match="decided against legal action"):
        told(file, INSTRUCTED)


def test_after_a_meeting_that_decided_against_it_nothing_towards_the_court_is_owed() -> None:
    file = told(empty(), proposed(), REVIEWED, INSTRUCTED, ENOUGH, learnt(ISSUED.at, window=NOTICE))
    assert {"papers", "window"} <= owed(file).keys()
    decided = told(file, learnt(ISSUED.at, window=NOTICE, why=WhyNot.DECIDED_AGAINST))
    assert [one.owed for one in owed(decided).values()] == [
        "End this, since the meeting about a disability decided against it, or hold another"
    ]
    again = told(decided, learnt(ISSUED.at, window=NOTICE))
    assert "See that the papers are issued" in {one.owed for one in owed(again).values()}


def test_a_disability_that_is_learnt_of_late_has_its_meeting_by_a_day_before_the_court_hears_it() -> None:
    issued = told(empty(), proposed(), REVIEWED, INSTRUCTED, ENOUGH, ISSUED)
    file = told(issued, learnt(ISSUED.at, why=WhyNot.MEETING_NEEDED))
    assert owed(file)["disability-meeting"].due == london(2023, 6, 26, 17)
    assert "disability-meeting" not in owed(told(file, learnt(ISSUED.at + DAY)))


# dates that would be late at once


def test_a_window_or_an_order_that_is_short_is_late_for_nobody_at_once() -> None:
    soon = NOTICE.model_copy(update={"closes": date(2023, 6, 14)})
    assert owed(told(empty(), proposed("possession", window=soon)))["window"].due == london(2023, 6, 12, 17)
    sooner = NOTICE.model_copy(update={"closes": date(2023, 6, 7)})
    assert owed(told(empty(), proposed("possession", window=sooner)))["window"].due == london(2023, 6, 7, 17)
    assert owed(in_force(f.Order(until=date(2023, 7, 20))))["order-ends"].due == london(2023, 7, 10, 17)


# what a court does besides


def test_a_court_may_put_it_off_without_a_day_and_is_asked_again_and_again() -> None:
    file = told(empty(), proposed(), *TO_COURT, f.CourtAdjourned(at=HEARD_AT, words="No judge."))
    assert (file.stage, file.hearing.on) == (LegalStage.ISSUED, None)
    asked = told(file, f.CourtAsked(at=HEARD_AT + WEEK, by_when=date(2023, 7, 21), words="Soon, they say."))
    assert owed(asked)["listing"].due == london(2023, 7, 21, 17)
    late = told(empty(), proposed(), *TO_COURT, f.CourtAsked(at=AFTER, words="The judge is writing."))
    assert owed(late)["hearing"].due == london(2023, 8, 1, 17), "20 working days after we asked"


def test_a_hearing_that_we_learn_of_in_the_evening_of_its_day_is_not_late_at_once() -> None:
    evening = london(2023, 6, 19, 18)
    told_of = f.CourtListed(at=evening, on=evening.date())
    listed = told(empty(), proposed(), REVIEWED, INSTRUCTED, ENOUGH, ISSUED, told_of)
    assert (listed.stage, listed.hearing.on) == (LegalStage.LISTED, evening.date())
    assert owed(listed)["hearing"].due == london(2023, 7, 17, 17)


def test_no_court_s_day_ahead_is_one_on_which_courts_do_not_sit() -> None:
    issued = told(empty(), proposed(), REVIEWED, INSTRUCTED, ENOUGH, ISSUED)
    sunday = f.CourtListed(at=ISSUED.at, on=date(2023, 7, 2))
    with pytest.raises(DayNotAgreeable, match="Courts do not sit on Sunday 2 July 2023"):
        told(issued, sunday)
    assert told(issued, sunday, recorded_at=london(2023, 7, 2, 12)).hearing.on == date(2023, 7, 2)
    assert told(issued, f.CourtListed(at=ISSUED.at, on=date(2023, 7, 1))).hearing.on == date(2023, 7, 1)


def test_a_breach_has_its_hearing_and_an_order_under_appeal_can_be_breached() -> None:
    breached = told(in_force(), f.OrderBreached(at=AFTER, words="He came back."))
    heard = told(breached, f.CourtListed(at=AFTER, on=date(2023, 7, 10)))
    assert owed(heard).keys() == {"breach-hearing", "order"}
    assert owed(heard)["breach-hearing"].due == london(2023, 7, 10, 17)
    appealed = told(in_force(), f.AppealLodged(at=AFTER, words="By him."))
    both = told(appealed, f.OrderBreached(at=AFTER + DAY, words="He came back."))
    assert both.stage is LegalStage.APPEALED
    assert owed(both).keys() == {"appeal", "breach"}
    stands = told(both, f.AppealDecided(at=AFTER + WEEK, stands=True, words="Dismissed."))
    assert (stands.stage, owed(stands).keys()) == (LegalStage.BREACHED, {"breach"})
    answered = told(both, f.BreachAnswered(at=AFTER + 2 * DAY, words="Arrested."))
    assert owed(answered).keys() == {"appeal", "order"}


def test_an_appeal_has_its_hearing() -> None:
    appealed = told(in_force(), f.AppealLodged(at=AFTER, words="By him."))
    listed = told(appealed, f.CourtListed(at=AFTER, on=date(2023, 9, 4)))
    assert (listed.stage, owed(listed)["appeal"].due) == (LegalStage.APPEALED, london(2023, 9, 4, 17))
    assert listed.said is not None
    assert (listed.said.hearing, listed.said.appeal_hearing) == (
        CourtDay(on=HEARD_AT.date(), said_at=LISTED.at, heard_at=HEARD_AT),
        CourtDay(on=date(2023, 9, 4), said_at=AFTER),
    )


@pytest.mark.parametrize("before", [decided(), decided(f.CourtOutcome.REFUSED)], ids=["granted", "refused"])
@pytest.mark.parametrize("stands", [True, False], ids=["stands", "does-not"])
def test_no_appeal_is_decided_before_it_was_lodged_not_even_on_that_day(
    before: f.LegalFact, *, stands: bool
) -> None:
    at_noon = london(2023, 7, 10, 12)
    lodged = told(empty(), proposed(), *TO_COURT, before, f.AppealLodged(at=at_noon, words="On the law."))
    asked = told(lodged, f.CourtAsked(at=at_noon + DAY, words="When?"))
    earlier = f.AppealDecided(at=london(2023, 7, 10, 11), stands=stands, words="At once.")
    for file in (lodged, asked):
        with pytest.raises(LegalStepNotOpen, match="lodged on Monday 10 July 2023 at 12:00: check the time"):
            told(file, earlier, recorded_at=london(2023, 8, 1))
        at_once = told(file, earlier.model_copy(update={"at": at_noon}), recorded_at=london(2023, 8, 1))
        assert at_once.stage is not LegalStage.APPEALED


def test_what_was_listed_and_is_over_before_its_day_was_not_heard() -> None:
    over = told(empty(), proposed(), *TO_COURT, ended(LISTED.at))
    assert over.hearing.on is None
    assert timedelta(0) < HEARD_AT - LISTED.at


def test_after_an_appeal_that_was_won_there_is_no_hearing_until_the_court_lists_one() -> None:
    refused = told(empty(), proposed(), *TO_COURT, decided(f.CourtOutcome.REFUSED))
    appealed = told(refused, f.AppealLodged(at=HEARD_AT + DAY, words="On the law."))
    again = told(appealed, f.AppealDecided(at=HEARD_AT + WEEK, stands=False, words="Heard again.")).said
    assert again is not None
    assert (again.stage, again.once_told.hearing) == (LegalStage.ISSUED, None)


def test_what_comes_at_another_point_names_the_fact_that_comes_now() -> None:
    with pytest.raises(LegalStepNotOpen, match="What is owed now: review how the case") as refused:
        told(told(empty(), proposed()), LISTED)
    assert refused.value.refusal.missing_facts == ("team_reviewed",)
