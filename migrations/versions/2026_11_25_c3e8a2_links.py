"""Which cases are linked, from either side."""

from alembic import op

revision = "c3e8a2"
down_revision = "e5c1d8"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE links (
        case_ref text NOT NULL CONSTRAINT links_case_ref_fkey REFERENCES cases (ref),
        other text NOT NULL,
        tie text NOT NULL,
        CONSTRAINT links_pkey PRIMARY KEY (case_ref, other, tie)
    )
    """,
    "CREATE INDEX links_other_idx ON links (other)",
    "GRANT SELECT, INSERT, DELETE ON links TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
