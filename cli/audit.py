"""`casework audit`: what the night's check would find now."""

from collections.abc import Iterator
from datetime import UTC, datetime

from activities.night import Found, Night, Page
from policy.audit import PATTERNS
from runtime.database import engine
from runtime.settings import Settings
from store.sessions import Store


async def audit(wanted: Settings, refs: tuple[str, ...]) -> str:
    """What to print. References that are of no open case are left out. Raises StoreAway."""
    database = engine(wanted)
    try:
        cases, found = await _looked(Night(Store(database)), datetime.now(UTC), refs)
    finally:
        await database.dispose()
    return "\n".join([*_in_words(found), f"{cases} open cases looked at, {len(found)} new findings."])


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
