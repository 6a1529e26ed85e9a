"""How somebody is reached safely is known on all their cases, and who does not work here any more;
what was said is found though it is misspelt.
"""

from alembic import op

revision = "d4b7e9"
down_revision = "d6b1f4"
branch_labels = None
depends_on = None

STATEMENTS = (
    """ALTER TABLE case_people
        ADD COLUMN safe_told_at timestamptz,
        ADD COLUMN safe_means text[],
        ADD COLUMN safe_from time,
        ADD COLUMN safe_until time""",
    """UPDATE case_people p SET
        safe_told_at = (way ->> 'told_at')::timestamptz,
        safe_means = ARRAY(SELECT jsonb_array_elements_text(way -> 'means')),
        safe_from = (way ->> 'from_time')::time,
        safe_until = (way ->> 'until_time')::time
        FROM cases c, jsonb_each(c.file -> 'safe_ways') AS one (key, way)
        WHERE c.ref = p.case_ref AND one.key = p.key""",
    """CREATE FUNCTION safe_ways_of(people uuid[], besides text)
        RETURNS TABLE (person_id uuid, told_at timestamptz, means text[], from_time time, until_time time,
            over boolean)
        LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT p.person_id, p.safe_told_at, p.safe_means, p.safe_from, p.safe_until, c.closed_at IS NOT NULL
            FROM case_people p JOIN cases c ON c.ref = p.case_ref
            WHERE p.person_id = ANY (people) AND p.safe_told_at IS NOT NULL
                AND p.case_ref IS DISTINCT FROM besides
    $$""",
    "ALTER TABLE staff ADD COLUMN left_at timestamptz",
    # by the index, whatever the planner makes of the cost of asking it some hundred times
    """CREATE FUNCTION said_nearly_on(asked text) RETURNS SETOF text LANGUAGE sql STABLE ROWS 100
        SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
            SELECT DISTINCT c.case_ref FROM timeline_content c
            WHERE to_tsvector('english', said_in(c.content)) @@ to_tsquery('english'::regconfig, $1)
    $$""",
    "REVOKE EXECUTE ON FUNCTION safe_ways_of, said_nearly_on FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION safe_ways_of, said_nearly_on TO casework_app, casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
