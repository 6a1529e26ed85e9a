"""To whom single cases are open beside their officers: told in the journal, kept with the case for the store."""

from uuid import uuid4

from sqlalchemy import Column, Table, Text, Uuid, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.access import folding, rules
from policy.access.file import AccessFile, Around
from policy.editions import Edition
from policy.journal import Note
from policy.working_days import ClosureDays, london_day
from store import journal
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


async def file_of(db: Reading, ref: str) -> AccessFile | None:
    """None where nothing was ever told of it."""
    value = await db.connection.scalar(select(case_access.c.file).where(case_access.c.case_ref == ref))
    return None if value is None else AccessFile.model_validate(value)


async def record(db: Writing, ref: str, note: Note, edition: Edition, closure_days: ClosureDays) -> int:
    """Checks and records what happened, once; it holds from the next question on. Returns its place in that
    history. Raises NoSuchCase, Refused and KeyUsedForAnotherNote.
    """
    if known := await journal.standing(db, note):
        return known
    about = (cases.c.officer, cases.c.cover, cases.c.cover_until, cases.c.domestic_abuse)
    asked = select(*about).where(cases.c.ref == ref).with_for_update()
    case = (await db.connection.execute(asked)).one_or_none()
    if case is None:
        raise NoSuchCase(ref)
    covers = case.cover_until is not None and case.cover_until >= london_day(note.recorded_at)
    working_on_it = tuple(one for one in (case.officer, case.cover if covers else None) if one)
    around = Around(
        edition=edition,
        closure_days=closure_days,
        domestic_abuse=case.domestic_abuse,
        working_on_it=working_on_it,
    )
    file = await file_of(db, ref) or AccessFile(ref=ref, id=str(uuid4()))
    rules.check(file, note, around)
    file = folding.after(file, note, around)
    await journal.append(db, file.id, file.seq, note)
    await _keep(db, file)
    return file.seq


async def follow(db: Writing, before: str, ref: str) -> None:
    """A case that follows another, which was told on it or closed before it, is as shut as that one."""
    file = await file_of(db, before)
    if file is not None:
        await _keep(db, file.following(ref, str(uuid4())))


async def _keep(db: Writing, file: AccessFile) -> None:
    told = {"file": file.model_dump(mode="json")}
    known = insert(case_access).values(case_ref=file.ref, id=file.id, **told)
    await db.connection.execute(known.on_conflict_do_update(index_elements=[case_access.c.case_ref], set_=told))
    open_to = {
        "restricted": file.restricted is not None,
        "admitted": list(file.admitted),
        "conflicts": list(file.conflicts),
        "emergency": {who: until.isoformat() for who, until in file.open_until().items()},
    }
    await db.connection.execute(update(cases).where(cases.c.ref == file.ref).values(**open_to))
