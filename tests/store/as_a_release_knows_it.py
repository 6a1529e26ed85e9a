"""What a release relies on in the database, read from the catalogue of a real one."""

from dataclasses import dataclass
from typing import Final

import asyncpg

_TABLES: Final = """
    SELECT c.relname AS "table" FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
"""
_COLUMNS: Final = """
    SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
           a.attnotnull AS required, a.atthasdef OR a.attidentity <> '' AS given
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
        AND a.attnum > 0 AND NOT a.attisdropped
"""
_RELIED_ON: Final = """
    SELECT format('sequence %s', sequencename) FROM pg_sequences WHERE schemaname = 'public'
    UNION ALL
    SELECT format('function %s returning %s', p.oid::regprocedure, pg_get_function_result(p.oid))
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT format('%s may %s %s.%s', grantee, privilege_type, table_name, column_name)
    FROM information_schema.column_privileges WHERE table_schema = 'public' AND grantee LIKE 'casework%'
    UNION ALL
    SELECT format('%s may %s %s', grantee, privilege_type, table_name)
    FROM information_schema.table_privileges WHERE table_schema = 'public' AND grantee LIKE 'casework%'
    UNION ALL
    SELECT format('%s may EXECUTE %s', grantee, routine_name)
    FROM information_schema.routine_privileges WHERE routine_schema = 'public' AND grantee LIKE 'casework%'
"""
_REFUSING: Final = """
    SELECT c.relname AS "table", format('constraint %s: %s', conname, pg_get_constraintdef(k.oid)) AS refuses
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE c.relnamespace = 'public'::regnamespace AND k.contype <> 'n'
    UNION ALL
    SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%'
    UNION ALL
    SELECT c.relname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal
    UNION ALL
    SELECT tablename, format('policy %s for %s to %s: %s; %s', policyname, cmd, roles, qual, with_check)
    FROM pg_policies WHERE schemaname = 'public'
"""


@dataclass(frozen=True)
class Known:
    """`columns` say by table and name the type, whether it is required, and whether it has a default; `refusing`,
    what a table refuses.
    """

    tables: frozenset[str]
    columns: dict[tuple[str, str], tuple[str, bool, bool]]
    relied_on: frozenset[str]
    refusing: frozenset[tuple[str, str]]


async def known(database: asyncpg.Connection) -> Known:
    return Known(
        tables=frozenset(row["table"] for row in await database.fetch(_TABLES)),
        columns={
            (row["table"], row["column"]): (row["type"], row["required"], row["given"])
            for row in await database.fetch(_COLUMNS)
        },
        relied_on=frozenset(row[0] for row in await database.fetch(_RELIED_ON)),
        refusing=frozenset((row["table"], row["refuses"]) for row in await database.fetch(_REFUSING)),
    )


def taken_away(before: Known, now: Known) -> list[str]:
    """What a release that knew the one meets otherwise in the other, in a fixed order."""
    found = [f"gone: {one}" for one in before.tables - now.tables]
    for (table, name), (type_, required, given) in before.columns.items():
        if table not in now.tables:
            continue
        if (table, name) not in now.columns:
            found.append(f"gone: {table}.{name}")
            continue
        type_now, required_now, given_now = now.columns[table, name]
        if type_now != type_:
            found.append(f"{table}.{name} was {type_} and is {type_now}")
        if required_now and not required:
            found.append(f"required now: {table}.{name}")
        if required and given and not given_now:
            found.append(f"no default any more: {table}.{name}")
    for (table, name), (_, required, given) in now.columns.items():
        if table in before.tables and (table, name) not in before.columns and required and not given:
            found.append(f"required, and unknown before: {table}.{name}")
    found += [f"gone: {one}" for one in before.relied_on - now.relied_on]
    found += [
        f"{table} refuses: {what}" for table, what in now.refusing - before.refusing if table in before.tables
    ]
    return sorted(found)
