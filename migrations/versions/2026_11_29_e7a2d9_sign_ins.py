"""Staff as they last signed in, and their sign-ins."""

from alembic import op

revision = "e7a2d9"
down_revision = "b4d8f1"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE staff (
        subject text CONSTRAINT staff_pkey PRIMARY KEY,
        name text,
        groups text[] NOT NULL,
        signed_in_at timestamptz NOT NULL
    )""",
    """CREATE TABLE signed_in (
        id bytea CONSTRAINT signed_in_pkey PRIMARY KEY,
        subject text NOT NULL CONSTRAINT signed_in_subject_fkey REFERENCES staff (subject),
        provider_session text,
        began_at timestamptz NOT NULL,
        used_at timestamptz NOT NULL
    )""",
    "CREATE INDEX signed_in_subject_idx ON signed_in (subject)",
    "CREATE INDEX signed_in_provider_session_idx ON signed_in (provider_session)",
    """CREATE TABLE signing_in (
        id bytea CONSTRAINT signing_in_pkey PRIMARY KEY,
        goes_to text NOT NULL,
        began_at timestamptz NOT NULL
    )""",
    "GRANT SELECT, INSERT, UPDATE ON staff TO casework_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON signed_in TO casework_app",
    "GRANT SELECT, INSERT, DELETE ON signing_in TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
