"""Whether a place in which cases cluster is proposed, after what was decided of it before. (focus-areas)"""

from collections.abc import Iterable

from policy.editions.beside_cases import FocusAreas
from policy.focus_areas.facts import Numbers
from policy.focus_areas.file import FocusAreaFile, State

_OPEN = frozenset({State.PROPOSED, State.UNDER_WAY})


def is_proposed(found: Numbers, earlier: Iterable[FocusAreaFile], edition: FocusAreas) -> bool:
    """Not while the place is proposed or a focus area, for whatever reason. What was refused comes again for the
    same once there are so many more, what has ended when none of the days are those of its proposal.
    """
    return all(_may(found, one, edition) for one in earlier if one.numbers and one.numbers.place == found.place)


def _may(found: Numbers, one: FocusAreaFile, edition: FocusAreas) -> bool:
    then = one.numbers
    if one.state in _OPEN or then is None:
        return False
    if one.state is State.REFUSED:
        return then.kind != found.kind or found.observed >= then.observed * edition.again_times
    return found.first > then.last
