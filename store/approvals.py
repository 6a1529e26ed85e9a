"""What waits for a leader to say yes or no: on cases, beside them, and about who may see a case."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import CompoundSelect, Text, and_, cast, func, literal, null, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY

from policy.facts.base import Role
from policy.frozen import Frozen
from store.deadlines import deadlines
from store.sessions import Reading
from store.tasks import access_tasks, procedure_tasks, tasks

ANSWERS: Final = frozenset(
    {
        *("closure_approved", "closure_declined"),
        *("warning_approved", "warning_declined"),
        *("surveillance_authorised", "surveillance_refused"),
        *("publicity_approved", "publicity_declined"),
        *("team_reviewed", "threshold_decided", "review_decided"),
    }
)
"""Facts that answer what somebody asked a leader."""


class Waiting(Frozen):
    """`about` is the case or what is carried on beside it; `met_by` are the answers that there can be. Once it was
    `noticed_at` as missed it has gone to a manager, too.
    """

    case_ref: str | None
    about: str
    key: str
    owed: str
    due: datetime
    noticed_at: datetime | None
    officer: str | None
    met_by: tuple[str, ...]


class Asked(Frozen):
    """What one of the `answers` keeps. Of who may see a case what the `role` itself owes, under a key that begins
    with one of `about_access`.
    """

    answers: frozenset[str]
    role: Role
    about_access: tuple[str, ...]


async def waiting(db: Reading, asked: Asked, most: int, skip: int = 0) -> Sequence[Waiting]:
    """The earliest due first, behind so many as `skip`."""
    both = _waiting(asked).subquery()
    query = select(both).order_by(both.c.due, both.c.about, both.c.key).limit(most).offset(skip)
    rows = await db.connection.execute(query)
    return [Waiting.model_validate(row._asdict() | {"met_by": row.met_by or ()}) for row in rows]


async def how_many(db: Reading, asked: Asked) -> int:
    """Of which `waiting` tells."""
    return await db.connection.scalar(select(func.count()).select_from(_waiting(asked).subquery())) or 0


def _waiting(asked: Asked) -> CompoundSelect[Any]:
    columns = [name for name in Waiting.model_fields if name != "met_by"]
    first = [
        select(*(view.c[name] for name in columns), deadlines.c.met_by)
        .join_from(view, deadlines, and_(deadlines.c.case_ref == view.c.about, deadlines.c.key == view.c.key))
        .where(view.c.owed_by == Role.SUPERVISOR, deadlines.c.ending.is_(None))
        .where(deadlines.c.met_by.op("&&")(cast(list(asked.answers), ARRAY(Text))))
        for view in (tasks, procedure_tasks)
    ]
    none = cast(null(), ARRAY(Text)).label("met_by")
    access = select(*(access_tasks.c[name] for name in columns), none).where(
        access_tasks.c.owed_by == asked.role,
        or_(*(access_tasks.c.key.startswith(literal(stem)) for stem in asked.about_access)),
    )
    return union_all(*first, access)
