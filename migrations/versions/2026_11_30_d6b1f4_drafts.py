"""What staff have begun to type into a form, for its writer alone until it is recorded."""

from alembic import op

revision = "d6b1f4"
down_revision = "a3f7c2"
branch_labels = None
depends_on = None

_GONE_BEFORE = "DELETE FROM corrections WHERE case_ref = ANY (refs);"
_GONE_NOW = f"""DELETE FROM drafts WHERE case_ref = asked OR about = ANY (refs);
            {_GONE_BEFORE}"""  # noqa: S608 - made of what stands above

STATEMENTS = (
    """CREATE TABLE drafts (
        writer text,
        key uuid,
        address text,
        fact text,
        about text,
        case_ref text CONSTRAINT drafts_case_ref_fkey REFERENCES cases (ref),
        person_id uuid CONSTRAINT drafts_person_id_fkey REFERENCES people (id) ON DELETE CASCADE,
        said jsonb,
        began_at timestamptz NOT NULL,
        kept_at timestamptz NOT NULL,
        CONSTRAINT drafts_pkey PRIMARY KEY (writer, key)
    )""",
    "CREATE INDEX drafts_kept_at_idx ON drafts (kept_at)",
    "CREATE INDEX drafts_case_ref_idx ON drafts (case_ref) WHERE case_ref IS NOT NULL",
    "CREATE INDEX drafts_about_idx ON drafts (about) WHERE about IS NOT NULL",
    "CREATE INDEX drafts_person_id_idx ON drafts (person_id) WHERE person_id IS NOT NULL",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON drafts TO casework_app",
    "GRANT SELECT (kept_at), DELETE ON drafts TO casework_worker",
    "ALTER TABLE drafts ENABLE ROW LEVEL SECURITY",
    # Nobody but its writer, not even the system itself. While they may not see what it is about they are not shown
    # it either, but by the question: they can still be rid of it.
    """CREATE POLICY theirs ON drafts TO casework_app
        USING (writer = (SELECT current_setting('casework.me', true)))""",
    "CREATE POLICY forgotten ON drafts TO casework_worker USING (true)",
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
