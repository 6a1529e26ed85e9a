"""A report as it was made: figures and what they are of, of which pages, PDF and spreadsheets are made alike."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from pydantic import AwareDatetime

from policy.frozen import Frozen
from policy.measures import MEASURES
from policy.measures.base import Asking, Figure, Measure, Unit, figure
from policy.measures.period import Period
from policy.measures.regulator import each_thousand
from policy.reports.contents import CONTENTS, MONTH, Chart, Contents, ReadBy, Section
from policy.reports.kinds import ReportKind
from policy.working_days import london_day

Figures = Mapping[str, Mapping[tuple[str, ...], Figure]]
"""By measure, then by what stands under its dimensions, `()` being all: as they are measured."""


class Told(Frozen):
    """A figure; `hidden` where it may not be published, and then nothing else is said. `for_homes` is for each
    1,000 homes.
    """

    number: int | None = None
    value: float | None = None
    nine_in_ten: float | None = None
    for_homes: float | None = None
    hidden: bool = False


class Row(Frozen):
    """`before` is that of the same time a year before, None where the report does not look so far."""

    of: tuple[str, ...]
    figure: Told
    before: Told | None = None


class Table(Frozen):
    """One measure. `whole` is of everything, `rows` of what it is sorted by; `held_back` where its rows are not
    published at all.
    """

    section: str
    measure: str
    version: int
    unit: Unit
    says: str
    by: tuple[str, ...]
    chart: Chart | None
    read_by: ReadBy
    whole: Row
    rows: tuple[Row, ...]
    held_back: bool = False


class Report(Frozen):
    """`cases` were read for it and `erased` are in none of its figures; neither is published. `stories` are about
    nobody who can be known, `stories_held_back` how many had a name or an address in them.
    """

    kind: ReportKind
    period: Period
    known_at: AwareDatetime
    homes: int | None = None
    cases: int | None = None
    erased: int | None = None
    tables: tuple[Table, ...]
    stories: tuple[str, ...] = ()
    stories_held_back: int = 0
    published: bool = False


def asked(kind: ReportKind, period: Period, known_at: AwareDatetime) -> Mapping[Asking, tuple[str, ...]]:
    """All that the report is made of: names of measures by what is measured together. Raises ValueError for a time
    that has not begun.
    """
    contents = CONTENTS[kind]
    wanted: dict[Asking, dict[str, None]] = {}
    for one in _times(contents, period.up_to(london_day(known_at))):
        for section in contents.sections:
            for asking in _askings(section, one):
                wanted.setdefault(asking, {}).update(dict.fromkeys(section.measures))
    return {asking: tuple(names) for asking, names in wanted.items()}


def report(
    kind: ReportKind,
    period: Period,
    known_at: AwareDatetime,
    found: Mapping[Asking, Figures],
    homes: int | None = None,
) -> Report:
    """`found` is all that was asked for; `homes` is how many the landlord has."""
    contents, time = CONTENTS[kind], period.up_to(london_day(known_at))
    times = tuple(_times(contents, time))
    tables = (
        _table(section, MEASURES[name], times, found, homes if section.for_homes else None)
        for section in contents.sections
        for name in section.measures
    )
    return Report(kind=kind, period=time, known_at=known_at, homes=homes, tables=tuple(tables))


def read_by(told: Report, who: ReadBy) -> Report:
    """With what they may read of it."""
    return told.model_copy(update={"tables": tuple(one for one in told.tables if one.read_by <= who)})


def year_before(period: Period) -> Period:
    """The same days, of which 29 February is the day before 1 March."""
    last = _year_before(period.last + timedelta(days=1)) - timedelta(days=1)
    return Period(first=min(_year_before(period.first), last), last=last)


def _year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 3, 1)
    return day.replace(year=day.year - 1)


def months(period: Period) -> Iterator[Period]:
    """Each that the time has a day of, as far as it has."""
    first = period.first
    while first <= period.last:
        last = Period.months(first, 1).last
        yield Period(first=first, last=min(last, period.last))
        first = last + timedelta(days=1)


def _times(contents: Contents, period: Period) -> Iterator[Period]:
    yield period
    if contents.beside_last_year:
        yield year_before(period)


def _askings(section: Section, period: Period) -> Iterator[Asking]:
    if section.by == (MONTH,):
        yield Asking(period)
        yield from (Asking(month) for month in months(period))
    else:
        yield Asking(period, section.by)


def _table(
    section: Section,
    measure: Measure,
    times: tuple[Period, ...],
    found: Mapping[Asking, Figures],
    homes: int | None,
) -> Table:
    now, *years_before = (_sorted(section, measure.name, one, ago, found) for ago, one in enumerate(times))
    before = years_before[0] if years_before else None
    nothing = figure(measure.unit, {})

    def row(of: tuple[str, ...]) -> Row:
        then = None if before is None else _told(before.get(of, nothing), homes)
        return Row(of=of, figure=_told(now.get(of, nothing), homes), before=then)

    def place(of: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """The most first, but for months and what is sorted by several things."""
        ranked = len(section.by) == 1 and section.by != (MONTH,)
        return -now.get(of, nothing).number if ranked else 0, of

    names = {of for each in (now, before or {}) for of in each if of}
    return Table(
        section=section.title,
        measure=measure.name,
        version=measure.version,
        unit=measure.unit,
        says=measure.says,
        by=section.by,
        chart=section.chart,
        read_by=section.read_by,
        whole=row(()),
        rows=tuple(row(of) for of in sorted(names, key=place)),
    )


def _sorted(
    section: Section, measure: str, period: Period, years_ago: int, found: Mapping[Asking, Figures]
) -> Mapping[tuple[str, ...], Figure]:
    """A month stands under its name in the year that is reported on."""
    if section.by != (MONTH,):
        return found[Asking(period, section.by)][measure]
    return {(): found[Asking(period)][measure][()]} | {
        (f"{one.first.year + years_ago}-{one.first.month:02}",): found[Asking(one)][measure][()]
        for one in months(period)
    }


def _told(one: Figure, homes: int | None) -> Told:
    for_homes = None if homes is None else each_thousand(one.number, homes)
    return Told(number=one.number, value=one.value, nine_in_ten=one.nine_in_ten, for_homes=for_homes)
