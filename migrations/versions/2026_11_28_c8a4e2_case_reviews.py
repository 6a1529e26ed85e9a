"""What somebody asked for that is carried on beside cases, kept before it begins; and which cases it is about."""

from alembic import op

revision = "c8a4e2"
down_revision = "d4c8e1"
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE SEQUENCE case_review_number",
    """CREATE TABLE applications (
        id uuid CONSTRAINT applications_pkey PRIMARY KEY,
        ref text NOT NULL CONSTRAINT applications_ref_fkey REFERENCES procedures (ref),
        digest text NOT NULL,
        entry jsonb NOT NULL,
        received_at timestamptz NOT NULL,
        tried_at timestamptz NOT NULL
    )""",
    "CREATE INDEX applications_ref_idx ON applications (ref)",
    "CREATE INDEX procedures_not_begun_idx ON procedures (ref) WHERE seq = 0",
    "CREATE INDEX procedures_kind_idx ON procedures (kind)",
    "CREATE INDEX procedures_cases_idx ON procedures USING gin ((file -> 'cases'))",
    "GRANT USAGE ON SEQUENCE case_review_number TO casework_app",
    "GRANT SELECT, INSERT, UPDATE ON applications TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
