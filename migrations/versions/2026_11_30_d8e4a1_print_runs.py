"""Which letters were printed together. What they say stays with the letters."""

from alembic import op

revision = "d8e4a1"
down_revision = "c7d3f9"
branch_labels = None
depends_on = None

_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
_SOMETHING = "(SELECT current_setting('casework.sees', true) <> '')"
_CASE = "(SELECT true FROM cases c WHERE c.ref = print_run_letters.case_ref)"

STATEMENTS = (
    """CREATE TABLE print_runs (
        id uuid CONSTRAINT print_runs_pkey PRIMARY KEY,
        digest text NOT NULL,
        made_at timestamptz NOT NULL,
        by_id text NOT NULL,
        sha256 bytea NOT NULL
    )""",
    "CREATE INDEX print_runs_made_at_id_idx ON print_runs (made_at, id)",
    """CREATE TABLE print_run_letters (
        run_id uuid NOT NULL CONSTRAINT print_run_letters_run_id_fkey REFERENCES print_runs (id),
        letter_id uuid NOT NULL CONSTRAINT print_run_letters_letter_id_fkey REFERENCES letters (id),
        case_ref text NOT NULL,
        number integer,
        CONSTRAINT print_run_letters_pkey PRIMARY KEY (run_id, letter_id)
    )""",
    """CREATE UNIQUE INDEX print_run_letters_letter_id_idx ON print_run_letters (letter_id)
        WHERE number IS NOT NULL""",
    "CREATE INDEX letters_to_post_idx ON letters (composed_at, id) WHERE state = 'to_post'",
    "GRANT SELECT, INSERT ON print_runs, print_run_letters TO casework_app",
    "GRANT SELECT ON print_runs, print_run_letters TO casework_worker",
    "ALTER TABLE print_runs ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE print_run_letters ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY seen ON print_runs TO casework_app USING ({_SOMETHING})",
    f"CREATE POLICY seen ON print_run_letters TO casework_app USING ({_EVERYTHING} OR {_CASE})",
    "CREATE POLICY carried_on ON print_runs TO casework_worker USING (true)",
    "CREATE POLICY carried_on ON print_run_letters TO casework_worker USING (true)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
