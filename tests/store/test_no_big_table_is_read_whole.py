"""What lists, boards, Today, searches and figures ask finds its rows by index. The planner chooses freely, by the
statistics of fifty thousand cases of which one in five hundred is open, as two thousand of a million are.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import event, text

from activities.measuring import of_officer
from policy.facts import Role
from policy.facts.people import Party, Person
from policy.measures import DIMENSIONS, MEASURES
from policy.measures.base import Asking
from policy.measures.others import InShort
from policy.measures.period import Period
from policy.permissions import Action, relations
from store import (
    approvals,
    backlog,
    board,
    cases,
    counted,
    counted_in_all,
    finding,
    hate_cases,
    live_counts,
    one_to_one,
    owed_by_agencies,
    similar,
    since_last_look,
    tasks,
)
from store.approvals import ANSWERS, Asked
from store.board import Until
from store.cases import Filter
from store.sessions import Reading, Store, Viewer
from store.similar import Draft

NOW: Final = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAY: Final = timedelta(days=1)
BIG: Final = (
    *("cases", "timeline", "timeline_content", "deadlines", "letters", "people", "case_people", "mentions"),
    *("counted", "counted_cases", "reports"),
)
_CLOSED: Final = "timestamptz '2026-11-01' - n * interval '1000 minutes'"
_FILE: Final = """{"matters": {}, "risks": {}, "hate": {"since": "2026-10-01T10:00:00Z", "strands": ["race"],
    "learnt_at": "2026-10-01T10:00:00Z", "perceived_by": "victim", "offence_alleged": false}}"""
MANY: Final = (
    f"""INSERT INTO cases (ref, seq, head, opening, file, stage, serious, hate, domestic_abuse, restricted,
            admitted, conflicts, emergency, ward, category, officer, reported_at, closed_at, next_due, counted)
        SELECT 'CW-2616-' || lpad(n::text, 6, '0'), 1, '', '{{}}', '{_FILE}', 'closed', n % 9 = 0,
            n % 20 = 0, false, false, '{{}}', '{{}}', '{{}}', 'Ward ' || n % 30, 'noise',
            CASE WHEN n % 10 > 0 THEN 'officer-' || n % 40 END,
            {_CLOSED}, {_CLOSED} + interval '30 days', NULL, 1 FROM generate_series(1, 50000) n""",
    """UPDATE cases SET closed_at = NULL, stage = 'open', next_due = reported_at + interval '30 days'
        WHERE ref <= 'CW-2616-000100'""",
    """INSERT INTO timeline (case_ref, seq, fact_id, fact, at, recorded_at, by_id, by_role, digest, commitment,
            previous, hash)
        SELECT ref, n, ref || n, 'contact_made', reported_at, reported_at, 'officer-9', 'officer', '', '', '', ''
        FROM cases, generate_series(1, 3) n""",
    """INSERT INTO deadlines (case_ref, key, since, due, "row", section, edition, owed_by, owed, counted, met_by,
            ending)
        SELECT ref, 'review', n, reported_at + interval '30 days', 'review-meetings', '7', '2015-03-23',
            'supervisor', 'Review it', '{"start": "2026-10-01", "number": 30, "unit": "working_days"}',
            '{case_reviewed}', CASE WHEN closed_at IS NOT NULL THEN 'kept' END
        FROM cases, generate_series(1, 3) n""",
    """INSERT INTO people (id, name, minor, standing, words, marks)
        SELECT gen_random_uuid(), 'N' || md5(ref), false, 'tenant', 'N' || md5(ref),
            ARRAY['name:n' || substr(ref, 9)] FROM cases WHERE ref > 'CW-2616-030000'""",
    """INSERT INTO case_people (case_ref, key, part, person_id, minor, since)
        SELECT ref, 'complainant', 'complainant', gen_random_uuid(), false, reported_at FROM cases""",
    """INSERT INTO mentions (case_ref, seq, part, standing, address, words, marks)
        SELECT ref, 1, 'complainant', 'tenant', '{}', 'N' || md5(ref), ARRAY['name:n' || substr(ref, 9)]
        FROM cases WHERE ref > 'CW-2616-030000'""",
    """INSERT INTO letters (id, case_ref, key, kind, means, state, subject, body, pdf, sha256, automatic,
            composed_at, changed_at)
        SELECT gen_random_uuid(), ref, 'acknowledgement', 'acknowledgement', 'email', 'sent', '', '', '', '', true,
            reported_at, reported_at FROM cases""",
    """INSERT INTO reports (id, case_ref, opens_case, digest, entry, received_at, tried_at, settled_at)
        SELECT gen_random_uuid(), ref, true, '', '{}', reported_at, reported_at, reported_at FROM cases""",
    """INSERT INTO counted SELECT ref, m.name, 1, reported_at::date, NULL, 1, '{}'
        FROM cases, unnest(ARRAY['opened', 'closed', 'kept', 'days_to_contact']) m(name)""",
    """INSERT INTO counted_cases SELECT ref, reported_at, '{"ward": ["W"], "officer": ["officer-1"]}', reported_at,
            closed_at, false, false, ARRAY[md5(ref)], NULL FROM cases""",
    "INSERT INTO team_members SELECT 'officer-' || n, 'team-' || n % 5 FROM generate_series(0, 39) n",
)
ADMITTED: Final = """UPDATE cases SET admitted = ARRAY['dpo-1'], restricted = true
    WHERE ref IN ('CW-2616-004000', 'CW-2616-032000')"""
SUPERVISOR: Final = Viewer("supervisor-1", ("team-1",), tuple(relations(Role.SUPERVISOR, Action.SEE_CASE)))
OF_FEW: Final = Viewer("dpo-1", (), tuple(relations(Role.DATA_PROTECTION, Action.SEE_CASE)))
"""Shown two cases of all."""
MONTH: Final = Period.month(2026, 10)
_MIDNIGHT: Final = NOW + DAY / 2
_ASKED: Final = Asked(answers=ANSWERS, role=Role.SUPERVISOR, about_access=("restriction",))
_DRAFT: Final = Draft(
    complainant=Person(name="Rowan Example", phone="01632 960001", address=("2 Invented Row",)),
    about=Party(name="Ashley Sample", address=("4 Invented Row",)),
)
_SHORT: Final = InShort("CW-2616-000009", NOW, None, False, False, frozenset({"ab" * 16}), "CW-2616-000008")
Question = Callable[[Reading], Awaitable[Any]]
LISTS: Final[dict[str, Question]] = {
    "the newest cases": lambda db: cases.page(db, Filter(), NOW, 50),
    "the newest that are open": lambda db: cases.page(db, Filter(open=True), NOW, 50),
    "an officer's": lambda db: cases.page(db, Filter(open=True, officer="officer-7"), NOW, 50),
    "what is late": lambda db: cases.page(db, Filter(late=True), NOW, 50),
    "further ones": lambda db: cases.page(db, Filter(), NOW, 50, (NOW - 900 * DAY, "CW-2616-000900")),
    "a ward without any": lambda db: cases.page(db, Filter(ward="Ward 99"), NOW, 50),
    "a category without any": lambda db: cases.page(db, Filter(category="drugs"), NOW, 50),
    "a stage without any": lambda db: cases.page(db, Filter(stage="proposed"), NOW, 50),
    "words on a case": lambda db: cases.page(db, Filter(words="Rowan Example"), NOW, 50),
}
AS_SOMEBODY: Final[dict[str, Question]] = {
    **LISTS,
    "board, officers": lambda db: board.by_officer(db, NOW),
    "board, stages": lambda db: board.by_stage(db, NOW),
    "board, days": lambda db: board.by_due(db, Until(now=NOW, today=_MIDNIGHT, week=NOW + 7 * DAY)),
    "board, urgent": lambda db: board.urgent(db, 10),
    "board, waiting": board.waiting,
    "Today, a supervisor's": lambda db: tasks.owed_by(db, "supervisor", None, 100),
    "Today, an officer's": lambda db: tasks.owed_by(db, "officer", "officer-7", 100),
    "Today, how many": lambda db: tasks.how_many(db, "supervisor", None),
    "what is new": lambda db: since_last_look.of(db, "officer-7", NOW),
    "what agencies told": lambda db: since_last_look.answers(db, "officer-7", NOW),
    "approvals": lambda db: approvals.waiting(db, _ASKED, 100),
    "one-to-one": lambda db: one_to_one.open_cases(db, "officer-7", NOW.date()),
    "one-to-one, closed": lambda db: one_to_one.closed_since(db, "officer-7", NOW - 30 * DAY),
    "one-to-one, missed": lambda db: one_to_one.missed_since(db, "officer-7", NOW - 30 * DAY),
    "one-to-one, figures": lambda db: of_officer(db, "officer-7", (MONTH,), ("opened", "kept")),
    "people found": lambda db: finding.known(db, "Rowan Example"),
    "cases found": lambda db: finding.on_cases(db, "Rowan"),
    "similar cases": lambda db: similar.to(db, _DRAFT, closed_since=NOW - 183 * DAY, today=NOW.date()),
    "hate cases": hate_cases.open_ones,
    "agencies": owed_by_agencies.open_ones,
    **{
        f"counts by {by}": lambda db, by=by: live_counts.counts(db, by, NOW, _MIDNIGHT, ANSWERS)
        for by in (None, *live_counts.By)
    },
}
AS_A_WORKER: Final[dict[str, Question]] = {
    "what is to be counted": lambda db: counted.to_count(db, 200),
    "recorded since": lambda db: counted.recorded_since(db, NOW - DAY),
    "what a case tells of": lambda db: counted.related(db, [_SHORT]),
    "what waits, by number": lambda db: backlog.numbers(db, NOW),
    "how many are counted": lambda db: counted_in_all.read(db, MONTH.begins - 183 * DAY, MONTH.over),
    **{
        f"a month's figures by {by}": lambda db, by=by: counted_in_all.added_up(
            db, {Asking(MONTH, by): [one.name for one in MEASURES.values() if not one.stands]}
        )
        for by in ((), *((one,) for one in DIMENSIONS[:7]), ("ward", "officer"))
    },
}

_WHOLE: Final = re.compile(r"Seq Scan on (\w+)")
_READ: Final = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int FROM pg_stat_xact_user_tables"


async def test_they_find_what_they_ask_for_by_index(store: Store, app_store: Store, working_store: Store) -> None:
    async with store.writing() as db:
        for statement in MANY:
            await db.connection.execute(text(statement))
        await db.connection.execute(text(ADMITTED))
    async with store.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM ANALYZE"))
    supervisor, of_few = [app_store.seen_by(one) for one in (SUPERVISOR, OF_FEW)]
    read = {name: await whole(supervisor, question) for name, question in AS_SOMEBODY.items()}
    read |= {name: await whole(working_store, question) for name, question in AS_A_WORKER.items()}
    assert [name for name, plans in read.items() if plans] == [], [plans for plans in read.values() if plans]
    for store_of in (supervisor, of_few):
        looked_at = {name: await rows_looked_at(store_of, question) for name, question in LISTS.items()}
        assert {name: rows for name, rows in looked_at.items() if rows > 3000} == {}
    async with of_few.reading() as db:
        shown = [row.ref for row in await cases.page(db, Filter(), NOW, 50)]
    assert shown == ["CW-2616-004000", "CW-2616-032000"]
    async with store.writing() as db:
        await db.connection.execute(text("DROP INDEX cases_admitted_idx"))
    assert await rows_looked_at(of_few, LISTS["the newest cases"]) > 3000


async def whole(store: Store, question: Question) -> list[str]:
    """The plans in which a big table is read from end to end."""
    plans = ["\n".join(told) for told in await explained(store, question)]
    return [plan for plan in plans if {*BIG} & {*_WHOLE.findall(plan)}]


async def rows_looked_at(store: Store, question: Question) -> int:
    """Shown or not, in all that it asks, also in functions, whose plans EXPLAIN does not tell."""
    async with store.reading() as db:
        before = await _rows(db)
        await question(db)
        return await _rows(db) - before


async def _rows(db: Reading) -> int:
    return int((await db.connection.execute(text(_READ))).scalar_one())


async def explained(store: Store, question: Question) -> list[list[Any]]:
    asked: list[tuple[str, Any]] = []

    def heard(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    async with store.reading() as db:
        event.listen(store.engine.sync_engine, "before_cursor_execute", heard)
        await question(db)
        event.remove(store.engine.sync_engine, "before_cursor_execute", heard)
        assert asked
        return [
            [*(await db.connection.exec_driver_sql(f"EXPLAIN {said}", told)).scalars()] for said, told in asked
        ]


async def test_one_that_reads_a_big_table_whole_would_be_told(store: Store) -> None:
    async def count(db: Reading) -> None:
        await db.connection.execute(text("SELECT count(*) FROM cases WHERE serious"))

    assert await whole(store, count)
