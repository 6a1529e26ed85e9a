"""Somebody may see to a case while its officer is away: their tasks are the cover's until that day is over."""

from alembic import op

revision = "b7d2f4"
down_revision = "b2d7f1"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE cases ADD COLUMN cover text, ADD COLUMN cover_until date",
    """CREATE OR REPLACE VIEW tasks AS
        SELECT d.case_ref, d.key, d.due, d."row", d.owed_by, d.owed, d.noticed_at,
            CASE WHEN c.cover_until >= (now() AT TIME ZONE 'Europe/London')::date
                AND coalesce(d.owner, c.officer) IS NOT DISTINCT FROM c.officer THEN c.cover
                ELSE coalesce(d.owner, c.officer) END AS officer,
            d.section, d.edition, d.counted, d.case_ref AS about, NULL::text AS place
        FROM deadlines d JOIN cases c ON c.ref = d.case_ref
        WHERE d.ending IS NULL""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
