"""What is decided about how long records are kept, and the one way in which anything is erased."""

from alembic import op

revision = "d2f7a4"
down_revision = "a2d7e5"
branch_labels = None
depends_on = None

_CHAINED = "case_ref, seq, fact_id, fact, at, recorded_at, by_id, by_role, commitment, previous, hash"
_OF_NOTE = "id, about, seq, fact, at, recorded_at, by_id, by_role"

_COUNTED = (
    "'ref', 'edition', 'closure_days', 'seq', 'last_recorded_at', 'reported_at', 'categories', 'serious_since',"
    " 'ward', 'officer', 'closed_at', 'closing', 'case', 'cases', 'stage', 'remedy', 'agency', 'outcome',"
    " 'ended', 'begun_at', 'reached_at', 'sent_at', 'decided_on', 'district', 'asked_at', 'decided_at', 'met',"
    " 'not_met_at', 'outcomes'"
)
"""What statistics are made of: codes, days, counts and references, of the file of a case or beside one."""

_GONE_OF_JOURNAL = """UPDATE journal SET digest = '',
        content = jsonb_build_object('fact', fact, 'at', content -> 'at') WHERE """

STATEMENTS = (
    """CREATE TABLE retention (
        id uuid CONSTRAINT retention_pkey PRIMARY KEY,
        ref text NOT NULL CONSTRAINT retention_ref_key UNIQUE,
        kind text,
        state text NOT NULL,
        last date,
        file jsonb NOT NULL
    )""",
    "CREATE INDEX retention_state_last_ref_idx ON retention (state, last, ref)",
    "GRANT SELECT, INSERT ON retention TO casework_app, casework_worker",
    "GRANT UPDATE (kind, state, last, file) ON retention TO casework_app, casework_worker",
    "GRANT INSERT ON journal TO casework_worker",
    "ALTER TABLE journal ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY recorded ON journal TO casework_app USING (true)",
    "CREATE POLICY carried_on ON journal FOR SELECT TO casework_worker USING (true)",
    """CREATE POLICY kept ON journal FOR INSERT TO casework_worker
        WITH CHECK (fact IN ('erasure_proposed', 'erased') AND by_role = 'system')""",
    """CREATE TABLE corrections (
        id uuid CONSTRAINT corrections_pkey PRIMARY KEY,
        case_ref text NOT NULL,
        seq integer NOT NULL,
        at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL,
        by_id text NOT NULL,
        by_role text NOT NULL,
        digest text NOT NULL,
        wrong text NOT NULL,
        "right" text NOT NULL,
        CONSTRAINT corrections_case_ref_seq_fkey FOREIGN KEY (case_ref, seq) REFERENCES timeline (case_ref, seq)
    )""",
    "CREATE INDEX corrections_case_ref_idx ON corrections (case_ref)",
    """CREATE TRIGGER corrections_are_not_rewritten BEFORE UPDATE OR TRUNCATE ON corrections
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    "GRANT SELECT, INSERT ON corrections TO casework_app",
    "GRANT SELECT ON corrections TO casework_worker",
    "ALTER TABLE corrections ENABLE ROW LEVEL SECURITY",
    """CREATE POLICY seen ON corrections TO casework_app USING (
        (SELECT current_setting('casework.sees', true) = '*')
        OR (SELECT true FROM cases c WHERE c.ref = corrections.case_ref))""",
    "CREATE POLICY carried_on ON corrections TO casework_worker USING (true)",
    "DROP TRIGGER timeline_is_append_only ON timeline",
    f"""CREATE TRIGGER timeline_is_append_only BEFORE UPDATE OF {_CHAINED} OR DELETE OR TRUNCATE ON timeline
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER timeline_digest_is_only_erased BEFORE UPDATE OF digest ON timeline
        FOR EACH ROW WHEN (NEW.digest <> '') EXECUTE FUNCTION refuse_change()""",
    "DROP TRIGGER journal_is_append_only ON journal",
    f"""CREATE TRIGGER journal_is_append_only BEFORE UPDATE OF {_OF_NOTE} OR DELETE OR TRUNCATE ON journal
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER journal_is_only_erased BEFORE UPDATE OF digest, content ON journal FOR EACH ROW
        WHEN (NEW.digest <> '' OR NEW.content <> jsonb_build_object('fact', OLD.fact, 'at', OLD.content -> 'at'))
        EXECUTE FUNCTION refuse_change()""",
    f"""CREATE FUNCTION only_counted(whole jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
        SELECT coalesce(jsonb_object_agg(key, value), '{{}}') FROM jsonb_each(whole) WHERE key IN ({_COUNTED})
    $$""",  # noqa: S608 - made of what stands above
    """CREATE FUNCTION erasure_is_approved(asked text) RETURNS boolean LANGUAGE sql STABLE
        SET search_path = public, pg_temp AS $$
            SELECT coalesce((SELECT j.fact = 'erasure_approved' AND j.by_role IN ('supervisor', 'manager')
                FROM retention r JOIN journal j ON j.about = r.id
                WHERE r.ref = asked ORDER BY j.seq DESC LIMIT 1), false)
    $$""",
    """CREATE FUNCTION erase_person_rows(asked uuid) RETURNS void LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE homes uuid[] := ARRAY(SELECT tenancy_id FROM household WHERE person_id = asked);
        BEGIN
            DELETE FROM household WHERE person_id = asked;
            DELETE FROM addresses WHERE person_id = asked;
            DELETE FROM changes WHERE about = asked;
            DELETE FROM people WHERE id = asked;
            homes := ARRAY(SELECT one FROM unnest(homes) AS one
                WHERE NOT EXISTS (SELECT FROM household WHERE tenancy_id = one));
            DELETE FROM changes WHERE about = ANY (homes);
            DELETE FROM tenancies WHERE id = ANY (homes);
        END
    $$""",
    """CREATE FUNCTION erase_person(asked uuid) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        BEGIN
            IF EXISTS (SELECT FROM case_people WHERE person_id = asked) OR EXISTS (
                SELECT FROM household h JOIN tenancies t ON t.id = h.tenancy_id WHERE h.person_id = asked
                AND coalesce(h.until, t.ends, 'infinity'::date) > current_date) THEN
                RAISE EXCEPTION 'they are on a case or in a tenancy' USING ERRCODE = 'insufficient_privilege';
            END IF;
            PERFORM erase_person_rows(asked);
            RETURN jsonb_build_object('people', 1);
        END
    $$""",
    f"""CREATE FUNCTION erase_case(asked text) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE
            refs text[] := ARRAY(SELECT asked UNION SELECT ref FROM procedures WHERE case_ref = asked);
            known uuid[] := ARRAY(SELECT DISTINCT person_id FROM case_people
                WHERE case_ref = asked AND person_id IS NOT NULL);
            entries integer;
            written integer;
            sent integer;
        BEGIN
            IF EXISTS (SELECT FROM cases WHERE ref = asked AND closed_at IS NULL)
                OR EXISTS (SELECT FROM procedures WHERE ref = ANY (refs) AND NOT finished) THEN
                RAISE EXCEPTION 'something of this is not over' USING ERRCODE = 'insufficient_privilege';
            END IF;
            DELETE FROM corrections WHERE case_ref = ANY (refs);
            DELETE FROM timeline_content WHERE case_ref = ANY (refs);
            GET DIAGNOSTICS entries = ROW_COUNT;
            UPDATE timeline SET digest = '' WHERE case_ref = ANY (refs);
            DELETE FROM mentions WHERE case_ref = asked;
            DELETE FROM case_people WHERE case_ref = asked;
            DELETE FROM links WHERE case_ref = asked;
            DELETE FROM reports WHERE case_ref = asked;
            DELETE FROM applications WHERE ref = ANY (refs);
            UPDATE letters SET subject = '', body = '', pdf = '', sha256 = '' WHERE case_ref = asked;
            GET DIAGNOSTICS written = ROW_COUNT;
            UPDATE sendings SET subject = '', body = '', pdf = NULL, sha256 = '' WHERE ref = ANY (refs);
            GET DIAGNOSTICS sent = ROW_COUNT;
            UPDATE cases SET opening = only_counted(opening), file = only_counted(file), admitted = '{{}}',
                emergency = '{{}}' WHERE ref = asked;
            UPDATE procedures SET opening = only_counted(opening), file = only_counted(file)
                WHERE ref = ANY (refs);
            {_GONE_OF_JOURNAL} id IN (SELECT left(f.id, 36)::uuid FROM findings f WHERE f.case_ref = asked);
            UPDATE findings SET "where" = '', words = '', ended_words = NULL WHERE case_ref = asked;
            {_GONE_OF_JOURNAL} about IN (SELECT id FROM case_access WHERE case_ref = asked);
            DELETE FROM case_access WHERE case_ref = asked;
            UPDATE disclosures SET about = NULL WHERE case_ref = ANY (refs);
            PERFORM erase_person_rows(one) FROM unnest(known) AS one
                WHERE NOT EXISTS (SELECT FROM case_people WHERE person_id = one)
                AND NOT EXISTS (SELECT FROM household WHERE person_id = one);
            RETURN jsonb_build_object('entries', entries, 'letters', written + sent, 'people', (SELECT count(*)
                FROM unnest(known) AS one WHERE NOT EXISTS (SELECT FROM people WHERE id = one)));
        END
    $$""",  # noqa: S608 - made of what stands above
    f"""CREATE FUNCTION erase_from_before(kind text, day date) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE others integer := 0;
        BEGIN
            IF kind = 'lettings_check' THEN
                DELETE FROM lettings_checks WHERE asked_at < day;
                GET DIAGNOSTICS others = ROW_COUNT;
            ELSIF kind = 'staff_name' THEN
                DELETE FROM signed_in s USING staff t WHERE s.subject = t.subject AND t.signed_in_at < day;
                DELETE FROM staff WHERE signed_in_at < day;
                GET DIAGNOSTICS others = ROW_COUNT;
            ELSIF kind = 'finding' THEN
                UPDATE findings SET "where" = '', words = '', ended_words = NULL
                    WHERE settled_at < day AND case_ref IS NULL AND words <> '';
                GET DIAGNOSTICS others = ROW_COUNT;
                {_GONE_OF_JOURNAL} digest <> '' AND recorded_at < day
                    AND (fact = 'finding_ended' OR (fact = 'place_inspected' AND NOT EXISTS (
                        SELECT FROM findings f WHERE left(f.id, 36) = journal.id::text AND f.words <> '')));
            ELSE
                RAISE EXCEPTION 'nothing of that kind is erased so' USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN jsonb_build_object('others', others);
        END
    $$""",  # noqa: S608 - made of what stands above
    """CREATE FUNCTION erase(asked text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
            IF NOT erasure_is_approved(asked) THEN
                RAISE EXCEPTION 'nobody has approved this' USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN CASE
                WHEN asked ~ '^C[WR]-' THEN erase_case(asked)
                WHEN asked ~ '^[a-z_]+:' THEN
                    erase_from_before(split_part(asked, ':', 1), split_part(asked, ':', 2)::date)
                ELSE erase_person(asked::uuid) END;
        END
    $$""",
    """CREATE FUNCTION kept_from_before(kind text, day date) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
            SELECT CASE kind
                WHEN 'lettings_check' THEN EXISTS (SELECT FROM lettings_checks WHERE asked_at < day)
                WHEN 'staff_name' THEN EXISTS (SELECT FROM staff WHERE signed_in_at < day)
                WHEN 'finding' THEN EXISTS (
                    SELECT FROM findings WHERE settled_at < day AND case_ref IS NULL AND words <> '')
                ELSE false END
    $$""",
    """REVOKE EXECUTE ON FUNCTION erase, erase_case, erase_person, erase_person_rows, erase_from_before,
        erasure_is_approved, kept_from_before FROM PUBLIC""",
    "GRANT EXECUTE ON FUNCTION erase, kept_from_before TO casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
