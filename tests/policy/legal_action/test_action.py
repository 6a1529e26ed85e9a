"""legal-remedies: from the proposal to the end of the order, each step with its day."""

from datetime import date

import pytest

from policy.facts import Fact
from policy.facts.proceedings import CourtDay, LegalStage
from policy.legal_action import facts as f
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import Ended, View
from policy.refusals import FactInTheFuture
from policy.refusals.legal import (
    AnotherPersonMustReview,
    CourtHasNotDecided,
    DisabilityMeetingMissing,
    LegalStepNotOpen,
    OrderNotPossible,
    RemedyNotPossible,
    SolicitorMustAgree,
    WindowNotOpen,
)
from policy.tenure import Tenure
from tests.given import OFFICER, london
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

# its steps


def test_each_step_has_its_day_and_says_what_is_owed_next() -> None:
    file = told(empty(), proposed())
    steps: list[tuple[Fact, str, object]] = [
        (REVIEWED, "Ask the solicitor whether there is enough evidence", london(2023, 6, 13, 17)),
        (INSTRUCTED, "Ask the solicitor for their view", london(2023, 7, 5, 17)),
        (ENOUGH, "See that the papers are issued", london(2023, 6, 26, 17)),
        (ISSUED, "Ask the court when it hears us", london(2023, 7, 17, 17)),
        (LISTED, "Record what the court decided, or the next day", london(2023, 7, 3, 17)),
        (decided(), "See whether the order is kept", london(2023, 7, 31, 17)),
    ]
    (first,) = owed(file).values()
    assert (first.owed, first.due) == (
        "Review how the case was handled before it goes to the solicitor",
        london(2023, 6, 12, 17),
    )
    for fact, what, due in steps:
        file = told(file, fact)
        (next_one,) = owed(file).values()
        assert (next_one.owed, next_one.due) == (what, due)


def test_a_day_that_the_solicitor_named_is_the_day() -> None:
    agreed = INSTRUCTED.model_copy(update={"by_when": date(2023, 6, 16)})
    file = told(empty(), proposed(), REVIEWED, agreed)
    assert owed(file)["solicitor"].due == london(2023, 6, 16, 17)
    chased = f.SolicitorChased(at=MONDAY + WEEK, by_when=date(2023, 6, 20), words="Ill.")
    assert owed(told(file, chased))["solicitor"].due == london(2023, 6, 20, 17)


def test_an_adjourned_hearing_waits_for_the_next_day() -> None:
    file = told(empty(), proposed(), *TO_COURT, f.CourtListed(at=HEARD_AT, on=date(2023, 9, 4)))
    assert owed(file)["hearing"].due == london(2023, 9, 4, 17)


@pytest.mark.parametrize("fact", [INSTRUCTED, ENOUGH, LISTED, decided()], ids=str)
def test_no_step_comes_before_its_turn(fact: Fact) -> None:
    with pytest.raises(LegalStepNotOpen, match="What is owed now: review how the case was handled"):
        told(empty(), proposed(), fact, recorded_at=HEARD_AT)
    with pytest.raises(LegalStepNotOpen, match="begins by itself"):
        told(empty(), fact)


def test_nothing_is_recorded_twice_from_the_future_or_after_the_end() -> None:
    with pytest.raises(LegalStepNotOpen):
        told(empty(), proposed(), proposed())
    with pytest.raises(FactInTheFuture):
        told(empty(), proposed(), REVIEWED, recorded_at=MONDAY)
    over = told(empty(), proposed(), ended(MONDAY))
    assert (over.over, over.finished) == (True, False), "its case does not know yet"
    assert over.said is not None
    assert told(over, f.CaseTold(at=MONDAY, said=over.said, reached=True)).finished
    assert owed(over) == {}
    with pytest.raises(LegalStepNotOpen, match="is over"):
        told(over, REVIEWED)


# legal-reviews, solicitor-gate, disability-meeting


def test_a_supervisor_who_did_not_propose_it_reviews_every_case_for_the_court() -> None:
    with pytest.raises(AnotherPersonMustReview, match="You proposed"):
        told(told(empty(), proposed()), REVIEWED, by=OFFICER)
    with pytest.raises(AnotherPersonMustReview, match="supervisor"):
        told(told(empty(), proposed()), REVIEWED, by=OFFICER.model_copy(update={"id": "officer-2"}))
    stopped = told(empty(), proposed(), REVIEWED.model_copy(update={"goes_on": False}))
    assert (stopped.stage, stopped.ended) == (LegalStage.OVER, Ended.GIVEN_UP)


@pytest.mark.parametrize("view", [View.EVIDENCE, View.WITNESSES, View.BETTER_ELSEWHERE])
def test_nothing_is_issued_against_the_solicitor_s_advice(view: View) -> None:
    file = told(empty(), proposed(), REVIEWED, INSTRUCTED, ENOUGH.model_copy(update={"view": view}))
    assert owed(file)["advice"].row == "solicitor-gate"
    for before in (file, told(empty(), proposed()), told(empty(), proposed(), REVIEWED, INSTRUCTED)):
        with pytest.raises(SolicitorMustAgree):
            told(before, ISSUED)
    again = told(file, INSTRUCTED.model_copy(update={"at": MONDAY + WEEK}))
    assert told(again, ENOUGH).stage is LegalStage.READY


