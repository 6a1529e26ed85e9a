"""An import writes down who may see a case, in the transaction that brings it and never after."""

from alembic import op

revision = "a5d2c8"
down_revision = "c4a7f9"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE POLICY brought ON journal FOR INSERT TO casework_worker
        WITH CHECK (fact IN ('access_restricted', 'restriction_reviewed', 'access_opened', 'staff_admitted',
            'admission_ended', 'conflict_declared', 'conflict_ended')
            AND EXISTS (SELECT FROM case_access a JOIN imported_cases i ON i.case_ref = a.case_ref
                WHERE a.id = journal.about AND i.imported_at IS NULL))""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
