"""An entry of a diary that was not sent is deleted, with its files; uses of a link are told by first and last."""

from alembic import op

revision = "c5a9e7"
down_revision = "b8e1d5"
branch_labels = None
depends_on = None

_GONE = "state = 'erased', name = '', sha256 = '', shared_sha256 = NULL, set_aside_words = NULL"

STATEMENTS = (
    "GRANT DELETE ON diary_entries TO casework_app",
    """CREATE POLICY deleted_while_unsent ON diary_entries AS RESTRICTIVE FOR DELETE TO casework_app
        USING (sent_at IS NULL AND (SELECT current_setting('casework.sees', true) = '*'))""",
    f"""CREATE FUNCTION erase_files_of_diaries(asked uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
            PERFORM FROM evidence_files WHERE id = ANY (asked) ORDER BY id FOR UPDATE;
            RETURN QUERY UPDATE evidence_files e SET {_GONE}
                WHERE e.id = ANY (asked) AND e.state <> 'erased' AND e.matter IS NULL AND e.by_role = 'resident'
                AND EXISTS (SELECT FROM private_links l WHERE e.by_id = 'link:' || l.id
                    AND l.case_ref = e.case_ref AND l.purpose = 'diary')
                AND NOT EXISTS (SELECT FROM diary_entries d
                    WHERE d.case_ref = e.case_ref AND e.id = ANY (d.files))
                AND NOT EXISTS (SELECT FROM evidence_custody c WHERE c.file_id = e.id AND c.what = 'shared')
                AND NOT is_held(e.case_ref)
                RETURNING e.id;
        END
    $$""",  # noqa: S608 - made of what stands above
    "REVOKE EXECUTE ON FUNCTION erase_files_of_diaries FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION erase_files_of_diaries TO casework_app",
    "ALTER TABLE private_link_uses ADD COLUMN last_at timestamptz",
    "DROP TRIGGER private_link_uses_are_not_rewritten ON private_link_uses",
    """CREATE TRIGGER private_link_uses_are_not_rewritten BEFORE UPDATE OF id, link_id, what, at OR TRUNCATE
        ON private_link_uses FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER private_link_uses_only_last_longer BEFORE UPDATE OF last_at ON private_link_uses
        FOR EACH ROW WHEN ((NEW.last_at >= coalesce(OLD.last_at, OLD.at)) IS NOT TRUE)
        EXECUTE FUNCTION refuse_change()""",
    "GRANT UPDATE (last_at) ON private_link_uses TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
