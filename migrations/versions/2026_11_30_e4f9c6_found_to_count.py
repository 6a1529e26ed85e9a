"""Cases of which there is more to count, and those that closed since: found while others go on recording."""

from alembic import op

revision = "e4f9c6"
down_revision = "f1a8c6"
branch_labels = None
depends_on = None

INDEXES = {
    "cases_to_count_idx": "cases (ref) WHERE counted <> seq",
    "cases_closed_at_idx": "cases (closed_at) INCLUDE (reported_at, ref)",
}


def upgrade() -> None:
    """Can be tried again: what an attempt that failed has left is dropped."""
    with op.get_context().autocommit_block():
        for name, what in INDEXES.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {what}")


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
