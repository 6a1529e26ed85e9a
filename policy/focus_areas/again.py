"""Whether a place in which cases cluster is proposed, after what was decided of it before. (focus-areas)"""

from collections.abc import Iterable

from policy.editions.beside_cases import FocusAreas
from policy.focus_areas.facts import Numbers
from policy.focus_areas.file import FocusAreaFile, State
from policy.trends.counts import ALL

_OPEN = frozenset({State.PROPOSED, State.UNDER_WAY})


def is_proposed(found: Numbers, earlier: Iterable[FocusAreaFile], edition: FocusAreas) -> bool:
    """Not while the place is proposed or a focus area, for whatever reason. What was refused comes again for the
    same once there are so many more, what has ended when none of the days are those of its proposal. All kinds
    together are the same as any, counted by how many more there are than were to be expected.
    """
    return all(_may(found, one, edition) for one in earlier if one.numbers and one.numbers.place == found.place)


def _may(found: Numbers, one: FocusAreaFile, edition: FocusAreas) -> bool:
    then = one.numbers
    if one.state in _OPEN or then is None:
        return False
    if one.state is State.REFUSED:
        return _so_many_more(found, then, edition.again_times)
    return found.first > then.last


def _so_many_more(found: Numbers, then: Numbers, times: float) -> bool:
    if found.kind == then.kind:
        return found.observed >= then.observed * times
    if ALL in {found.kind, then.kind}:
        return found.observed - found.expected >= then.observed * times - then.expected
    return True
