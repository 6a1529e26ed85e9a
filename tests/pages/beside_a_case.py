"""A legal action and a case review that have begun, as their workflows leave them in the store."""

from uuid import uuid4

from own_link import NOW, case_of

from policy.case_review.facts import Asker, CaseReviewAsked, ReviewEntry
from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.review import ReviewFile
from policy.facts import SYSTEM
from policy.legal_action.action import LegalFile
from policy.legal_action.facts import LegalEntry
from policy.legal_action.procedure import LEGAL_ACTION
from store import procedures, recording_beside
from tests.api.product import Product
from tests.given import EDITION, OFFICER, empty_file
from tests.policy.legal_action.acting import proposed


async def legal_action_on(site: Product) -> str:
    ref = f"{await case_of(site)}-7"
    closed = empty_file(NOW.date()).closure_days
    begun = LegalEntry(id=str(uuid4()), by=SYSTEM, recorded_at=NOW, fact=proposed().model_copy(update={"at": NOW}))
    async with site.records.writing() as db:
        opening = LegalFile(ref=ref, case=ref.rpartition("-")[0], edition=EDITION.ref, closure_days=closed)
        await procedures.register(db, LEGAL_ACTION.name, opening)
        await recording_beside.record(db, LEGAL_ACTION, ref, 1, [begun])
    return ref


async def review_on(site: Product) -> str:
    case = await case_of(site)
    ref = f"CR{case.removeprefix('CW')}"
    closed = empty_file(NOW.date()).closure_days
    asked = CaseReviewAsked(
        at=NOW, asked_by=Asker.VICTIM, district="sevenoaks", cases=(case,), words="I want to know what is done."
    )
    first = ReviewEntry(id=str(uuid4()), by=OFFICER, recorded_at=NOW, fact=asked)
    async with site.records.writing() as db:
        await procedures.register(
            db, CASE_REVIEW.name, ReviewFile(ref=ref, edition=EDITION.ref, closure_days=closed)
        )
        await recording_beside.record(db, CASE_REVIEW, ref, 1, [first])
    return ref
