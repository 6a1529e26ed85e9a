"""When a simulation will be ready, as far as can be said from what was told first."""

from alembic import op

revision = "a61d94"
down_revision = "8c5f21"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE simulations ADD COLUMN ready_at timestamptz")


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
