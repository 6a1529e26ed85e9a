"""Packs: asked for, made in the background, and kept for some days. Made of what is kept elsewhere."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, DateTime, Integer, LargeBinary, Table, Text, Uuid, delete, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.case import CASE
from policy.company import called
from policy.facts import Entry
from policy.facts.consequences import ABOUT
from policy.facts.letters import LetterKind
from policy.frozen import Frozen
from policy.packs.contents import DiaryPage, KeptFile, LetterText
from policy.packs.masking import Known
from policy.packs.pack import Placed, Told
from policy.packs.readers import KEPT, PackGround, Reader
from policy.packs.shown import LEFT_OUT
from policy.private_links import without_links
from store import cases, corrections, diaries, evidence_files, procedures, retention, timeline
from store.case_people import case_people
from store.letters import letters
from store.mentions import mentions
from store.people import addresses, people
from store.sessions import METADATA, Reading, Writing

packs = Table(
    "packs",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("case_ref", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("about", Text),
    Column("ground", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("until", JSONB, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("by_id", Text, nullable=False),
    Column("by_role", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("made_at", DateTime(timezone=True)),
    Column("sha256", Text),
    Column("pdf", LargeBinary),
)
"""`until` is the last entry that counts of the case, and of each procedure beside it."""


class PackState(StrEnum):
    BEING_MADE = "being_made"
    MADE = "made"
    FAILED = "failed"


class PackLine(Frozen):
    """A pack in a list, without what it says. `percent` is how far it has come."""

    id: str
    reader: Reader
    about: str | None
    ground: PackGround
    purpose: str
    until: dict[str, int]
    asked_at: datetime
    by_id: str
    state: PackState
    percent: int
    made_at: datetime | None
    sha256: str | None


_LINE: Final = tuple(packs.c[name] for name in PackLine.model_fields)


async def ask(db: Writing, ref: str, digest: str, line: PackLine, role: str) -> str:
    """Keeps the first that was asked under its id, and returns the digest of that one. Raises AlreadyErased."""
    await retention.alone(db)
    await retention.not_erased(db, ref)
    row = line.model_dump() | {"case_ref": ref, "digest": digest, "by_role": role}
    await db.connection.execute(insert(packs).values(**row).on_conflict_do_nothing())
    kept = await db.connection.scalar(select(packs.c.digest).where(packs.c.id == line.id))
    return str(kept)


async def until_now(db: Reading, ref: str, as_of: int | None) -> dict[str, int] | None:
    """Where the case's timeline stands and, as known by its entry `as_of`, each of what is carried on beside it.
    None where there is no such entry.
    """
    line = timeline.timeline
    seq = as_of or (await cases.head_of(db, ref))[0]
    known_at = await db.connection.scalar(
        select(line.c.recorded_at).where(line.c.case_ref == ref, line.c.seq == seq)
    )
    if known_at is None:
        return None
    found = {ref: seq}
    for one in await procedures.of_case(db, ref):
        if one.case_ref == ref and one.kind not in LEFT_OUT:
            entries = select(line.c.seq, line.c.recorded_at).where(line.c.case_ref == one.ref).order_by(line.c.seq)
            last = 0
            for row in await db.connection.execute(entries):
                if row.recorded_at > known_at and as_of is not None:
                    break
                last = row.seq
            if last:
                found[one.ref] = last
    return found


async def of_case(db: Reading, ref: str) -> list[PackLine]:
    """The newest first."""
    query = select(*_LINE).where(packs.c.case_ref == ref).order_by(packs.c.asked_at.desc(), packs.c.id)
    return [PackLine(**row._asdict()) for row in await db.connection.execute(query)]


async def by_id(db: Reading, ref: str, id_: str) -> PackLine | None:
    query = select(*_LINE).where(packs.c.case_ref == ref, packs.c.id == id_)
    row = (await db.connection.execute(query)).one_or_none()
    return None if row is None else PackLine(**row._asdict())


async def pdf_of(db: Reading, id_: str) -> bytes | None:
    return await db.connection.scalar(select(packs.c.pdf).where(packs.c.id == id_))


async def progressed(db: Writing, id_: str, percent: int) -> None:
    going = (packs.c.id == id_) & (packs.c.state == PackState.BEING_MADE)
    await db.connection.execute(update(packs).where(going).values(percent=percent))


async def made(db: Writing, id_: str, pdf: bytes, now: datetime) -> None:
    """Nothing where it was erased meanwhile."""
    values = {"state": PackState.MADE, "percent": 100, "pdf": pdf, "made_at": now}
    values["sha256"] = hashlib.sha256(pdf).hexdigest()
    await db.connection.execute(update(packs).where(packs.c.id == id_).values(**values))


async def failed(db: Writing, id_: str) -> None:
    """Nothing where it was made after all."""
    going = (packs.c.id == id_) & (packs.c.state == PackState.BEING_MADE)
    await db.connection.execute(update(packs).where(going).values(state=PackState.FAILED))


async def forget(db: Writing, now: datetime) -> None:
    """Whatever has been kept for its days. Safe to repeat."""
    await db.connection.execute(delete(packs).where(packs.c.asked_at < now - KEPT))


@dataclass(frozen=True)
class Asked:
    """A pack that is to be made, with all that it is made of."""

    line: PackLine
    case: Told
    beside: tuple[Told, ...]
    letters: dict[str, LetterText]
    known: dict[str, list[Known]]
    files: dict[str, KeptFile]
    diaries: dict[str, list[DiaryPage]]


async def asked(db: Reading, id_: str) -> Asked | None:
    """None where it was erased, or is made already. What was corrected, or sent of a diary, after it was asked for
    is not in it.
    """
    query = select(packs.c.case_ref, *_LINE).where(packs.c.id == id_, packs.c.state == PackState.BEING_MADE)
    row = (await db.connection.execute(query)).one_or_none()
    if row is None or await retention.is_erased(db, row.case_ref):
        return None
    ref, line = (
        row.case_ref,
        PackLine(**{name: value for name, value in row._asdict().items() if name != "case_ref"}),
    )
    told = Told(ref, CASE, await cases.opening_of(db, ref), await _placed(db, ref, line, Entry))
    beside = []
    for other in sorted(line.until.keys() - {ref}, key=lambda one: (len(one), one)):
        if (kept := await procedures.kept_of(db, other)) is not None:
            rulebook = kept.kind.rulebook
            beside.append(Told(other, rulebook, kept.opening, await _placed(db, other, line, rulebook.entry)))
    files = await evidence_files.of_case(db, ref)
    return Asked(
        line,
        told,
        tuple(beside),
        await _letters(db, ref),
        await known_on(db, ref),
        {one.id: KeptFile(**one.model_dump(include=set(KeptFile.model_fields))) for one in files},
        await _diaries(db, ref, line.asked_at),
    )


async def _placed(db: Reading, ref: str, line: PackLine, kind: Any) -> tuple[Placed, ...]:  # noqa: ANN401 - of any rulebook
    entries = await timeline.entries_of(db, ref, limit=line.until[ref])
    by_then = await corrections.ids_until(db, ref, line.asked_at)
    return tuple(
        Placed(
            one.seq,
            one.hash,
            one.entry_as(kind),
            tuple(correction for correction in one.corrected_by if correction.id in by_then),
        )
        for one in await corrections.marked(db, ref, entries)
    )


async def _letters(db: Reading, ref: str) -> dict[str, LetterText]:
    wanted = letters.c.key, letters.c.kind, letters.c.subject, letters.c.body
    query = select(*wanted).where(letters.c.case_ref == ref)
    return {
        row.key: LetterText(kind=LetterKind(row.kind), subject=row.subject, body=without_links(row.body))
        for row in await db.connection.execute(query)
    }


async def _diaries(db: Reading, ref: str, asked_at: datetime) -> dict[str, list[DiaryPage]]:
    fields = set(DiaryPage.model_fields)
    found = await diaries.sent_by(db, ref, asked_at)
    return {
        matter: [DiaryPage(**one.model_dump(include=fields)) for one in entries]
        for matter, entries in found.items()
    }


async def known_on(db: Reading, ref: str) -> dict[str, list[Known]]:
    """What people on the case are called, as its reports name them and as we know them, by their key there."""
    found: dict[str, list[Known]] = defaultdict(list)
    for row in await db.connection.execute(
        select(mentions).where(mentions.c.case_ref == ref).order_by(mentions.c.seq)
    ):
        key = {"about": ABOUT}.get(row.part, row.part)
        label = "an address" if key == "place" else called(key)
        found[key].append(_known(label, row.name, row.address, row.email, row.phone))
    on_it = select(case_people.c.key, people.c.name, people.c.email, people.c.phone, case_people.c.person_id)
    joined = on_it.join_from(case_people, people, people.c.id == case_people.c.person_id)
    rows = (
        await db.connection.execute(joined.where(case_people.c.case_ref == ref).order_by(case_people.c.key))
    ).all()
    for row in rows:
        lived = select(addresses.c.lines).where(addresses.c.person_id == row.person_id).order_by(addresses.c.since)
        lines = [one for several in await db.connection.scalars(lived) for one in several]
        found[row.key].append(_known(called(row.key), row.name, lines, row.email, row.phone))
    return dict(found)


def _known(label: str, name: str | None, lines: Sequence[str], email: str | None, phone: str | None) -> Known:
    places = (*lines, *(one for one in (email, phone) if one))
    return Known(label=label, names=(name,) if name else (), places=places)
