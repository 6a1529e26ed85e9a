"""How each case concerns a member of staff, and what the API's role is shown of it."""

from alembic import op

revision = "f1c6b4"
down_revision = "c5e2a8"
branch_labels = None
depends_on = None

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
"""policy/permissions/actions.py says what each means."""

_COLLEAGUES = "ARRAY(SELECT staff FROM team_members WHERE team = ANY (teams))"
_OF_ARGUMENTS = _RELATION.format(me="me", colleagues=_COLLEAGUES)

_COUNTED = "ref, stage, serious, hate, category, ward, officer, reported_at, closed_at, next_due"
_SETTING = "(SELECT current_setting('casework.{}', true))"
_SEVERAL = "(SELECT string_to_array(current_setting('casework.{}', true), E'\\x1f'))::text[]"
_OF_VIEWER = _RELATION.format(me=_SETTING.format("me"), colleagues=_SEVERAL.format("colleagues"))
_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
_SOMETHING = "(SELECT current_setting('casework.sees', true) <> '')"
_CASE = "(SELECT true FROM cases c WHERE c.ref = {}.case_ref)"
_BESIDE = "(SELECT true FROM procedures p WHERE p.ref = {}.{})"

_VISIBLE = f"({_OF_VIEWER}) = ANY ({_SEVERAL.format('sees')})"
_OWNER = """CASE WHEN c.cover_until >= (now() AT TIME ZONE 'Europe/London')::date
    AND coalesce(d.owner, c.officer) IS NOT DISTINCT FROM c.officer THEN c.cover
    ELSE coalesce(d.owner, c.officer) END"""

_SEEN = {
    "cases": _VISIBLE.replace("c.", "cases."),
    "procedures": f"""CASE WHEN case_ref IS NOT NULL THEN {_CASE.format("procedures")}
        ELSE {_SOMETHING} AND NOT EXISTS (
            SELECT FROM jsonb_array_elements_text(procedures.file -> 'cases') AS one
            WHERE NOT EXISTS (SELECT FROM cases c WHERE c.ref = one))
            AND NOT EXISTS (
                SELECT FROM jsonb_array_elements_text(procedures.file -> 'claimed') AS said
                WHERE connected(said, {_SETTING.format("me")})) END""",  # noqa: S608 - as above
    **{name: _CASE.format(name) for name in ("letters", "mentions", "case_people", "links", "reports")},
    **{
        name: f"{_CASE.format(name)} OR {_BESIDE.format(name, 'case_ref')}"
        for name in ("timeline", "timeline_content", "deadlines")
    },
    "sendings": _BESIDE.format("sendings", "ref"),
    "applications": "false",
}
"""By table, what the API's role is shown for its caller. The system itself is shown everything. A scalar subquery
is looked up row by row; of EXISTS the planner would make a hash of every case that the caller may see.
"""

