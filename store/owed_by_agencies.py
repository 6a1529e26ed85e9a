"""What agencies owe on open cases: actions and meetings of groups, the answer of the police, powers that we asked
them to use. Referrals are carried on beside their cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select, tuple_

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
_OF_A_MATTER: Final = "^[a-z-]+-[0-9]+$"
"""Keys of what is owed on a matter: those of the file alone are looked up, of the few that are shown."""
_POLICE: Final = "police"
_OWED: Final = (
    deadlines.c.ending.is_(None),
    deadlines.c.row.in_(bindparam("rows", _ROWS, expanding=True, literal_execute=True)),
    deadlines.c.key.regexp_match(_OF_A_MATTER),
)


@dataclass(frozen=True)
class OwedByAgency:
    """`agency` is its key in the edition, None for a group as a whole."""

    case_ref: str
    key: str
    officer: str | None
    agency: str | None
    matter: Matter
    due: datetime
    owed: str
    met_by: Sequence[str]


async def open_ones(db: Reading, skip: int = 0) -> Sequence[OwedByAgency]:
    """The earliest due first, at most `MOST` behind so many as `skip`. Actions are those of a group."""
    names = ("case_ref", "key", "due", "owed", "met_by")
    first = (
        select(*(deadlines.c[name] for name in names))
        .where(*_OWED)
        .order_by(deadlines.c.due, deadlines.c.case_ref, deadlines.c.key)
        .limit(MOST)
        .offset(skip)
        .subquery()
    )
    query = (
        select(first, cases.c.officer, cases.c.file["matters"][first.c.key].label("matter"))
        .join_from(first, cases, cases.c.ref == first.c.case_ref)
        .where(cases.c.closed_at.is_(None))
        .order_by(first.c.due, first.c.case_ref, first.c.key)
    )
    rows = [row._asdict() for row in await db.connection.execute(query) if row.matter is not None]
    actions = [row for row in rows if row["matter"]["kind"] == MatterKind.ACTION]
    whose = await _whose(db, [(row["case_ref"], int(number_of(row["key"]))) for row in actions])
    return [_read(row, whose) for row in rows]


async def how_many(db: Reading) -> int:
    """Of which `open_ones` tells."""
    return await db.connection.scalar(select(func.count()).select_from(deadlines).where(*_OWED)) or 0


async def _whose(db: Reading, places: Sequence[tuple[str, int]]) -> dict[tuple[str, str], str | None]:
    """Which agency has each action, by its case and number."""
    here = tuple_(content.c.case_ref, content.c.seq).in_(places)
    agency = content.c.content["agency"].astext.label("agency")
    query = select(content.c.case_ref, content.c.seq, agency).where(here)
    return {(row.case_ref, str(row.seq)): row.agency for row in await db.connection.execute(query)}


def _read(row: dict[str, Any], whose: dict[tuple[str, str], str | None]) -> OwedByAgency:
    matter = Matter.model_validate(row.pop("matter"))
    action = whose.get((row["case_ref"], number_of(row["key"]))) if matter.kind is MatterKind.ACTION else None
    agency = _POLICE if matter.kind is MatterKind.POLICE_REFERRAL else matter.asked_of or action
    return OwedByAgency(**row, matter=matter, agency=agency)
