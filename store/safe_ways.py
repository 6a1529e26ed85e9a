"""How people whom we know can be reached safely: what was told of it on any case, without which one or why."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Text, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from policy.care import SafeWay
from policy.case_file import CaseFile
from policy.safe_ways import ToldWay, safe_way_of
from store.sessions import Reading

_COLUMNS = ("person_id", "told_at", "means", "from_time", "until_time", "over")
_PEOPLE = bindparam("people", type_=ARRAY(Uuid(as_uuid=False)))
_TOLD = func.safe_ways_of(_PEOPLE, bindparam("besides", type_=Text)).table_valued(*_COLUMNS).render_derived()


async def of_people(db: Reading, ids: Collection[str], besides: str | None = None) -> dict[str, SafeWay]:
    """Of those of whom anything was told, also on cases that the caller may not see; `besides` leaves one out."""
    if not ids:
        return {}
    told: dict[str, list[ToldWay]] = defaultdict(list)
    for row in await db.connection.execute(select(_TOLD), {"people": list(ids), "besides": besides}):
        told[str(row.person_id)].append(ToldWay.model_validate(row._asdict()))
    return {id_: way for id_, ways in told.items() if (way := safe_way_of(ways)) is not None}


async def elsewhere(db: Reading, file: CaseFile, key: str) -> SafeWay | None:
    """What their other cases allow, of somebody on this one; None where nothing was told or nobody is known."""
    person = file.people[key].person if key in file.people else None
    return (await of_people(db, [person], besides=file.ref)).get(person) if person is not None else None
