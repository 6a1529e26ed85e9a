"""Migrations only add while the release before still runs: what it knows of the database stays as it knew it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from importlib.resources import files
from typing import Final

import asyncpg
import pytest_asyncio
from alembic import command
from alembic.config import Config

from ops.release_before import RELEASED
from runtime.database import dsn
from runtime.embedded.postgres import PostgresServer
from tests.store.as_a_release_knows_it import Known, known, taken_away

_SHOWN: Final = (
    "{0} refuses: policy seen for ALL to {{casework_app}}: (( SELECT (current_setting('casework.sees'::text, true)"
    " = '*'::text)) OR ( SELECT true\n   FROM cases c\n  WHERE (c.ref = {0}.case_ref))); "
)
_BROUGHT: Final = (
    "journal refuses: policy brought for INSERT to {casework_worker}: ; ((fact = ANY (ARRAY["
    "'access_restricted'::text, 'restriction_reviewed'::text, 'access_opened'::text, 'staff_admitted'::text,"
    " 'admission_ended'::text, 'conflict_declared'::text, 'conflict_ended'::text])) AND (EXISTS ( SELECT\n"
    "   FROM (case_access a\n     JOIN imported_cases i ON ((i.case_ref = a.case_ref)))\n"
    "  WHERE ((a.id = journal.about) AND (i.imported_at IS NULL)))))"
)
IN_SPITE_OF_IT: Final[Mapping[str, str]] = {
    **{
        _SHOWN.format(table): "as this role it was shown nothing of it before"
        for table in ("counted", "counted_cases")
    },
    _BROUGHT: "lets in what the others refuse",
}
"""What is taken away all the same, as the test says it, and why the release before does not mind. Emptied by each
release.
"""

TAKEN_AWAY: Final = {
    "DROP TABLE drafts CASCADE": "gone: drafts",
    "ALTER TABLE cases RENAME COLUMN ward TO place": "gone: cases.ward",
    "ALTER TABLE cases ALTER COLUMN officer SET NOT NULL": "required now: cases.officer",
    "ALTER TABLE cases ADD COLUMN mood text NOT NULL": "required, and unknown before: cases.mood",
    "ALTER TABLE cases ALTER COLUMN category TYPE char(10)": "cases.category was text and is character(10)",
    "ALTER TABLE cases ADD CONSTRAINT few CHECK (seq < 9)": "cases refuses: constraint few: CHECK ((seq < 9))",
    "CREATE UNIQUE INDEX one_ward ON cases (ward)": (
        "cases refuses: CREATE UNIQUE INDEX one_ward ON public.cases USING btree (ward)"
    ),
    "CREATE TRIGGER no BEFORE INSERT ON cases FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()": (
        "cases refuses: CREATE TRIGGER no BEFORE INSERT ON public.cases FOR EACH STATEMENT "
        "EXECUTE FUNCTION refuse_change()"
    ),
    "CREATE POLICY no ON cases AS RESTRICTIVE FOR SELECT TO casework_app USING (false)": (
        "cases refuses: policy no for SELECT to {casework_app}: false; "
    ),
    "REVOKE INSERT ON timeline FROM casework_worker": "gone: casework_worker may INSERT timeline",
    "REVOKE EXECUTE ON FUNCTION bring_people FROM casework_worker": (
        "gone: casework_worker may EXECUTE bring_people"
    ),
    "DROP FUNCTION bring_people": "gone: function bring_people(jsonb,jsonb) returning void",
    "DROP SEQUENCE case_number CASCADE": "gone: sequence case_number",
}
ADDED: Final = (
    "ALTER TABLE cases ADD COLUMN mood text",
    "ALTER TABLE cases ADD COLUMN mood text NOT NULL DEFAULT 'calm'",
    "CREATE TABLE moods (mood text NOT NULL UNIQUE)",
    "CREATE INDEX by_ward ON cases (ward)",
    "GRANT SELECT ON cases TO casework_reporting",
    "ALTER TABLE cases ALTER COLUMN seq DROP NOT NULL",
)


@pytest_asyncio.fixture(loop_scope="session")
async def owner(database: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn(database))
    yield connection
    await connection.close()


async def as_released(postgres: PostgresServer) -> Known:
    await postgres.create_database("as_released")
    config = Config()
    config.set_main_option("script_location", str(files("migrations")))
    config.attributes.update(url=postgres.url("as_released"), tls="disable")
    await asyncio.to_thread(command.upgrade, config, RELEASED)
    connection = await asyncpg.connect(dsn(postgres.url("as_released")))
    try:
        return await known(connection)
    finally:
        await connection.close()


async def test_the_release_before_finds_everything_that_it_knows(
    postgres: PostgresServer, owner: asyncpg.Connection
) -> None:
    assert taken_away(await as_released(postgres), await known(owner)) == sorted(IN_SPITE_OF_IT)


async def test_whatever_is_taken_away_is_found_by_name(owner: asyncpg.Connection) -> None:
    before = await known(owner)
    for statement, finding in TAKEN_AWAY.items():
        assert finding in await found_after(owner, before, statement), statement
    for statement in ADDED:
        assert await found_after(owner, before, statement) == [], statement


async def found_after(owner: asyncpg.Connection, before: Known, statement: str) -> list[str]:
    """As if a migration said so; nothing of it stays."""
    transaction = owner.transaction()
    await transaction.start()
    try:
        await owner.execute(statement)
        return taken_away(before, await known(owner))
    finally:
        await transaction.rollback()
