"""What others recorded on somebody's cases since they last looked at each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from policy.frozen import Frozen
from store.cases import cases
from store.lookings import lookings
from store.sessions import Reading
from store.timeline import timeline

_MOST: Final = 50


class News(Frozen):
    """`facts` in the order of recording, `last` when the newest was."""

    ref: str
    category: str | None
    facts: tuple[str, ...]
    last: datetime


async def of(db: Reading, me: str) -> Sequence[News]:
    """Of cases of which they are officer or cover, the newest first. What they never looked at is new whole."""
    looked = (
        select(lookings.c.about, func.max(lookings.c.at).label("at"))
        .where(lookings.c.who == me)
        .group_by(lookings.c.about)
        .subquery()
    )
    query = (
        select(
            cases.c.ref,
            cases.c.category,
            func.array_agg(aggregate_order_by(timeline.c.fact, timeline.c.seq)).label("facts"),
            func.max(timeline.c.recorded_at).label("last"),
        )
        .join_from(cases, timeline, timeline.c.case_ref == cases.c.ref)
        .outerjoin(looked, looked.c.about == cases.c.ref)
        .where(
            or_(cases.c.officer == me, cases.c.cover == me),
            timeline.c.by_id != me,
            or_(looked.c.at.is_(None), timeline.c.recorded_at > looked.c.at),
        )
        .group_by(cases.c.ref, cases.c.category)
        .order_by(func.max(timeline.c.recorded_at).desc())
        .limit(_MOST)
    )
    return [News(**row._asdict()) for row in await db.connection.execute(query)]
