"""Who worked on a case or a review, and so does not decide that it is erased."""

from sqlalchemy import select

from policy.case_review.review import ReviewFile
from store import procedures
from store.cases import cases
from store.sessions import Reading
from store.timeline import content, recorded_by_staff


async def worked_on(db: Reading, ref: str) -> tuple[str, ...]:
    """Each officer and cover that it ever had, whoever handled or decided the review, and whoever of the staff
    recorded anything on it or beside it. To a review belong the cases that it looked at.
    """
    file = await procedures.file_of(db, ref)
    review = file if isinstance(file, ReviewFile) else None
    about = [ref] if review is None else list(review.cases)
    beside = await procedures.refs_of(db, about)
    found = {*await recorded_by_staff(db, [ref, *about, *beside]), *await _had(db, about)}
    if review is not None:
        found |= {*review.handled_by, *filter(None, [review.decided_by])}
    return tuple(sorted(found))


async def _had(db: Reading, refs: list[str]) -> set[str]:
    """Of an erased case only whose it was in the end is known."""
    given = content.c.content["fact"].astext.in_(("case_allocated", "cover_arranged"))
    told = select(content.c.content["officer"].astext).where(content.c.case_ref.in_(refs), given)
    now = select(cases.c.officer, cases.c.cover).where(cases.c.ref.in_(refs))
    last = {one for row in await db.connection.execute(now) for one in row if one}
    return last | set(await db.connection.scalars(told))
