"""A hold stops all that belongs together, records are decided of one after the other, and PostgreSQL itself waits
for the days in which an approval can be refused.
"""

from alembic import op

revision = "b9e2c6"
down_revision = "e6b1d4"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE retention ADD COLUMN erased_from date",
    "UPDATE retention SET erased_from = (file ->> 'approved_at')::date + 15 WHERE state = 'approved'",
    "GRANT UPDATE (erased_from) ON retention TO casework_app",
    """ALTER POLICY kept ON journal
        WITH CHECK (fact IN ('erasure_proposed', 'erasure_lapsed', 'erased') AND by_role = 'system')""",
    """CREATE INDEX cases_joined_idx ON cases ((file -> 'joined' ->> 'into'))
        WHERE file -> 'joined' ->> 'into' IS NOT NULL""",
    """CREATE FUNCTION decide_alone() RETURNS void LANGUAGE sql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
            LOCK TABLE retention IN SHARE ROW EXCLUSIVE MODE
    $$""",
    """CREATE FUNCTION belonging_together(asked text) RETURNS SETOF text LANGUAGE sql STABLE
        SET search_path = public, pg_temp AS $$
            WITH RECURSIVE matter (ref) AS (
                SELECT about.ref FROM (
                    SELECT asked AS ref WHERE asked LIKE 'CW-%'
                    UNION SELECT jsonb_array_elements_text(p.file -> 'cases') FROM procedures p WHERE p.ref = asked
                    UNION SELECT case_ref FROM case_people WHERE person_id =
                        CASE WHEN asked ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN asked::uuid END
                ) AS about
                UNION
                SELECT tied.ref FROM matter CROSS JOIN LATERAL (
                    SELECT file -> 'joined' ->> 'into' AS ref FROM cases WHERE ref = matter.ref
                    UNION ALL SELECT ref FROM cases WHERE file -> 'joined' ->> 'into' = matter.ref
                ) AS tied WHERE tied.ref IS NOT NULL
            )
            SELECT asked
            UNION SELECT ref FROM matter
            UNION SELECT person_id::text FROM case_people JOIN matter ON case_ref = ref
                WHERE person_id IS NOT NULL
            UNION SELECT p.ref FROM matter JOIN procedures p ON p.file -> 'cases' @> to_jsonb(matter.ref)
            UNION SELECT r.ref FROM retention r
                WHERE asked LIKE '%:%' AND starts_with(r.ref, split_part(asked, ':', 1) || ':')
    $$""",
    """CREATE FUNCTION is_held(asked text) RETURNS boolean LANGUAGE sql STABLE
        SET search_path = public, pg_temp AS $$
            SELECT EXISTS (SELECT FROM retention r JOIN journal placed ON placed.about = r.id
                WHERE r.ref IN (SELECT belonging_together(asked)) AND placed.fact = 'hold_placed'
                AND NOT EXISTS (SELECT FROM journal lifted WHERE lifted.about = r.id
                    AND lifted.fact = 'hold_lifted' AND lifted.content ->> 'hold' = placed.id::text))
    $$""",
    """CREATE OR REPLACE FUNCTION erase(asked text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
            PERFORM decide_alone();
            IF NOT erasure_is_approved(asked) THEN
                RAISE EXCEPTION 'nobody has approved this' USING ERRCODE = 'insufficient_privilege';
            END IF;
            IF ((SELECT erased_from FROM retention WHERE ref = asked)
                <= (now() AT TIME ZONE 'Europe/London')::date) IS NOT TRUE THEN
                RAISE EXCEPTION 'this may still be refused' USING ERRCODE = 'insufficient_privilege';
            END IF;
            IF is_held(asked) THEN
                RAISE EXCEPTION 'something that belongs to this is held' USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN CASE
                WHEN asked ~ '^C[WR]-' THEN erase_case(asked)
                WHEN asked ~ '^[a-z_]+:' THEN
                    erase_from_before(split_part(asked, ':', 1), split_part(asked, ':', 2)::date)
                ELSE erase_person(asked::uuid) END;
        END
    $$""",
    """CREATE FUNCTION keep_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
            PERFORM FROM people WHERE id = NEW.person_id FOR KEY SHARE;
            RETURN NEW;
        END
    $$""",
    """CREATE TRIGGER whoever_is_put_on_a_case_is_not_erased BEFORE INSERT ON case_people
        FOR EACH ROW WHEN (NEW.person_id IS NOT NULL) EXECUTE FUNCTION keep_person()""",
    "REVOKE EXECUTE ON FUNCTION decide_alone, belonging_together, is_held, keep_person FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION decide_alone, belonging_together TO casework_app, casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
