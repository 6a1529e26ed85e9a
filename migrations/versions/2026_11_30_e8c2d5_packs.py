"""Packs: a case as one document for a court, the Ombudsman or somebody who asks. They go with the case."""

from alembic import op

revision = "e8c2d5"
down_revision = "d8e4a1"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE packs (
        id uuid CONSTRAINT packs_pkey PRIMARY KEY,
        case_ref text NOT NULL,
        digest text NOT NULL,
        reader text NOT NULL,
        about text,
        ground text NOT NULL,
        purpose text NOT NULL,
        until jsonb NOT NULL,
        asked_at timestamptz NOT NULL,
        by_id text NOT NULL,
        by_role text NOT NULL,
        state text NOT NULL,
        percent integer NOT NULL,
        made_at timestamptz,
        sha256 text,
        pdf bytea
    )""",
    "ALTER TABLE packs ALTER COLUMN pdf SET STORAGE EXTERNAL",  # it is compressed already
    "CREATE INDEX packs_case_ref_asked_at_idx ON packs (case_ref, asked_at)",
    "CREATE INDEX packs_asked_at_idx ON packs (asked_at)",
    "GRANT SELECT, INSERT ON packs TO casework_app",
    "GRANT SELECT, UPDATE, DELETE ON packs TO casework_worker",
    "ALTER TABLE packs ENABLE ROW LEVEL SECURITY",
    """CREATE POLICY seen ON packs TO casework_app
        USING ((SELECT true FROM cases c WHERE c.ref = packs.case_ref))""",
    "CREATE POLICY carried_on ON packs TO casework_worker USING (true)",
    # Added to what erases a case, whatever else stands there by now.
    """DO $$
        DECLARE
            was text := pg_get_functiondef('erase_case(text)'::regprocedure);
            first text := 'DELETE FROM corrections WHERE case_ref = ANY (refs);';
        BEGIN
            IF position(first IN was) = 0 THEN
                RAISE EXCEPTION 'erase_case is not as it was known';
            END IF;
            EXECUTE replace(was, first, 'DELETE FROM packs WHERE case_ref = asked; ' || first);
        END
    $$""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
