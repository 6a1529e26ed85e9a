"""Which letters were printed together: lists alone. What a letter says, and whether it waits, stands with it.

A letter is printed in one run and no other, as PostgreSQL sees to. One that is made out again is another letter.
"""

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    tuple_,
)

from policy.case_file import CaseFile
from policy.frozen import Frozen
from policy.letters_owed import LetterState as Owed
from policy.ways import goes_by_hand
from store.cases import cases
from store.letters import LetterState, letters
from store.sessions import METADATA, Reading, Writing, behind

print_runs = Table(
    "print_runs",
    METADATA,
    Column("id", Uuid(as_uuid=False), primary_key=True),
    Column("digest", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("by_id", Text, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
)
print_run_letters = Table(
    "print_run_letters",
    METADATA,
    Column("run_id", Uuid(as_uuid=False), primary_key=True),
    Column("letter_id", Uuid(as_uuid=False), primary_key=True),
    Column("case_ref", Text, nullable=False),
    Column("number", Integer),
)

MOST: Final = 1000
"""Letters in one run. Those behind them wait for the next."""
_ONE_AT_A_TIME: Final = 7_238_114
"""PostgreSQL's lock under which a run is made."""
_SHARED: Final = ~cases.c.restricted & ~cases.c.domestic_abuse
"""Letters of a case that is open to few stay with its officer."""
_OWED_SO: Final = cases.c.file["letters"][letters.c.key]["state"].astext == Owed.TO_POST
"""By its case: one that has become unsafe or unwanted since does not go."""
_WAITS: Final = (letters.c.state == LetterState.TO_POST) & _SHARED & _OWED_SO


class Line(Frozen):
    """A letter of a run. `number` is its place in the bulk; None where a person must translate or copy it first.
    `state` is the letter's own. What `waits` is to be posted with this run; what is not `printed` was
    posted, is not to be posted any more, was erased, or is of a case that has been restricted since.
    """

    id: str
    case_ref: str
    key: str
    number: int | None
    state: LetterState
    waits: bool
    printed: bool


class Run(Frozen):
    """`sha256` is of its letters in their order, as they were when it was made. `letters` and `waiting` are of
    those that whoever looks may see.
    """

    id: str
    made_at: datetime
    by_id: str
    sha256: str
    letters: int
    waiting: int


@dataclass(frozen=True)
class _Waiting:
    letter: str
    case: str
    sha256: bytes
    by_hand: bool


async def made_before(db: Reading, id_: str) -> str | None:
    """What it was asked with."""
    found: str | None = await db.connection.scalar(select(print_runs.c.digest).where(print_runs.c.id == id_))
    return found


async def alone(db: Writing) -> None:
    """Nobody else makes a run until the transaction ends."""
    await db.connection.execute(select(func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))


async def make(db: Writing, id_: str, digest: str, by: str, now: datetime) -> bool:
    """Of the letters that wait and that whoever asks may see, the oldest first. False where none waits. First be
    `alone`.
    """
    found = [one async for one in _waiting(db)]
    bulk = [one for one in found if not one.by_hand]
    if not bulk:
        return False
    seal = hashlib.sha256(b"".join(one.letter.encode() + one.sha256 for one in bulk)).digest()
    run = {"id": id_, "digest": digest, "made_at": now, "by_id": by, "sha256": seal}
    await db.connection.execute(insert(print_runs).values(**run))
    numbers = {one.letter: number for number, one in enumerate(bulk, start=1)}
    rows = [
        {"run_id": id_, "letter_id": one.letter, "case_ref": one.case, "number": numbers.get(one.letter)}
        for one in found
    ]
    await db.connection.execute(insert(print_run_letters), rows)
    return True


async def _waiting(db: Reading) -> AsyncIterator[_Waiting]:
    printed = select(print_run_letters.c.letter_id).where(
        print_run_letters.c.letter_id == letters.c.id, print_run_letters.c.number.is_not(None)
    )
    query = (
        select(letters.c.id, letters.c.case_ref, letters.c.key, letters.c.sha256, cases.c.file)
        .join(cases, cases.c.ref == letters.c.case_ref)
        .where(_WAITS, ~printed.exists())
        .order_by(letters.c.composed_at, letters.c.id)
        .limit(MOST)
    )
    async with db.connection.stream(query) as rows:
        async for row in rows:
            file = CaseFile.model_validate(row.file)
            yield _Waiting(row.id, row.case_ref, row.sha256, goes_by_hand(file, file.letters[row.key].to))


async def lines_of(db: Reading, id_: str) -> list[Line]:
    """The bulk in its order, and then what needs a person first; of cases that whoever looks may see."""
    in_bulk = print_run_letters.c.number.is_not(None)
    query = (
        select(
            letters.c.id,
            print_run_letters.c.case_ref,
            letters.c.key,
            print_run_letters.c.number,
            letters.c.state,
            (in_bulk & _WAITS).label("waits"),
            (in_bulk & _WAITS & (letters.c.sha256 != b"")).label("printed"),
        )
        .join(letters, letters.c.id == print_run_letters.c.letter_id)
        .join(cases, cases.c.ref == letters.c.case_ref)
        .where(print_run_letters.c.run_id == id_)
        .order_by(print_run_letters.c.number.asc().nulls_last(), print_run_letters.c.case_ref, letters.c.id)
    )
    return [Line(**row._asdict()) for row in await db.connection.execute(query)]


async def pdf_of(db: Reading, letter: str) -> bytes:
    found: bytes | None = await db.connection.scalar(select(letters.c.pdf).where(letters.c.id == letter))
    return found or b""


async def by_id(db: Reading, id_: str) -> Run | None:
    rows = (await db.connection.execute(_runs().where(print_runs.c.id == id_))).all()
    return _as_run(rows[0]._asdict()) if rows else None


async def page(db: Reading, limit: int, after: tuple[datetime, str] | None = None) -> list[Run]:
    """The newest first, beginning behind `after` (made_at, id)."""
    order = print_runs.c.made_at, print_runs.c.id
    query = _runs().order_by(*(column.desc() for column in order)).limit(limit)
    if after is not None:
        query = query.where(tuple_(*order) < behind(after))
    return [_as_run(row._asdict()) for row in await db.connection.execute(query)]


def _runs() -> Select[tuple[object, ...]]:
    """Counted are those of cases that whoever looks may see."""
    counted = (
        select(func.count().label("letters"), func.count().filter(_WAITS).label("waiting"))
        .select_from(print_run_letters)
        .join(letters, letters.c.id == print_run_letters.c.letter_id)
        .join(cases, cases.c.ref == letters.c.case_ref)
        .where(print_run_letters.c.run_id == print_runs.c.id, print_run_letters.c.number.is_not(None))
        .correlate(print_runs)
        .lateral()
    )
    shown = print_runs.c.id, print_runs.c.made_at, print_runs.c.by_id, print_runs.c.sha256
    return select(*shown, counted.c.letters, counted.c.waiting)


def _as_run(row: dict[str, object]) -> Run:
    sha256 = row.pop("sha256")
    if not isinstance(sha256, bytes):
        raise TypeError("a digest is bytes")
    return Run.model_validate(row | {"sha256": sha256.hex()})


def of_cases(lines: Sequence[Line]) -> list[str]:
    return sorted({line.case_ref for line in lines})
