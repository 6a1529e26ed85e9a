"""Which cases are linked, from either side. Derived from the timelines: the links that each has now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Table, Text, delete, insert, select

from policy.case_file import Link
from policy.facts.linking import Tie
from policy.frozen import Frozen
from store.cases import cases
from store.sessions import METADATA, Reading, Writing

links = Table(
    "links",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("tie", Text, primary_key=True),
)


class LinkedCase(Frozen):
    """All that one case's readers are shown of another."""

    ref: str
    tie: Tie
    stage: str
    officer: str | None
    reported_at: datetime
    closed_at: datetime | None


async def keep(db: Writing, ref: str, now_linked: Sequence[Link]) -> None:
    await db.connection.execute(delete(links).where(links.c.case_ref == ref))
    rows = [{"case_ref": ref, "other": link.other, "tie": link.tie.value} for link in now_linked]
    if rows:
        await db.connection.execute(insert(links), rows)


async def of_case(db: Reading, ref: str) -> list[LinkedCase]:
    """Also what only the other case has: one that has closed takes no more facts and is linked all the same."""
    query = select(links).where((links.c.case_ref == ref) | (links.c.other == ref))
    ties: set[tuple[str, Tie]] = set()
    for row in await db.connection.execute(query):
        ours = row.case_ref == ref
        ties.add((row.other, Tie(row.tie)) if ours else (row.case_ref, Tie(row.tie).mirrored))
    columns = (cases.c.ref, cases.c.stage, cases.c.officer, cases.c.reported_at, cases.c.closed_at)
    others = await db.connection.execute(select(*columns).where(cases.c.ref.in_({other for other, _ in ties})))
    known = {row.ref: row._asdict() for row in others}
    return [LinkedCase(tie=tie, **known[other]) for other, tie in sorted(ties) if other in known]
