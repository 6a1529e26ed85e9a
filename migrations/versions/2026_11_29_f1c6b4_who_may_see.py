"""How each case concerns a member of staff, and what the API's role is shown of it."""

from alembic import op

revision = "f1c6b4"
down_revision = "b4d8f1"
branch_labels = None
depends_on = None

_RELATION = """CASE
    WHEN {me} = ANY (c.conflicts) THEN 'conflicted'
    WHEN {me} = c.officer OR {me} = ANY (c.admitted) OR (c.officer IS NULL AND {me} = c.opened_by)
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

STATEMENTS = (
    """CREATE TABLE team_members (
        staff text,
        team text,
        CONSTRAINT team_members_pkey PRIMARY KEY (staff, team)
    )""",
    "CREATE INDEX team_members_team_idx ON team_members (team)",
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
    f"""CREATE FUNCTION relation_to_case(asked text, me text, teams text[]) RETURNS text LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT {_OF_ARGUMENTS} FROM cases c WHERE c.ref = asked
    $$""",  # noqa: S608 - made of what stands above
    """CREATE FUNCTION relation_to(asked text, me text, teams text[]) RETURNS text LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT coalesce(
                relation_to_case(asked, me, teams),
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
    "REVOKE EXECUTE ON FUNCTION relation_to_case, relation_to FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION relation_to_case, relation_to TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
