"""How often somebody comes is counted by a function, which may stand in any question that is asked anyway."""

from alembic import op

revision = "c7a1f4"
down_revision = "d20b6f"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE FUNCTION take_turn(asked bytea, pause interval, span interval) RETURNS interval
        LANGUAGE plpgsql AS $$
        DECLARE
            fresh boolean;
            wait interval;
        BEGIN
            INSERT INTO rate_limits AS known (key, used_until) VALUES (asked, now() + pause)
                ON CONFLICT (key) DO UPDATE SET used_until = greatest(known.used_until, now()) + pause
                    WHERE greatest(known.used_until, now()) + pause <= now() + span
                RETURNING xmax = 0 INTO fresh;
            IF fresh IS NULL THEN
                SELECT used_until + pause - span - now() INTO wait FROM rate_limits WHERE key = asked;
                RETURN CASE WHEN wait > interval '0' THEN wait ELSE pause END; -- others came meanwhile
            END IF;
            IF fresh THEN
                DELETE FROM rate_limits WHERE key IN (
                    SELECT key FROM rate_limits WHERE used_until < now()
                    ORDER BY used_until LIMIT 2 FOR UPDATE SKIP LOCKED);
            END IF;
            RETURN NULL;
        END
    $$""",
    "REVOKE EXECUTE ON FUNCTION take_turn FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION take_turn TO casework_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
