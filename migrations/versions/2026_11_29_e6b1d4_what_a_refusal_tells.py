"""A refusal tells nothing of what there is beside a restricted case; who may see a case is shown to no more people
than the case; and reports of one's own get no words of prevention work.
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
_COUNTED = "id, seq, kind, place, ward, starts, ends, cost, bid, partners, result, final_cost, awarded"

STATEMENTS = (
    """CREATE OR REPLACE FUNCTION relation_to(asked text, me text, teams text[]) RETURNS text LANGUAGE sql STABLE
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
                    'team') FROM procedures p WHERE p.ref = asked),
                relation_to_case(substring(asked from '^(CW-[0-9]{4}-[0-9]+)-[0-9]+$'), me, teams))
    $$""",
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
    "ALTER TABLE case_access ENABLE ROW LEVEL SECURITY",
    f"""CREATE POLICY seen ON case_access TO casework_app
        USING ({_EVERYTHING} OR (SELECT true FROM cases c WHERE c.ref = case_access.case_ref))""",  # noqa: S608 - a policy
    "CREATE POLICY carried_on ON case_access TO casework_worker USING (true)",
    f"""ALTER POLICY recorded ON journal USING ({_EVERYTHING} OR fact NOT IN ({_OF_ACCESS})
        OR EXISTS (SELECT FROM case_access a WHERE a.id = journal.about))""",
    "REVOKE SELECT ON prevention_work FROM casework_reporting",
    f"GRANT SELECT ({_COUNTED}) ON prevention_work TO casework_reporting",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
