"""Looking for similar cases is by index, and what was changed of a person cannot be rewritten."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from policy.facts import Actor, Role
from policy.facts.people import Party, Person
from store import changes, people, similar
from store.away import StoreRefused
from store.changes import Told
from store.people import PersonTold
from store.sessions import Store
from store.similar import Draft
from tests.given import london

NOW = london(2023, 7, 3)

MANY = (
    """
    INSERT INTO cases (ref, seq, head, opening, file, stage, serious, hate, reported_at)
    SELECT 'CW-2023-' || lpad(n::text, 6, '0'), 1, '', '{}', '{}', 'open', false, false,
           timestamptz '2023-01-01' + n * interval '1 minute'
    FROM generate_series(1, 20000) n
    """,
    """
    INSERT INTO mentions (case_ref, seq, part, standing, address, words, marks)
    SELECT ref, 1, 'complainant', 'tenant', '{}', '', ARRAY['name:n' || substr(ref, 9), 'place:' || substr(ref, 9)]
    FROM cases
    """,
    """
    INSERT INTO people (id, name, minor, standing, words, marks)
    SELECT gen_random_uuid(), 'N', false, 'tenant', '', ARRAY['name:n' || substr(ref, 9)] FROM cases
    """,
    """
    INSERT INTO case_people (case_ref, key, part, person_id, minor, since)
    SELECT ref, 'complainant', 'complainant', gen_random_uuid(), false, reported_at FROM cases
    """,
)


async def test_it_reads_no_table_from_end_to_end_however_many_cases_there_are(store: Store) -> None:
    async with store.writing() as db:
        for statement in MANY:
            await db.connection.execute(text(statement))
    asked: list[tuple[Any, Any]] = []

    def heard(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    draft = Draft(
        complainant=Person(name="Rowan Example", phone="01632 960001", address=("2 Invented Row",)),
        about=Party(name="Ashley Sample", address=("4 Invented Row",)),
        people=(str(uuid4()),),
    )
    event.listen(store.engine.sync_engine, "before_cursor_execute", heard)
    async with store.reading() as db:
        found = await similar.to(db, draft, closed_since=NOW - timedelta(days=183), today=NOW.date())
    event.remove(store.engine.sync_engine, "before_cursor_execute", heard)
    assert found == []
    questions = [(said, told) for said, told in asked if not said.startswith(("BEGIN", "SET"))]
    assert len(questions) >= 5
    async with store.reading() as db:
        await db.connection.execute(text("SET LOCAL enable_seqscan = off"))
        plans = [
            "\n".join((await db.connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)).scalars())
            for statement, parameters in questions
        ]
        body = text("SELECT prosrc FROM pg_proc WHERE proname = 'mentions_sharing'")
        by_marks = str(await db.connection.scalar(body)).replace("shared", "ARRAY['a mark']")
        plans.append("\n".join((await db.connection.exec_driver_sql(f"EXPLAIN {by_marks}")).scalars()))
    for plan in plans:
        assert "Seq Scan" not in plan, plan
    for index in ("mentions_marks_idx", "people_marks_idx", "tenancies_marks_idx", "case_people_person_id_idx"):
        assert any(index in plan for plan in plans), index


@pytest.mark.parametrize("statement", ["UPDATE changes SET by_id = 'somebody-else'", "DELETE FROM changes"])
async def test_what_was_changed_of_a_person_is_not_rewritten(app_store: Store, statement: str) -> None:
    id_ = str(uuid4())
    told = Told(id=id_, by=Actor(id="officer-1", role=Role.OFFICER), at=NOW, digest="x")
    async with app_store.writing() as db:
        made = await people.add(db, id_, PersonTold(name="Rowan Example"), NOW.date())
        await changes.keep(db, told, id_, "added", before=None, after=made.model_dump(mode="json"))
    with pytest.raises(StoreRefused, match="InsufficientPrivilege"):
        async with app_store.writing() as db:
            await db.connection.execute(text(statement))
