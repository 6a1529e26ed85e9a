"""`casework audit`: what the night's check would find now."""

from collections.abc import Iterator
from datetime import UTC, datetime

from activities.night import Found, Night, Page
from policy.audit import PATTERNS
from policy.working_days import moment_in_words
from runtime.database import working_engine
from runtime.settings import Settings
from store import open_cases
from store.sessions import EVERYTHING, Store


class NoOpenCase(LookupError):
    """One that was named is closed, or is none."""


async def audit(wanted: Settings, refs: tuple[str, ...]) -> str:
    """What to print. Raises NoOpenCase and StoreAway."""
    database = working_engine(wanted)
    store = Store(database, EVERYTHING)
    try:
        await _all_open(store, refs)
        cases, found = await _looked(Night(store), datetime.now(UTC), refs)
    finally:
        await database.dispose()
    return "\n".join([*_in_words(found), in_all(cases, len(found))])


def in_all(cases: int, found: int) -> str:
    """`1 open case looked at, 2 new findings.`"""
    looked = "1 open case" if cases == 1 else f"{cases} open cases"
    news = "1 new finding" if found == 1 else f"{found} new findings"
    return f"{looked} looked at, {news}."


async def _all_open(store: Store, refs: tuple[str, ...]) -> None:
    async with store.reading() as db:
        known = await open_cases.closed_of(db, refs)
    wrong = [f"There is no case {ref}." for ref in refs if ref not in known]
    wrong += [f"{ref} was closed on {moment_in_words(at)}." for ref, at in known.items() if at is not None]
    if wrong:
        raise NoOpenCase("\n".join(wrong))


async def _looked(night: Night, now: datetime, refs: tuple[str, ...]) -> tuple[int, list[Found]]:
    page = Page(at=now, refs=refs)
    cases, found = 0, list[Found]()
    while True:
        looked = await night.look(page)
        cases += looked.cases
        found += looked.found
        if looked.last is None:
            return cases, found
        page = page.model_copy(update={"after": looked.last})


def _in_words(found: list[Found]) -> Iterator[str]:
    for one in found:
        pattern = PATTERNS[one.fact.pattern]
        taught_by = "; ".join(f"{source.body} {source.reference}" for source in pattern.taught_by)
        yield f"{one.ref}  {pattern.name} ({pattern.row}): {one.fact.sentence}  [{taught_by}]"
