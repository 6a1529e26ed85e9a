"""All that is measured, by name. (section 7)"""

from collections.abc import Mapping
from typing import Final

from policy.measures.base import Measure
from policy.measures.caseload import OF_CASELOAD
from policy.measures.history import OF_EVERY_CASE
from policy.measures.outcomes import OF_OUTCOMES
from policy.measures.prevention import PREVENTION
from policy.measures.regulator import FOR_THE_REGULATOR
from policy.measures.timescales import OF_TIME

MEASURES: Final[Mapping[str, Measure]] = {
    one.name: one for one in (*OF_CASELOAD, *OF_TIME, *OF_OUTCOMES, *FOR_THE_REGULATOR, PREVENTION)
}

DEFINITIONS: Final = ", ".join(
    sorted(f"{one.name} {one.version} {' '.join(one.more)}" for one in MEASURES.values())
)
"""What was counted under other ones is to be counted anew."""

DIMENSIONS: Final = (*OF_EVERY_CASE, *sorted({name for one in MEASURES.values() for name in one.more}))
"""By what figures can be sorted; not each is told of everything that is counted."""
