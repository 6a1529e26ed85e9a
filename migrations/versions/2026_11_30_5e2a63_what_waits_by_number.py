"""How many letters and referrals wait or are in doubt is found by index, as often as monitoring asks; and each
process may see to which release the tables belong.
"""

from alembic import op

revision = "5e2a63"
down_revision = "d7f1a6"
branch_labels = None
depends_on = None

INDEXES = {
    "letters_under_way_idx": "letters (state, composed_at) WHERE state IN ('composed', 'sending', 'in_doubt')",
    "sendings_in_doubt_idx": "sendings (changed_at) WHERE state = 'in_doubt'",
}


def upgrade() -> None:
    """Can be tried again: what an attempt that failed has left is dropped."""
    op.execute("GRANT SELECT ON alembic_version TO casework_app, casework_worker")
    with op.get_context().autocommit_block():
        for name, what in INDEXES.items():
            op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {what}")


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
