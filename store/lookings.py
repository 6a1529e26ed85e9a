"""Who looked at which case or person, as what, when: once in five minutes for the same. Only the database adds to
it, in the same moment in which it says whether they may look.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
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
from policy.editions.access import Access
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
_FOUND: Final = func.unnest(bindparam("found", type_=ARRAY(Text))).column_valued("one")
_SAID: Final = tuple(bindparam(name, type_=Text) for name in ("me", "role", "what"))
_LOOKED: Final = select(func.looked(_FOUND, *_SAID, Relation.NO_CASE.value))
_CASES_LOOKED: Final = select(
    func.looked(_FOUND, *_SAID, func.relation_to(_FOUND, _SAID[0], bindparam("teams", type_=ARRAY(Text))))
)
ONCE_IN: Final = timedelta(minutes=5)
"""From full five minutes to full five minutes, as the database has it."""
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
    """How many cases of other teams (`cases`) and of colleagues in their own (`of_team`) somebody looked at on a
    day in London, and how many people they saw and cases they `found`
    by searching.
    """

    who: str
    day: date
    cases: int
    of_team: int
    found: int


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
    said = {"me": caller.id, "role": caller.role.value, "what": action.value}
    if found := [one for one in people if "\0" not in one]:  # which PostgreSQL cannot keep
        async with store.looking() as db:
            await db.connection.execute(_LOOKED, said | {"found": found})


async def turned_away(store: Store, about: str, caller: Caller) -> None:
    """Somebody asked for what is no case by itself, and was not shown it."""
    said = {"me": caller.id, "role": caller.role.value, "what": "turned_away"}
    async with store.looking() as db:
        await db.connection.execute(_LOOKED, said | {"found": [about]})


async def found_cases(store: Store, refs: Sequence[str], caller: Caller, action: Action) -> None:
    """Each of them, by what they searched for."""
    said = {"me": caller.id, "role": caller.role.value, "what": action.value, "teams": sorted(caller.teams)}
    if refs:
        async with store.looking() as db:
            await db.connection.execute(_CASES_LOOKED, said | {"found": list(refs)})


def looked_lately(about: ColumnElement[str], who: ColumnElement[str]) -> ColumnElement[list[str]]:
    """What somebody did there that is written down already and would not be written again."""
    lately = lookings.c.since > func.now() - ONCE_IN
    mine = select(lookings.c.what).where(lookings.c.about == about, lookings.c.who == who, lately)
    return func.array(mine.correlate_except(lookings).scalar_subquery(), type_=ARRAY(Text))


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


async def unusual(db: Reading, since: date, until: date, many: Access) -> list[Unusual]:
    """Whoever looked at, or found, as many in a day as the edition asks about; the most cases of others first."""
    by_search = lookings.c.what.in_((Action.LIST_CASES, Action.SEE_PEOPLE))
    counted = func.count(lookings.c.about.distinct())
    cases = counted.filter(lookings.c.relation.in_(NOT_ONES_OWN), ~by_search)
    of_team = counted.filter(lookings.c.relation == Relation.TEAM, ~by_search)
    found = counted.filter(by_search, lookings.c.relation != Relation.MINE)
    asked = cases >= many.others_cases_a_day, of_team >= many.team_cases_a_day, found >= many.found_a_day
    query = (
        select(
            lookings.c.who, _DAY.label("day"), cases.label("cases"), of_team.label("of_team"), found.label("found")
        )
        .where(lookings.c.at >= _midnight(since), lookings.c.at < _midnight(until + timedelta(days=1)))
        .group_by(lookings.c.who, _DAY)
        .having(or_(*asked))
        .order_by(cases.desc(), of_team.desc(), found.desc(), _DAY.desc(), lookings.c.who)
    )
    return [Unusual(**row._asdict()) for row in await db.connection.execute(query)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


async def _paged(db: Reading, query: Select[Any], limit: int, after: Behind | None) -> list[Looking]:
    if after is not None:
        query = query.where(tuple_(lookings.c.at, lookings.c.who, lookings.c.about) < tuple_(*after))
    rows = await db.connection.execute(query.order_by(*_NEWEST).limit(limit))
    return [Looking(**row._asdict()) for row in rows]
