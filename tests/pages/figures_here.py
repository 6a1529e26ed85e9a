"""A report on a page, as a worker would have made it."""

from datetime import UTC, datetime
from uuid import uuid4

from activities.reporting import ReportWanted, asked_of
from letters.report import made as typeset
from policy.reports.kinds import ReportKind
from policy.reports.report import Report
from policy.reports.suppression import published
from store import made_reports
from store.made_reports import Made, ReaderState
from tests.api.product import Product
from tests.policy.reports.test_reports_told import HALF, made

STORY = "Music kept a street awake.\nWe asked them to stop, and they did."
READERS = {
    "told@landlord.example": ReaderState.SENT,
    "refused@landlord.example": ReaderState.REFUSED,
    "doubt@landlord.example": ReaderState.IN_DOUBT,
    "waits@landlord.example": ReaderState.WAITING,
}


def yearly() -> Report:
    """With bars and lines, and what is too small to be published."""
    counts = {(): 60, ("noise",): 40, ("drugs",): 17, ("hate",): 3}
    told = made(ReportKind.YEARLY, opened=counts)
    return told.model_copy(update={"stories": (STORY,), "stories_held_back": 1, "cases": 61, "erased": 2})


async def report_here(
    site: Product, told: Report | None = None, *, made: bool = True, by: str = "supervisor-5"
) -> str:
    """Its id."""
    told, now = told or yearly(), datetime.now(UTC)
    wanted = ReportWanted(kind=told.kind, first=HALF.first, last=HALF.last, id=str(uuid4()))
    pdf = typeset(told, "Invented Homes")
    async with site.records.writing() as db:
        await made_reports.ask(db, asked_of(wanted, by, now, tells=True), "digest")
        await made_reports.progressed(db, wanted.id, 40)
        if made:
            everybody = typeset(published(told), "Invented Homes")
            await made_reports.made(db, wanted.id, Made(report=told, pdf=pdf, published_pdf=everybody), now)
            await made_reports.to_tell(db, wanted.id, list(READERS), now)
            for one in await made_reports.readers(db, wanted.id):
                await made_reports.turn(db, wanted.id, one, READERS[one.address], now)
    return wanted.id
