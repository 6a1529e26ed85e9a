"""A letter says whether it went by itself, or somebody asked for it or looked at it first."""

from alembic import op

revision = "e4a7c2"
down_revision = "a6f3d8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE letters ADD COLUMN automatic boolean NOT NULL DEFAULT true")


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
