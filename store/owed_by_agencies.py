"""What agencies owe on open cases: actions and meetings of groups, the answer of the police, powers that we asked
them to use. Referrals are carried on beside their cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, cast, func, or_, select

from policy.case_file import Matter
from policy.facts.matters import MatterKind
from store.cases import cases
from store.deadlines import deadlines
from store.open_beside import MOST
from store.sessions import Reading
from store.sign_ins import staff
from store.timeline import content

_KINDS: Final = (
    *(MatterKind.ACTION, MatterKind.GROUP, MatterKind.POLICE_REFERRAL),
    *(MatterKind.POWER, MatterKind.CLOSURE),
)
_POLICE: Final = "police"


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


async def open_ones(db: Reading) -> Sequence[OwedByAgency]:
    """The earliest due first, at most `MOST`. An action of the plan that no agency does is not among them."""
    matter = cases.c.file["matters"][deadlines.c.key]
    begun: ColumnElement[Any] = cast(func.substring(deadlines.c.key, "[0-9]{1,9}$"), Integer)
    of_group = or_(matter["group"].astext.is_not(None), content.c.content["agency"].astext.is_not(None))
    query = (
        select(
            deadlines.c.case_ref,
            deadlines.c.key,
            deadlines.c.due,
            deadlines.c.owed,
            deadlines.c.met_by,
            func.coalesce(staff.c.name, cases.c.officer).label("officer"),
            matter.label("matter"),
            content.c.content["agency"].astext.label("agency"),
            content.c.content["words"].astext.label("words"),
        )
        .join_from(deadlines, cases, cases.c.ref == deadlines.c.case_ref)
        .outerjoin(staff, staff.c.subject == cases.c.officer)
        .outerjoin(content, (content.c.case_ref == deadlines.c.case_ref) & (content.c.seq == begun))
        .where(
            deadlines.c.ending.is_(None),
            cases.c.closed_at.is_(None),
            matter["kind"].astext.in_(_KINDS),
            or_(matter["kind"].astext != MatterKind.ACTION, of_group),
        )
        .order_by(deadlines.c.due, deadlines.c.case_ref, deadlines.c.key)
        .limit(MOST)
    )
    return [_read(row._asdict()) for row in await db.connection.execute(query)]


def _read(row: dict[str, Any]) -> OwedByAgency:
    matter = Matter.model_validate(row["matter"])
    told = {"matter": matter, "agency": matter.asked_of or row["agency"]}
    if matter.kind is MatterKind.POLICE_REFERRAL:
        told["agency"] = _POLICE
    if matter.kind is not MatterKind.ACTION:
        told["words"] = None
    return OwedByAgency(**row | told)