def test_no_solicitor_is_asked_before_the_meeting_about_a_disability() -> None:
    needed = told(empty(), proposed(meeting_needed=True), REVIEWED)
    with pytest.raises(DisabilityMeetingMissing, match="perpetrator 1"):
        told(needed, INSTRUCTED)
    held = told(needed, learnt(MONDAY + DAY), INSTRUCTED, ENOUGH)
    suspected = told(held, learnt(MONDAY + WEEK, why="meeting_needed"))
    with pytest.raises(DisabilityMeetingMissing):
        told(suspected, ISSUED)


# what the law has


@pytest.mark.parametrize(
    ("told_of", "why"),
    [
        ({"remedy": "banishment"}, "is not one of these"),
        ({"remedy": "warning_letter"}, "is not one of these"),
        ({"remedy": "demotion", "tenure": Tenure.STARTER}, "not for this tenure"),
        ({"remedy": "injunction", "at": london(2015, 3, 20)}, "exists from Monday 23 March 2015"),
        ({"remedy": "injunction", "born": date(2013, 6, 6)}, "under 10"),
        ({"remedy": "possession", "window": None}, "needs a notice of seeking possession that was served"),
        ({"remedy": "demotion", "window": None}, "needs a notice seeking demotion that was served"),
    ],
)
def test_a_remedy_that_does_not_exist_for_them_is_refused(told_of: dict[str, object], why: str) -> None:
    with pytest.raises(RemedyNotPossible, match=why):
        told(empty(), proposed(**told_of))  # type: ignore[arg-type]  # the fields of a proposal


def test_whoever_is_ten_today_may_be_asked_about_and_who_is_not_a_tenant_too() -> None:
    assert told(empty(), proposed(born=date(2013, 6, 5), tenure=Tenure.NONE))


def possession(**more: object) -> LegalFile:
    return told(empty(), proposed("possession", window=NOTICE, **more), REVIEWED, INSTRUCTED, ENOUGH)


def test_papers_are_issued_while_the_notice_stands_and_its_end_is_a_deadline() -> None:
    assert owed(possession())["window"].due == london(2024, 5, 7, 17), "20 working days before it lapses"
    last, late = london(2024, 6, 5), london(2024, 6, 6)
    assert told(possession(), ISSUED.model_copy(update={"at": last})).stage is LegalStage.ISSUED
    with pytest.raises(WindowNotOpen, match="lapsed on Wednesday 5 June 2024"):
        told(possession(), ISSUED.model_copy(update={"at": late}))
    assert "window" not in owed(told(possession(), ISSUED))


def test_papers_wait_for_the_first_day_of_the_notice() -> None:
    later = NOTICE.model_copy(update={"opens": date(2023, 6, 20)})
    file = told(empty(), proposed("possession", window=later), REVIEWED, INSTRUCTED, ENOUGH)
    with pytest.raises(WindowNotOpen, match="from Tuesday 20 June 2023"):
        told(file, ISSUED)
    assert told(file, ISSUED.model_copy(update={"at": london(2023, 6, 20)}))


# the court's outcome


@pytest.mark.parametrize("outcome", [f.CourtOutcome.SETTLED, f.CourtOutcome.WITHDRAWN])
def test_what_is_settled_or_withdrawn_is_over(outcome: f.CourtOutcome) -> None:
    file = told(empty(), proposed(), *TO_COURT, decided(outcome))
    assert (file.stage, file.outcome) == (LegalStage.OVER, outcome)


@pytest.mark.parametrize("remedy", ["injunction", "injunction_with_arrest_or_exclusion", "possession", "demotion"])
def test_what_a_court_grants_is_an_order_that_is_said(remedy: str) -> None:
    listed = told(empty(), proposed(remedy), *TO_COURT)
    nothing_said = decided().model_copy(update={"order": None})
    with pytest.raises(OrderNotPossible, match="Say what the court ordered") as refused:
        told(listed, nothing_said)
    assert refused.value.refusal.missing == ("the court's order",)
    assert told(listed, decided()).order is not None


def test_a_refusal_is_answered_and_may_be_appealed() -> None:
    refused = told(empty(), proposed(), *TO_COURT, decided(f.CourtOutcome.REFUSED))
    assert owed(refused)["refusal"].due == london(2023, 7, 17, 17)
    appealed = told(refused, f.AppealLodged(at=HEARD_AT + DAY, words="On the law."))
    assert owed(appealed)["appeal"].row == "court-decides"
    won = told(appealed, f.AppealDecided(at=HEARD_AT + WEEK, stands=False, words="Heard again."))
    assert won.stage is LegalStage.ISSUED
    lost = told(appealed, f.AppealDecided(at=HEARD_AT + WEEK, stands=True, words="No."))
    assert (lost.stage, owed(lost).keys()) == (LegalStage.REFUSED, {"refusal"})


