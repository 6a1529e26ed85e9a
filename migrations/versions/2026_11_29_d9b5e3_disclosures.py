"""The register of disclosures. What was told before stands in it after `casework rebuild`."""

from alembic import op

revision = "d9b5e3"
down_revision = "d2f7a4"
branch_labels = None
depends_on = None

_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
_SOMETHING = "(SELECT current_setting('casework.sees', true) <> '')"
_SEEN = f"""{_EVERYTHING}
    OR (SELECT true FROM cases c WHERE c.ref = disclosures.case_ref)
    OR (SELECT true FROM procedures p WHERE p.ref = disclosures.case_ref)
    OR (case_ref IS NULL AND {_SOMETHING})"""  # noqa: S608 - made of what stands above

STATEMENTS = (
    """CREATE TABLE disclosures (
        id uuid CONSTRAINT disclosures_pkey PRIMARY KEY,
        case_ref text,
        seq integer,
        what text NOT NULL,
        at timestamptz NOT NULL,
        entered_at timestamptz NOT NULL,
        told text[] NOT NULL,
        about text[],
        gateway text,
        lawful_reason text,
        by_id text NOT NULL
    )""",
    "CREATE INDEX disclosures_case_ref_seq_idx ON disclosures (case_ref, seq)",
    "CREATE INDEX disclosures_entered_at_id_idx ON disclosures (entered_at, id)",
    "GRANT SELECT, INSERT ON disclosures TO casework_app",
    "GRANT SELECT, INSERT, DELETE ON disclosures TO casework_worker",
    "ALTER TABLE disclosures ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY seen ON disclosures TO casework_app USING ({_SEEN})",
    "CREATE POLICY carried_on ON disclosures TO casework_worker USING (true)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
