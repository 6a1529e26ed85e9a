"""What is counted, listed and published is found by index: built while others go on recording."""

from alembic import op

revision = "e4f9c6"
down_revision = "f1a8c6"
branch_labels = None
depends_on = None

INDEXES = {
    "cases_to_count_idx": "cases (ref) WHERE counted <> seq",
    "cases_counted_idx": """cases (reported_at) INCLUDE (ward, category, hate)
        WHERE seq > 0 AND file -> 'joined' ->> 'into' IS NULL AND file ->> 'closing' IS DISTINCT FROM 'joined'""",
    "timeline_began_idx": "timeline (recorded_at) WHERE seq = 1",
    "timeline_publicity_given_out_idx": "timeline (at) WHERE fact = 'publicity_given_out'",
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
