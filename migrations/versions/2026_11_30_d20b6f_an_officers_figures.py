"""What cases count is shown to whoever may see them: an officer's figures are on their one-to-one."""

from alembic import op

revision = "d20b6f"
down_revision = "c47e10"
branch_labels = None
depends_on = None

_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
_CASE = "(SELECT true FROM cases c WHERE c.ref = {}.case_ref)"
TABLES = ("counted", "counted_cases")


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"GRANT SELECT ON {table} TO casework_app")
        op.execute(f"CREATE POLICY seen ON {table} TO casework_app USING ({_EVERYTHING} OR {_CASE.format(table)})")


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
