"""The tables that the code speaks of are the tables that the migrations make."""

import importlib
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from sources import modules
from sqlalchemy import Connection, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import create_async_engine

from runtime.revisions import revisions
from store.sessions import METADATA

LONGEST_REVISION = 32  # the width of alembic_version.version_num


def migrations(repository: Path) -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(repository / "migrations"))
    return ScriptDirectory.from_config(config)


def spelt(type_: Any) -> str:
    return str(type_.compile(dialect=postgresql.dialect()))


def as_migrated(connection: Connection) -> dict[str, dict[str, tuple[str, bool, bool]]]:
    """By table and column: type, whether it may be null, whether it is part of the primary key."""
    found = inspect(connection)
    tables = {}
    for table in (*found.get_table_names(), *found.get_view_names()):
        keys = found.get_pk_constraint(table)["constrained_columns"]
        columns = found.get_columns(table)
        tables[table] = {c["name"]: (spelt(c["type"]), c["nullable"], c["name"] in keys) for c in columns}
    return tables


async def test_the_migrated_database_has_the_tables_that_the_code_speaks_of(
    database: str, repository: Path
) -> None:
    for path in modules(repository / "store"):
        importlib.import_module(f"store.{path.stem}" if path.stem != "__init__" else "store")
    spoken_of = {
        table.name: {c.name: (spelt(c.type), c.nullable, c.primary_key) for c in table.columns}
        for table in METADATA.tables.values()
    }
    engine = create_async_engine(database)
    async with engine.connect() as connection:
        migrated = await connection.run_sync(as_migrated)
    await engine.dispose()
    del migrated["alembic_version"]
    assert migrated == spoken_of


def test_migrations_have_one_head(repository: Path) -> None:
    assert len(migrations(repository).get_heads()) == 1


def test_a_release_reads_which_migrations_it_brings_as_alembic_would_carry_them_out(repository: Path) -> None:
    assert revisions() == tuple(one.revision for one in migrations(repository).walk_revisions())


def test_each_migration_has_a_short_id_and_its_date_in_its_name(repository: Path) -> None:
    found = list(migrations(repository).walk_revisions())
    assert found
    for revision in found:
        assert len(revision.revision) <= LONGEST_REVISION
        assert Path(revision.path).name[:4].isdigit()
        assert revision.revision in Path(revision.path).name
