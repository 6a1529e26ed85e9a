"""A list of a ward, a category or a stage with few cases or none finds them by index. By date alone it looked
through all cases that there are.
"""

from alembic import op

revision = "b7e2d9"
down_revision = "a5d2c8"
branch_labels = None
depends_on = None

COLUMNS = ("ward", "category", "stage")


def upgrade() -> None:
    """Can be tried again: what an attempt that failed has left is dropped."""
    with op.get_context().autocommit_block():
        for column in COLUMNS:
            name = f"cases_{column}_reported_at_ref_idx"
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON cases ({column}, reported_at DESC, ref DESC)")


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
