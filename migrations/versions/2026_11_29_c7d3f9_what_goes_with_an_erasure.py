"""Looks at records, prevention work and disclosures have their time as well, running tenancies stay, and nothing
is added to a record while it goes.
"""

from alembic import op

revision = "c7d3f9"
down_revision = "b9e2c6"
branch_labels = None
depends_on = None

_GONE_OF_JOURNAL = """UPDATE journal SET digest = '',
        content = jsonb_build_object('fact', fact, 'at', content -> 'at') WHERE digest <> '' AND """

_FINDINGS = "settled_at < day AND case_ref IS NULL AND words <> ''"
_NOTHING_FOUND = """fact = 'place_inspected' AND digest <> '' AND recorded_at < day
    AND jsonb_array_length(content -> 'findings') = 0"""
_WORK = """coalesce(ends, CASE WHEN result IS NOT NULL THEN starts END) < day AND title <> ''
    AND NOT EXISTS (SELECT FROM journal j WHERE j.about = prevention_work.id AND j.recorded_at >= day)"""
_TOLD = """entered_at < day AND (case_ref IS NULL OR EXISTS (SELECT FROM retention r WHERE r.state = 'erased'
    AND r.ref = coalesce((SELECT p.case_ref FROM procedures p WHERE p.ref = disclosures.case_ref),
        disclosures.case_ref)))"""

STATEMENTS = (
    """CREATE OR REPLACE FUNCTION erase_person_rows(asked uuid) RETURNS void LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE homes uuid[] := ARRAY(SELECT tenancy_id FROM household WHERE person_id = asked);
        BEGIN
            DELETE FROM household WHERE person_id = asked;
            DELETE FROM addresses WHERE person_id = asked;
            DELETE FROM changes WHERE about = asked;
            DELETE FROM people WHERE id = asked;
            homes := ARRAY(SELECT id FROM tenancies WHERE id = ANY (homes) AND ends <= current_date
                AND NOT EXISTS (SELECT FROM household WHERE tenancy_id = tenancies.id));
            DELETE FROM changes WHERE about = ANY (homes);
            DELETE FROM tenancies WHERE id = ANY (homes);
        END
    $$""",
    """CREATE OR REPLACE FUNCTION erase_person(asked uuid) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        BEGIN
            PERFORM FROM people WHERE id = asked FOR UPDATE;
            IF EXISTS (SELECT FROM case_people WHERE person_id = asked) OR EXISTS (
                SELECT FROM household h JOIN tenancies t ON t.id = h.tenancy_id WHERE h.person_id = asked
                AND coalesce(h.until, t.ends, 'infinity'::date) > current_date) THEN
                RAISE EXCEPTION 'they are on a case or in a tenancy' USING ERRCODE = 'insufficient_privilege';
            END IF;
            PERFORM erase_person_rows(asked);
            RETURN jsonb_build_object('people', 1);
        END
    $$""",
    f"""CREATE OR REPLACE FUNCTION erase_case(asked text) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE
            refs text[];
            known uuid[];
            entries integer;
            written integer;
            sent integer;
        BEGIN
            PERFORM FROM cases WHERE ref = asked FOR UPDATE;
            PERFORM FROM procedures WHERE ref = asked OR case_ref = asked ORDER BY ref FOR UPDATE;
            refs := ARRAY(SELECT asked UNION SELECT ref FROM procedures WHERE case_ref = asked);
            known := ARRAY(SELECT id FROM people WHERE id IN (SELECT person_id FROM case_people
                WHERE case_ref = asked) ORDER BY id FOR UPDATE);
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
                conflicts = '{{}}', emergency = '{{}}' WHERE ref = asked;
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
    f"""CREATE OR REPLACE FUNCTION erase_from_before(kind text, day date) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE
            others integer := 0;
            more integer := 0;
            gone uuid[];
        BEGIN
            IF kind = 'lettings_check' THEN
                DELETE FROM lettings_checks WHERE asked_at < day;
                GET DIAGNOSTICS others = ROW_COUNT;
            ELSIF kind = 'looking' THEN
                DELETE FROM lookings WHERE at < day;
                GET DIAGNOSTICS others = ROW_COUNT;
            ELSIF kind = 'disclosure' THEN
                DELETE FROM disclosures WHERE {_TOLD};
                GET DIAGNOSTICS others = ROW_COUNT;
            ELSIF kind = 'staff_name' THEN
                DELETE FROM team_members m USING staff t WHERE m.staff = t.subject AND t.signed_in_at < day;
                DELETE FROM signed_in s USING staff t WHERE s.subject = t.subject AND t.signed_in_at < day;
                DELETE FROM staff WHERE signed_in_at < day;
                GET DIAGNOSTICS others = ROW_COUNT;
            ELSIF kind = 'prevention_work' THEN
                gone := ARRAY(SELECT id FROM prevention_work WHERE {_WORK});
                UPDATE prevention_work SET title = '', words = '', result_words = NULL WHERE id = ANY (gone);
                GET DIAGNOSTICS others = ROW_COUNT;
                {_GONE_OF_JOURNAL} about = ANY (gone);
            ELSIF kind = 'finding' THEN
                UPDATE findings SET "where" = '', words = '', ended_words = NULL WHERE {_FINDINGS};
                GET DIAGNOSTICS others = ROW_COUNT;
                {_GONE_OF_JOURNAL} {_NOTHING_FOUND};
                GET DIAGNOSTICS more = ROW_COUNT;
                {_GONE_OF_JOURNAL} recorded_at < day
                    AND (fact = 'finding_ended' OR (fact = 'place_inspected' AND NOT EXISTS (
                        SELECT FROM findings f WHERE left(f.id, 36) = journal.id::text AND f.words <> '')));
            ELSE
                RAISE EXCEPTION 'nothing of that kind is erased so' USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN jsonb_build_object('others', others + more);
        END
    $$""",  # noqa: S608 - made of what stands above
    f"""CREATE OR REPLACE FUNCTION kept_from_before(kind text, day date) RETURNS boolean LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT CASE kind
                WHEN 'lettings_check' THEN EXISTS (SELECT FROM lettings_checks WHERE asked_at < day)
                WHEN 'looking' THEN EXISTS (SELECT FROM lookings WHERE at < day)
                WHEN 'disclosure' THEN EXISTS (SELECT FROM disclosures WHERE {_TOLD})
                WHEN 'staff_name' THEN EXISTS (SELECT FROM staff WHERE signed_in_at < day)
                WHEN 'prevention_work' THEN EXISTS (SELECT FROM prevention_work WHERE {_WORK})
                WHEN 'finding' THEN EXISTS (SELECT FROM findings WHERE {_FINDINGS})
                    OR EXISTS (SELECT FROM journal WHERE {_NOTHING_FOUND})
                ELSE false END
    $$""",  # noqa: S608 - made of what stands above
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
