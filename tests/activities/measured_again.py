"""Cases put into the store for measures, and the same figures by reading every timeline there is, and by SQL."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import select

from activities.measuring import Measuring
from policy.facts import Actor, Entry
from policy.facts.base import Role
from policy.facts.evidence import EvidenceReceived
from policy.facts.letters import LetterCameBack
from policy.journal import Note
from policy.measures import MEASURES
from policy.measures.base import Figure, figures, sorted_out
from policy.measures.history import history
from policy.measures.others import InShort, Others
from policy.measures.period import Period
from policy.measures.prevention import began
from policy.prevention import PreventionEnded, PreventionKind, PreventionPlanned
from policy.working_days import london_day
from runtime.database import dsn
from store import cases, histories, prevention, recording
from store.relations import teams
from store.sessions import Store
from tests.activities.measured_in_sql import measured
from tests.given import EDITION, empty_file, london


def plausible(entry: Entry) -> Entry:
    """What comes back was sent about a fact that there is, and no file is named that never came."""
    match entry.fact:
        case LetterCameBack():
            return entry.model_copy(update={"fact": entry.fact.model_copy(update={"about": entry.id})})
        case EvidenceReceived():
            return entry.model_copy(update={"fact": entry.fact.model_copy(update={"files": ()})})
    return entry


async def registered(store: Store, ref: str, at: datetime) -> None:
    async with store.writing() as db:
        await cases.register(db, ref, EDITION.ref, empty_file(at.date()).closure_days, at)


async def recorded(store: Store, ref: str, entries: list[Entry], first: int = 1) -> None:
    at = entries[0].recorded_at
    if first == 1:
        await registered(store, ref, at)
    async with store.writing() as db:
        await recording.record(db, ref, first, entries, at)


async def recorded_beside(store: Store, about: str, fact: PreventionPlanned | PreventionEnded) -> None:
    note = Note(
        id=str(uuid4()),
        by=Actor(id="officer-1", role=Role.OFFICER),
        at=fact.at,
        recorded_at=fact.at,
        digest="d",
        fact=fact,
    )
    async with store.writing() as db:
        await prevention.record(db, about, note)


async def planned(store: Store, kind: PreventionKind, starts: date, ward: str | None = None) -> str:
    """Its id. It was planned on 2 October 2023."""
    about = str(uuid4())
    await recorded_beside(
        store,
        about,
        PreventionPlanned(at=london(2023, 10, 2), kind=kind, title="A.", words="B.", ward=ward, starts=starts),
    )
    return about


async def measured_again(
    store: Store, period: Period, known_at: datetime, by: Sequence[str]
) -> dict[str, dict[tuple[str, ...], Figure]]:
    async with store.reading() as db:
        refs = list(await db.connection.scalars(select(cases.cases.c.ref)))
        of_staff, told = await teams(db), await histories.of(db, refs)
        work = await prevention.begun(db, known_at)
    known = [history(one.opening, one.entries, known_at) for one in told if one.entries is not None]
    known = [case._replace(teams=of_staff.get(case.officer, ())) for case in known]
    others, period = Others(map(InShort.of, known)), period.up_to(london_day(known_at))
    found = {
        name: [one for case in known for one in measure.counts(case, period, others)]
        for name, measure in MEASURES.items()
    }
    found["prevention"] = [one for one in began(work) if MEASURES["prevention"].holds(one, period)]
    return {name: dict(figures(MEASURES[name].unit, sorted_out(each, by))) for name, each in found.items()}


async def all_agree(store: Store, database: str, period: Period, known_at: datetime) -> set[str]:
    """What is kept, every timeline, and SQL over what facts became. Of which measures there is something."""
    found = (await Measuring(store).measured(period, known_at)).figures
    again = await measured_again(store, period, known_at, ())
    by_sql = await asyncpg.connect(dsn(database))
    for name in MEASURES:
        one = found[name][()]
        number, value, nine_in_ten = await measured(by_sql, name, period.first, period.last)
        assert found[name] == again[name], (name, period)
        assert (one.number, one.nine_in_ten) == (number, nine_in_ten), (name, period)
        assert one.value == (pytest.approx(value) if value is not None else None), (name, period)
    await by_sql.close()
    return {name for name in MEASURES if found[name][()].number}
