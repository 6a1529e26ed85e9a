"""court-decides, legal-remedies: what is open is decided before an order ends; nothing ends in silence."""

from datetime import date

import pytest

from policy.facts.proceedings import LegalStage
from policy.legal_action import facts as f
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import Ended
from policy.refusals.legal import CourtHasNotDecided
from tests.given import london
from tests.policy.legal_action.acting import DAY, HEARD_AT, WEEK, empty, ended, in_force, owed, proposed, told
from tests.policy.legal_action.test_breaches import AFTER, BREACHED
from tests.policy.legal_action.test_two_courts import LODGED, OF_THE_APPEAL, OFF, STANDS

LATE = london(2023, 8, 20)
UNTIL = f.Order(until=date(2023, 7, 10))
ANSWERED = f.BreachAnswered(at=AFTER + DAY, words="Warned.")
RAN_OUT = ended(london(2023, 7, 11), Ended.EXPIRED)
DISCHARGED = ended(AFTER + 2 * DAY, Ended.DISCHARGED)


@pytest.mark.parametrize(
    ("remedy", "end"),
    [("injunction", RAN_OUT), ("injunction", DISCHARGED), ("possession", ended(AFTER, Ended.CARRIED_OUT))],
    ids=["expired", "discharged", "carried-out"],
)
def test_no_order_ends_over_a_breach_before_that_for_which_nobody_has_answered(
    remedy: str, end: f.LegalFact
) -> None:
    breached = told(in_force(UNTIL, remedy=remedy), BREACHED)
    with pytest.raises(CourtHasNotDecided, match="what follows a breach") as refused:
        told(breached, end)
    assert refused.value.refusal.missing_facts == ("breach_answered",)
    assert told(breached, ANSWERED, end, recorded_at=LATE).over


def test_what_an_order_forbade_that_is_set_aside_is_nobody_s_to_answer_for() -> None:
    in_court = told(in_force(), BREACHED, f.BreachAnswered(at=AFTER + DAY, to_court=True, words="To court."))
    for file in (told(in_force(), BREACHED), in_court):
        assert told(file, ended(AFTER + 2 * DAY, Ended.SET_ASIDE)).ended is Ended.SET_ASIDE


@pytest.mark.parametrize("how", [Ended.CARRIED_OUT, Ended.SET_ASIDE, Ended.GIVEN_UP], ids=str)
def test_an_appeal_is_decided_before_anything_ends_that_leaves_it_something_to_decide(how: Ended) -> None:
    appealed = told(in_force(remedy="possession"), LODGED, OF_THE_APPEAL)
    with pytest.raises(CourtHasNotDecided, match=r"only be recorded as discharged\. What was decided on") as no:
        told(appealed, ended(HEARD_AT + WEEK, how))
    assert no.value.refusal.missing_facts == ("appeal_decided",)
    assert told(appealed, ended(HEARD_AT + WEEK, Ended.DISCHARGED)).over


TAKEN: dict[str, tuple[LegalFile, set[Ended]]] = {
    "in-force": (in_force(), {Ended.DISCHARGED, Ended.SET_ASIDE}),
    "in-force-until": (in_force(UNTIL), {Ended.DISCHARGED, Ended.SET_ASIDE, Ended.EXPIRED}),
    "possession": (in_force(remedy="possession"), {Ended.DISCHARGED, Ended.SET_ASIDE, Ended.CARRIED_OUT}),
    "breached": (told(in_force(UNTIL, remedy="possession"), BREACHED), {Ended.SET_ASIDE}),
    "appealed": (told(in_force(), LODGED), {Ended.DISCHARGED}),
    "appealed-until": (told(in_force(UNTIL), LODGED), {Ended.DISCHARGED, Ended.EXPIRED}),
    "breached-and-appealed": (told(in_force(UNTIL), BREACHED, LODGED), set()),
    "not-in-court": (told(empty(), proposed()), {Ended.GIVEN_UP}),
}


@pytest.mark.parametrize("state", TAKEN)
def test_whoever_ends_it_as_it_cannot_reads_how_it_can_now_and_no_other_way(state: str) -> None:
    file, taken = TAKEN[state]
    for how in Ended:
        if how in taken:
            assert told(file, ended(LATE, how)).over
            continue
        with pytest.raises(CourtHasNotDecided) as refused:
            told(file, ended(LATE, how))
        _, named, ways = refused.value.refusal.sentence.partition("can only be recorded as ")
        assert not named or {one for one in Ended if one.replace("_", " ") in ways.split(".")[0]} == taken
        assert named or how not in {Ended.GIVEN_UP, Ended.SET_ASIDE} or not taken
        assert refused.value.refusal.missing
    if not taken:
        with pytest.raises(CourtHasNotDecided, match="what follows a breach"):
            told(file, ended(LATE))


@pytest.mark.parametrize("remedy", ["injunction", "injunction_with_arrest_or_exclusion", "demotion"])
def test_only_possession_is_carried_out(remedy: str) -> None:
    carried_out = ended(AFTER, Ended.CARRIED_OUT)
    with pytest.raises(CourtHasNotDecided, match="recorded as discharged or set aside"):
        told(in_force(remedy=remedy), carried_out)
    assert told(in_force(remedy="possession"), carried_out).ended is Ended.CARRIED_OUT


@pytest.mark.parametrize("stands", [True, False], ids=["stands", "does-not"])
def test_an_appeal_is_decided_on_the_day_that_its_court_has_set_or_without_one(*, stands: bool) -> None:
    early = STANDS.model_copy(update={"at": HEARD_AT + 9 * DAY, "stands": stands})
    listed = told(in_force(), LODGED, OF_THE_APPEAL)
    with pytest.raises(CourtHasNotDecided, match="hears the appeal on Monday 4 September 2023") as refused:
        told(listed, early)
    assert refused.value.refusal.missing_facts == ("court_listed", "court_adjourned")
    decided = told(listed, OFF.model_copy(update={"appeal": None}), early)
    assert (decided.stage, decided.appeal_hearing.on) == (
        LegalStage.IN_FORCE if stands else LegalStage.OVER,
        None,
    )


def test_an_order_that_was_varied_twice_is_as_it_was_varied_last_however_late_the_first_is_learnt_of() -> None:
    shorter = f.OrderVaried(at=london(2023, 7, 10), order=f.Order(until=date(2023, 9, 29)), words="Shorter.")
    longer = f.OrderVaried(at=london(2023, 7, 20), order=f.Order(until=date(2024, 7, 1)), words="Longer.")
    in_turn, late = (
        told(in_force(f.Order(until=date(2024, 1, 1))), *varied, recorded_at=LATE)
        for varied in ((shorter, longer), (longer, shorter))
    )
    assert (late.order, late.order_at) == (in_turn.order, in_turn.order_at) == (longer.order, longer.at)
    assert owed(late)["order-ends"].due == owed(in_turn)["order-ends"].due
    with pytest.raises(CourtHasNotDecided, match="still holds until Monday 1 July 2024"):
        told(late, ended(london(2023, 10, 2), Ended.EXPIRED))
