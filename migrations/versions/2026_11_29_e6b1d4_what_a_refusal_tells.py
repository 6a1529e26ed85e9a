"""A refusal tells nothing of what there is beside a restricted case; who may see a case is shown to no more people
than the case; reports of one's own get no words of prevention work; and what is of one case is found by an index.
"""

from alembic import op

revision = "e6b1d4"
down_revision = "d9b5e3"
branch_labels = None
depends_on = None

_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
_OF_ACCESS = (
    "'access_restricted', 'restriction_reviewed', 'access_opened', 'staff_admitted', 'admission_ended',"
    " 'conflict_declared', 'conflict_ended', 'emergency_access_taken', 'emergency_access_reviewed'"
)
_SETTING = "(SELECT current_setting('casework.{}', true))"
_SEVERAL = "(SELECT string_to_array(current_setting('casework.{}', true), E'\\x1f'))::text[]"
_SOMETHING = "(SELECT current_setting('casework.sees', true) <> '')"
_RELATION = """CASE
    WHEN {me} = ANY (c.conflicts) THEN 'conflicted'
    WHEN {me} = c.officer OR {me} = ANY (c.admitted)
        OR (c.officer IS NULL AND NOT c.restricted AND {me} = c.opened_by)
        OR ({me} = c.cover AND c.cover_until >= (now() AT TIME ZONE 'Europe/London')::date) THEN 'mine'
    WHEN (c.emergency ->> {me})::timestamptz > now() THEN 'emergency'
    WHEN c.restricted THEN 'restricted'
    WHEN c.domestic_abuse THEN CASE
        WHEN c.officer IS NULL OR c.officer = ANY ({colleagues}) THEN 'restricted_team'
        ELSE 'restricted' END
    WHEN c.officer IS NULL OR c.officer = ANY ({colleagues}) THEN 'team'
    ELSE 'others' END"""
_OF_VIEWER = _RELATION.format(me=_SETTING.format("me"), colleagues=_SEVERAL.format("colleagues"))
_VISIBLE = f"({_OF_VIEWER}) = ANY ({_SEVERAL.format('sees')})"
_STRICTEST_FIRST = "ARRAY['conflicted', 'restricted', 'restricted_team', 'others', 'team', 'emergency', 'mine']"
_OWNER = """CASE WHEN c.cover_until >= (now() AT TIME ZONE 'Europe/London')::date
    AND coalesce(d.owner, c.officer) IS NOT DISTINCT FROM c.officer THEN c.cover
    ELSE coalesce(d.owner, c.officer) END"""
_COUNTED = "id, seq, kind, place, ward, starts, ends, cost, bid, partners, result, final_cost, awarded"

