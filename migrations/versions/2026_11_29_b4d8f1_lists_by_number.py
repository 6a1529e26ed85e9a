"""Lists of what is carried on beside cases go by number: `-6` before `-26`."""

from alembic import op

revision = "b4d8f1"
down_revision = "a9e3c7"
branch_labels = None
depends_on = None

_BY_NUMBER = "coalesce(case_ref, ref), length(ref), ref"

STATEMENTS = (
    "DROP INDEX procedures_kind_ref_idx, procedures_open_idx, procedures_which_idx",
    f"CREATE INDEX procedures_kind_ref_idx ON procedures (kind, {_BY_NUMBER})",
    f"CREATE INDEX procedures_open_idx ON procedures (kind, {_BY_NUMBER}) WHERE NOT finished",
    f"""CREATE INDEX procedures_which_idx ON procedures
        (kind, coalesce(file ->> 'remedy', file ->> 'agency', file ->> 'district'), {_BY_NUMBER})""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
