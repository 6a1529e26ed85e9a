"""A file that no case is found for is set aside, with a reason, and is nobody's task any more."""

from alembic import op

revision = "f3b8a6"
down_revision = "b3d9f2"
branch_labels = None
depends_on = None

_OVER = "case_ref IS NULL AND added_at < day AND state <> 'erased'"
_GONE = "state = 'erased', name = '', sha256 = '', shared_sha256 = NULL, set_aside_words = NULL"

STATEMENTS = (
    "ALTER TABLE evidence_files ADD COLUMN set_aside text, ADD COLUMN set_aside_words text",
    """CREATE TRIGGER evidence_files_are_set_aside_once BEFORE UPDATE OF set_aside, set_aside_words
        ON evidence_files FOR EACH ROW WHEN (OLD.set_aside IS NOT NULL AND NEW.state <> 'erased')
        EXECUTE FUNCTION refuse_change()""",
    "GRANT UPDATE (set_aside, set_aside_words) ON evidence_files TO casework_app",
    """CREATE OR REPLACE VIEW evidence_tasks WITH (security_invoker = true) AS
        SELECT e.case_ref, o.key, (o.value ->> 'due')::timestamptz AS due, o.value ->> 'row' AS "row",
            o.value ->> 'owed_by' AS owed_by, o.value ->> 'owed' AS owed, NULL::timestamptz AS noticed_at,
            CASE WHEN c.cover_until >= (now() AT TIME ZONE 'Europe/London')::date THEN c.cover
                ELSE c.officer END AS officer,
            o.value ->> 'section' AS section, o.value ->> 'edition' AS edition, o.value -> 'counted' AS counted,
            e.id::text AS about, NULL::text AS place
        FROM evidence_files e CROSS JOIN jsonb_each(e.owed) AS o LEFT JOIN cases c ON c.ref = e.case_ref
        WHERE e.matter IS NULL AND e.state <> 'erased' AND c.closed_at IS NULL AND e.set_aside IS NULL
            AND (o.key = 'match-evidence' OR (e.owed -> 'match-evidence' ->> 'due')::timestamptz < now())""",
    f"""CREATE OR REPLACE FUNCTION erase_evidence_of(asked text) RETURNS integer LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE gone integer;
        BEGIN
            UPDATE evidence_files SET {_GONE} WHERE case_ref = asked AND state <> 'erased';
            GET DIAGNOSTICS gone = ROW_COUNT;
            RETURN gone;
        END
    $$""",  # noqa: S608 - made of what stands above
    f"""CREATE OR REPLACE FUNCTION erase_unmatched_evidence(day date) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE gone integer;
        BEGIN
            UPDATE evidence_files SET {_GONE} WHERE {_OVER};
            GET DIAGNOSTICS gone = ROW_COUNT;
            RETURN jsonb_build_object('others', gone);
        END
    $$""",  # noqa: S608 - as above
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
