"""Cases that were brought here from another system, by a key made of what they were called there: each has one
reference, however often it is brought. What is open among them is settled once the engine runs it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, DateTime, Table, Text, Uuid, func, select, update

from policy.access.file import AccessFile
from policy.case_file import CaseFile
from policy.facts import Entry
from policy.journal import Note
from store import access, at_once, case_people, cases, disclosures, links, mentions, people, sittings, timeline
from store import deadlines as ledger
from store.people import PersonTold
from store.recording import Projection
from store.sessions import METADATA, Reading, Writing

imported_cases = Table(
    "imported_cases",
    METADATA,
    Column("key", Uuid(as_uuid=False), primary_key=True),
    Column("case_ref", Text, nullable=False, unique=True),
    Column("digest", Text, nullable=False),
    Column("imported_at", DateTime(timezone=True)),
    Column("tried_at", DateTime(timezone=True)),
    Column("settled_at", DateTime(timezone=True)),
)

_AT_ONCE: Final = 1000
_TO_START: Final = (imported_cases.c.settled_at.is_(None), imported_cases.c.imported_at.is_not(None))


@dataclass(frozen=True)
class Claimed:
    """Whether something was brought under this key, and what: `digest` is empty again once it is erased."""

    ref: str
    here: bool = False
    digest: str = ""

    def is_as_told(self, digest: str) -> bool:
        return self.here and self.digest in {"", digest}


@dataclass(frozen=True)
class History:
    """A case with all that is told of it, `people` by their ids. `access` is what came of all that was told of
    who may see it.
    """

    key: str
    digest: str
    projection: Projection
    opening: CaseFile
    entries: tuple[Entry, ...]
    people: Mapping[str, PersonTold]
    access: AccessFile | None = None
    access_told: tuple[Note, ...] = ()


async def claim(db: Writing, keys: Sequence[str], year: int) -> dict[str, Claimed]:
    """A reference for each, the same one whenever it is asked for. What is brought in a year has its number."""
    for start in range(0, len(keys), _AT_ONCE):
        wanted = keys[start : start + _AT_ONCE]
        known = await claimed(db, wanted)
        if new := [key for key in wanted if key not in known]:
            refs = await cases.next_refs(db, year, len(new))
            values = [{"key": key, "case_ref": ref, "digest": ""} for key, ref in zip(new, refs, strict=True)]
            await at_once.enter(db, imported_cases, values, unless_there=True)
    return await claimed(db, keys)


async def claimed(db: Reading, keys: Sequence[str]) -> dict[str, Claimed]:
    """Those of them that have a reference."""
    found: dict[str, Claimed] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = select(imported_cases).where(imported_cases.c.key.in_(keys[start : start + _AT_ONCE]))
        rows = await db.connection.execute(query)
        found |= {row.key: Claimed(row.case_ref, row.imported_at is not None, row.digest) for row in rows}
    return found


async def enter(db: Writing, histories: Iterable[History], now: datetime, today: date) -> list[History]:
    """Those that were not here yet, and are now. Safe to repeat, and to do twice at once."""
    wanted = {one.key: one for one in histories}
    free = select(imported_cases.c.key).where(
        imported_cases.c.key.in_(wanted), imported_cases.c.imported_at.is_(None)
    )
    locked = await db.connection.scalars(free.order_by(imported_cases.c.key).with_for_update())
    new = [wanted[key] for key in locked.all()]
    if new:
        await people.add_unknown(db, {id_: told for one in new for id_, told in one.people.items()}, today)
        await _write(db, new)
        await _brought(db, new, now)
    return new


async def _write(db: Writing, new: Sequence[History]) -> None:
    chains = [timeline.links(one.opening.ref, 1, timeline.START, one.entries) for one in new]
    made = [one.projection for one in new]
    await at_once.enter(
        db, cases.cases, [_registered(one, chain.head) for one, chain in zip(new, chains, strict=True)]
    )
    await at_once.enter(db, timeline.timeline, [row for one in chains for row in one.rows])
    await at_once.enter(db, timeline.content, [row for one in chains for row in one.contents])
    lines = [row for one in made for row in ledger.rows_of(one.file.ref, one.book.lines)]
    await at_once.enter(db, ledger.deadlines, lines)
    await at_once.enter(
        db, case_people.case_people, [row for one in made for row in case_people.rows_of(one.file)]
    )
    await at_once.enter(db, mentions.mentions, [row for one in made for row in one.mentions])
    await disclosures.derive(db, [line for one in made for line in one.disclosed])
    for one in new:
        if one.access is not None:
            await access.bring(db, one.access, one.access_told)
        if one.projection.file.links:
            await links.keep(db, one.opening.ref, one.projection.file.links)
        await sittings.told(db, one.opening.ref, one.entries)


def _registered(one: History, head: bytes) -> dict[str, Any]:
    """Its row of the register."""
    projection, opening = one.projection, one.opening
    whole = {"ref": opening.ref, "seq": projection.file.seq, "head": head, "file": projection.file}
    told = cases.as_told(projection.file, projection.next_due)
    open_to = cases.NOBODY_S | (access.open_to(one.access) if one.access else {})
    return whole | {"opening": opening} | told | open_to


_NEW: Final = at_once.told(imported_cases, "key", "digest", "imported_at", "settled_at")
_BROUGHT: Final = (
    update(imported_cases)
    .where(imported_cases.c.key == _NEW.c.key)
    .values(digest=_NEW.c.digest, imported_at=_NEW.c.imported_at, settled_at=_NEW.c.settled_at)
)


async def _brought(db: Writing, new: Sequence[History], now: datetime) -> None:
    """What is over needs nobody to carry it on."""
    rows = [
        {
            "key": one.key,
            "digest": one.digest,
            "imported_at": now,
            "settled_at": now if one.projection.file.finished else None,
        }
        for one in new
    ]
    await db.connection.execute(_BROUGHT, {"rows": at_once.as_json(imported_cases, rows)})


async def take_waiting(db: Writing, now: datetime, rest: timedelta, limit: int) -> list[str]:
    """The references of open ones that the engine does not run yet and that nobody has tried to start for `rest`,
    marked as tried now. Several relays share the work.
    """
    last = func.coalesce(imported_cases.c.tried_at, imported_cases.c.imported_at - rest)
    waiting = (
        select(imported_cases.c.key)
        .where(*_TO_START, last <= now - rest)
        .order_by(imported_cases.c.imported_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = update(imported_cases).where(imported_cases.c.key.in_(waiting)).values(tried_at=now)
    return list((await db.connection.scalars(taken.returning(imported_cases.c.case_ref))).all())


async def settle(db: Writing, refs: Sequence[str], now: datetime) -> None:
    values = {"settled_at": now}
    await db.connection.execute(update(imported_cases).where(imported_cases.c.case_ref.in_(refs)).values(**values))


async def to_start(db: Reading) -> int:
    """How many the engine does not run yet."""
    count: int = (await db.connection.execute(select(func.count()).where(*_TO_START))).scalar_one()
    return count
