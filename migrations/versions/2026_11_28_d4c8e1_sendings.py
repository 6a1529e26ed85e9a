"""Referrals as they went to their agency, and what came of sending them."""

from alembic import op

revision = "d4c8e1"
down_revision = "f2b9d6"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE sendings (
        id uuid CONSTRAINT sendings_pkey PRIMARY KEY,
        ref text NOT NULL CONSTRAINT sendings_ref_fkey REFERENCES procedures (ref),
        key text NOT NULL,
        channel text NOT NULL,
        state text NOT NULL,
        failure text,
        subject text NOT NULL,
        body text NOT NULL,
        pdf bytea,
        sha256 bytea NOT NULL,
        composed_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT sendings_ref_key_key UNIQUE (ref, key)
    )""",
    "GRANT SELECT, INSERT, UPDATE ON sendings TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
