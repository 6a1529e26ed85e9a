"""What each case counts for measures, kept from one report to the next. It goes with the case."""

from alembic import op

revision = "d3e8b5"
down_revision = "a7d3f2"
branch_labels = None
depends_on = None

_GONE_BEFORE = "DELETE FROM mentions WHERE case_ref = asked;"
_TOLD_OF = """other.parties && gone.parties OR other.follows = gone.case_ref OR other.case_ref = gone.follows"""
_GONE_NOW = f"""UPDATE cases SET counted = -1 WHERE ref <> asked AND ref IN (
                SELECT other.case_ref FROM counted_cases gone, counted_cases other
                WHERE gone.case_ref = asked AND ({_TOLD_OF}));
            DELETE FROM counted WHERE case_ref = asked;
            DELETE FROM counted_cases WHERE case_ref = asked;
            {_GONE_BEFORE}"""  # noqa: S608 - made of what stands above

STATEMENTS = (
    "ALTER TABLE cases ADD COLUMN counted integer NOT NULL DEFAULT -1",
    """CREATE TABLE counted (
        case_ref text NOT NULL,
        measure text NOT NULL,
        number integer NOT NULL,
        first date NOT NULL,
        until date,
        value double precision NOT NULL,
        more jsonb NOT NULL,
        CONSTRAINT counted_pkey PRIMARY KEY (case_ref, measure, number)
    )""",
    "CREATE INDEX counted_measure_first_idx ON counted (measure, first) INCLUDE (value, until)",
    """CREATE TABLE counted_cases (
        case_ref text CONSTRAINT counted_cases_pkey PRIMARY KEY,
        recorded_at timestamptz,
        by jsonb NOT NULL,
        reported_at timestamptz,
        closed_at timestamptz,
        joined boolean NOT NULL,
        hate boolean NOT NULL,
        parties text[] NOT NULL,
        follows text
    )""",
    "CREATE INDEX counted_cases_recorded_at_idx ON counted_cases (recorded_at)",
    "CREATE INDEX counted_cases_parties_idx ON counted_cases USING gin (parties)",
    "CREATE INDEX counted_cases_follows_idx ON counted_cases (follows) WHERE follows IS NOT NULL",
    "CREATE TABLE counted_under (definitions text CONSTRAINT counted_under_pkey PRIMARY KEY)",
    "GRANT SELECT, INSERT, DELETE ON counted, counted_cases, counted_under TO casework_worker",
    "ALTER TABLE counted ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE counted_cases ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY carried_on ON counted TO casework_worker USING (true)",
    "CREATE POLICY carried_on ON counted_cases TO casework_worker USING (true)",
    f"""DO $do$ DECLARE before text := pg_get_functiondef('erase_case_records(text)'::regprocedure);
        BEGIN
            IF position('{_GONE_BEFORE}' IN before) = 0 THEN
                RAISE EXCEPTION 'erase_case_records is not as this migration knows it';
            END IF;
            EXECUTE replace(before, '{_GONE_BEFORE}', '{_GONE_NOW}');
        END $do$""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
