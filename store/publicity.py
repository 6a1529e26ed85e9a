"""Cases of which something was given out, with all that it must not name."""

from typing import NamedTuple

from sqlalchemy import select

from policy.case_file import CaseFile
from policy.facts import Entry
from policy.measures.period import Period
from policy.packs.masking import Known
from store import histories
from store.cases import cases
from store.packs import known_on
from store.sessions import Reading
from store.timeline import timeline


class GivenOut(NamedTuple):
    opening: CaseFile
    entries: tuple[Entry, ...]
    known: tuple[Known, ...]


async def given_out_in(db: Reading, period: Period) -> list[GivenOut]:
    """In the order of their references. None of those that are open to few, or were erased."""
    given_out = (timeline.c.fact == "publicity_given_out") & (timeline.c.at >= period.begins)
    query = (
        select(cases.c.ref)
        .where(~cases.c.restricted, ~cases.c.domestic_abuse)
        .where(cases.c.ref.in_(select(timeline.c.case_ref).where(given_out, timeline.c.at < period.over)))
    )
    found = []
    for opening, _, entries in await histories.of(db, list(await db.connection.scalars(query))):
        if entries is not None:
            known = tuple(one for several in (await known_on(db, opening.ref)).values() for one in several)
            found.append(GivenOut(opening, entries, known))
    return found
