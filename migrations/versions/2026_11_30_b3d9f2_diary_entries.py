"""Diaries that residents keep on our page until they send them."""

from alembic import op

revision = "b3d9f2"
down_revision = "e4a7c2"
branch_labels = None
depends_on = None

_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
_CASE = "(SELECT true FROM cases c WHERE c.ref = diary_entries.case_ref)"

_GONE_BEFORE = "DELETE FROM private_links WHERE case_ref = asked;"
_GONE_NOW = f"""DELETE FROM diary_entries WHERE case_ref = asked;
            {_GONE_BEFORE}"""  # noqa: S608 - made of what stands above

STATEMENTS = (
    """CREATE TABLE diary_entries (
        id uuid CONSTRAINT diary_entries_pkey PRIMARY KEY,
        case_ref text NOT NULL CONSTRAINT diary_entries_case_ref_fkey REFERENCES cases (ref),
        matter text NOT NULL,
        link_id uuid NOT NULL CONSTRAINT diary_entries_link_id_fkey REFERENCES private_links (id),
        day date,
        hour text,
        words text NOT NULL,
        others text,
        felt text,
        files uuid[] NOT NULL,
        kept_at timestamptz NOT NULL,
        sent_at timestamptz
    )""",
    "CREATE INDEX diary_entries_case_ref_idx ON diary_entries (case_ref, matter)",
    "CREATE INDEX diary_entries_link_id_idx ON diary_entries (link_id)",
    """CREATE TRIGGER diary_entries_are_not_rewritten_once_sent BEFORE UPDATE ON diary_entries FOR EACH ROW
        WHEN (OLD.sent_at IS NOT NULL) EXECUTE FUNCTION refuse_change()""",
    "GRANT SELECT, INSERT ON diary_entries TO casework_app",
    "GRANT UPDATE (day, hour, words, others, felt, files, kept_at, sent_at) ON diary_entries TO casework_app",
    "GRANT SELECT ON diary_entries TO casework_worker",
    "ALTER TABLE diary_entries ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY seen ON diary_entries TO casework_app USING ({_EVERYTHING} OR {_CASE})",
    "CREATE POLICY carried_on ON diary_entries TO casework_worker USING (true)",
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
