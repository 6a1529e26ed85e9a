"""New cases as trends count them: how many in each of several times, where and of what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from policy.measures.period import Period
from policy.trends.chance import Spread, Table, Varied, spread, varied

ALL: Final = "all"
HATE: Final = "hate"
"""Whatever its category: what counts is that somebody perceived it."""


class Cell(NamedTuple):
    """`time` is the number of one of the times that were asked about. `ward` and `category` are None where nobody
    has said yet.
    """

    time: int
    ward: str | None
    category: str | None
    hate: bool
    number: int

    @property
    def kinds(self) -> Iterator[str]:
        """Among all, as hate, and by its category."""
        yield ALL
        if self.hate:
            yield HATE
        if self.category is not None and self.category != HATE:
            yield self.category


Row = tuple[int, ...]
Rows = Mapping[str, Row]
"""By place, how many in each time."""
Tally = Mapping[str, Rows]
"""By kind of case; each has every place."""


def tally(cells: Iterable[Cell], times: int) -> Tally:
    """Of cases whose ward is known."""
    found: dict[str, dict[str, list[int]]] = {ALL: {}}
    wards: set[str] = set()
    for cell in cells:
        if cell.ward is None:
            continue
        wards.add(cell.ward)
        for kind in cell.kinds:
            found.setdefault(kind, {}).setdefault(cell.ward, [0] * times)[cell.time] += cell.number
    none = [0] * times
    return {
        kind: {ward: tuple(rows.get(ward, none)) for ward in sorted(wards)} for kind, rows in sorted(found.items())
    }


def by_kind(cells: Iterable[Cell], times: int) -> Mapping[str, Row]:
    """Wherever they are, also where nobody has said."""
    found: dict[str, list[int]] = {ALL: [0] * times}
    for cell in cells:
        for kind in cell.kinds:
            found.setdefault(kind, [0] * times)[cell.time] += cell.number
    return {kind: tuple(row) for kind, row in sorted(found.items())}


def before(first: date, days: int, years: int) -> list[Period]:
    """The past before a day, the latest first: windows of so many days, as many as there are in those years."""
    ends = [first - timedelta(days=1 + days * number) for number in range(years * 365 // days)]
    return [Period(first=last - timedelta(days=days - 1), last=last) for last in ends]


def here_and_elsewhere(rows: Rows, place: str) -> Table:
    """The first time against all the others."""
    here = rows.get(place, (0,))
    now, past = here[0], sum(here[1:])
    everywhere = sum(row[0] for row in rows.values())
    ever = sum(sum(row[1:]) for row in rows.values())
    return Table(now, past, everywhere - now, ever - past)


def spreads(told: Tally) -> Mapping[str, Spread]:
    """Of each kind, from the times after the first, which are windows of the past."""
    of_kind = {kind: _past(rows) for kind, rows in told.items()}
    single = [one for kind, one in of_kind.items() if kind != ALL]
    return {kind: spread(one, single) for kind, one in of_kind.items()}


def _past(rows: Rows) -> Varied:
    windows: Sequence[Row] = [row[1:] for row in rows.values()]
    return varied(windows)