STATEMENTS = (
    f"""CREATE OR REPLACE FUNCTION relation_to(asked text, me text, teams text[]) RETURNS text LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT coalesce(
                relation_to_case(asked, me, teams),
                (SELECT 'conflicted' FROM procedures p
                    CROSS JOIN jsonb_array_elements_text(p.file -> 'claimed') AS said
                    WHERE p.ref = asked AND relation_to_case(said, me, teams) = 'conflicted' LIMIT 1),
                (SELECT coalesce((SELECT found FROM (
                        SELECT relation_to_case(one, me, teams) AS found FROM unnest(ARRAY[p.case_ref]
                            || ARRAY(SELECT jsonb_array_elements_text(p.file -> 'cases'))) AS one
                        UNION ALL (SELECT relation_to_case(said, me, teams) AS found
                            FROM jsonb_array_elements_text(p.file -> 'claimed') AS said
                            WHERE relation_to_case(said, me, teams) IS NOT NULL
                            ORDER BY array_position({_STRICTEST_FIRST}, relation_to_case(said, me, teams)) DESC
                            LIMIT 1)) AS each
                    WHERE found IS NOT NULL ORDER BY array_position({_STRICTEST_FIRST}, found) LIMIT 1),
                    'team') FROM procedures p WHERE p.ref = asked),
                relation_to_case(substring(asked from '^(CW-[0-9]{{4}}-[0-9]+)-[0-9]+$'), me, teams))
    $$""",  # noqa: S608 - made of what stands above
    """CREATE OR REPLACE FUNCTION look_at(
            asked text, me text, teams text[], role text, what text, allowed text[])
        RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            found text := relation_to(asked, me, teams);
        BEGIN
            IF found <> ALL (allowed) THEN
                PERFORM looked(asked, me, role, 'turned_away', found);
            ELSIF EXISTS (SELECT FROM cases WHERE ref = asked)
                OR EXISTS (SELECT FROM procedures WHERE ref = asked) THEN
                PERFORM looked(asked, me, role, what, found);
            END IF;
            RETURN found;
        END
    $$""",
    f"""CREATE FUNCTION out_of_sight(review jsonb) RETURNS boolean LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT coalesce((SELECT bool_or(({_VISIBLE}) IS NOT TRUE) FROM cases c
                    JOIN jsonb_array_elements_text(review -> 'cases') AS one ON c.ref = one), false)
                OR coalesce((SELECT bool_and(({_VISIBLE}) IS NOT TRUE)
                    OR bool_or({_SETTING.format("me")} = ANY (c.conflicts)) FROM cases c
                    JOIN jsonb_array_elements_text(review -> 'claimed') AS said ON c.ref = said), false)
    $$""",  # noqa: S608 - as above
    "REVOKE EXECUTE ON FUNCTION out_of_sight FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION out_of_sight TO casework_app, casework_worker",
    f"""ALTER POLICY seen ON procedures USING ({_EVERYTHING} OR CASE
        WHEN case_ref IS NOT NULL THEN (SELECT true FROM cases c WHERE c.ref = procedures.case_ref)
        ELSE {_SOMETHING} AND NOT out_of_sight(procedures.file) END)""",  # noqa: S608 - as above
    f"""CREATE OR REPLACE VIEW procedure_tasks AS
        SELECT p.case_ref, d.key, d.due, d."row", d.owed_by, d.owed, d.noticed_at, {_OWNER} AS officer,
            d.section, d.edition, d.counted, d.case_ref AS about, NULL::text AS place
        FROM deadlines d JOIN procedures p ON p.ref = d.case_ref LEFT JOIN cases c ON c.ref = p.case_ref
        WHERE d.ending IS NULL AND ({_EVERYTHING} OR CASE WHEN p.case_ref IS NOT NULL THEN {_VISIBLE}
            ELSE {_SOMETHING} AND NOT out_of_sight(p.file) END)""",  # noqa: S608 - as above
    "DROP FUNCTION connected",
    "ALTER TABLE case_access ENABLE ROW LEVEL SECURITY",
    f"""CREATE POLICY seen ON case_access TO casework_app
        USING ({_EVERYTHING} OR (SELECT true FROM cases c WHERE c.ref = case_access.case_ref))""",  # noqa: S608 - a policy
    "CREATE POLICY carried_on ON case_access TO casework_worker USING (true)",
    f"""ALTER POLICY seen ON corrections USING ({_EVERYTHING}
        OR (SELECT true FROM cases c WHERE c.ref = corrections.case_ref)
        OR (SELECT true FROM procedures p WHERE p.ref = corrections.case_ref))""",  # noqa: S608 - as above
    f"""ALTER POLICY recorded ON journal USING ({_EVERYTHING} OR fact NOT IN ({_OF_ACCESS})
        OR EXISTS (SELECT FROM case_access a WHERE a.id = journal.about))""",
    "CREATE INDEX lookings_of_case_idx ON lookings (substring(about, '^CW-[0-9]+-[0-9]+'))",
    "CREATE INDEX reports_case_ref_idx ON reports (case_ref)",
    "CREATE INDEX findings_case_ref_idx ON findings (case_ref) WHERE case_ref IS NOT NULL",
    "REVOKE SELECT ON prevention_work FROM casework_reporting",
    f"GRANT SELECT ({_COUNTED}) ON prevention_work TO casework_reporting",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
