"""Reports being written on our page, and private links of people on cases."""

from alembic import op

revision = "a7c4e1"
down_revision = "e8c2d5"
branch_labels = None
depends_on = None

_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
_CASE = "(SELECT true FROM cases c WHERE c.ref = private_links.case_ref)"
_LINK = "(SELECT true FROM private_links l WHERE l.id = private_link_uses.link_id)"

_GONE_BEFORE = "DELETE FROM reports WHERE case_ref = asked;"
_GONE_NOW = f"""{_GONE_BEFORE}
            DELETE FROM private_link_visits v USING private_links l WHERE l.id = v.link_id AND l.case_ref = asked;
            DELETE FROM private_link_uses u USING private_links l WHERE l.id = u.link_id AND l.case_ref = asked;
            DELETE FROM private_links WHERE case_ref = asked;"""  # noqa: S608 - made of what stands above

STATEMENTS = (
    """CREATE TABLE report_drafts (
        id bytea CONSTRAINT report_drafts_pkey PRIMARY KEY,
        sealed bytea NOT NULL,
        used_at timestamptz NOT NULL
    )""",
    "CREATE INDEX report_drafts_used_at_idx ON report_drafts (used_at)",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON report_drafts TO casework_app",
    """CREATE TABLE private_links (
        id uuid CONSTRAINT private_links_pkey PRIMARY KEY,
        case_ref text NOT NULL CONSTRAINT private_links_case_ref_fkey REFERENCES cases (ref),
        purpose text NOT NULL,
        person text NOT NULL,
        matter text,
        issued_at timestamptz NOT NULL,
        issued_by text NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        revoked_by text,
        wrong integer NOT NULL,
        locked_at timestamptz,
        owed jsonb
    )""",
    "CREATE INDEX private_links_case_ref_idx ON private_links (case_ref)",
    "CREATE INDEX private_links_locked_at_idx ON private_links (locked_at) WHERE owed IS NOT NULL",
    """CREATE TABLE private_link_uses (
        id uuid CONSTRAINT private_link_uses_pkey PRIMARY KEY,
        link_id uuid NOT NULL CONSTRAINT private_link_uses_link_id_fkey REFERENCES private_links (id),
        what text NOT NULL,
        at timestamptz NOT NULL
    )""",
    "CREATE INDEX private_link_uses_link_id_idx ON private_link_uses (link_id)",
    """CREATE TRIGGER private_link_uses_are_not_rewritten BEFORE UPDATE OR TRUNCATE ON private_link_uses
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TABLE private_link_visits (
        id bytea CONSTRAINT private_link_visits_pkey PRIMARY KEY,
        link_id uuid NOT NULL CONSTRAINT private_link_visits_link_id_fkey REFERENCES private_links (id),
        used_at timestamptz NOT NULL
    )""",
    "CREATE INDEX private_link_visits_link_id_idx ON private_link_visits (link_id)",
    """CREATE VIEW private_link_tasks WITH (security_invoker = true) AS
        SELECT l.case_ref, l.owed ->> 'key' AS key, (l.owed ->> 'due')::timestamptz AS due,
            l.owed ->> 'row' AS "row", l.owed ->> 'owed_by' AS owed_by,
            l.owed ->> 'owed' AS owed, NULL::timestamptz AS noticed_at, c.officer,
            l.owed ->> 'section' AS section, l.owed ->> 'edition' AS edition, l.owed -> 'counted' AS counted,
            l.case_ref AS about, NULL::text AS place
        FROM private_links l JOIN cases c ON c.ref = l.case_ref WHERE l.owed IS NOT NULL""",
    "GRANT SELECT, INSERT ON private_links, private_link_uses TO casework_app, casework_worker",
    "GRANT UPDATE (wrong, locked_at, owed, revoked_at, revoked_by) ON private_links TO casework_app",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON private_link_visits TO casework_app",
    "GRANT SELECT ON private_link_tasks TO casework_app, casework_worker",
    "ALTER TABLE private_links ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY seen ON private_links TO casework_app USING ({_EVERYTHING} OR {_CASE})",
    "CREATE POLICY carried_on ON private_links TO casework_worker USING (true)",
    "ALTER TABLE private_link_uses ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY seen ON private_link_uses TO casework_app USING ({_EVERYTHING} OR {_LINK})",
    "CREATE POLICY carried_on ON private_link_uses TO casework_worker USING (true)",
    f"""DO $do$ DECLARE before text := pg_get_functiondef('erase_case(text)'::regprocedure);
        BEGIN
            IF position('{_GONE_BEFORE}' IN before) = 0 THEN
                RAISE EXCEPTION 'erase_case is not as this migration knows it';
            END IF;
            EXECUTE replace(before, '{_GONE_BEFORE}', '{_GONE_NOW}');
        END $do$""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
