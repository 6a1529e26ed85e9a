"""What agencies owe on open cases: actions and meetings of groups, the answer of the police, powers that we asked
them to use. Referrals are carried on beside their cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select, tuple_

from policy.case_file import Matter
from policy.facts.matters import MatterKind
from policy.matters import COURSES
from policy.procedures.base import number_of
from store.cases import cases
from store.deadlines import deadlines
from store.open_beside import MOST
from store.sessions import Reading
from store.timeline import content

_KINDS: Final = (MatterKind.GROUP, MatterKind.POLICE_REFERRAL, MatterKind.POWER, MatterKind.CLOSURE)
_ROWS: Final = sorted({row for kind in _KINDS for row in (COURSES[kind].row, *COURSES[kind].rows_where)})
"""What a group agreed on stands under its row, too. By their rows few of all deadlines are looked at."""
_POLICE: Final = "police"


_MATTER: Final = cases.c.file["matters"][deadlines.c.key]
_OWED: Final = (
    deadlines.c.ending.is_(None),
    deadlines.c.row.in_(_ROWS),
    cases.c.closed_at.is_(None),
    _MATTER["kind"].astext.is_not(None),
)


@dataclass(frozen=True)
class OwedByAgency:
    """`agency` is its key in the edition, None for a group as a whole; `words` are those of an action."""

    case_ref: str
    key: str
    officer: str | None
    agency: str | None
    matter: Matter
    words: str | None
    due: datetime
    owed: str
    met_by: Sequence[str]


async def open_ones(db: Reading, skip: int = 0) -> Sequence[OwedByAgency]:
    """The earliest due first, at most `MOST` behind so many as `skip`. Actions are those of a group."""
    query = (
        select(
            deadlines.c.case_ref,
            deadlines.c.key,
            deadlines.c.due,
            deadlines.c.owed,
            deadlines.c.met_by,
            cases.c.officer,
            _MATTER.label("matter"),
        )
        .join_from(deadlines, cases, cases.c.ref == deadlines.c.case_ref)
        .where(*_OWED)
        .order_by(deadlines.c.due, deadlines.c.case_ref, deadlines.c.key)
        .limit(MOST)
        .offset(skip)
    )
    rows = [row._asdict() for row in await db.connection.execute(query)]
    actions = [row for row in rows if row["matter"]["kind"] == MatterKind.ACTION]
    said = await _said(db, [(row["case_ref"], int(number_of(row["key"]))) for row in actions])
    return [_read(row, said) for row in rows]


async def how_many(db: Reading) -> int:
    """Of which `open_ones` tells."""
    on_cases = select(func.count()).join_from(deadlines, cases, cases.c.ref == deadlines.c.case_ref)
    return await db.connection.scalar(on_cases.where(*_OWED)) or 0


async def _said(db: Reading, places: Sequence[tuple[str, int]]) -> dict[tuple[str, str], dict[str, Any]]:
    """What began each action, by its case and number."""
    here = tuple_(content.c.case_ref, content.c.seq).in_(places)
    query = select(content.c.case_ref, content.c.seq, content.c.content).where(here)
    return {(row.case_ref, str(row.seq)): row.content for row in await db.connection.execute(query)}


def _read(row: dict[str, Any], said: dict[tuple[str, str], dict[str, Any]]) -> OwedByAgency:
    matter = Matter.model_validate(row.pop("matter"))
    action = said.get((row["case_ref"], number_of(row["key"])), {}) if matter.kind is MatterKind.ACTION else {}
    agency = _POLICE if matter.kind is MatterKind.POLICE_REFERRAL else matter.asked_of or action.get("agency")
    return OwedByAgency(**row, matter=matter, agency=agency, words=action.get("words"))
