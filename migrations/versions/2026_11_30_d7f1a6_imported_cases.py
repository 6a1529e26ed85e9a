"""Cases that were brought here from another system: each under one reference, however often it is brought."""

from alembic import op

revision = "d7f1a6"
down_revision = "e4f9c6"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE imported_cases (
        key uuid CONSTRAINT imported_cases_pkey PRIMARY KEY,
        case_ref text NOT NULL CONSTRAINT imported_cases_case_ref_key UNIQUE,
        digest text NOT NULL,
        imported_at timestamptz,
        tried_at timestamptz,
        settled_at timestamptz
    )""",
    "CREATE INDEX imported_cases_to_start_idx ON imported_cases (imported_at) WHERE settled_at IS NULL",
    "GRANT SELECT, INSERT, UPDATE ON imported_cases TO casework_worker",
    # A worker may bring people, and writes nothing else of them. Who is here stays as they are; in order of id,
    # so that two who bring the same people wait for each other once.
    """CREATE FUNCTION bring_people(new jsonb, homes jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        WITH brought AS (
            INSERT INTO people SELECT * FROM jsonb_populate_recordset(NULL::people, new) ORDER BY id
            ON CONFLICT (id) DO NOTHING RETURNING id
        )
        INSERT INTO addresses SELECT home.* FROM jsonb_populate_recordset(NULL::addresses, homes) home
            JOIN brought ON brought.id = home.person_id;
    $$""",
    "REVOKE EXECUTE ON FUNCTION bring_people FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION bring_people TO casework_worker",
    # Added to what erases a case, whatever else stands there by now.
    """DO $$
        DECLARE
            was text := pg_get_functiondef('erase_case_records(text)'::regprocedure);
            first text := 'DELETE FROM corrections WHERE case_ref = ANY (refs);';
        BEGIN
            IF position(first IN was) = 0 THEN
                RAISE EXCEPTION 'erase_case is not as it was known';
            END IF;
            EXECUTE replace(
                was, first, 'UPDATE imported_cases SET digest = '''' WHERE case_ref = asked; ' || first);
        END
    $$""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
