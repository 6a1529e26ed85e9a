"""Places and their inspections, prevention work, and what lettings asked."""

from alembic import op

revision = "d4a9b3"
down_revision = "c3e8a2"
branch_labels = None
depends_on = None

STATEMENTS = """
CREATE TABLE journal (
    id uuid CONSTRAINT journal_pkey PRIMARY KEY,
    about uuid NOT NULL,
    seq integer NOT NULL,
    fact text NOT NULL,
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    by_id text NOT NULL,
    by_role text NOT NULL,
    digest text NOT NULL,
    content jsonb NOT NULL,
    CONSTRAINT journal_about_seq_key UNIQUE (about, seq)
);
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE places (
    id uuid CONSTRAINT places_pkey PRIMARY KEY,
    name text NOT NULL,
    ward text,
    address text[] NOT NULL,
    officer text,
    listed_at timestamptz NOT NULL,
    ended_at timestamptz,
    file jsonb NOT NULL
);
CREATE INDEX places_listed_at_id_idx ON places (listed_at, id);

CREATE TABLE place_deadlines (
    place_id uuid NOT NULL CONSTRAINT place_deadlines_place_id_fkey REFERENCES places (id),
    key text NOT NULL,
    due timestamptz NOT NULL,
    "row" text NOT NULL,
    section text NOT NULL,
    edition text NOT NULL,
    owed_by text NOT NULL,
    owed text NOT NULL,
    counted jsonb NOT NULL,
    ending text,
    ended_by text,
    ended_at timestamptz,
    ended_recorded_at timestamptz,
    CONSTRAINT place_deadlines_pkey PRIMARY KEY (place_id, key, due)
);
CREATE INDEX place_deadlines_open_idx ON place_deadlines (due) WHERE ending IS NULL;

CREATE TABLE findings (
    id text CONSTRAINT findings_pkey PRIMARY KEY,
    place_id uuid NOT NULL CONSTRAINT findings_place_id_fkey REFERENCES places (id),
    kind text NOT NULL,
    "where" text NOT NULL,
    words text NOT NULL,
    found_at timestamptz NOT NULL,
    case_ref text,
    ended text,
    reported_to text,
    ended_words text,
    settled_at timestamptz
);
CREATE INDEX findings_place_id_found_at_idx ON findings (place_id, found_at DESC);

CREATE TABLE prevention_work (
    id uuid CONSTRAINT prevention_work_pkey PRIMARY KEY,
    seq integer NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    words text NOT NULL,
    place text,
    ward text,
    starts date NOT NULL,
    ends date,
    cost bigint,
    bid bigint,
    partners text[] NOT NULL,
    result text,
    result_words text,
    final_cost bigint,
    awarded bigint
);
CREATE INDEX prevention_work_starts_id_idx ON prevention_work (starts DESC, id DESC);

CREATE TABLE lettings_checks (
    id uuid CONSTRAINT lettings_checks_pkey PRIMARY KEY,
    asked_at timestamptz NOT NULL,
    asked_by text NOT NULL,
    reason text NOT NULL,
    application text,
    name text NOT NULL,
    addresses jsonb NOT NULL,
    digest text NOT NULL,
    history text NOT NULL,
    upheld integer NOT NULL,
    answer jsonb NOT NULL
);
CREATE INDEX lettings_checks_asked_at_id_idx ON lettings_checks (asked_at DESC, id DESC);

CREATE INDEX people_complained_about_idx ON people (
    regexp_replace(lower(normalize(name)), '[\\s.,;''`\N{RIGHT SINGLE QUOTATION MARK}()/-]+', '', 'g')
) WHERE part = 'about';

CREATE OR REPLACE VIEW tasks AS
    SELECT d.case_ref, d.key, d.due, d."row", d.owed_by, d.owed, d.noticed_at,
        coalesce(d.owner, c.officer) AS officer, d.section, d.edition,
        d.counted, d.case_ref AS about, NULL::text AS place
    FROM deadlines d JOIN cases c ON c.ref = d.case_ref
    WHERE d.ending IS NULL;

CREATE VIEW place_tasks AS
    SELECT NULL::text AS case_ref, d.key, d.due, d."row", d.owed_by, d.owed, NULL::timestamptz AS noticed_at,
        p.officer, d.section, d.edition, d.counted, p.id::text AS about, p.name AS place
    FROM place_deadlines d JOIN places p ON p.id = d.place_id
    WHERE d.ending IS NULL;

GRANT SELECT, INSERT ON journal, lettings_checks TO casework_app;
GRANT SELECT, INSERT, UPDATE ON places, place_deadlines, findings, prevention_work TO casework_app;
GRANT SELECT ON place_tasks TO casework_app;
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