STATEMENTS = (
    """CREATE TABLE team_members (
        staff text,
        team text,
        CONSTRAINT team_members_pkey PRIMARY KEY (staff, team)
    )""",
    "CREATE INDEX team_members_team_idx ON team_members (team)",
    "CREATE INDEX cases_cover_idx ON cases (cover) WHERE cover IS NOT NULL",
    "CREATE INDEX deadlines_owner_idx ON deadlines (owner) WHERE ending IS NULL AND owner IS NOT NULL",
    "GRANT SELECT, INSERT, DELETE ON team_members TO casework_app",
    """ALTER TABLE cases
        ADD COLUMN opened_by text,
        ADD COLUMN domestic_abuse boolean NOT NULL DEFAULT false,
        ADD COLUMN restricted boolean NOT NULL DEFAULT false,
        ADD COLUMN admitted text[] NOT NULL DEFAULT '{}',
        ADD COLUMN conflicts text[] NOT NULL DEFAULT '{}',
        ADD COLUMN emergency jsonb NOT NULL DEFAULT '{}'""",
    """CREATE FUNCTION colleagues(teams text[]) RETURNS text LANGUAGE sql STABLE AS $$
        SELECT coalesce(string_agg(DISTINCT staff, E'\\x1f'), '') FROM team_members WHERE team = ANY (teams)
    $$""",
    """CREATE FUNCTION connected(asked text, me text) RETURNS boolean LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT coalesce((SELECT me = ANY (c.conflicts) FROM cases c WHERE c.ref = asked), false)
    $$""",
    f"""CREATE FUNCTION relation_to_case(asked text, me text, teams text[]) RETURNS text LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT {_OF_ARGUMENTS} FROM cases c WHERE c.ref = asked
    $$""",  # noqa: S608 - made of what stands above
    """CREATE FUNCTION relation_to(asked text, me text, teams text[]) RETURNS text LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT coalesce(
                relation_to_case(asked, me, teams),
                (SELECT 'conflicted' FROM procedures p
                    CROSS JOIN jsonb_array_elements_text(p.file -> 'claimed') AS said
                    WHERE p.ref = asked AND relation_to_case(said, me, teams) = 'conflicted' LIMIT 1),
                (SELECT coalesce(
                    (SELECT relation_to_case(one, me, teams) AS found
                        FROM unnest(ARRAY[p.case_ref]
                            || ARRAY(SELECT jsonb_array_elements_text(p.file -> 'cases'))) AS one
                        WHERE one IS NOT NULL
                        ORDER BY array_position(
                            ARRAY['conflicted', 'restricted', 'restricted_team', 'others', 'team', 'emergency',
                                'mine'], relation_to_case(one, me, teams))
                        LIMIT 1),
                    'team') FROM procedures p WHERE p.ref = asked))
    $$""",
    """CREATE FUNCTION mentions_speaking_of(words text) RETURNS SETOF text LANGUAGE sql STABLE ROWS 100
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT m.case_ref FROM mentions m
            WHERE to_tsvector('simple', m.words) @@ plainto_tsquery('simple'::regconfig, $1)
    $$""",
    """CREATE FUNCTION mentions_sharing(shared text[])
        RETURNS TABLE (case_ref text, part text, marks text[]) LANGUAGE sql STABLE ROWS 100
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT m.case_ref, m.part, m.marks FROM mentions m WHERE m.marks && shared
    $$""",
    "REVOKE EXECUTE ON FUNCTION connected, relation_to_case, relation_to FROM PUBLIC",
    "REVOKE EXECUTE ON FUNCTION mentions_speaking_of, mentions_sharing FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION relation_to, connected TO casework_app, casework_worker",
    "GRANT EXECUTE ON FUNCTION mentions_speaking_of, mentions_sharing TO casework_app, casework_worker",
    *(
        statement
        for table, seen in _SEEN.items()
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY seen ON {table} TO casework_app USING ({_EVERYTHING} OR ({seen}))",
            f"CREATE POLICY carried_on ON {table} TO casework_worker USING (true)",
        )
    ),
    f"""CREATE OR REPLACE VIEW tasks AS
        SELECT d.case_ref, d.key, d.due, d."row", d.owed_by, d.owed, d.noticed_at, {_OWNER} AS officer,
            d.section, d.edition, d.counted, d.case_ref AS about, NULL::text AS place
        FROM deadlines d JOIN cases c ON c.ref = d.case_ref
        WHERE d.ending IS NULL AND ({_EVERYTHING} OR {_VISIBLE})""",  # noqa: S608 - as above
    f"""CREATE OR REPLACE VIEW procedure_tasks AS
        SELECT p.case_ref, d.key, d.due, d."row", d.owed_by, d.owed, d.noticed_at, {_OWNER} AS officer,
            d.section, d.edition, d.counted, d.case_ref AS about, NULL::text AS place
        FROM deadlines d JOIN procedures p ON p.ref = d.case_ref LEFT JOIN cases c ON c.ref = p.case_ref
        WHERE d.ending IS NULL AND ({_EVERYTHING} OR CASE WHEN p.case_ref IS NOT NULL THEN {_VISIBLE}
            ELSE {_SOMETHING} AND NOT EXISTS (
                SELECT FROM jsonb_array_elements_text(p.file -> 'cases') AS one
                WHERE (SELECT {_VISIBLE} FROM cases c WHERE c.ref = one) IS NOT TRUE)
            AND NOT EXISTS (
                SELECT FROM jsonb_array_elements_text(p.file -> 'claimed') AS said
                WHERE connected(said, {_SETTING.format("me")})) END)""",  # noqa: S608 - as above
    "REVOKE INSERT ON timeline, timeline_content FROM casework_app",
    "REVOKE INSERT, UPDATE, DELETE ON deadlines FROM casework_app",
    "REVOKE INSERT, UPDATE ON letters, sendings FROM casework_app",
    "REVOKE INSERT, DELETE ON links, case_people FROM casework_app",
    "REVOKE INSERT, UPDATE, DELETE ON mentions FROM casework_app",
    "GRANT USAGE ON SEQUENCE case_number, case_review_number TO casework_worker",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO casework_worker",
    "REVOKE SELECT ON lettings_checks, staff, signed_in, signing_in FROM casework_worker",
    "GRANT INSERT, UPDATE ON cases, reports, letters, procedures, applications, sendings TO casework_worker",
    "GRANT INSERT ON timeline, timeline_content TO casework_worker",
    "GRANT INSERT, UPDATE, DELETE ON deadlines, mentions TO casework_worker",
    "GRANT INSERT, DELETE ON links, case_people TO casework_worker",
    f"GRANT SELECT ({_COUNTED}) ON cases TO casework_reporting",
    "GRANT SELECT ON deadlines, place_deadlines, prevention_work TO casework_reporting",
    "CREATE POLICY counted ON cases TO casework_reporting USING (true)",
    "CREATE POLICY counted ON deadlines TO casework_reporting USING (true)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
