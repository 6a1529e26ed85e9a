"""What is carried on beside a case, with a timeline and a ledger of its own. Recording sees to it that these stand
under a reference that there is: of a case, or of one of these.
"""

from alembic import op

revision = "f2b9d6"
down_revision = "b7d2f4"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE procedures (
        ref text CONSTRAINT procedures_pkey PRIMARY KEY,
        kind text NOT NULL,
        case_ref text CONSTRAINT procedures_case_ref_fkey REFERENCES cases (ref),
        seq integer NOT NULL,
        head bytea NOT NULL,
        opening jsonb NOT NULL,
        file jsonb NOT NULL,
        stage text NOT NULL,
        finished boolean NOT NULL,
        next_due timestamptz
    )""",
    "CREATE INDEX procedures_case_ref_idx ON procedures (case_ref)",
    "CREATE INDEX procedures_next_due_idx ON procedures (next_due)",
    "ALTER TABLE timeline DROP CONSTRAINT timeline_case_ref_fkey",
    "ALTER TABLE deadlines DROP CONSTRAINT deadlines_case_ref_fkey",
    """CREATE VIEW procedure_tasks AS
        SELECT p.case_ref, d.key, d.due, d."row", d.owed_by, d.owed, d.noticed_at,
            CASE WHEN c.cover_until >= (now() AT TIME ZONE 'Europe/London')::date
                AND coalesce(d.owner, c.officer) IS NOT DISTINCT FROM c.officer THEN c.cover
                ELSE coalesce(d.owner, c.officer) END AS officer,
            d.section, d.edition, d.counted, d.case_ref AS about, NULL::text AS place
        FROM deadlines d JOIN procedures p ON p.ref = d.case_ref LEFT JOIN cases c ON c.ref = p.case_ref
        WHERE d.ending IS NULL""",
    "GRANT SELECT, INSERT, UPDATE ON procedures TO casework_app",
    "GRANT SELECT ON procedure_tasks TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
