"""trends-yearly: new cases as the register counts them are those that measures count from the facts."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import text, update

from activities.measuring import Measuring
from policy.case_file import Joined
from policy.measures.period import Period
from policy.retention.record import State
from policy.trends.counts import ALL, HATE, Cell, by_kind, tally
from store import cases, recording
from store.counts import counted, query
from store.retention import retention
from store.sessions import Store
from tests.given import EDITION, empty_file, entry, london, report
from tests.policy.random_lives import begun, lived, reported, steps
from tests.scale import some
from tests.store.new_cases import Some, there_were

YEARS = [Period.months(date(year, 1, 1), 12) for year in range(2019, 2031)]
LIVES = some(30, in_all=500)
NOON = london(2026, 3, 29, 12)


async def lives(store: Store) -> None:
    for number in range(LIVES):
        ref, roll = f"CW-2613-{500000 + number:06d}", Random(number)  # noqa: S311 - the same each time
        told = reported(roll, ref)
        entries = [told, *(one.entry for one in lived((begun(told, ref), steps(roll))) if one.after != one.before)]
        at = entries[0].recorded_at
        async with store.writing() as db:
            await cases.register(db, ref, EDITION.ref, empty_file(at.date()).closure_days, at)
        async with store.writing() as db:
            await recording.record(db, ref, 1, entries, at)


async def in_times(store: Store, *times: Period) -> list[Cell]:
    async with store.reading() as db:
        return await counted(db, times)


async def test_it_counts_what_the_measure_counts(store: Store) -> None:
    await lives(store)
    cells = await in_times(store, *YEARS)
    known_at = datetime(2060, 1, 1, tzinfo=UTC)
    for number, year in enumerate(YEARS):
        found = await Measuring(store).measured(year, known_at, ["opened"], ["category"])
        figures = {of[0] if of else ALL: int(one.value or 0) for of, one in found.figures["opened"].items()}
        mine = {kind: row[number] for kind, row in by_kind(cells, len(YEARS)).items() if kind != HATE}
        assert {kind: many for kind, many in mine.items() if many} == {
            kind: many for kind, many in figures.items() if many and kind != HATE
        }
    assert sum(by_kind(cells, len(YEARS))[ALL]) > LIVES // 2
    assert sum(by_kind(cells, len(YEARS))[HATE]) > 0


async def test_each_time_by_ward_category_and_hate(store: Store) -> None:
    march, april = Period.month(2026, 3), Period.month(2026, 4)
    await there_were(
        store,
        [
            Some(3, "Seal", march.first, march.last),
            Some(2, "Seal", april.first, april.last, "drugs", hate=True),
            Some(1, None, april.first, april.last),
        ],
    )
    cells = await in_times(store, march, april, Period(first=march.first, last=april.last))
    assert tally(cells, 3) == {
        ALL: {"Seal": (3, 2, 5)},
        "drugs": {"Seal": (0, 2, 2)},
        HATE: {"Seal": (0, 2, 2)},
        "noise": {"Seal": (3, 0, 3)},
    }
    assert by_kind(cells, 3)[ALL] == (3, 3, 6)


async def test_a_day_is_london_s(store: Store) -> None:
    """On the day on which the clocks go forward it begins at midnight there and ends an hour sooner."""
    day, before = (Period(first=one, last=one) for one in (date(2026, 3, 29), date(2026, 3, 28)))
    begins, over = day.begins.astimezone(UTC), day.over.astimezone(UTC)
    for number, moment in enumerate((begins, over, over - timedelta(minutes=30))):
        async with store.writing() as db:
            await cases.register(
                db, f"CW-2613-9{number:05d}", EDITION.ref, empty_file(day.first).closure_days, moment
            )
            await db.connection.execute(update(cases.cases).values(seq=1))
    assert over - begins == timedelta(hours=23)
    assert by_kind(await in_times(store, day, before), 2)[ALL] == (2, 0)


async def test_what_joined_another_is_part_of_it_also_when_it_was_erased(store: Store) -> None:
    refs = [f"CW-2613-8{number:05d}" for number in range(4)]
    for ref in refs:
        async with store.writing() as db:
            await cases.register(db, ref, EDITION.ref, empty_file(NOON.date()).closure_days, NOON)
        async with store.writing() as db:
            await recording.record(db, ref, 1, [entry(report(NOON))], NOON)
    joined = Joined(into=refs[0], about="x", at=NOON).model_dump(mode="json")
    files = {refs[1]: {"joined": joined}, refs[2]: {"closing": "joined"}, refs[3]: {"closing": "dealt_with"}}
    async with store.writing() as db:
        for ref, file in files.items():
            await db.connection.execute(update(cases.cases).where(cases.cases.c.ref == ref).values(file=file))
        for ref in refs[2:]:
            await db.connection.execute(
                retention.insert().values(
                    id=f"00000000-0000-0000-0000-{ref[-6:]:0>12}", ref=ref, state=State.ERASED, file={}
                )
            )
    assert by_kind(await in_times(store, Period.month(2026, 3)), 1)[ALL] == (2,)


async def test_a_case_of_which_nothing_is_recorded_yet_is_not_counted(store: Store) -> None:
    async with store.writing() as db:
        await cases.register(db, "CW-2613-700000", EDITION.ref, empty_file(NOON.date()).closure_days, NOON)
    assert by_kind(await in_times(store, Period.month(2026, 3)), 1) == {ALL: (0,)}


async def test_no_file_is_opened_to_count(store: Store) -> None:
    """Of a register of twenty years, two months: from the index alone."""
    await there_were(store, [Some(20000, "Seal", date(2006, 1, 1), date(2025, 12, 31))])
    asked = query([Period.month(2025, 11), Period.month(2024, 11)])
    async with store.writing() as db:
        await db.connection.execute(text("ANALYZE cases"))
        told = asked.compile(dialect=db.connection.dialect)
        values = tuple(told.params[name] for name in told.positiontup or ())
        plan = "\n".join((await db.connection.exec_driver_sql(f"EXPLAIN {told}", values)).scalars())
    assert "using cases_counted_idx" in plan, plan
    assert "Index Only Scan" in plan, plan
    assert "Seq Scan" not in plan, plan
