"""Lives of what is carried on beside invented cases. `make histories` keeps these histories too."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

from policy.case_review import facts as reviewed
from policy.case_review.procedure import CASE_REVIEW
from policy.facts.consent import ConsentGiven, ConsentWithdrawn, Purpose
from policy.facts.parts import Part
from policy.facts.people import Means
from policy.facts.proceedings import LegalActionProposed
from policy.legal_action.facts import (
    CourtAdjourned,
    CourtDecided,
    CourtListed,
    CourtOutcome,
    Ended,
    LegalActionEnded,
    Order,
    PapersIssued,
    SolicitorAnswered,
    SolicitorInstructed,
    TeamReviewed,
    View,
)
from policy.legal_action.procedure import LEGAL_ACTION
from policy.procedures.base import ProcedureFile
from policy.referral import facts as referred
from policy.referral.procedure import REFERRAL
from policy.rulebook import Rulebook
from policy.tenure import Tenure
from policy.working_days import london_day
from tests.given import OFFICER, SUPERVISOR, court_day
from tests.policy.happenings import effect, taken_on
from tests.replay.keeping import kept, replayed_and_kept
from tests.workflows.running import Case, Cases
from tests.workflows.test_beside_cases import referral, until_heard
from workflows.asking import Asking
from workflows.beside import id_of
from workflows.procedure_door import door_to

WRITTEN = {"means": Means.EMAIL, "words": "As written."}


async def carried_on(case: Case, kind: Rulebook[Any, Any], ref: str, *facts: Any) -> None:
    """Each step in turn, by a supervisor."""
    for number, fact in enumerate(facts):
        one = kind.entry(id=f"{ref}-{number}-{fact.fact}", by=SUPERVISOR, recorded_at=case.now, fact=fact)
        await door_to(kind.name, case.door).record(ref, one)


async def ended(case: Case, kind: Rulebook[Any, Any], ref: str) -> None:
    """It is over, and its history is kept."""
    handle = case.door.client.get_workflow_handle(id_of(kind, ref), result_type=kind.file)
    async with asyncio.timeout(20):
        file: ProcedureFile = await handle.result()
    assert file.finished
    assert await replayed_and_kept(case, kind.name, id_of(kind, ref)) == file


async def test_a_case_with_a_legal_action_beside_it(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.record(taken_on(case.now, "perpetrator-1", Part.PERPETRATOR))
    await case.record(effect(case.now))
    proposed = LegalActionProposed(
        at=case.now, remedy="injunction", tenure=Tenure.ASSURED, very_serious="A knife.", reasons="Nobody is safe."
    )
    seq = await case.record(proposed)
    await case.until_recorded(seq + 1)
    action = f"{case.ref}-{seq}"
    await carried_on(
        case,
        LEGAL_ACTION,
        action,
        TeamReviewed(at=case.now, goes_on=True, words="Handled well."),
        SolicitorInstructed(at=case.now, words="The whole file."),
        SolicitorAnswered(at=case.now, view=View.ENOUGH, words="Go on."),
        PapersIssued(at=case.now, court="A county court", words="Issued."),
        CourtListed(at=case.now, on=court_day(london_day(case.now) + timedelta(days=30))),
        CourtAdjourned(at=case.now, words="No judge."),
        CourtDecided(at=case.now, outcome=CourtOutcome.GRANTED, order=Order(), words="As asked."),
        LegalActionEnded(at=case.now, how=Ended.DISCHARGED, reasons="He moved away."),
    )
    await ended(case, LEGAL_ACTION, action)
    heard = [one for one in await case.facts() if one in {"legal_action_finished", "legal_action_told"}]
    assert heard == ["legal_action_told", "legal_action_finished"]
    await kept(case, "with-a-legal-action")


async def test_a_case_with_a_referral_that_could_not_be_delivered_and_a_consent_taken_back(
    cases_here: Cases,
) -> None:
    case = await cases_here.open()
    await case.record(ConsentGiven(at=case.now, purpose=Purpose.REFERRAL, words="Yes."))
    ref = f"{case.ref}-{await case.record(referral(case, 'victim_support'))}"
    await until_heard(case, {"referral_moved": 1})
    for heard, fact in enumerate((referred.ReferralHandedOver, referred.ReferralAcknowledged), start=2):
        await carried_on(case, REFERRAL, ref, fact(at=case.now, words="On the telephone."))
        await until_heard(case, {"referral_moved": heard})
    await case.record(ConsentWithdrawn(at=case.now, purpose=Purpose.REFERRAL, words="No more."))
    await until_heard(case, {"referral_moved": 4})
    await carried_on(case, REFERRAL, ref, referred.AgencyToldOfWithdrawal(at=case.now, words="Rang them."))
    await ended(case, REFERRAL, ref)
    await until_heard(case, {"referral_finished": 1})
    await kept(case, "with-a-referral")


async def test_a_case_with_a_case_review_that_is_withdrawn(cases_here: Cases) -> None:
    case = await cases_here.open()
    await case.until_recorded(2)
    asking = Asking(cases_here.store, case.door, {})
    asked = reviewed.CaseReviewAsked(
        at=case.now, asked_by=reviewed.Asker.VICTIM, district="canterbury", cases=(case.ref,), words="Nothing."
    )
    entry = reviewed.ReviewEntry(id=str(uuid4()), by=OFFICER, recorded_at=case.now, fact=asked, digest="x")
    application = await asking.receive(entry)
    await asking.begin(application)
    await until_heard(case, {"case_review_begun": 1})
    await carried_on(
        case,
        CASE_REVIEW,
        application.ref,
        reviewed.CaseReviewAcknowledged(at=case.now, **WRITTEN),
        reviewed.VictimHeard(at=case.now, means=Means.VISIT, words="I do not sleep."),
        reviewed.CaseReviewWithdrawn(at=case.now, words="It has stopped."),
        reviewed.CaseReviewEnded(at=case.now, **WRITTEN),
    )
    await ended(case, CASE_REVIEW, application.ref)
    await kept(case, "with-a-case-review")
