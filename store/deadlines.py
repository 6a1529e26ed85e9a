"""The ledger of deadlines: every occurrence, open or ended, and how it ended. Derived from the timeline."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import computed_field
from sqlalchemy import ARRAY, Column, DateTime, Integer, Select, Table, Text, delete, func, select, union_all
from sqlalchemy.dialects.postgresql import JSONB, insert

from policy.deadlines import Deadline
from policy.deadlines.base import reason
from policy.frozen import Frozen
from policy.ledger import MAY_TURN_OUT_BETTER, Line, last_of_each
from policy.working_days import Counted, Due
from store.sessions import METADATA, Reading, Writing

deadlines = Table(
    "deadlines",
    METADATA,
    Column("case_ref", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("since", Integer, primary_key=True),
    Column("due", DateTime(timezone=True), nullable=False),
    Column("row", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("owed_by", Text, nullable=False),
    Column("owner", Text),
    Column("owed", Text, nullable=False),
    Column("counted", JSONB, nullable=False),
    Column("met_by", ARRAY(Text), nullable=False),
    Column("noticed_at", DateTime(timezone=True)),
    Column("ending", Text),
    Column("ended_by", Text),
    Column("ended_at", DateTime(timezone=True)),
    Column("ended_recorded_at", DateTime(timezone=True)),
    Column("moved_to", DateTime(timezone=True)),
)

_new = insert(deadlines)
_UPSERT = _new.on_conflict_do_update(
    index_elements=["case_ref", "key", "since"],
    set_={
        "owed_by": _new.excluded.owed_by,
        "owner": _new.excluded.owner,
        "noticed_at": func.coalesce(_new.excluded.noticed_at, deadlines.c.noticed_at),
        "ending": _new.excluded.ending,
        "ended_by": _new.excluded.ended_by,
        "ended_at": _new.excluded.ended_at,
        "ended_recorded_at": _new.excluded.ended_recorded_at,
        "moved_to": _new.excluded.moved_to,
    },
)


async def enter(db: Writing, ref: str, lines: Sequence[Line]) -> None:
    """Brings the ledger up to date with the lines that changed, in their order."""
    if lines:
        await db.connection.execute(_UPSERT, rows_of(ref, lines))


def rows_of(ref: str, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """The lines as they stand in the ledger once all of them are entered."""
    return [_values(ref, line) for line in last_of_each(lines)]


def _values(ref: str, line: Line) -> dict[str, Any]:
    deadline, ended = line.deadline, line.ended
    return {
        "case_ref": ref,
        "key": deadline.key,
        "since": deadline.since,
        "due": deadline.due,
        "row": deadline.row,
        "section": deadline.section,
        "edition": deadline.edition,
        "owed_by": deadline.owed_by.value,
        "owner": deadline.owner,
        "owed": deadline.owed,
        "counted": deadline.counted.model_dump(mode="json"),
        "met_by": list(deadline.met_by),
        "noticed_at": line.noticed_at,
        "ending": ended and ended.ending.value,
        "ended_by": ended and ended.by,
        "ended_at": ended and ended.at,
        "ended_recorded_at": ended and ended.recorded_at,
        "moved_to": ended and ended.moved_to,
    }


async def late_of(db: Reading, ref: str) -> list[Line]:
    """What ended late or was missed on this case and might still turn out to have been done in time."""
    query = select(deadlines).where(deadlines.c.case_ref == ref, deadlines.c.ending.in_(MAY_TURN_OUT_BETTER))
    return [_line(row._asdict()) for row in await db.connection.execute(query)]


def _line(row: dict[str, Any]) -> Line:
    ended = {name: row[f"ended_{name}"] for name in ("by", "at", "recorded_at")} | {"ending": row["ending"]}
    deadline = {name: row[name] for name in Deadline.model_fields if name in row}
    return Line.model_validate({"deadline": deadline, "noticed_at": row["noticed_at"], "ended": ended})


async def forget(db: Writing, ref: str) -> None:
    """Before a rebuild."""
    await db.connection.execute(delete(deadlines).where(deadlines.c.case_ref == ref))


class Task(Frozen):
    """Something a person still owes. `about` is the case's reference, that of what is carried on beside it, or
    the id of the place called `place`.
    """

    case_ref: str | None
    about: str
    place: str | None
    key: str
    due: datetime
    row: str
    section: str
    edition: str
    owed_by: str
    owed: str
    counted: Counted
    noticed_at: datetime | None
    officer: str | None

    @computed_field
    def why(self) -> str:
        """The date's own explanation, in words."""
        return reason(self.owed, Due(moment=self.due, counted=self.counted), self.section, self.row)


def _view(name: str) -> Table:
    texts = ("case_ref", "about", "place", "key", "row", "section", "edition", "owed_by", "owed", "officer")
    return Table(
        name,
        METADATA,
        *(Column(name, Text) for name in texts),
        Column("counted", JSONB),
        Column("due", DateTime(timezone=True)),
        Column("noticed_at", DateTime(timezone=True)),
        info={"is_view": True},
    )


tasks = _view("tasks")
procedure_tasks = _view("procedure_tasks")
place_tasks = _view("place_tasks")


async def owed_by(
    db: Reading, role: str, officer: str | None, limit: int, after: tuple[datetime, str, str] | None = None
) -> list[Task]:
    """The earliest due first, on cases, beside them and at places, beginning behind `after` (due, about, key)."""
    first = [_first_of(view, role, officer, limit, after) for view in (tasks, procedure_tasks, place_tasks)]
    both = union_all(*first).subquery()
    query = select(both).order_by(both.c.due, both.c.about, both.c.key).limit(limit)
    return [Task(**row._asdict()) for row in await db.connection.execute(query)]


def _first_of(
    view: Table, role: str, officer: str | None, limit: int, after: tuple[datetime, str, str] | None
) -> Select[Any]:
    """Each view for itself, so that the index on what is due finds the first few of very many."""
    order = (view.c.due, view.c.about, view.c.key)
    query = select(*(view.c[name] for name in _COLUMNS)).where(view.c.owed_by == role)
    if officer is not None:
        query = query.where(view.c.officer == officer)
    if after is not None:
        query = query.where(func.row(*order) > func.row(*after))
    return query.order_by(*order).limit(limit)


_COLUMNS: Final = tuple(Task.model_fields)


async def endings(db: Reading, ref: str) -> list[dict[str, Any]]:
    """The case's whole ledger, the earliest due first."""
    order = (deadlines.c.due, deadlines.c.key, deadlines.c.since)
    query = select(deadlines).where(deadlines.c.case_ref == ref).order_by(*order)
    return [row._asdict() for row in await db.connection.execute(query)]
