"""Open hate cases: what was perceived, the risk, who was asked to help and when we last spoke, as codes alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import AwareDatetime, Field
from sqlalchemy import func, select

from policy.care import Hate, Risk
from policy.case_file import Matter
from policy.deadlines import Deadline
from policy.facts.matters import MatterKind
from policy.frozen import Frozen
from store import deadlines
from store.cases import cases
from store.open_beside import MOST, Counted
from store.sessions import Reading

ASKED_TO_HELP: Final = (MatterKind.REFERRAL, MatterKind.POLICE_REFERRAL, MatterKind.SUPPORT)
OWED: Final = 3
"""Of each case, those that are due first. What else is owed stands on its page."""
_HERE: Final = (cases.c.hate, cases.c.closed_at.is_(None))


class OfFile(Frozen):
    """What is read of the case file: the whole of it is large. `matters` are those with which others help."""

    hate: Hate
    risks: Mapping[str, Risk] = Field(default_factory=dict)
    matters: Mapping[str, Matter] = Field(default_factory=dict)
    first_contact_at: AwareDatetime | None = None
    last_contact_at: AwareDatetime | None = None


@dataclass(frozen=True)
class HateCase:
    """`owed` the earliest due first, and whether there is `more`."""

    ref: str
    stage: str
    officer: str | None
    reported_at: datetime
    file: OfFile
    owed: Sequence[Deadline]
    more: bool

    def late(self, now: datetime) -> bool:
        return bool(self.owed) and self.owed[0].due <= now


async def open_ones(db: Reading, skip: int = 0) -> Sequence[HateCase]:
    """Those on which something is due first come first, at most `MOST` behind so many as `skip`."""
    of_file = (cases.c.file[name].label(name) for name in OfFile.model_fields)
    query = (
        select(
            cases.c.ref,
            cases.c.stage,
            cases.c.reported_at,
            cases.c.officer,
            *of_file,
        )
        .where(*_HERE)
        .order_by(cases.c.next_due.nulls_last(), cases.c.ref)
        .limit(MOST)
        .offset(skip)
    )
    rows = (await db.connection.execute(query)).all()
    owed = await deadlines.first_on(db, [row.ref for row in rows], OWED + 1)
    return [
        HateCase(
            row.ref,
            row.stage,
            row.officer,
            row.reported_at,
            _read({name: getattr(row, name) for name in OfFile.model_fields}),
            owed.get(row.ref, ())[:OWED],
            len(owed.get(row.ref, ())) > OWED,
        )
        for row in rows
    ]


async def how_many(db: Reading) -> int:
    """Of which `open_ones` tells."""
    return await db.connection.scalar(select(func.count()).select_from(cases).where(*_HERE)) or 0


def _read(said: dict[str, Any]) -> OfFile:
    helping = {key: one for key, one in said["matters"].items() if one["kind"] in ASKED_TO_HELP}
    return OfFile.model_validate(said | {"matters": helping})


async def counted(db: Reading, now: datetime) -> Counted:
    late = func.count().filter(cases.c.next_due <= now)
    row = (await db.connection.execute(select(func.count().label("open"), late.label("late")).where(*_HERE))).one()
    return Counted(open=row.open, late=row.late)
