"""Whether something was told before under its key, as one question: each fact asks it."""

from alembic import op

revision = "b3e8d1"
down_revision = "5e2a63"
branch_labels = None
depends_on = None

STATEMENTS = (
    # By whoever knows the key, which is nobody's but theirs. In plpgsql, which keeps its plan.
    """CREATE FUNCTION told_before(asked text, key uuid)
        RETURNS TABLE (seq integer, digest text, reported boolean) LANGUAGE plpgsql STABLE ROWS 1
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            RETURN QUERY SELECT t.seq, t.digest, EXISTS (SELECT FROM reports r WHERE r.id = key)
                FROM (SELECT) AS always
                LEFT JOIN timeline t ON t.case_ref = asked AND t.fact_id = key::text;
        END
    $$""",
    "REVOKE EXECUTE ON FUNCTION told_before FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION told_before TO casework_app, casework_worker",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
