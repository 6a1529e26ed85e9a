"""Who looked at which case or person, as what, when: once in five minutes for the same. Only the database adds to
it, in the same moment in which it says whether they may look.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY

from policy.caller import Caller
from policy.frozen import Frozen
from policy.permissions import Action, Relation
from policy.working_days import LONDON
from store.case_people import case_people
from store.procedures import procedures
from store.sessions import METADATA, Reading, Store
from store.tenancies import household

lookings = Table(
    "lookings",
    METADATA,
    Column("who", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("since", DateTime(timezone=True), primary_key=True),
    Column("role", Text, nullable=False),
    Column("relation", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

_LOOK: Final = select(
    func.look_at(
        bindparam("ref", type_=Text),
        bindparam("me", type_=Text),
        bindparam("teams", type_=ARRAY(Text)),
        bindparam("role", type_=Text),
        bindparam("what", type_=Text),
        bindparam("allowed", type_=ARRAY(Text)),
    )
)
_LOOKED: Final = select(
    func.looked(
        func.unnest(bindparam("people", type_=ARRAY(Text))),
        *(bindparam(name, type_=Text) for name in ("me", "role", "what", "relation")),
    )
)
NOT_ONES_OWN: Final = (
    Relation.OTHERS,
    Relation.EMERGENCY,
    Relation.RESTRICTED_TEAM,
    Relation.RESTRICTED,
    Relation.CONFLICTED,
)
"""Of the last two somebody was turned away, which is written down as well."""


class Looking(Frozen):
    """`about` is a case, what is carried on beside one, or a person. `relation` is how the case concerned them."""

    who: str
    role: str
    about: str
    what: str
    relation: str
    at: datetime


class Unusual(Frozen):
    """How many `cases` that were not their own somebody looked at on a day in London."""

    who: str
    day: date
    cases: int


async def look_at(
    store: Store, ref: str, caller: Caller, action: Action, allowed: Sequence[Relation]
) -> Relation | None:
    """How the case concerns them, written down where that is among those allowed. None where there is none."""
    if "\0" in ref:  # which PostgreSQL cannot look for
        return None
    asked = {"ref": ref, "me": caller.id, "teams": sorted(caller.teams), "role": caller.role.value}
    async with store.looking() as db:
        found = await db.connection.scalar(_LOOK, asked | {"what": action.value, "allowed": list(allowed)})
    return None if found is None else Relation(found)


async def look_at_people(store: Store, people: Sequence[str], caller: Caller, action: Action) -> None:
    """Each of them."""
    said = {"me": caller.id, "role": caller.role.value, "what": action.value, "relation": Relation.NO_CASE.value}
    if people:
        async with store.looking() as db:
            await db.connection.execute(_LOOKED, said | {"people": list(people)})


class LookingFilter(Frozen):
    who: str | None = None
    about: str | None = None
    since: date | None = None
    until: date | None = None


_SHOWN: Final = tuple(lookings.c[name] for name in Looking.model_fields)
_DAY: Final = func.date(func.timezone(LONDON.key, lookings.c.at))
_NEWEST: Final = (lookings.c.at.desc(), lookings.c.who.desc(), lookings.c.about.desc())
Behind = tuple[datetime, str, str]


async def page(db: Reading, wanted: LookingFilter, limit: int, after: Behind | None) -> list[Looking]:
    """The newest first, beginning behind `after` (at, who, about); `since` and `until` are days in London."""
    query = select(*_SHOWN)
    for name in ("who", "about"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(lookings.c[name] == value)
    if wanted.since is not None:
        query = query.where(wanted.since <= _DAY)
    if wanted.until is not None:
        query = query.where(wanted.until >= _DAY)
    return await _paged(db, query, limit, after)


async def of_person(db: Reading, person: str, limit: int, after: Behind | None) -> list[Looking]:
    """At what we know of them, their homes, every case that they are on, and what is carried on beside it."""
    return await _paged(db, select(*_SHOWN).where(theirs(person)), limit, after)


def theirs(person: str) -> ColumnElement[bool]:
    """Which lookings `of_person` tells of."""
    of_theirs = select(case_people.c.case_ref).where(case_people.c.person_id == person)
    one = func.jsonb_array_elements_text(procedures.c.file["cases"]).column_valued("one")
    reviews = select(procedures.c.ref).where(select(one).where(one.in_(of_theirs)).exists())
    homes = select(cast(household.c.tenancy_id, Text)).where(household.c.person_id == person)
    case_of = func.substring(lookings.c.about, "^CW-[0-9]+-[0-9]+")
    about = lookings.c.about
    return or_(about == person, case_of.in_(of_theirs), about.in_(reviews), about.in_(homes))


async def unusual(db: Reading, since: date, until: date, cases_a_day: int) -> list[Unusual]:
    """Whoever looked at so many cases not their own in a day, the most first."""
    count = func.count(lookings.c.about.distinct())
    query = (
        select(lookings.c.who, _DAY.label("day"), count.label("cases"))
        .where(lookings.c.relation.in_(NOT_ONES_OWN), _DAY.between(since, until))
        .group_by(lookings.c.who, _DAY)
        .having(count >= cases_a_day)
        .order_by(count.desc(), _DAY.desc(), lookings.c.who)
    )
    return [Unusual(**row._asdict()) for row in await db.connection.execute(query)]


async def _paged(db: Reading, query: Select[Any], limit: int, after: Behind | None) -> list[Looking]:
    if after is not None:
        query = query.where(tuple_(lookings.c.at, lookings.c.who, lookings.c.about) < tuple_(*after))
    rows = await db.connection.execute(query.order_by(*_NEWEST).limit(limit))
    return [Looking(**row._asdict()) for row in rows]
