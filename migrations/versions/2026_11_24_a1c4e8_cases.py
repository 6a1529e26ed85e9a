"""Cases, their timeline, and what is derived from it."""

from alembic import op

revision = "a1c4e8"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = """
CREATE SEQUENCE case_number;

CREATE TABLE reports (
    id uuid CONSTRAINT reports_pkey PRIMARY KEY,
    case_ref text NOT NULL,
    opens_case boolean NOT NULL,
    digest text NOT NULL,
    entry jsonb NOT NULL,
    received_at timestamptz NOT NULL,
    tried_at timestamptz NOT NULL,
    carried_at timestamptz,
    settled_at timestamptz
);
CREATE INDEX reports_unsettled_idx ON reports (received_at) WHERE settled_at IS NULL;

CREATE TABLE cases (
    ref text CONSTRAINT cases_pkey PRIMARY KEY,
    seq integer NOT NULL,
    head bytea NOT NULL,
    opening jsonb NOT NULL,
    file jsonb NOT NULL,
    stage text NOT NULL,
    serious boolean NOT NULL,
    hate boolean NOT NULL,
    category text,
    ward text,
    officer text,
    reported_at timestamptz NOT NULL,
    closed_at timestamptz,
    next_due timestamptz
);
CREATE INDEX cases_reported_at_ref_idx ON cases (reported_at DESC, ref DESC);
CREATE INDEX cases_officer_reported_at_ref_idx ON cases (officer, reported_at DESC, ref DESC);
CREATE INDEX cases_next_due_idx ON cases (next_due);

CREATE TABLE timeline (
    case_ref text NOT NULL CONSTRAINT timeline_case_ref_fkey REFERENCES cases (ref),
    seq integer NOT NULL,
    fact_id text NOT NULL,
    fact text NOT NULL,
    at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    by_id text NOT NULL,
    by_role text NOT NULL,
    digest text NOT NULL,
    commitment bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT timeline_pkey PRIMARY KEY (case_ref, seq),
    CONSTRAINT timeline_case_ref_fact_id_key UNIQUE (case_ref, fact_id)
);

CREATE TABLE timeline_content (
    case_ref text NOT NULL,
    seq integer NOT NULL,
    salt bytea NOT NULL,
    content jsonb NOT NULL,
    CONSTRAINT timeline_content_pkey PRIMARY KEY (case_ref, seq),
    CONSTRAINT timeline_content_case_ref_seq_fkey FOREIGN KEY (case_ref, seq) REFERENCES timeline (case_ref, seq)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the timeline is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER timeline_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON timeline
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER timeline_content_is_not_rewritten BEFORE UPDATE OR TRUNCATE ON timeline_content
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE deadlines (
    case_ref text NOT NULL CONSTRAINT deadlines_case_ref_fkey REFERENCES cases (ref),
    key text NOT NULL,
    due timestamptz NOT NULL,
    "row" text NOT NULL,
    section text NOT NULL,
    edition text NOT NULL,
    owed_by text NOT NULL,
    owed text NOT NULL,
    counted jsonb NOT NULL,
    noticed_at timestamptz,
    ending text,
    ended_by text,
    ended_at timestamptz,
    ended_recorded_at timestamptz,
    CONSTRAINT deadlines_pkey PRIMARY KEY (case_ref, key, due)
);
CREATE INDEX deadlines_open_idx ON deadlines (due) WHERE ending IS NULL;

CREATE VIEW tasks AS
    SELECT d.case_ref, d.key, d.due, d."row", d.owed_by, d.owed, d.noticed_at, c.officer
    FROM deadlines d JOIN cases c ON c.ref = d.case_ref
    WHERE d.ending IS NULL;

CREATE TABLE people (
    case_ref text NOT NULL CONSTRAINT people_case_ref_fkey REFERENCES cases (ref),
    seq integer NOT NULL,
    part text NOT NULL,
    name text,
    standing text NOT NULL,
    address text[] NOT NULL,
    email text,
    phone text,
    prefers text,
    words text NOT NULL,
    CONSTRAINT people_pkey PRIMARY KEY (case_ref, seq, part)
);
CREATE INDEX people_words_idx ON people USING gin (to_tsvector('simple', words));

CREATE TABLE letters (
    id uuid CONSTRAINT letters_pkey PRIMARY KEY,
    case_ref text NOT NULL CONSTRAINT letters_case_ref_fkey REFERENCES cases (ref),
    key text NOT NULL,
    kind text NOT NULL,
    means text NOT NULL,
    state text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    pdf bytea NOT NULL,
    sha256 bytea NOT NULL,
    composed_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT letters_case_ref_key_key UNIQUE (case_ref, key)
);

GRANT USAGE ON SEQUENCE case_number TO casework_app;
GRANT SELECT, INSERT, UPDATE ON cases, reports, letters TO casework_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON deadlines, people TO casework_app;
GRANT SELECT, INSERT ON timeline, timeline_content TO casework_app;
GRANT SELECT ON tasks TO casework_app;
"""


def upgrade() -> None:
    for statement in _statements():
        op.execute(statement)


def _statements() -> list[str]:
    """The driver takes one statement at a time; a function's body is not cut at its semicolons."""
    parts = STATEMENTS.split("$$")
    for i in range(1, len(parts), 2):
        parts[i] = parts[i].replace(";", "\0")
    whole = "$$".join(parts)
    return [s.replace("\0", ";") for s in whole.split(";\n") if s.strip()]


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
