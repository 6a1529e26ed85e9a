"""How many new cases there were in several times, where and of what: as the measure `opened` counts them, but in
the register. What retention has erased is in no figure and is counted there still; without it every past would
shrink. What joined another case is part of that one. (trends-yearly, section 7)
"""

from collections.abc import Sequence

from sqlalchemy import DateTime, Integer, Select, and_, column, func, select, text
from sqlalchemy.dialects.postgresql import array

from policy.measures.period import Period
from policy.trends.counts import Cell
from store.cases import cases
from store.sessions import Reading

_ALONE = text("seq > 0 AND file -> 'joined' ->> 'into' IS NULL AND file ->> 'closing' IS DISTINCT FROM 'joined'")
"""Word for word that of the index, so that no file is opened. What retention leaves says how it closed."""


def query(times: Sequence[Period]) -> Select[tuple[int, str | None, str | None, bool, int]]:
    """What `counted` asks: from the first time to the last by an index that holds all that is counted."""
    moment = DateTime(timezone=True)
    every = func.unnest(
        array(range(len(times)), type_=Integer),
        array([one.begins for one in times], type_=moment),
        array([one.over for one in times], type_=moment),
    ).table_valued(column("number", Integer), column("begins", moment), column("ends", moment))
    asked = every.render_derived("asked")
    at = cases.c.reported_at
    then = and_(at >= asked.c.begins, at < asked.c.ends)
    ever = and_(at >= min(one.begins for one in times), at < max(one.over for one in times))
    by = (asked.c.number, cases.c.ward, cases.c.category, cases.c.hate)
    return select(*by, func.count()).join_from(asked, cases, then).where(ever, _ALONE).group_by(*by)


async def counted(db: Reading, times: Sequence[Period]) -> list[Cell]:
    """Times may overlap. Of the cases that the reader may see."""
    return [Cell._make(row) for row in await db.connection.execute(query(times))]
