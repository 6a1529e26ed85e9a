"""Cases put into the store for measures, and the same figures by reading every timeline there is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from policy.facts import Entry
from policy.facts.evidence import EvidenceReceived
from policy.facts.letters import LetterCameBack
from policy.measures import MEASURES
from policy.measures.base import Figure, figures, sorted_out
from policy.measures.history import history
from policy.measures.others import InShort, Others
from policy.measures.period import Period
from policy.working_days import london_day
from store import cases, histories, recording
from store.relations import teams
from store.sessions import Store
from tests.given import EDITION, empty_file


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


async def measured_again(
    store: Store, period: Period, known_at: datetime, by: Sequence[str]
) -> dict[str, dict[tuple[str, ...], Figure]]:
    async with store.reading() as db:
        refs = list(await db.connection.scalars(select(cases.cases.c.ref)))
        of_staff, told = await teams(db), await histories.of(db, refs)
    known = [history(one.opening, one.entries, known_at) for one in told if one.entries is not None]
    known = [case._replace(teams=of_staff.get(case.officer, ())) for case in known]
    others, period = Others(map(InShort.of, known)), period.up_to(london_day(known_at))
    return {
        name: dict(
            figures(
                measure.unit,
                sorted_out((one for case in known for one in measure.counts(case, period, others)), by),
            )
        )
        for name, measure in MEASURES.items()
    }
