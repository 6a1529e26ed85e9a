"""To whom single cases are open beside their officers: told in the journal, kept with the case for the store."""

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

from sqlalchemy import Column, Table, Text, Uuid, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.access import folding, rules
from policy.access.facts import OF_ONE_PERSON, RestrictedFor
from policy.access.file import RESTRICTION, AccessFile, Around
from policy.editions import Edition
from policy.frozen import Frozen
from policy.journal import Note
from policy.working_days import ClosureDays, london_day
from store import journal, retention
from store.cases import cases
from store.sessions import METADATA, Reading, Writing

case_access = Table(
    "case_access",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("id", Uuid(as_uuid=False), nullable=False),
    Column("file", JSONB, nullable=False),
)


class NoSuchCase(LookupError):
    """There is no case of that reference."""


class Restriction(Frozen):
    """Of a case that is restricted to people named. `owed` while nobody else has looked at why."""

    ref: str
    stage: str
    officer: str | None
    restricted: RestrictedFor
    restricted_by: str | None
    admitted: tuple[str, ...]
    owed: bool


async def file_of(db: Reading, ref: str) -> AccessFile | None:
    """None where nothing was ever told of it."""
    value = await db.connection.scalar(select(case_access.c.file).where(case_access.c.case_ref == ref))
    return None if value is None else AccessFile.model_validate(value)


async def record(db: Writing, ref: str, note: Note, edition: Edition, closure_days: ClosureDays) -> int:
    """Checks and records what happened, once; it holds from the next question on. Returns its place in that
    history. What is erased stays so. Raises NoSuchCase, Refused and KeyUsedForAnotherNote.
    """
    if known := await journal.standing(db, note):
        return known
    joined = await joined_with(db, ref)
    around = await _around(db, sorted({ref, *joined}), note, edition, closure_days)
    if ref not in around:
        raise NoSuchCase(ref)
    await retention.not_erased(db, ref)
    file = await _file(db, ref)
    rules.check(file, note, around[ref])
    others = [await _file(db, other) for other in joined if not await retention.is_erased(db, other)]
    if isinstance(note.fact, OF_ONE_PERSON):
        for other in others:
            rules.had_a_reason(other, note)
        return await _told(db, file, note, around[ref])
    for other in others:
        rules.nobody_admits_themselves(other, note, around[other.ref])
        same = note.model_copy(update={"id": str(uuid5(NAMESPACE_OID, f"{note.id} {other.ref}"))})
        await _told(db, other, same, around[other.ref])
    return await _told(db, file, note, around[ref])


async def joined_with(db: Reading, ref: str) -> tuple[str, ...]:
    """Every other case that is one matter with it. They are open to the same people, and stay so."""
    into = cases.c.file["joined"]["into"].astext
    whole = await db.connection.scalar(select(into).where(cases.c.ref == ref)) or ref
    parts = await db.connection.scalars(select(cases.c.ref).where(into == whole))
    return tuple(sorted({whole, *parts} - {ref}))


async def _around(
    db: Writing, refs: Sequence[str], note: Note, edition: Edition, closure_days: ClosureDays
) -> dict[str, Around]:
    """Of each of the cases, whose rows are held until the transaction ends."""
    about = (cases.c.ref, cases.c.officer, cases.c.cover, cases.c.cover_until, cases.c.domestic_abuse)
    asked = select(*about).where(cases.c.ref.in_(refs)).order_by(cases.c.ref).with_for_update()
    found = dict[str, Around]()
    for case in await db.connection.execute(asked):
        covers = case.cover_until is not None and case.cover_until >= london_day(note.recorded_at)
        found[case.ref] = Around(
            edition=edition,
            closure_days=closure_days,
            domestic_abuse=case.domestic_abuse,
            working_on_it=tuple(one for one in (case.officer, case.cover if covers else None) if one),
        )
    return found


async def _file(db: Reading, ref: str) -> AccessFile:
    return await file_of(db, ref) or AccessFile(ref=ref, id=str(uuid4()))


async def _told(db: Writing, before: AccessFile, note: Note, around: Around) -> int:
    file = folding.after(before, note, around)
    await journal.append(db, file.id, file.seq, note)
    await _keep(db, file)
    return file.seq


async def restrictions(db: Reading, me: str, limit: int, after: str | None) -> list[Restriction]:
    """Every case that is restricted to people named, by reference, beginning behind `after`; none with which `me`
    is connected.
    """
    about = (cases.c.ref, cases.c.stage, cases.c.officer, case_access.c.file)
    query = (
        select(*about)
        .join(case_access, case_access.c.case_ref == cases.c.ref)
        .where(cases.c.restricted, ~cases.c.conflicts.contains([me]), cases.c.ref > (after or ""))
        .order_by(cases.c.ref)
        .limit(limit)
    )
    rows = (await db.connection.execute(query)).all()
    return [_restriction(row.stage, row.officer, AccessFile.model_validate(row.file)) for row in rows]


def _restriction(stage: str, officer: str | None, file: AccessFile) -> Restriction:
    told = file.model_dump(include={"ref", "restricted", "restricted_by", "admitted"})
    return Restriction(stage=stage, officer=officer, owed=RESTRICTION in file.owed, **told)


async def follow(db: Writing, before: str, ref: str) -> None:
    """A case that follows another, which was told on it or closed before it, is as shut as that one. It is new."""
    file = await file_of(db, before)
    if file is not None:
        follower = file.following(ref, str(uuid4()))
        await db.connection.execute(insert(case_access).values(_kept(follower)))
        await db.connection.execute(update(cases).where(cases.c.ref == ref).values(**open_to(follower)))


async def bring(db: Writing, file: AccessFile, notes: Sequence[Note]) -> None:
    """Of a case that is being brought here: what was told elsewhere. Its row says already to whom it is open."""
    await db.connection.execute(insert(case_access).values(_kept(file)))
    for seq, note in enumerate(notes, start=1):
        await journal.append(db, file.id, seq, note)


async def notes_of(db: Reading, ref: str) -> list[Note]:
    """What was told of it, in the order of recording."""
    file = await file_of(db, ref)
    return await journal.notes(db, file.id) if file else []


async def _keep(db: Writing, file: AccessFile) -> None:
    known = insert(case_access).values(kept := _kept(file))
    told = {"file": kept["file"]}
    await db.connection.execute(known.on_conflict_do_update(index_elements=[case_access.c.case_ref], set_=told))
    await db.connection.execute(update(cases).where(cases.c.ref == file.ref).values(**open_to(file)))


def _kept(file: AccessFile) -> dict[str, Any]:
    return {"case_ref": file.ref, "id": file.id, "file": file.model_dump(mode="json")}


def open_to(file: AccessFile) -> dict[str, Any]:
    """What the row of its case says of whom it is open to."""
    return {
        "restricted": file.restricted is not None,
        "admitted": list(file.admitted),
        "conflicts": list(file.conflicts),
        "emergency": {who: until.isoformat() for who, until in file.open_until().items()},
    }
