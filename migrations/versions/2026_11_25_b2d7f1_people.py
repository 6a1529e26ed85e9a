"""People and tenancies of their own, and who is on which case. What reports name is now called mentions;
`casework rebuild` fills in by what those of earlier cases are recognised again.
"""

from alembic import op

revision = "b2d7f1"
down_revision = "d4a9b3"
branch_labels = None
depends_on = None

STATEMENTS = """
ALTER TABLE people RENAME TO mentions;
ALTER TABLE mentions RENAME CONSTRAINT people_pkey TO mentions_pkey;
ALTER TABLE mentions RENAME CONSTRAINT people_case_ref_fkey TO mentions_case_ref_fkey;
ALTER INDEX people_words_idx RENAME TO mentions_words_idx;
ALTER TABLE mentions ADD COLUMN marks text[] NOT NULL DEFAULT '{}';
ALTER TABLE mentions ALTER COLUMN marks DROP DEFAULT;
CREATE INDEX mentions_marks_idx ON mentions USING gin (marks);

CREATE TABLE people (
    id uuid CONSTRAINT people_pkey PRIMARY KEY,
    name text NOT NULL,
    date_of_birth date,
    minor boolean NOT NULL,
    standing text NOT NULL,
    email text,
    phone text,
    prefers text,
    safe_contact text,
    words text NOT NULL,
    marks text[] NOT NULL
);
CREATE INDEX people_words_idx ON people USING gin (to_tsvector('simple', words));
CREATE INDEX people_marks_idx ON people USING gin (marks);

CREATE TABLE addresses (
    person_id uuid NOT NULL CONSTRAINT addresses_person_id_fkey REFERENCES people (id),
    since date NOT NULL,
    until date,
    lines text[] NOT NULL,
    CONSTRAINT addresses_pkey PRIMARY KEY (person_id, since)
);

CREATE TABLE tenancies (
    id uuid CONSTRAINT tenancies_pkey PRIMARY KEY,
    reference text CONSTRAINT tenancies_reference_key UNIQUE,
    address text[] NOT NULL,
    tenure text NOT NULL,
    starts date NOT NULL,
    ends date,
    starter_ends date,
    marks text[] NOT NULL
);
CREATE INDEX tenancies_marks_idx ON tenancies USING gin (marks);

CREATE TABLE household (
    tenancy_id uuid NOT NULL CONSTRAINT household_tenancy_id_fkey REFERENCES tenancies (id),
    person_id uuid NOT NULL CONSTRAINT household_person_id_fkey REFERENCES people (id),
    place text NOT NULL,
    since date,
    until date,
    CONSTRAINT household_pkey PRIMARY KEY (tenancy_id, person_id)
);
CREATE INDEX household_person_id_idx ON household (person_id);

CREATE TABLE changes (
    id uuid CONSTRAINT changes_pkey PRIMARY KEY,
    about uuid NOT NULL,
    what text NOT NULL,
    at timestamptz NOT NULL,
    by_id text NOT NULL,
    by_role text NOT NULL,
    digest text NOT NULL,
    before jsonb,
    after jsonb NOT NULL
);
CREATE INDEX changes_about_at_idx ON changes (about, at);

CREATE TABLE case_people (
    case_ref text NOT NULL CONSTRAINT case_people_case_ref_fkey REFERENCES cases (ref),
    key text NOT NULL,
    part text NOT NULL,
    person_id uuid,
    minor boolean NOT NULL,
    acts_for text,
    since timestamptz NOT NULL,
    left_at timestamptz,
    CONSTRAINT case_people_pkey PRIMARY KEY (case_ref, key)
);
CREATE INDEX case_people_person_id_idx ON case_people (person_id);

GRANT SELECT, INSERT, UPDATE ON people, tenancies TO casework_app;
GRANT SELECT, INSERT, DELETE ON addresses, household, case_people TO casework_app;
GRANT SELECT, INSERT ON changes TO casework_app;
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";\n"):
        if statement.strip():
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
