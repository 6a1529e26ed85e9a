"""Each occurrence of a deadline has its own line, and a deadline may be somebody's own."""

from alembic import op

revision = "e5c1d8"
down_revision = "a1c4e8"
branch_labels = None
depends_on = None

STATEMENTS = (
    "DROP VIEW tasks",
    # A projection: `casework rebuild` makes it anew from the timeline.
    "DELETE FROM deadlines",
    "ALTER TABLE deadlines DROP CONSTRAINT deadlines_pkey",
    """ALTER TABLE deadlines
        ADD COLUMN since integer NOT NULL,
        ADD COLUMN owner text,
        ADD COLUMN met_by text[] NOT NULL,
        ADD COLUMN moved_to timestamptz,
        ADD CONSTRAINT deadlines_pkey PRIMARY KEY (case_ref, key, since)""",
    """CREATE VIEW tasks AS
        SELECT d.case_ref, d.key, d.due, d."row", d.owed_by, d.owed, d.noticed_at,
            coalesce(d.owner, c.officer) AS officer
        FROM deadlines d JOIN cases c ON c.ref = d.case_ref
        WHERE d.ending IS NULL""",
    "GRANT SELECT ON tasks TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
