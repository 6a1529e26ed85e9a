"""What was missed in a focus area is noticed, and goes up to managers: not to its owner, who owes it already."""

from alembic import op

revision = "c47e10"
down_revision = "a61d94"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE OR REPLACE VIEW focus_area_tasks AS
        SELECT NULL::text AS case_ref, o.key, (o.value ->> 'due')::timestamptz AS due, o.value ->> 'row' AS "row",
            who.owed_by, o.value ->> 'owed' AS owed, (o.value ->> 'noticed_at')::timestamptz AS noticed_at,
            f.owner AS officer, o.value ->> 'section' AS section, o.value ->> 'edition' AS edition,
            o.value -> 'counted' AS counted, f.id::text AS about, f.place
        FROM focus_areas f
        CROSS JOIN jsonb_each(f.file -> 'owed') AS o
        CROSS JOIN LATERAL (SELECT o.value ->> 'owed_by' UNION
            SELECT 'officer' WHERE f.owner IS NOT NULL AND o.key NOT LIKE 'escalation:%') AS who (owed_by)""",
    "GRANT UPDATE (file) ON focus_areas TO casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
