"""The policy's own review, and who owes it; a missed inspection goes up once it is noticed; a day's new cases."""

from alembic import op

revision = "6a9eff"
down_revision = "d3e8b5"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE policy_review (
        id uuid CONSTRAINT policy_review_pkey PRIMARY KEY,
        file jsonb NOT NULL
    )""",
    """CREATE VIEW policy_tasks AS
        SELECT NULL::text AS case_ref, o.key, (o.value ->> 'due')::timestamptz AS due, o.value ->> 'row' AS "row",
            o.value ->> 'owed_by' AS owed_by, o.value ->> 'owed' AS owed,
            (o.value ->> 'noticed_at')::timestamptz AS noticed_at, o.value ->> 'owner' AS officer,
            o.value ->> 'section' AS section, o.value ->> 'edition' AS edition, o.value -> 'counted' AS counted,
            r.id::text AS about, NULL::text AS place
        FROM policy_review r CROSS JOIN jsonb_each(r.file -> 'owed') AS o""",
    "GRANT SELECT ON policy_tasks TO casework_app",
    "GRANT SELECT, INSERT, UPDATE ON policy_review TO casework_app, casework_worker",
    "ALTER TABLE place_deadlines ADD COLUMN noticed_at timestamptz",
    """CREATE OR REPLACE VIEW place_tasks AS
        SELECT NULL::text AS case_ref, d.key, d.due, d."row", d.owed_by, d.owed, d.noticed_at,
            p.officer, d.section, d.edition, d.counted, p.id::text AS about, p.name AS place
        FROM place_deadlines d JOIN places p ON p.id = d.place_id
        WHERE d.ending IS NULL""",
    """CREATE INDEX place_deadlines_unnoticed_idx ON place_deadlines (due)
        WHERE ending IS NULL AND noticed_at IS NULL""",
    "GRANT SELECT, INSERT, UPDATE ON place_deadlines TO casework_worker",
    "GRANT SELECT, UPDATE (officer, ended_at, file) ON places TO casework_worker",
    """ALTER POLICY kept ON journal WITH CHECK (by_role = 'system' AND fact IN
        ('erasure_proposed', 'erasure_lapsed', 'erased', 'policy_review_reminded', 'deadline_missed'))""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
