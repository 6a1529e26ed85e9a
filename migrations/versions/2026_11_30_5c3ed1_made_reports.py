"""Reports as they were made."""

from alembic import op

revision = "5c3ed1"
down_revision = "c5a9e7"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE made_reports (
        id text CONSTRAINT made_reports_pkey PRIMARY KEY,
        kind text NOT NULL,
        first date NOT NULL,
        last date NOT NULL,
        made_at timestamptz,
        figures jsonb
    )""",
    "GRANT SELECT ON made_reports TO casework_app",
    "GRANT SELECT, INSERT, UPDATE ON made_reports TO casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
