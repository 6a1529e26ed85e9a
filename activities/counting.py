"""Counts what each case counts for measures, and keeps it, so that figures need no timeline to be read."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple

from temporalio import activity

from activities.beating import beating
from policy.measures import DEFINITIONS, MEASURES
from policy.measures.base import Counted, Measure
from policy.measures.history import CaseHistory, history
from policy.measures.others import InShort, Others
from store import counted, histories
from store.counted import Told
from store.relations import teams
from store.sessions import Reading, Store

CASES_A_PAGE: Final = 200
PAGES_AT_ONCE: Final = 20
_AS_NOW_KNOWN: Final = datetime.max.replace(tzinfo=UTC)
Progress = Callable[[int], None]
"""Is told how many cases more have been counted."""


class CountedOtherwise(RuntimeError):
    """Meanwhile another release has begun to count by its own definitions."""


class AsKnown(NamedTuple):
    """Of cases whose counts were others then: their references, and what they counted, by measure."""

    refs: tuple[str, ...]
    counts: Mapping[str, Sequence[Counted]]


@dataclass(frozen=True)
class Counting:
    store: Store

    async def bring_up_to_date(self, progress: Progress = lambda _: None) -> None:
        """Counts the cases of which something was recorded since, and those that it tells something of. Safe to
        repeat and to break off. Raises CountedOtherwise.
        """
        await self._by_our_definitions()
        while more := await self._page():
            progress(more)

    @activity.defn
    @beating
    async def count_some(self) -> bool:
        """The same, so many pages. Whether there may be more."""
        await self._by_our_definitions()
        return all([await self._page() for _ in range(PAGES_AT_ONCE)])

    async def _by_our_definitions(self) -> None:
        async with self.store.writing() as db:
            if await counted.alone(db) != DEFINITIONS:
                await counted.begin_anew(db, DEFINITIONS)

    async def _page(self) -> int:
        async with self.store.writing() as db:
            if await counted.alone(db) != DEFINITIONS:
                raise CountedOtherwise
            refs = await counted.to_count(db, CASES_A_PAGE)
            if refs:
                cases, erased = await _cases(db, refs)
                before = await counted.shorts(db, refs)
                told = await _counted(db, cases)
                after = {ref: one.short for ref, one in told.items()}
                touched = await counted.related(db, _changed(before, after))
                await counted.keep(db, told, erased)
                await counted.anew(db, touched.keys() - after.keys())
        return len(refs)


async def counted_right(db: Reading, ref: str) -> bool:
    """Whether what is kept of a case is what it counts, the others being as they are kept; also while it is still
    to be counted.
    """
    kept = await counted.of_case(db, ref)
    if kept is None or await counted.definitions(db) != DEFINITIONS:
        return True
    cases, _ = await _cases(db, [ref])
    told = await _counted(db, cases)
    return kept == [row for one in told.values() for row in (counted.case_of(one), *counted.rows_of(one))]


async def as_known(db: Reading, known_at: datetime, wanted: Iterable[Measure], progress: Progress) -> AsKnown:
    """By what had been recorded by then: of the cases on which more was recorded since, and those it tells of."""
    since = await counted.recorded_since(db, known_at)
    then: dict[str, InShort] = {}
    async for cases in _pages(db, since, known_at):
        then |= {case.file.ref: InShort.of(case) for case in cases}
        progress(len(cases))
    touched = await counted.related(db, _changed(await counted.shorts(db, since), then))
    refs, of_staff = sorted({*since, *touched}), await teams(db)
    found: dict[str, list[Counted]] = defaultdict(list)
    async for cases in _pages(db, refs, known_at):
        shorts = [InShort.of(case) for case in cases]
        others = Others(({**await counted.related(db, shorts), **then}).values())
        for case in cases:
            sorted_as_now = case._replace(teams=of_staff.get(case.officer, ()))
            for one in wanted:
                found[one.name] += one.of(sorted_as_now, others)
    return AsKnown(tuple(refs), found)


async def _pages(db: Reading, refs: Sequence[str], known_at: datetime) -> AsyncIterator[list[CaseHistory]]:
    for first in range(0, len(refs), CASES_A_PAGE):
        cases, _ = await _cases(db, refs[first : first + CASES_A_PAGE], known_at)
        yield cases


async def _cases(
    db: Reading, refs: Sequence[str], known_at: datetime = _AS_NOW_KNOWN
) -> tuple[list[CaseHistory], dict[str, int]]:
    """And the numbers of the last entries of those that have been erased."""
    told = await histories.of(db, refs)
    cases = [history(one.opening, one.entries, known_at) for one in told if one.entries is not None]
    return cases, {one.opening.ref: one.seq for one in told if one.entries is None}


async def _counted(db: Reading, cases: Collection[CaseHistory]) -> dict[str, Told]:
    shorts = {case.file.ref: InShort.of(case) for case in cases}
    others = Others(({**await counted.related(db, shorts.values()), **shorts}).values())
    return {case.file.ref: _told(case, shorts[case.file.ref], others) for case in cases}


def _told(case: CaseHistory, short: InShort, others: Others) -> Told:
    return Told(
        seq=case.file.seq,
        recorded_at=max((one.recorded_at for one in case.entries), default=None),
        by=case.dimensions(),
        short=short,
        counts={name: tuple(measure.of(case, others)) for name, measure in MEASURES.items()},
    )


def _changed(before: Mapping[str, InShort], after: Mapping[str, InShort]) -> list[InShort]:
    """Both states of those that are not as they were."""
    refs = [ref for ref in {*before, *after} if before.get(ref) != after.get(ref)]
    return [one for ref in refs for one in (before.get(ref), after.get(ref)) if one is not None]
