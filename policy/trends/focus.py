"""Places where cases cluster beyond what chance explains. (focus-areas, section 7)"""

from collections.abc import Sequence
from typing import NamedTuple

from policy.editions.beside_cases import FocusAreas
from policy.measures.period import Period
from policy.trends.chance import by_chance, false_discoveries
from policy.trends.compared import Compared, compared
from policy.trends.counts import Tally, here_and_elsewhere, spreads


class Cluster(NamedTuple):
    """More cases of a kind in a place than chance explains. `false` is the share of such finds that are chance,
    `looked_at` how many places and kinds were compared to find it.
    """

    place: str
    kind: str
    numbers: Compared
    false: float
    looked_at: int


def clusters(told: Tally, times: Sequence[Period], edition: FocusAreas) -> list[Cluster]:
    """Of a place each kind that stands out, the least likely first. The first of the times are the days that
    are looked at, the others the windows of the past. A place whose past holds too few cases of a kind is not
    looked at for it: nobody could say what is usual there.
    """
    varies = spreads(told)
    seen = [
        (place, kind, table)
        for kind, rows in told.items()
        for place in rows
        if (table := here_and_elsewhere(rows, place)).past >= edition.least_past and table.past_elsewhere
    ]
    chances = [by_chance(table, varies[kind]) for _, kind, table in seen]
    false = false_discoveries(chances)
    return [
        Cluster(place, kind, compared(times, table, varies[kind]), share, len(seen))
        for _, share, (place, kind, table) in sorted(zip(chances, false, seen, strict=True))
        if share <= edition.false_share and table.here >= edition.least_cases
    ]
