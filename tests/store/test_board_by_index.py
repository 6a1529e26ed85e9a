"""The board's cost does not grow with closed cases: both of its questions find open ones by their index."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Select, text
from sqlalchemy.dialects import postgresql

from store import board
from store.sessions import Store

DAY = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize("question", [board.officers, board.stages])
async def test_the_board_finds_open_cases_by_their_index(
    store: Store, question: Callable[[datetime], Select[Any]]
) -> None:
    asked = str(question(DAY).compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
    async with store.reading() as db:
        await db.connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join((await db.connection.scalars(text(f"EXPLAIN {asked}"))).all())
    assert "cases_open_idx" in plan
