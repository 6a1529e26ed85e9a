"""`casework focus-areas`: the places that stand out now, and their proposal."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from activities.focusing import Focusing, Found
from policy.editions import in_force_on
from policy.trends.focus import Cluster
from policy.trends.words import as_expected, how_many_times, how_often_chance
from policy.working_days import day_in_words, london_day
from runtime.database import working_engine
from runtime.settings import Settings
from store.sessions import EVERYTHING, Store


async def looked(wanted: Settings, *, propose: bool) -> str:
    """What to print. Raises StoreAway."""
    database, now = working_engine(wanted), datetime.now(UTC)
    focusing = Focusing(Store(database, EVERYTHING), wanted.closure_days)
    day = london_day(now)
    try:
        found = await focusing.standing_out(day, in_force_on(day))
        proposed = await focusing.look(now) if propose else None
    finally:
        await database.dispose()
    return "\n".join(in_words(found, proposed))


def in_words(found: Sequence[Cluster], proposed: Found | None) -> Iterator[str]:
    for one in found:
        told, kind = one.numbers, one.kind.replace("_", " ")
        days = f"from {day_in_words(told.first)} to {day_in_words(told.last)}"
        yield (
            f"{one.place}, {kind}: {told.observed} new cases {days}. {as_expected(told)}. That is"
            f" {how_many_times(told)}: {how_often_chance(one.false)}."
        )
    many = len({one.place for one in found})
    places = "1 place stands" if many == 1 else f"{many} places stand"
    if proposed is None:
        yield f"{places} out. Nothing was proposed: --propose does that."
    else:
        yield f"{places} out, {proposed.proposed} proposed now. Of others something is known already."
