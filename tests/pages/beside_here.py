"""What is carried on beside a case, recorded as its worker does."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any, Final

from own_link import NOW, case_of

from policy.case_review import facts as reviews
from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.review import ReviewFile
from policy.facts import SYSTEM, Actor
from policy.facts.base import Fact, Role
from policy.facts.people import Means
from policy.legal_action import facts as legal
from policy.legal_action.action import LegalFile
from policy.legal_action.procedure import LEGAL_ACTION
from policy.procedures.base import ProcedureFile
from policy.referral.procedure import REFERRAL
from policy.rulebook import Rulebook
from policy.tenure import Tenure
from policy.working_days import london_day
from store import procedures, recording_beside
from store.sessions import Store
from tests.api.product import Product
from tests.given import EDITION, empty_file

TODAY: Final = london_day(NOW)
SUPERVISOR: Final = Actor(id="supervisor-1", role=Role.SUPERVISOR)
COURT: Final = "Invented County Court; room 2, upstairs"
RULES: Final[dict[type[ProcedureFile], Rulebook[Any, Any]]] = {
    LegalFile: LEGAL_ACTION,
    ReviewFile: CASE_REVIEW,
}


def in_days(number: int) -> date:
    return TODAY + timedelta(days=number)


BEGUN: Final = legal.LegalActionBegun(
    at=NOW,
    proposed="as-its-case-proposed",
    proposed_by="officer-1",
    remedy="injunction",
    person="perpetrator",
    tenure=Tenure.ASSURED,
    basis=legal.Basis.VERY_SERIOUS,
)
TO_ISSUED: Final = (
    BEGUN,
    legal.TeamReviewed(at=NOW, goes_on=True, words="Handled well."),
    legal.SolicitorInstructed(at=NOW, words="The whole file."),
    legal.SolicitorAnswered(at=NOW, view=legal.View.ENOUGH, words="Go on."),
    legal.PapersIssued(at=NOW, court=COURT, words="Issued."),
)


def listed(days: int, **more: Any) -> Fact:
    return legal.CourtListed(at=more.pop("at", NOW), on=in_days(days), **more)


async def beside(store: Store, opening: ProcedureFile, facts: Sequence[Fact], first: int = 1) -> str:
    kind = RULES.get(type(opening), REFERRAL)
    entries = [
        kind.entry.model_validate(
            {
                "id": f"{opening.ref}-{number}",
                "by": SYSTEM if isinstance(fact, legal.LegalActionBegun) else SUPERVISOR,
                "recorded_at": fact.at,
                "fact": fact,
            }
        )
        for number, fact in enumerate(facts, start=first)
    ]
    async with store.writing() as db:
        await procedures.register(db, kind.name, opening)
        await recording_beside.record(db, kind, opening.ref, first, entries)
    return opening.ref


def _known() -> dict[str, Any]:
    return {"edition": EDITION.ref, "closure_days": empty_file(TODAY).closure_days}


async def legal_action(site: Product, *facts: Fact, case: str | None = None) -> str:
    """Its reference is that of a new case and `-7`."""
    ref = case or await case_of(site)
    return await beside(site.records, LegalFile(ref=f"{ref}-7", case=ref, **_known()), facts or TO_ISSUED)


async def go_on(site: Product, action: str, *facts: Fact) -> None:
    """`facts` after what a legal action has."""
    async with site.resources.everything.reading() as db:
        file = await procedures.file_of(db, action)
    assert isinstance(file, LegalFile)
    await beside(site.records, file, facts, file.seq + 1)


def asked_for(case: str, **more: Any) -> Fact:
    told = {"at": NOW, "asked_by": "victim", "district": "sevenoaks", "cases": (case,), "words": "Nobody acts."}
    return reviews.CaseReviewAsked.model_validate(told | more)


WRITTEN: Final = {"means": Means.EMAIL, "words": "As written."}
TO_THE_MEETING: Final = (
    reviews.CaseReviewAcknowledged(at=NOW, **WRITTEN),
    reviews.VictimHeard(at=NOW, means=Means.VISIT, words="I do not sleep."),
    reviews.ThresholdDecided(at=NOW, met=True, because=reviews.Because.HARM, reasons="As told."),
    reviews.ThresholdTold(at=NOW, **WRITTEN),
    reviews.PartnersAsked(at=NOW, agencies=("police", "council")),
    reviews.PartnerAnswered(at=NOW, agency="police", words="Four calls."),
)


_reviews: Final = count(1000)
"""One site serves many files of tests, each of which begins reviews of its own."""


async def case_review(site: Product, case: str, *facts: Fact) -> str:
    opening = ReviewFile(ref=f"CR-2024-{next(_reviews):06d}", **_known())
    return await beside(site.records, opening, (asked_for(case), *(facts or TO_THE_MEETING)))
