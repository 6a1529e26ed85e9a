"""What was reported on cases, open or closed, without anybody's words."""

from collections.abc import Sequence

from sqlalchemy import select

from policy.audit import Told
from policy.audit.offering import REPORTS
from policy.case_file import CaseFile
from store.cases import cases as register
from store.open_cases import told_of
from store.sessions import Reading


async def cases(db: Reading, refs: Sequence[str]) -> list[tuple[CaseFile, list[Told]]]:
    """Each case with its reports, in the order of their references."""
    query = select(register.c.ref, register.c.file).where(register.c.ref.in_(refs)).order_by(register.c.ref)
    found = (await db.connection.execute(query)).all()
    told = await told_of(db, [row.ref for row in found], REPORTS)
    return [(CaseFile.model_validate(row.file), told[row.ref].facts) for row in found]
