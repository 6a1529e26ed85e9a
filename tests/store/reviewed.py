"""A case review that is over, of which words are kept."""

from typing import Final

from sqlalchemy import text, update

from policy.case_review.procedure import CASE_REVIEW
from policy.case_review.review import ReviewFile
from policy.case_review.stages import ReviewStage
from store import procedures
from store.sessions import Store
from tests.given import EDITION, empty_file
from tests.store.erasing import REPORTED, WORDS

REVIEW: Final = "CR-2016-000001"
_TOLD: Final = (
    "INSERT INTO timeline VALUES (:ref, 1, 'x', 'case_review_asked', :at, :at, 'public', 'resident',"
    " '', '', '', '')"
)
_SAID: Final = "INSERT INTO timeline_content VALUES (:ref, 1, '', jsonb_build_object('words', :words ::text))"


async def review_of(store: Store, *cases: str, decided_by: str = "supervisor-9") -> str:
    """Asked for on the day on which the cases were reported."""
    over = {"stage": ReviewStage.OVER, "district": "sevenoaks", "asked_at": REPORTED, "decided_by": decided_by}
    opening = ReviewFile(ref=REVIEW, edition=EDITION.ref, closure_days=empty_file(REPORTED.date()).closure_days)
    async with store.writing() as db:
        await procedures.register(db, CASE_REVIEW.name, opening.with_(cases=cases, **over))
        here = procedures.procedures.c.ref == REVIEW
        await db.connection.execute(update(procedures.procedures).where(here).values(finished=True, seq=1))
        await db.connection.execute(text(_TOLD), {"ref": REVIEW, "at": REPORTED})
        await db.connection.execute(text(_SAID), {"ref": REVIEW, "words": WORDS})
    return REVIEW
