"""The board reads open cases alone, however many have closed."""

from alembic import op

revision = "a7d3e9"
down_revision = "c9f4b7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX cases_open_idx ON cases (ref) WHERE closed_at IS NULL")


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
