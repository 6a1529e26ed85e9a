"""retention: how long each kind of record is kept, what stops that clock, and who decides that it ends."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from policy.case_file import CaseFile
from policy.case_review.review import ReviewFile
from policy.case_review.stages import ReviewStage
from policy.company import Joined
from policy.editions.retention import RecordKind
from policy.facts.base import SYSTEM, Actor, Role
from policy.facts.closing import Closing
from policy.journal import BesideFact, Note
from policy.permissions import MAY_RECORD_BESIDE
from policy.refusals import Refused
from policy.refusals.retention import (
    AlreadyErased,
    ApprovedAlready,
    ErasureNotProposed,
    HeldFromErasure,
    NoSuchHold,
    NotForItsOfficer,
    ProposedAlready,
    RefusedForTooLong,
    TooSoonToErase,
)
from policy.retention import facts, folding, rules
from policy.retention.facts import HoldReason, StillNeeded
from policy.retention.record import ALONE, Around, RetentionFile, State
from policy.retention.stopping import (
    TOGETHER,
    Beside,
    Known,
    of_case,
    of_person,
    of_review,
    of_together,
    over_together,
)
from tests.given import EDITION, SUPERVISOR, assessed, case_of, contact, london, report
from tests.policy.happenings import closed, recorded

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
MANAGER = Actor(id="manager-1", role=Role.MANAGER)
PROTECTION = Actor(id="dpo-1", role=Role.DATA_PROTECTION)


def owing() -> CaseFile:
    """Closed, with letters that are still to go."""
    return recorded(
        case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY)), closed(MONDAY, Closing.UNJUSTIFIED)
    )


def closed_file(closing: Closing = Closing.DEALT_WITH) -> CaseFile:
    file = owing()
    return file.with_(letters={}, matters={}, closing=closing)


def test_a_closed_case_is_kept_for_the_edition_s_months_from_the_day_it_closed() -> None:
    kept = of_case(closed_file(), (), (), EDITION)
    assert (kept.kind, kept.months, kept.since) == (RecordKind.CASE, 72, date(2023, 6, 5))
    assert kept.last == date(2029, 6, 5)
    assert not kept.over(date(2029, 6, 5))
    assert kept.over(date(2029, 6, 6))
    assert kept.why[0].startswith("72 months from Monday 5 June 2023: ")
    assert (kept.row, kept.section, kept.edition) == ("retention", "all", EDITION.name)
    assert "our reading" in kept.source


@pytest.mark.parametrize("closing", [Closing.UNJUSTIFIED, Closing.NOT_USUALLY_ASB])
def test_a_report_that_became_no_case_is_kept_for_half_as_long(closing: Closing) -> None:
    kept = of_case(closed_file(closing), (), (), EDITION)
    assert (kept.kind, kept.last) == (RecordKind.REPORT_WITHOUT_CASE, date(2026, 6, 5))


def test_what_ended_beside_the_case_later_counts_and_a_legal_action_makes_it_one_of_court() -> None:
    later = Beside(ref="CW-2023-000001-1", kind="legal-action", finished=True, last_at=MONDAY + 400 * DAY)
    kept = of_case(closed_file(Closing.UNJUSTIFIED), [later], (), EDITION)
    assert (kept.kind, kept.since) == (RecordKind.CASE_IN_COURT, date(2024, 7, 9))


def test_an_order_makes_it_a_case_of_court() -> None:
    file = closed_file().with_(orders={"legal-action-1": None})
    assert of_case(file, (), (), EDITION).kind is RecordKind.CASE_IN_COURT


STOPPED = {
    "open": (case_of(report(MONDAY)), (), (), "the case is open"),
    "still owed": (
        owing(),
        (),
        (),
        "something is still owed on the closed case",
    ),
    "legal action": (
        closed_file(),
        (Beside(ref="CW-2023-000001-1", kind="legal-action", finished=False),),
        (),
        "legal action CW-2023-000001-1 is not over",
    ),
    "case review": (
        closed_file(),
        (Beside(ref="CR-2023-000001", kind="case-review", finished=False),),
        (),
        "case review CR-2023-000001 is not over",
    ),
    "hold": (closed_file(), (), (HoldReason.OMBUDSMAN,), "the Ombudsman looks at it"),
}


@pytest.mark.parametrize("name", STOPPED)
def test_the_clock_is_stopped_and_says_by_what(name: str) -> None:
    file, beside, held, why = STOPPED[name]
    kept = of_case(file, beside, held, EDITION)
    assert kept.last is None
    assert not kept.over(date(2099, 1, 1))
    assert kept.why == (why,)


def test_a_case_that_had_joined_another_stays_as_long_as_that_one() -> None:
    joined = Joined(into="CW-2023-000002", about=str(uuid4()), at=MONDAY)
    file = closed_file(Closing.JOINED).with_(joined=joined)
    stopped = of_case(file, (), (), EDITION, joined_is_kept=True)
    assert stopped.why == ("it had joined CW-2023-000002, which is kept still",)
    assert of_case(file, (), (), EDITION).last == date(2029, 6, 5)


def test_a_case_review_counts_from_its_end() -> None:
    file = ReviewFile(ref="CR-2023-000001", edition=EDITION.ref, closure_days=closed_file().closure_days)
    assert of_review(file, MONDAY, (), (), EDITION).why == ("the review is not over",)
    over = of_review(file.with_(stage=ReviewStage.OVER), MONDAY, (), (), EDITION)
    assert (over.kind, over.last) == (RecordKind.CASE_REVIEW, date(2029, 6, 5))


def test_a_person_stays_while_on_a_case_or_in_a_tenancy_or_held() -> None:
    known = Known(id="p", on_cases=True, in_tenancy=True, last=MONDAY.date())
    assert of_person(known, (HoldReason.ACCESS_REQUEST,), EDITION).why == (
        "somebody has asked for what we hold about them",
        "they are on a case that is kept",
        "they live in a tenancy",
    )
    gone = Known(id="p", on_cases=False, in_tenancy=False, last=MONDAY.date())
    assert of_person(gone, (), EDITION).last == date(2029, 6, 5)


@pytest.mark.parametrize("kind", TOGETHER)
def test_small_things_are_decided_of_together_by_month(kind: RecordKind) -> None:
    months = EDITION.retention.of(kind).months
    ref = over_together(kind, date(2026, 11, 29), EDITION)
    assert ref == over_together(kind, date(2026, 11, 1), EDITION) == f"{kind}:{2026 - months // 12}-11-01"
    kept = of_together(ref, (), EDITION)
    assert kept.over(date(2026, 11, 1))
    assert of_together(ref, (HoldReason.CLAIM,), EDITION).last is None
    assert of_together(ref, (), EDITION, date(2026, 12, 1)).last is None


@pytest.mark.parametrize("ref", ["case:2026-11-01", "finding:tomorrow", "finding"])
def test_nothing_else_is_decided_of_together(ref: str) -> None:
    with pytest.raises(ValueError, match=r"together|isoformat"):
        of_together(ref, (), EDITION)


class Decided:
    """A record on its way, as the journal tells it."""

    def __init__(self) -> None:
        self.file = RetentionFile(ref="CW-2023-000001")

    def tell(self, fact: BesideFact, by: Actor = MANAGER, id_: str = "", around: Around = ALONE) -> str:
        """Raises Refused. The id of the note."""
        note = Note(id=id_ or str(uuid4()), by=by, recorded_at=fact.at, fact=fact)
        rules.check(self.file, note, EDITION, around)
        self.file = folding.after(self.file, note)
        return note.id

    def proposed(self, at: datetime = MONDAY) -> "Decided":
        day = at.date()
        self.tell(
            facts.ErasureProposed(
                at=at,
                kind=RecordKind.CASE,
                edition=EDITION.name,
                months=72,
                since=day,
                last=day,
                officer="supervisor-1",
            ),
            SYSTEM,
        )
        return self

    def approved(self, at: datetime = MONDAY) -> "Decided":
        self.tell(facts.ErasureApproved(at=at))
        return self

    def erased(self, at: datetime) -> None:
        self.tell(facts.Erased(at=at, entries=3), SYSTEM)


def test_proposed_approved_and_after_the_days_for_objecting_erased() -> None:
    one = Decided().proposed().approved()
    assert (one.file.state, one.file.approved_by) == (State.APPROVED, "manager-1")
    assert one.file.erased_from(EDITION) == date(2023, 6, 20)
    with pytest.raises(TooSoonToErase, match="Until Tuesday 20 June 2023"):
        one.erased(london(2023, 6, 19))
    one.erased(london(2023, 6, 20))
    assert one.file.state is State.ERASED


def test_whoever_had_the_case_does_not_decide_that_it_is_erased() -> None:
    one = Decided().proposed()
    with pytest.raises(NotForItsOfficer) as refused:
        one.tell(facts.ErasureApproved(at=MONDAY), SUPERVISOR)
    assert refused.value.refusal.missing == ("another person",)


def test_a_hold_makes_an_approval_void_and_stands_until_it_is_lifted() -> None:
    one = Decided().proposed().approved()
    hold = one.tell(facts.HoldPlaced(at=MONDAY, reason=HoldReason.CLAIM), SUPERVISOR)
    assert one.file.state is State.PROPOSED
    with pytest.raises(HeldFromErasure, match="somebody claims, or may claim, for what happened") as refused:
        one.approved()
    assert refused.value.refusal.missing_facts == ("hold_lifted",)
    with pytest.raises(HeldFromErasure):
        one.erased(london(2023, 9, 1))
    one.tell(facts.HoldLifted(at=MONDAY, hold=hold), SUPERVISOR)
    with pytest.raises(ErasureNotProposed, match="Nobody has approved"):
        one.erased(london(2023, 9, 1))
    assert one.approved().file.state is State.APPROVED
    with pytest.raises(NoSuchHold):
        one.tell(facts.HoldLifted(at=MONDAY, hold=hold))


def test_whoever_may_decide_can_refuse_also_after_the_approval() -> None:
    one = Decided().proposed().approved()
    refusal = facts.ErasureRefused(at=MONDAY, why=StillNeeded.CHILD_ON_THE_CASE, until=date(2024, 6, 5))
    one.tell(refusal, PROTECTION)
    assert (one.file.state, one.file.refused_until) == (State.KEPT, date(2024, 6, 5))
    with pytest.raises(ErasureNotProposed):
        one.erased(london(2024, 9, 1))


@pytest.mark.parametrize("until", [date(2023, 6, 5), date(2024, 6, 6)], ids=["today", "over a year"])
def test_nobody_refuses_for_ever(until: date) -> None:
    refusal = facts.ErasureRefused(at=MONDAY, why=StillNeeded.DISPUTE_EXPECTED, until=until)
    with pytest.raises(RefusedForTooLong, match="Wednesday 5 June 2024"):
        Decided().proposed().tell(refusal)


def test_what_is_not_proposed_is_not_decided_and_nothing_is_proposed_twice_or_while_held() -> None:
    one = Decided()
    for fact in (
        facts.ErasureApproved(at=MONDAY),
        facts.ErasureRefused(at=MONDAY, why=StillNeeded.DISPUTE_EXPECTED, until=date(2023, 7, 1)),
    ):
        with pytest.raises(ErasureNotProposed):
            one.tell(fact)
    with pytest.raises(ErasureNotProposed):
        one.erased(MONDAY)
    with pytest.raises(ProposedAlready):
        one.proposed().proposed()
    with pytest.raises(ApprovedAlready):
        one.approved().approved()
    held = Decided()
    held.tell(facts.HoldPlaced(at=MONDAY, reason=HoldReason.COURT))
    with pytest.raises(HeldFromErasure):
        held.proposed()


def test_of_what_is_erased_nothing_more_is_decided() -> None:
    one = Decided().proposed().approved()
    one.erased(london(2023, 7, 1))
    with pytest.raises(AlreadyErased):
        one.tell(facts.HoldPlaced(at=MONDAY, reason=HoldReason.CLAIM))


def test_supervisors_and_managers_approve_and_the_data_protection_officer_can_only_keep_it_from_being_erased() -> (
    None
):
    leaders = {Role.SUPERVISOR, Role.MANAGER}
    assert MAY_RECORD_BESIDE["erasure_approved"] == leaders
    for fact in ("hold_placed", "hold_lifted", "erasure_refused"):
        assert MAY_RECORD_BESIDE[fact] == leaders | {Role.DATA_PROTECTION}
    for fact in ("erasure_proposed", "erasure_lapsed", "erased"):
        assert MAY_RECORD_BESIDE[fact] == {Role.SYSTEM}


def test_the_edition_says_of_every_kind_how_long_after_what_and_why() -> None:
    assert all("our reading" in EDITION.retention.of(kind).source for kind in RecordKind)


def test_what_is_recorded_about_a_record_holds_nobody_s_words() -> None:
    """It outlives what it is about."""
    for kind in (facts.HoldPlaced, facts.HoldLifted, facts.ErasureApproved, facts.ErasureRefused, facts.Erased):
        assert not {"words", "reasons", "name"} & set(kind.model_fields)
    assert issubclass(HeldFromErasure, Refused)
