"""The board reads open cases alone, however many have closed."""

from alembic import op

revision = "a3f7c2"
down_revision = "c2a9d4"
branch_labels = None
depends_on = None

STATEMENTS = ("CREATE INDEX cases_open_idx ON cases (next_due, ref) WHERE closed_at IS NULL",)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
