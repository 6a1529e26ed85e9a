"""Which cases are linked, from either side. Derived from the timelines: the links that each has now."""

from collections.abc import Sequence

from sqlalchemy import Column, Table, Text, delete, insert, select

from policy.case_file import Stage
from policy.company import Link
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


async def keep(db: Writing, ref: str, now_linked: Sequence[Link]) -> None:
    await db.connection.execute(delete(links).where(links.c.case_ref == ref))
    rows = [{"case_ref": ref, "other": link.other, "tie": link.tie.value} for link in now_linked]
    if rows:
        await db.connection.execute(insert(links), rows)


async def of_case(db: Reading, ref: str) -> list[LinkedCase]:
    """A case that has closed takes no more facts, so the open one's word holds where only one has a link."""
    found = await db.connection.execute(select(links).where((links.c.case_ref == ref) | (links.c.other == ref)))
    pairs = [(row.case_ref, row.other, Tie(row.tie)) for row in found]
    refs = {ref} | {other for *both, _ in pairs for other in both}
    columns = (cases.c.ref, cases.c.stage, cases.c.officer)
    rows = await db.connection.execute(select(*columns).where(cases.c.ref.in_(refs)))
    known = {row.ref: row._asdict() for row in rows}
    closed = {one for one, row in known.items() if row["stage"] == Stage.CLOSED}
    ours = {(other, tie) for one, other, tie in pairs if one == ref}
    theirs = {(one, tie.mirrored) for one, _, tie in pairs if one != ref}
    shown = {link for link in ours if ref not in closed or link in theirs or link[0] in closed}
    shown |= {link for link in theirs if link[0] not in closed or ref in closed}
    return [LinkedCase(tie=tie, **known[other]) for other, tie in sorted(shown) if other in known]
