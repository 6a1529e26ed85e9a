"""`casework simulate`: past cases told again under a proposed edition."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from rich.progress import Progress

from activities.simulating import Simulating
from cli.measures import Wanted
from policy.measures.period import Period
from policy.simulation.account import Account, Done, OfWeek
from policy.simulation.ahead import Far, in_words
from policy.simulation.tally import Named
from policy.working_days import day_in_words
from runtime.database import working_engine
from runtime.settings import Settings
from store.sessions import EVERYTHING, Store

_WHY_NAMED: Final = {
    Named.DIFFERENT: "Would have gone differently",
    Named.OTHER_DATES: "The same, by other dates",
    Named.WENT_OTHERWISE: "Not compared: told again under their own edition, they do not go as they went",
    Named.CANNOT: "Open, and could not go over",
    Named.OVERDUE: "Open, and overdue at once",
}


async def simulated(settings: Settings, text: str, period: Period, examples: int, progress: Progress) -> Account:
    """Raises ProposalNotSane and StoreAway."""
    database, bar = working_engine(settings), progress.add_task("Cases told again", total=None)
    said = False

    def so_far(far: Far) -> None:
        nonlocal said
        progress.update(bar, completed=far.cases, total=far.of_cases)
        if far.left is not None and not said:
            said = True
            progress.console.print(f"This takes {in_words(far.took + far.left)}: {far.of_cases} cases.")

    try:
        return await Simulating(Store(database, EVERYTHING), os.cpu_count() or 1).simulated(
            text,
            period,
            datetime.now(UTC),
            examples,
            so_far,
        )
    finally:
        await database.dispose()


def time_of(first: date, last: date) -> Period:
    """Raises ValueError, with a sentence."""
    return Wanted.of(first, last, "").period


def account_in_words(found: Account) -> Iterator[str]:
    yield f"{found.title} ({found.edition}), {day_in_words(found.first)} to {day_in_words(found.last)}."
    yield (
        f"{found.cases} cases were open: {found.compared} compared, {found.went_otherwise} that do not go as they"
        f" went when told again, {found.erased} erased. {found.different} would have gone differently,"
        f" {found.other_dates} the same by other dates."
    )
    yield from _in_columns("Deadlines: in time, late, not done", _rows(found))
    yield from _in_columns("Deadlines due in a week", _work(found.work))
    yield from _in_columns("Letters", ((one.what, f"{one.own}", f"{one.proposed}") for one in found.letters))
    yield from _in_columns("Refused", ((one.what, f"{one.own}", f"{one.proposed}") for one in found.refused))
    groups = ((f"{one.dimension} {one.value}", f"{one.cases}", f"{one.different}") for one in found.groups)
    yield from _in_columns("Cases, and those that would have gone differently", groups, heads=("cases", "differ"))
    yield from _adoption(found)
    for kind, named in found.named.items():
        yield f"\n{_WHY_NAMED[kind]}:"
        for one in named:
            yield f"  {one.ref}"
            yield from (f"    {sentence}" for sentence in one.sentences)


def _rows(found: Account) -> Iterator[tuple[str, ...]]:
    return ((one.row, _done(one.own), _done(one.proposed)) for one in found.rows)


def _done(done: Done) -> str:
    return f"{done.kept}, {done.late}, {done.not_done}"


def _work(work: tuple[OfWeek, ...]) -> Iterator[tuple[str, ...]]:
    return ((f"{one.officer} {one.week}", f"{one.own}", f"{one.proposed}") for one in work)


def _adoption(found: Account) -> Iterator[str]:
    told = found.adoption
    yield (
        f"\nIf they went over now: of {told.open} open cases {sum(one.number for one in told.cannot)} cannot, and"
        f" in {told.overdue_cases} something is overdue at once."
    )
    yield from (f"  cannot: {one.what} ({one.number})" for one in told.cannot)
    yield from (f"  overdue at once, {one.what}: {one.number}" for one in told.overdue)
    for moved in told.moved:
        days = (
            f"{abs(moved.days)} days {'later' if moved.days > 0 else 'sooner'}" if moved.days else "the same day"
        )
        yield f"  {moved.row}, {days}: {moved.number}"
    yield from (f"  owed as well, {one.what}: {one.number}" for one in told.owed)
    yield from (f"  no longer owed, {one.what}: {one.number}" for one in told.gone)


def _in_columns(
    title: str, lines: Iterator[tuple[str, ...]], heads: tuple[str, str] = ("own edition", "proposed")
) -> Iterator[str]:
    told = [*lines]
    if not told:
        return
    rows = [("", *heads), *told]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    yield f"\n{title}"
    for first, *rest in rows:
        numbers = "  ".join(one.rjust(width) for one, width in zip(rest, widths[1:], strict=True))
        yield f"  {first.ljust(widths[0])}  {numbers}"
