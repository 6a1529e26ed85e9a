"""The cases that name somebody - as their officer, cover, whoever took the report, or among those admitted - are
found by index: a list for somebody who may see no others need not look through all there are.
"""

from alembic import op

revision = "8c5f21"
down_revision = "b3e8d1"
branch_labels = None
depends_on = None

INDEXES = {
    "cases_opened_by_idx": "cases (opened_by) WHERE officer IS NULL",
    "cases_admitted_idx": "cases USING gin (admitted) WHERE admitted <> '{}'",
    "cases_emergency_idx": "cases USING gin (emergency) WHERE emergency <> '{}'",
}
STATEMENTS = (
    # References alone: what a caller is shown of them, their own view decides.
    """CREATE OR REPLACE FUNCTION cases_naming(me text) RETURNS SETOF text LANGUAGE sql STABLE ROWS 100
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT ref FROM cases WHERE officer = me
            UNION ALL SELECT ref FROM cases WHERE cover = me
            UNION ALL SELECT ref FROM cases WHERE opened_by = me AND officer IS NULL
            UNION ALL SELECT ref FROM cases WHERE admitted @> ARRAY[me] AND admitted <> '{}'
            UNION ALL SELECT ref FROM cases WHERE emergency ? me AND emergency <> '{}'
    $$""",
    "REVOKE EXECUTE ON FUNCTION cases_naming FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION cases_naming TO casework_app, casework_worker",
)


def upgrade() -> None:
    """Can be tried again: what an attempt that failed has left is dropped."""
    for statement in STATEMENTS:
        op.execute(statement)
    with op.get_context().autocommit_block():
        for name, what in INDEXES.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {what}")


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
