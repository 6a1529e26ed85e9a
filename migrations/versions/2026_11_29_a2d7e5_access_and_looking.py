"""To whom single cases are open, and who looked at what."""

from alembic import op

revision = "a2d7e5"
down_revision = "f1c6b4"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE case_access (
        case_ref text CONSTRAINT case_access_pkey PRIMARY KEY
            CONSTRAINT case_access_case_ref_fkey REFERENCES cases (ref),
        id uuid NOT NULL CONSTRAINT case_access_id_key UNIQUE,
        file jsonb NOT NULL
    )""",
    """CREATE VIEW access_tasks AS
        SELECT a.case_ref, o.key, (o.value ->> 'due')::timestamptz AS due, o.value ->> 'row' AS "row",
            o.value ->> 'owed_by' AS owed_by, o.value ->> 'owed' AS owed, NULL::timestamptz AS noticed_at,
            NULL::text AS officer, o.value ->> 'section' AS section, o.value ->> 'edition' AS edition,
            o.value -> 'counted' AS counted, a.case_ref AS about, NULL::text AS place
        FROM case_access a
        JOIN cases c ON c.ref = a.case_ref
        CROSS JOIN jsonb_each(a.file -> 'owed') AS o
        WHERE (SELECT current_setting('casework.me', true)) = ANY (c.conflicts) IS NOT TRUE
            AND (split_part(o.key, ':', 1) <> 'another-officer'
                OR split_part(o.key, ':', 2) IN (c.officer, CASE
                    WHEN c.cover_until >= (now() AT TIME ZONE 'Europe/London')::date THEN c.cover END))""",
    """CREATE TABLE lookings (
        who text,
        about text,
        what text,
        since timestamptz,
        role text NOT NULL,
        relation text NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT lookings_pkey PRIMARY KEY (who, about, what, since)
    )""",
    "CREATE INDEX lookings_about_at_idx ON lookings (about, at DESC)",
    "CREATE INDEX lookings_at_idx ON lookings (at DESC)",
    """CREATE FUNCTION look_at(asked text, me text, teams text[], role text, what text, allowed text[])
        RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            found text := relation_to(asked, me, teams);
        BEGIN
            IF found IS NOT NULL THEN
                PERFORM looked(asked, me, role,
                    CASE WHEN found = ANY (allowed) THEN what ELSE 'turned_away' END, found);
            END IF;
            RETURN found;
        END
    $$""",
    """CREATE FUNCTION looked(about text, me text, role text, what text, relation text)
        RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
            INSERT INTO lookings (who, about, what, since, role, relation, at)
            VALUES (me, about, what, date_bin('5 minutes', now(), '2020-01-01'), role, relation, now())
            ON CONFLICT DO NOTHING
    $$""",
    "REVOKE EXECUTE ON FUNCTION look_at, looked FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION look_at, looked TO casework_app",
    "GRANT SELECT ON lookings, access_tasks TO casework_app",
    "GRANT SELECT, INSERT, UPDATE ON case_access TO casework_app",
    "GRANT SELECT, INSERT ON case_access TO casework_worker",
    "REVOKE UPDATE ON cases FROM casework_app",
    "GRANT UPDATE (restricted, admitted, conflicts, emergency) ON cases TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
