"""Places in which cases cluster: proposed, decided on, under way, and what is owed there."""

from alembic import op

revision = "f1a8c6"
down_revision = "6a9eff"
branch_labels = None
depends_on = None

_OVER = "f.over_at < day AND j.about = f.id AND j.digest <> ''"

STATEMENTS = (
    """CREATE TABLE focus_areas (
        id uuid CONSTRAINT focus_areas_pkey PRIMARY KEY,
        place text NOT NULL,
        kind text NOT NULL,
        state text NOT NULL,
        owner text,
        proposed_at timestamptz NOT NULL,
        over_at timestamptz,
        file jsonb NOT NULL
    )""",
    "CREATE INDEX focus_areas_proposed_at_id_idx ON focus_areas (proposed_at DESC, id DESC)",
    """CREATE VIEW focus_area_tasks AS
        SELECT NULL::text AS case_ref, o.key, (o.value ->> 'due')::timestamptz AS due, o.value ->> 'row' AS "row",
            who.owed_by, o.value ->> 'owed' AS owed, NULL::timestamptz AS noticed_at, f.owner AS officer,
            o.value ->> 'section' AS section, o.value ->> 'edition' AS edition, o.value -> 'counted' AS counted,
            f.id::text AS about, f.place
        FROM focus_areas f
        CROSS JOIN jsonb_each(f.file -> 'owed') AS o
        CROSS JOIN LATERAL (SELECT o.value ->> 'owed_by' UNION SELECT 'officer' WHERE f.owner IS NOT NULL)
            AS who (owed_by)""",
    "GRANT SELECT, INSERT ON focus_areas TO casework_app, casework_worker",
    "GRANT UPDATE (state, owner, over_at, file) ON focus_areas TO casework_app",
    "GRANT SELECT ON focus_area_tasks TO casework_app, casework_worker",
    """CREATE POLICY focus_areas_proposed ON journal FOR INSERT TO casework_worker
        WITH CHECK (fact = 'focus_area_proposed' AND by_role = 'system')""",
    f"""CREATE FUNCTION erase_focus_areas(day timestamptz) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        DECLARE gone uuid[] := ARRAY(SELECT DISTINCT f.id FROM focus_areas f, journal j WHERE {_OVER});
        BEGIN
            UPDATE journal SET digest = '', content = jsonb_build_object('fact', fact, 'at', content -> 'at')
                WHERE about = ANY (gone) AND digest <> '';
            RETURN jsonb_build_object('others', cardinality(gone));
        END
    $$""",  # noqa: S608 - made of what stands above
    "ALTER FUNCTION erase_from_before(text, date) RENAME TO erase_all_but_focus_areas_from_before",
    """CREATE FUNCTION erase_from_before(kind text, day date) RETURNS jsonb LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
        BEGIN
            IF kind = 'focus_area' THEN
                RETURN erase_focus_areas(day);
            END IF;
            RETURN erase_all_but_focus_areas_from_before(kind, day);
        END
    $$""",
    "ALTER FUNCTION kept_from_before(text, date) RENAME TO all_but_focus_areas_kept_from_before",
    f"""CREATE FUNCTION kept_from_before(kind text, day date) RETURNS boolean LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT CASE kind WHEN 'focus_area' THEN EXISTS (SELECT FROM focus_areas f, journal j WHERE {_OVER})
                ELSE all_but_focus_areas_kept_from_before(kind, day) END
    $$""",  # noqa: S608 - as above
    "REVOKE EXECUTE ON FUNCTION erase_focus_areas, erase_from_before, kept_from_before FROM PUBLIC",
    "REVOKE EXECUTE ON FUNCTION all_but_focus_areas_kept_from_before FROM casework_worker",
    "GRANT EXECUTE ON FUNCTION kept_from_before TO casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
