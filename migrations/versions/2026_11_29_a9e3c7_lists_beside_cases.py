"""What is carried on beside cases, found as lists: by kind, those not over, and by what it is for."""

from alembic import op

revision = "a9e3c7"
down_revision = "c8a4e2"
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE INDEX procedures_kind_ref_idx ON procedures (kind, ref)",
    "CREATE INDEX procedures_open_idx ON procedures (kind, ref) WHERE NOT finished",
    """CREATE INDEX procedures_which_idx ON procedures
        (kind, (coalesce(file ->> 'remedy', file ->> 'agency', file ->> 'district')), ref)""",
    "DROP INDEX procedures_kind_idx",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
