"""The demonstration's caseload in any size, straight into the store: as the policy folds it on a virtual clock, by
the functions through which a worker records. Through the engine it takes a quarter of an hour or more.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import count
from random import Random
from uuid import uuid4

import asyncpg
from pydantic import TypeAdapter

from cli.demonstration.caseload import OFFICERS as THEIRS
from cli.demonstration.caseload import Life, Told, caseload
from cli.story.shifted import renamed
from gateways.calendar import closure_days
from policy.case_file import CaseFile
from policy.editions import in_force_on
from policy.facts import FACT_TYPES, Actor, CaseFact, Entry
from policy.facts.base import Role
from policy.facts.hearings import HearingListed
from policy.simulation import Played, simulate
from policy.working_days import london_day
from runtime.database import working_engine
from runtime.settings import Settings
from store import cases, recording
from store.sessions import EVERYTHING, Store

OFFICERS = 40
_LIVES = 102
_AT_ONCE = 4
_MATTERS = ("matter", "hearing", "group", "agreement")
_FACT: TypeAdapter[CaseFact] = TypeAdapter(CaseFact)


@dataclass(frozen=True)
class Lived:
    """A case whose facts are told, ready to be kept under any reference."""

    entries: tuple[Entry, ...]
    file: CaseFile


def lived(now: datetime, most: int = _LIVES) -> tuple[list[Lived], list[Lived]]:
    """Open ones and closed ones. What runs beside a case, and what joined another, is left out."""
    lives = [life for life in caseload(1, min(most, _LIVES), now) if life.other is None]
    played = [_played(life, now) for life in lives]
    each = [Lived(one.entries, one.file) for one in played]
    return [one for one in each if one.file.closed_at is None], [one for one in each if one.file.closed_at]


def _played(life: Life, now: datetime) -> Played:
    day = london_day(life.report.at)
    opening = CaseFile(ref="CW-2026-000000", edition=in_force_on(day).ref, closure_days=closure_days(day, {}))
    entries = [_entry(life.report, {"fact": "report_received"})]
    begun: dict[str, str] = {}
    for told in life.then:
        if told.beside or told.body["fact"] not in FACT_TYPES:
            continue
        named = {name: begun[told.body[name]] for name in _MATTERS if told.body.get(name) in begun}
        entries.append(_entry(told, named))
        if told.begins:
            matters = simulate(opening, entries, until=told.at).file.matters
            key = next((key for key, one in matters.items() if one.about == entries[-1].id), told.begins)
            begun[told.begins] = key
    return simulate(opening, entries, until=now)


def _entry(told: Told, more: dict[str, str]) -> Entry:
    fact = _FACT.validate_python({**told.body, **more, "at": told.at})
    by = Actor(id=told.by, role=Role(told.by.rpartition("-")[0]))
    return Entry(id=str(uuid4()), by=by, recorded_at=told.at, fact=fact)


async def build(wanted: Settings, lives: Sequence[Lived], number: int) -> list[tuple[str, str]]:
    """So many cases, the lives again and again, shared out among the officers. Their references, and whose."""
    database = working_engine(wanted)
    store, chance, places = Store(database, EVERYTHING), Random(1), count()  # noqa: S311 - whose case it is
    made: list[tuple[str, str]] = []

    async def lane() -> None:
        while (place := next(places)) < number:
            officer = f"officer-{1 + chance.randrange(OFFICERS)}"
            made.append((await _kept(store, lives[place % len(lives)], officer), officer))

    await asyncio.gather(*(lane() for _ in range(_AT_ONCE)))
    await database.dispose()
    return made


async def _kept(store: Store, life: Lived, officer: str) -> str:
    names = dict.fromkeys(THEIRS, officer)
    entries = [renamed(entry, names).model_copy(update={"id": str(uuid4())}) for entry in life.entries]
    first = entries[0]
    async with store.writing() as db:
        ref = await cases.next_ref(db, first.at.year)
        await cases.register(db, ref, life.file.edition, life.file.closure_days, first.at, officer)
        await recording.record(db, ref, 1, entries, entries[-1].recorded_at)
    return ref


async def with_hearings(wanted: Settings, refs: Sequence[str]) -> None:
    """Each has one on a day of the next two months."""
    database, now = working_engine(wanted), datetime.now(UTC)
    store = Store(database, EVERYTHING)
    for number, ref in enumerate(refs):
        on = london_day(now) + timedelta(days=1 + number % 60)
        fact = HearingListed(at=now, on=on, hour=time(10, 30), court="A county court")
        told = Entry(id=str(uuid4()), by=Actor(id="officer-1", role=Role.OFFICER), recorded_at=now, fact=fact)
        async with store.writing() as db:
            file = await cases.file_of(db, ref)
            if file is not None:
                await recording.record(db, ref, file.seq + 1, [told], now)
    await database.dispose()


_CLOSED_AGAIN = """
    WITH closed AS (SELECT ref FROM cases WHERE closed_at IS NOT NULL ORDER BY ref LIMIT $1),
    again AS (SELECT ref, 'CW-2025-' || lpad((900000 + row_number() OVER ())::text, 6, '0') AS name
              FROM closed, generate_series(1, $2) AS round)
"""
"""Each of the closed ones under so many other references."""


async def more_closed(records: "asyncpg.Connection[asyncpg.Record]", each: int, times: int) -> None:
    """Copies of `each` closed cases, `times` each: register, timeline without its words, ledger, days of courts.
    They are told from what stands beside them by nothing but their number.
    """
    derived = (("timeline", "case_ref"), ("deadlines", "case_ref"), ("sittings", "case_ref"))
    for table, ref in (("cases", "ref"), *derived):
        query = (
            "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND is_generated = 'NEVER'"
        )
        columns = [f'"{row[0]}"' for row in await records.fetch(query, table)]
        copied = ", ".join("again.name" if column == f'"{ref}"' else f"t.{column}" for column in columns)
        into = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {copied} FROM {table} t"  # noqa: S608 - our own names
        await records.execute(f"{_CLOSED_AGAIN} {into} JOIN again ON again.ref = t.{ref}", each, times)
    await records.execute("ANALYZE")
