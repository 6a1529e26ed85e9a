"""Whose cases are given to somebody else together, and to whom they can be given."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select, tuple_

from policy.caller import Groups
from policy.facts.base import Role
from policy.frozen import Frozen
from store import sign_ins
from store.board import OPEN
from store.cases import Row, cases
from store.sessions import Reading
from store.timeline import timeline

_WORK_ON_CASES = frozenset({Role.OFFICER, Role.COMMUNITY_SAFETY, Role.SUPERVISOR, Role.MANAGER})


class Colleague(Frozen):
    id: str
    name: str | None


async def open_of(db: Reading, officer: str | None, most: int) -> Sequence[Row]:
    """The officer's open cases, or nobody's: the earliest next day first."""
    whose = cases.c.officer.is_(None) if officer is None else cases.c.officer == officer
    columns = (cases.c[name] for name in Row.model_fields)
    query = select(*columns).where(OPEN, whose).order_by(cases.c.next_due.nulls_last(), cases.c.ref).limit(most)
    return [Row(**row._asdict()) for row in await db.connection.execute(query)]


async def colleagues(db: Reading, groups: Groups) -> Sequence[Colleague]:
    """Whoever has signed in to a role that works on cases, or has an open one, and has not left; by name."""
    staff = await sign_ins.known(db)
    left = {one.subject for one in staff if one.has_left(groups)}
    known = {
        one.subject: one.name
        for one in staff
        if (caller := groups.caller(one.subject, one.groups)) and caller.role in _WORK_ON_CASES
    }
    busy = await db.connection.scalars(
        select(cases.c.officer).where(OPEN, cases.c.officer.is_not(None)).distinct()
    )
    everybody = dict.fromkeys(busy) | known
    found = [Colleague(id=id_, name=name) for id_, name in everybody.items() if id_ not in left]
    return sorted(found, key=lambda one: ((one.name or one.id).casefold(), one.id))


async def recorded_under(db: Reading, ids: Mapping[str, str]) -> frozenset[str]:
    """Of cases by reference, each with the id of a fact: those whose timeline has it."""
    here = tuple_(timeline.c.case_ref, timeline.c.fact_id).in_(list(ids.items()))
    return frozenset(await db.connection.scalars(select(timeline.c.case_ref).where(here)))


async def officers_of(db: Reading, refs: Collection[str]) -> Mapping[str, str | None]:
    query = select(cases.c.ref, cases.c.officer).where(cases.c.ref.in_(refs))
    return {row.ref: row.officer for row in await db.connection.execute(query)}
