"""People, homes, places and cases are found though names are misspelt, and cases by what was said on them."""

from alembic import op

revision = "f7d2a9"
down_revision = "c9f4b7"
branch_labels = None
depends_on = None

_SAID = (
    *("words", "reasons", "explanation", "alleged", "decided", "happens_next", "terms", "effect", "very_serious"),
    *("necessity", "impact", "support", "chance", "what", "why", "effect_on_neighbours"),
)
"""What a search looks through: the fields of facts that hold somebody's own sentences."""

STATEMENTS = (
    """CREATE FUNCTION spellings(said text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        WITH plain AS (
            SELECT DISTINCT regexp_replace(one, '([^0-9])\\1+', '\\1', 'g') AS word FROM regexp_split_to_table(
                regexp_replace(lower(normalize(said, NFKD)), '[\\u0300-\\u036f\\u2019'']', '', 'g'),
                '[^[:alnum:]]+') AS one
            WHERE one <> ''
        ), letters AS (
            SELECT word, length(word) AS many FROM plain WHERE word !~ '[0-9]' AND length(word) BETWEEN 4 AND 24
        ), less AS (
            SELECT overlay(word PLACING '' FROM n FOR 1) AS word, n, many
            FROM letters, generate_series(1, many) AS n
        )
        SELECT coalesce(array_agg(word), '{}') FROM (
            SELECT word FROM plain UNION SELECT word FROM less
            UNION SELECT overlay(word PLACING '' FROM m FOR 1) FROM less, generate_series(n, many - 1) AS m
                WHERE many >= 7
        ) AS every
    $$""",
    """CREATE FUNCTION lines_of(lines text[], other text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_to_string(array_append(lines, other), ' ')
    $$""",
    f"""CREATE FUNCTION said_in(content jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT concat_ws(' ', {", ".join(f"content ->> '{name}'" for name in _SAID)})
    $$""",
    "CREATE INDEX people_spellings_idx ON people USING gin (spellings(words))",
    "CREATE INDEX mentions_spellings_idx ON mentions USING gin (spellings(words))",
    "CREATE INDEX tenancies_spellings_idx ON tenancies USING gin (spellings(lines_of(address, reference)))",
    "CREATE INDEX places_spellings_idx ON places USING gin (spellings(lines_of(address, name)))",
    """CREATE INDEX timeline_content_said_idx ON timeline_content
        USING gin (to_tsvector('english', said_in(content)))""",
    """CREATE FUNCTION mentions_spelt_like(asked text[]) RETURNS SETOF text LANGUAGE sql STABLE ROWS 100
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT m.case_ref FROM unnest(asked) AS one JOIN mentions m ON spellings(m.words) && spellings(one)
            GROUP BY m.case_ref, m.seq, m.part HAVING count(*) = cardinality(asked)
    $$""",
    """CREATE FUNCTION said_on(words text) RETURNS SETOF text LANGUAGE sql STABLE ROWS 100
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT DISTINCT c.case_ref FROM timeline_content c
            WHERE to_tsvector('english', said_in(c.content)) @@ websearch_to_tsquery('english'::regconfig, $1)
    $$""",
    "REVOKE EXECUTE ON FUNCTION mentions_spelt_like, said_on FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION mentions_spelt_like, said_on TO casework_app, casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
