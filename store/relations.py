"""How cases concern members of staff, as PostgreSQL reckons it: once, for the doors and for what it shows."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Column, Table, Text, bindparam, delete, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY

from policy.caller import Caller
from policy.permissions import Relation
from store.sessions import METADATA, Reading, Store, Writing

team_members = Table(
    "team_members",
    METADATA,
    Column("staff", Text, primary_key=True),
    Column("team", Text, primary_key=True),
)

_ASKED: Final = (bindparam("ref", type_=Text), bindparam("me", type_=Text), bindparam("teams", type_=ARRAY(Text)))
_RELATION: Final = select(func.relation_to(*_ASKED))


async def relation_to(store: Store, ref: str, caller: Caller) -> Relation | None:
    """Of a case, or of what is carried on beside cases: there the strictest of its cases. None where there is
    nothing of that reference.
    """
    if "\0" in ref:  # which PostgreSQL cannot look for
        return None
    async with store.looking() as db:
        asked = {"ref": ref, "me": caller.id, "teams": sorted(caller.teams)}
        found = await db.connection.scalar(_RELATION, asked)
    return None if found is None else Relation(found)


async def teams(db: Reading) -> dict[str, tuple[str, ...]]:
    """Of each of the staff who are in any."""
    query = select(team_members).order_by(team_members.c.staff, team_members.c.team)
    found: dict[str, tuple[str, ...]] = {}
    for staff, team in await db.connection.execute(query):
        found[staff] = (*found.get(staff, ()), team)
    return found


async def is_in_teams(db: Writing, staff: str, teams: Collection[str]) -> None:
    """From now on in these teams and in no other."""
    await db.connection.execute(delete(team_members).where(team_members.c.staff == staff))
    if teams:
        rows = [{"staff": staff, "team": team} for team in sorted(teams)]
        await db.connection.execute(insert(team_members), rows)
