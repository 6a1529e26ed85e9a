"""How often each of those whom we count has come of late. Not worth a log: after a crash counting begins anew."""

from alembic import op

revision = "c5e2a8"
down_revision = "e7a2d9"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE UNLOGGED TABLE rate_limits (
        key bytea CONSTRAINT rate_limits_pkey PRIMARY KEY,
        used_until timestamptz NOT NULL
    )""",
    "CREATE INDEX rate_limits_used_until_idx ON rate_limits (used_until)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limits TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
