"""How many new cases there were in several times, where and of what, counted in the register: what retention has
erased is counted there still. What joined another case is part of that one. (trends-yearly, section 7)
"""

from collections.abc import Sequence

from sqlalchemy import DateTime, Integer, Select, column, func, select, union_all
from sqlalchemy.dialects.postgresql import array

from policy.facts.closing import Closing
from policy.measures.period import Period
from policy.retention.record import State
from policy.trends.counts import Cell
from store.cases import cases
from store.retention import retention
from store.sessions import Reading

_file = cases.c.file
_JOINED = union_all(
    select(cases.c.ref).where(_file["joined"]["into"].astext.is_not(None)),
    select(cases.c.ref)
    .join(retention, retention.c.ref == cases.c.ref)
    .where(retention.c.state == State.ERASED, _file["closing"].astext == Closing.JOINED),
)
"""By the index on what they joined; of what is erased, which is no longer in that, by how it closed."""


def query(times: Sequence[Period]) -> Select[tuple[int, str | None, str | None, bool, int]]:
    """What `counted` asks: each time is found by the index on when a case was reported."""
    moment = DateTime(timezone=True)
    asked = func.unnest(
        array(range(len(times)), type_=Integer),
        array([one.begins for one in times], type_=moment),
        array([one.over for one in times], type_=moment),
    ).table_valued(column("time", Integer), column("begins", moment), column("over", moment), name="asked")
    then = (cases.c.reported_at >= asked.c.begins) & (cases.c.reported_at < asked.c.over) & (cases.c.seq > 0)
    by = (asked.c.time, cases.c.ward, cases.c.category, cases.c.hate)
    return select(*by, func.count()).join_from(asked, cases, then).where(cases.c.ref.not_in(_JOINED)).group_by(*by)


async def counted(db: Reading, times: Sequence[Period]) -> list[Cell]:
    """Times may overlap. Of the cases that the reader may see."""
    return [Cell._make(row) for row in await db.connection.execute(query(times))]