def test_an_order_that_does_not_stand_on_appeal_is_set_aside() -> None:
    appealed = told(in_force(), f.AppealLodged(at=HEARD_AT + DAY, words="By him."))
    stands = told(appealed, f.AppealDecided(at=HEARD_AT + WEEK, stands=True, words="It stands."))
    assert stands.stage is LegalStage.IN_FORCE
    gone = told(appealed, f.AppealDecided(at=HEARD_AT + WEEK, stands=False, words="Set aside."))
    assert (gone.stage, gone.ended) == (LegalStage.OVER, Ended.SET_ASIDE)


def test_a_breach_is_answered_within_days_and_the_order_goes_on() -> None:
    breached = told(in_force(), f.OrderBreached(at=HEARD_AT + DAY, words="He came back."))
    assert owed(breached)["breach"].due == london(2023, 7, 6, 17)
    answered = told(breached, f.BreachAnswered(at=HEARD_AT + 2 * DAY, words="Arrested."))
    assert owed(answered)["order"].due == london(2023, 8, 2, 17)


def test_what_follows_an_order_is_decided_before_it_ends() -> None:
    file = in_force(f.Order(until=date(2024, 7, 3)))
    assert owed(file)["order-ends"].due == london(2024, 5, 7, 17)
    varied = told(file, f.OrderVaried(at=HEARD_AT + DAY, order=f.Order(until=date(2025, 7, 3)), words="Longer."))
    assert owed(varied)["order-ends"].due.year == 2025
    assert "order-ends" not in owed(in_force())


def test_a_demoted_tenancy_lasts_a_year_by_law() -> None:
    file = in_force(remedy="demotion")
    assert file.order == f.Order(until=date(2024, 7, 2))


def test_a_court_gives_an_injunction_an_exclusion_or_a_power_of_arrest_also_unasked() -> None:
    order = f.Order(until=date(2024, 7, 2), exclusion=True, power_of_arrest=True)
    for remedy in ("injunction_with_arrest_or_exclusion", "injunction"):
        assert in_force(order, remedy=remedy).order == order
    with pytest.raises(OrderNotPossible, match="Only an injunction"):
        in_force(order, remedy="demotion")
    with pytest.raises(OrderNotPossible, match="Only what a court grants"):
        told(empty(), proposed(), *TO_COURT, decided(f.CourtOutcome.REFUSED, f.Order()))
    with pytest.raises(OrderNotPossible, match="does not end before"):
        in_force(f.Order(until=date(2023, 7, 2)))


def test_against_somebody_under_eighteen_an_injunction_lasts_twelve_months_at_most() -> None:
    born = date(2006, 1, 1)
    assert in_force(f.Order(until=date(2024, 7, 2)), born=born)
    for until in (date(2024, 7, 3), None):
        with pytest.raises(OrderNotPossible, match="Tuesday 2 July 2024"):
            in_force(f.Order(until=until), born=born)
    assert in_force(f.Order(), born=date(2005, 7, 3)), "eighteen on the day"


def test_the_twelve_months_count_from_the_day_on_which_it_was_made_also_when_it_is_varied() -> None:
    file = in_force(f.Order(until=date(2024, 1, 5)), born=date(2006, 1, 1))
    later = HEARD_AT + WEEK
    varied = f.OrderVaried(at=later, order=f.Order(until=date(2024, 7, 2)), words="Longer.")
    assert told(file, varied).order == varied.order
    with pytest.raises(OrderNotPossible, match="Tuesday 2 July 2024"):
        told(file, varied.model_copy(update={"order": f.Order(until=date(2024, 7, 3))}))


# its end


def test_it_ends_as_it_can_at_that_point() -> None:
    with pytest.raises(CourtHasNotDecided, match="given up"):
        told(empty(), proposed(), ended(MONDAY, Ended.DISCHARGED))
    with pytest.raises(CourtHasNotDecided, match="recorded as discharged or set aside"):
        told(in_force(), ended(HEARD_AT, Ended.GIVEN_UP))
    holds = in_force(f.Order(until=date(2023, 8, 3)))
    with pytest.raises(CourtHasNotDecided, match="still holds until Thursday 3 August 2023"):
        told(holds, ended(london(2023, 8, 3, 18), Ended.EXPIRED))
    assert told(holds, ended(london(2023, 8, 4), Ended.EXPIRED)).ended is Ended.EXPIRED
    assert told(in_force(), ended(HEARD_AT + DAY, Ended.DISCHARGED)).over


# what its case hears


def test_a_hearing_that_was_settled_or_given_up_before_its_day_was_not_heard() -> None:
    listed = told(empty(), proposed(), *TO_COURT)
    day_before = HEARD_AT - DAY
    settled = f.CourtDecided(at=day_before, outcome=f.CourtOutcome.SETTLED, words="Out of court.")
    for early in (told(listed, settled), told(listed, ended(day_before))):
        assert early.said is not None
        assert early.said.once_told.hearing == CourtDay(said_at=day_before)
    heard = told(listed, decided()).said
    assert heard is not None
    assert heard.stage is LegalStage.IN_FORCE
    assert heard.once_told.hearing == CourtDay(on=date(2023, 7, 3), said_at=LISTED.at, heard_at=HEARD_AT)
