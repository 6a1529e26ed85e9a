"""Files that were sent to us, who did what with each of them, and the queue of those that no case has yet."""

from alembic import op

revision = "a6f3d8"
down_revision = "a7c4e1"
branch_labels = None
depends_on = None

_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
_SOMETHING = "(SELECT current_setting('casework.sees', true) <> '')"
_CASE = "(SELECT true FROM cases c WHERE c.ref = evidence_files.case_ref)"
_FILE = "(SELECT true FROM evidence_files f WHERE f.id = evidence_custody.file_id)"
_OVER = "case_ref IS NULL AND added_at < day AND state <> 'erased'"
_GONE = "state = 'erased', name = '', sha256 = '', shared_sha256 = NULL"

STATEMENTS = (
    """CREATE TABLE evidence_files (
        id uuid CONSTRAINT evidence_files_pkey PRIMARY KEY,
        number integer GENERATED ALWAYS AS IDENTITY,
        key uuid NOT NULL CONSTRAINT evidence_files_key_key UNIQUE,
        case_ref text,
        matter text,
        name text NOT NULL,
        media_type text NOT NULL,
        size bigint NOT NULL,
        sha256 text NOT NULL,
        state text NOT NULL,
        shared_size bigint,
        shared_sha256 text,
        not_stripped text,
        added_at timestamptz NOT NULL,
        by_id text NOT NULL,
        by_role text NOT NULL,
        owed jsonb NOT NULL,
        tended_at timestamptz,
        removed_at timestamptz
    )""",
    "CREATE INDEX evidence_files_case_ref_added_at_idx ON evidence_files (case_ref, added_at)",
    "CREATE INDEX evidence_files_added_at_idx ON evidence_files (added_at) WHERE matter IS NULL",
    """CREATE INDEX evidence_files_tended_at_idx ON evidence_files (tended_at)
        WHERE state IN ('quarantined', 'not_scanned') OR removed_at IS NULL""",
    """CREATE TABLE evidence_custody (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT evidence_custody_pkey PRIMARY KEY,
        file_id uuid NOT NULL CONSTRAINT evidence_custody_file_id_fkey REFERENCES evidence_files (id),
        at timestamptz NOT NULL,
        what text NOT NULL,
        by_id text NOT NULL,
        by_role text NOT NULL,
        found text
    )""",
    "CREATE INDEX evidence_custody_file_id_id_idx ON evidence_custody (file_id, id)",
    """CREATE TRIGGER evidence_custody_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_custody
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER evidence_files_stay BEFORE DELETE OR TRUNCATE ON evidence_files
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER evidence_files_are_what_they_were BEFORE UPDATE OF id, key, media_type, size, added_at,
        by_id, by_role ON evidence_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER evidence_files_are_only_erased BEFORE UPDATE OF name, sha256 ON evidence_files FOR EACH ROW
        WHEN (NEW.name <> '' OR NEW.sha256 <> '' OR NEW.state <> 'erased') EXECUTE FUNCTION refuse_change()""",
    """CREATE FUNCTION refuse_erasing_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_user IN ('casework_app', 'casework_worker') THEN
                RAISE EXCEPTION 'evidence is erased by an erasure that was approved'
                    USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN NEW;
        END
    $$""",
    """CREATE TRIGGER evidence_is_erased_by_erasing BEFORE UPDATE OF state ON evidence_files FOR EACH ROW
        WHEN ((NEW.state = 'erased') <> (OLD.state = 'erased')) EXECUTE FUNCTION refuse_erasing_evidence()""",
    "GRANT SELECT, INSERT ON evidence_files, evidence_custody TO casework_app",
    "GRANT SELECT ON evidence_files TO casework_worker",
    "GRANT SELECT, INSERT ON evidence_custody TO casework_worker",
    """GRANT UPDATE (case_ref, matter, state, shared_size, shared_sha256, not_stripped, tended_at, removed_at)
        ON evidence_files TO casework_worker""",
    "ALTER TABLE evidence_files ENABLE ROW LEVEL SECURITY",
    f"""CREATE POLICY seen ON evidence_files TO casework_app USING (
        {_EVERYTHING} OR CASE WHEN case_ref IS NULL THEN {_SOMETHING} ELSE {_CASE} END)""",
    "CREATE POLICY carried_on ON evidence_files TO casework_worker USING (true)",
    "ALTER TABLE evidence_custody ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY seen ON evidence_custody TO casework_app USING ({_EVERYTHING} OR {_FILE})",
    "CREATE POLICY carried_on ON evidence_custody TO casework_worker USING (true)",
    """CREATE VIEW evidence_tasks WITH (security_invoker = true) AS
        SELECT e.case_ref, o.key, (o.value ->> 'due')::timestamptz AS due, o.value ->> 'row' AS "row",
            o.value ->> 'owed_by' AS owed_by, o.value ->> 'owed' AS owed, NULL::timestamptz AS noticed_at,
            CASE WHEN c.cover_until >= (now() AT TIME ZONE 'Europe/London')::date THEN c.cover
                ELSE c.officer END AS officer,
            o.value ->> 'section' AS section, o.value ->> 'edition' AS edition, o.value -> 'counted' AS counted,
            e.id::text AS about, NULL::text AS place
        FROM evidence_files e CROSS JOIN jsonb_each(e.owed) AS o LEFT JOIN cases c ON c.ref = e.case_ref
        WHERE e.matter IS NULL AND e.state <> 'erased' AND c.closed_at IS NULL
            AND (o.key = 'match-evidence' OR (e.owed -> 'match-evidence' ->> 'due')::timestamptz < now())""",
    "GRANT SELECT ON evidence_tasks TO casework_app, casework_worker",
    f"""CREATE FUNCTION erase_evidence_of(asked text) RETURNS integer LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE gone integer;
        BEGIN
            UPDATE evidence_files SET {_GONE} WHERE case_ref = asked AND state <> 'erased';
            GET DIAGNOSTICS gone = ROW_COUNT;
            RETURN gone;
        END
    $$""",  # noqa: S608 - made of what stands above
    f"""CREATE FUNCTION erase_unmatched_evidence(day date) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE gone integer;
        BEGIN
            UPDATE evidence_files SET {_GONE} WHERE {_OVER};
            GET DIAGNOSTICS gone = ROW_COUNT;
            RETURN jsonb_build_object('others', gone);
        END
    $$""",  # noqa: S608 - as above
    "ALTER FUNCTION erase_case(text) RENAME TO erase_case_records",
    """CREATE FUNCTION erase_case(asked text) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE counted jsonb := erase_case_records(asked);
        BEGIN
            RETURN counted || jsonb_build_object('others', erase_evidence_of(asked));
        END
    $$""",
    "ALTER FUNCTION erase_from_before(text, date) RENAME TO erase_records_from_before",
    """CREATE FUNCTION erase_from_before(kind text, day date) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        BEGIN
            IF kind = 'evidence' THEN
                RETURN erase_unmatched_evidence(day);
            END IF;
            RETURN erase_records_from_before(kind, day);
        END
    $$""",
    "ALTER FUNCTION kept_from_before(text, date) RENAME TO records_kept_from_before",
    f"""CREATE FUNCTION kept_from_before(kind text, day date) RETURNS boolean LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT CASE kind WHEN 'evidence' THEN EXISTS (SELECT FROM evidence_files WHERE {_OVER})
                ELSE records_kept_from_before(kind, day) END
    $$""",  # noqa: S608 - as above
    """REVOKE EXECUTE ON FUNCTION erase_case, erase_from_before, erase_evidence_of, erase_unmatched_evidence,
        kept_from_before, refuse_erasing_evidence FROM PUBLIC""",
    "REVOKE EXECUTE ON FUNCTION records_kept_from_before FROM casework_worker",
    "GRANT EXECUTE ON FUNCTION kept_from_before TO casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
