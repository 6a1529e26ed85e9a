"""Simulations: past cases told again under a proposed edition, made in the background and kept for some days."""

from alembic import op

revision = "a7d3f2"
down_revision = "b6d3f8"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE simulations (
        id uuid CONSTRAINT simulations_pkey PRIMARY KEY,
        digest text NOT NULL,
        name text NOT NULL,
        title text NOT NULL,
        edition text NOT NULL,
        first date NOT NULL,
        last date NOT NULL,
        asked_at timestamptz NOT NULL,
        by_id text NOT NULL,
        state text NOT NULL,
        percent integer NOT NULL,
        made_at timestamptz,
        account jsonb
    )""",
    "CREATE INDEX simulations_asked_at_idx ON simulations (asked_at)",
    "GRANT SELECT, INSERT ON simulations TO casework_app",
    "GRANT SELECT, UPDATE, DELETE ON simulations TO casework_worker",
    # Added to what erases a case, whatever else stands there by now: what names it goes, and can be made again.
    """DO $$
        DECLARE
            was text := pg_get_functiondef('erase_case_records(text)'::regprocedure);
            first text := 'DELETE FROM packs WHERE case_ref = asked;';
            more text := 'DELETE FROM simulations WHERE position(asked IN account::text) > 0; ';
        BEGIN
            IF position(first IN was) = 0 THEN
                RAISE EXCEPTION 'erase_case_records is not as it was known';
            END IF;
            EXECUTE replace(was, first, more || first);
        END
    $$""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
