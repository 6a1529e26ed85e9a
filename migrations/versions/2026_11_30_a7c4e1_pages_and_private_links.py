"""Reports being written on our page."""

from alembic import op

revision = "a7c4e1"
down_revision = "c7d3f9"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE report_drafts (
        id bytea CONSTRAINT report_drafts_pkey PRIMARY KEY,
        sealed bytea NOT NULL,
        used_at timestamptz NOT NULL
    )""",
    "CREATE INDEX report_drafts_used_at_idx ON report_drafts (used_at)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON report_drafts TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
