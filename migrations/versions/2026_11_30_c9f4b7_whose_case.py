"""What is owed on a case that no officer has yet is on the list of whoever of them took the report; and whoever
gives a case of domestic abuse to an officer goes on to see it, as who leads a team does.
"""

from alembic import op

revision = "c9f4b7"
down_revision = "f3b8a6"
branch_labels = None
depends_on = None

_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
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
        WHEN c.officer IS NULL OR c.officer = ANY ({colleagues}) OR {me} = c.given_by THEN 'restricted_team'
        ELSE 'restricted' END
    WHEN c.officer IS NULL OR c.officer = ANY ({colleagues}) THEN 'team'
    ELSE 'others' END"""
_COLLEAGUES = "ARRAY(SELECT staff FROM team_members WHERE team = ANY (teams))"
_OF_ARGUMENTS = _RELATION.format(me="me", colleagues=_COLLEAGUES)
_OF_VIEWER = _RELATION.format(me=_SETTING.format("me"), colleagues=_SEVERAL.format("colleagues"))
_VISIBLE = f"({_OF_VIEWER}) = ANY ({_SEVERAL.format('sees')})"
_OWNER = """CASE WHEN c.cover_until >= (now() AT TIME ZONE 'Europe/London')::date
    AND coalesce(d.owner, c.officer) IS NOT DISTINCT FROM c.officer THEN c.cover
    ELSE coalesce(d.owner, c.officer, c.taken_by) END"""

STATEMENTS = (
    "ALTER TABLE cases ADD COLUMN taken_by text, ADD COLUMN given_by text",
    "CREATE INDEX cases_taken_by_idx ON cases (taken_by) WHERE officer IS NULL",
    f"""CREATE OR REPLACE FUNCTION relation_to_case(asked text, me text, teams text[]) RETURNS text
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT {_OF_ARGUMENTS} FROM cases c WHERE c.ref = asked
    $$""",  # noqa: S608 - made of what stands above
    f"""CREATE OR REPLACE FUNCTION out_of_sight(review jsonb) RETURNS boolean LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT coalesce((SELECT bool_or(({_VISIBLE}) IS NOT TRUE) FROM cases c
                    JOIN jsonb_array_elements_text(review -> 'cases') AS one ON c.ref = one), false)
                OR coalesce((SELECT bool_and(({_VISIBLE}) IS NOT TRUE)
                    OR bool_or({_SETTING.format("me")} = ANY (c.conflicts)) FROM cases c
                    JOIN jsonb_array_elements_text(review -> 'claimed') AS said ON c.ref = said), false)
    $$""",  # noqa: S608 - as above
    f"ALTER POLICY seen ON cases USING ({_EVERYTHING} OR ({_VISIBLE.replace('c.', 'cases.')}))",
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
            ELSE {_SOMETHING} AND NOT out_of_sight(p.file) END)""",  # noqa: S608 - as above
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
