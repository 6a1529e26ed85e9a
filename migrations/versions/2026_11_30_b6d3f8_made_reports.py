"""Reports are kept as they were made, and whom they were told to."""

from alembic import op

revision = "b6d3f8"
down_revision = "c5a9e7"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE made_reports (
        id uuid CONSTRAINT made_reports_pkey PRIMARY KEY,
        digest text NOT NULL,
        kind text NOT NULL,
        first date NOT NULL,
        last date NOT NULL,
        tells boolean NOT NULL,
        asked_at timestamptz NOT NULL,
        by_id text NOT NULL,
        state text NOT NULL,
        percent integer NOT NULL,
        made_at timestamptz,
        sha256 text,
        report text,
        pdf bytea,
        published_pdf bytea
    )""",
    "ALTER TABLE made_reports ALTER COLUMN pdf SET STORAGE EXTERNAL",  # it is compressed already
    "ALTER TABLE made_reports ALTER COLUMN published_pdf SET STORAGE EXTERNAL",
    "CREATE INDEX made_reports_asked_at_id_idx ON made_reports (asked_at, id)",
    """CREATE TABLE made_report_readers (
        report_id uuid NOT NULL,
        address text NOT NULL,
        state text NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT made_report_readers_pkey PRIMARY KEY (report_id, address)
    )""",
    "GRANT SELECT, INSERT ON made_reports TO casework_app",
    "GRANT SELECT, INSERT, UPDATE ON made_reports TO casework_worker",
    "GRANT SELECT ON made_report_readers TO casework_app",
    "GRANT SELECT, INSERT, UPDATE ON made_report_readers TO casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
