"""What is open beside cases: legal actions, referrals and case reviews, each with its file and what is owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select

from policy.deadlines import Deadline
from policy.frozen import Frozen
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS
from store import deadlines
from store.cases import cases
from store.procedures import procedures
from store.sessions import Reading

MOST: Final = 100


@dataclass(frozen=True)
class OpenBeside:
    """`officer` is that of its case; `owed` the earliest due first."""

    ref: str
    case_ref: str | None
    officer: str | None
    file: Any
    owed: Sequence[Deadline]

    @property
    def next_due(self) -> datetime | None:
        return self.owed[0].due if self.owed else None

    def late(self, now: datetime) -> bool:
        return self.next_due is not None and self.next_due <= now


class Counted(Frozen):
    open: int = 0
    late: int = 0


_OPEN: Final = (~procedures.c.finished, procedures.c.seq > 0)


async def open_of(db: Reading, kind: str, skip: int = 0) -> Sequence[OpenBeside]:
    """Of one kind, those with the earliest due first, at most `MOST` behind so many as `skip`. What is over
    and only has to be told to its case stands last.
    """
    query = (
        select(
            procedures.c.ref,
            procedures.c.case_ref,
            procedures.c.file,
            cases.c.officer,
        )
        .outerjoin_from(procedures, cases, cases.c.ref == procedures.c.case_ref)
        .where(procedures.c.kind == kind, *_OPEN)
        .order_by(procedures.c.next_due.nulls_last(), procedures.c.ref)
        .limit(MOST)
        .offset(skip)
    )
    rows = (await db.connection.execute(query)).all()
    owed = await deadlines.open_on(db, [row.ref for row in rows])
    read: type[ProcedureFile] = KINDS[kind].rulebook.file
    return [
        OpenBeside(row.ref, row.case_ref, row.officer, read.model_validate(row.file), owed.get(row.ref, ()))
        for row in rows
    ]


async def how_many(db: Reading, kind: str) -> int:
    """Of which `open_of` tells."""
    query = select(func.count()).select_from(procedures).where(procedures.c.kind == kind, *_OPEN)
    return await db.connection.scalar(query) or 0


async def counted(db: Reading, now: datetime) -> Mapping[str, Counted]:
    """By kind, how many are open and how many of these late."""
    late = func.count().filter(procedures.c.next_due <= now)
    query = (
        select(procedures.c.kind, func.count().label("open"), late.label("late"))
        .where(*_OPEN)
        .group_by(procedures.c.kind)
    )
    rows = await db.connection.execute(query)
    return {row.kind: Counted(open=row.open, late=row.late) for row in rows}
