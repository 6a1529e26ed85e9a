"""From somebody's asking to a case review that runs: kept in the store first, then begun, now or later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gateways.calendar import closure_days
from policy.case_review.asking import can_be_answered_on
from policy.case_review.facts import CaseReviewAsked, ReviewEntry
from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.review import ReviewFile
from policy.editions import in_force_on
from policy.working_days import london_day
from store import applications, cases, procedures, timeline
from store.applications import Application
from store.sessions import Reading, Store
from workflows.door import Door
from workflows.intake import KeyUsedForAnotherReport
from workflows.procedure_door import door_to


class CasesNotKnown(LookupError):
    """There are no cases of these references."""

    def __init__(self, refs: list[str]) -> None:
        super().__init__(", ".join(refs))
        self.refs = refs


@dataclass(frozen=True)
class Asking:
    store: Store
    door: Door
    own_closure_days: Mapping[date, str]

    async def receive(self, entry: ReviewEntry) -> Application:
        """Commits an application under a new reference; the same key again gives the same one.
        Raises KeyUsedForAnotherReport, CasesNotKnown, and Refused for what the policy does not take.
        """
        async with self.store.writing() as db:
            if kept := await applications.claim(db, entry.id):
                if kept.digest != entry.digest:
                    raise KeyUsedForAnotherReport(entry.id)
                return kept
            if isinstance(entry.fact, CaseReviewAsked):
                handled_by = await handlers_of(db, entry.fact.cases)
                found = [await cases.file_of(db, ref) for ref in entry.fact.cases]
                can_be_answered_on(entry.fact, [one for one in found if one is not None and one.seq])
                entry = entry.model_copy(update={"fact": entry.fact.model_copy(update={"handled_by": handled_by})})
            day = london_day(entry.at)
            opening = ReviewFile(
                ref=await applications.next_review_ref(db, day.year),
                edition=in_force_on(day).ref,
                closure_days=closure_days(day, self.own_closure_days),
            )
            CASE_REVIEW.check(opening, entry)
            return await applications.keep(db, CASE_REVIEW.name, opening, entry)

    async def begin(self, asked: Application) -> None:
        """Safe to repeat. Raises EngineAway, OutcomeUnknown."""
        if not asked.begun:
            await door_to(asked.kind, self.door).begin(asked.opened(), asked.first())


async def handlers_of(db: Reading, refs: tuple[str, ...]) -> tuple[str, ...]:
    """Whoever of the staff has recorded anything on these cases or beside them. Raises CasesNotKnown."""
    if unknown := [ref for ref in refs if not await cases.is_registered(db, ref)]:
        raise CasesNotKnown(unknown)
    return await timeline.recorded_by_staff(db, [*refs, *await procedures.refs_of(db, refs)])
