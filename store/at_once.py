"""Many rows in one statement, as JSON. What an index asks of a row - by what it is found though misspelt, say - is
worked out by functions that PostgreSQL plans once for each statement.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic_core import to_json
from sqlalchemy import (
    JSON,
    LargeBinary,
    Table,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import Insert, insert

from store.sessions import Writing


async def enter(
    db: Writing, table: Table, rows: Sequence[Mapping[str, Any]], *, unless_there: bool = False
) -> None:
    """Rows that all say the same columns; a value may be a model. Raises IntegrityError where one is there
    already, unless that one is to stay.
    """
    if rows:
        entering = _entering(table, tuple(rows[0]))
        await db.connection.execute(
            entering.on_conflict_do_nothing() if unless_there else entering, {"rows": as_json(table, rows)}
        )


@cache
def _entering(table: Table, columns: tuple[str, ...]) -> Insert:
    return insert(table).from_select(columns, select(told(table, *columns)))


def told(table: Table, *columns: str) -> TableValuedAlias:
    """The rows that a statement is given as `rows`, with these of the table's columns."""
    rows = func.json_populate_recordset(
        literal_column(f"NULL::{table.name}"), cast(bindparam("rows", type_=Text), JSON)
    )
    return rows.table_valued(*columns, name="told")


def as_json(table: Table, rows: Sequence[Mapping[str, Any]]) -> str:
    binary = [name for name in rows[0] if isinstance(table.c[name].type, LargeBinary)]
    written = [{**row, **{name: f"\\x{row[name].hex()}" for name in binary}} for row in rows] if binary else rows
    return to_json(written).decode()
