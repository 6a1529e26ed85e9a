"""Days of courts in rows of their own, and by what else the community safety team's lists are found. Where there
is data already, `casework rebuild` makes the rows.
"""

from alembic import op

revision = "b8e1d5"
down_revision = "d4b7e9"
branch_labels = None
depends_on = None

_EVERYTHING = "(SELECT current_setting('casework.sees', true) = '*')"
_CASE = "(SELECT true FROM cases c WHERE c.ref = sittings.case_ref)"
_BESIDE = "(SELECT true FROM procedures p WHERE p.ref = sittings.case_ref)"

STATEMENTS = (
    """CREATE TABLE sittings (
        case_ref text,
        first integer,
        series text NOT NULL,
        "on" date NOT NULL,
        hour time,
        court integer,
        changes integer NOT NULL,
        said_at timestamptz NOT NULL,
        off boolean NOT NULL,
        CONSTRAINT sittings_pkey PRIMARY KEY (case_ref, first)
    )""",
    'CREATE INDEX sittings_on_idx ON sittings ("on", hour, case_ref, first)',
    "ALTER TABLE sittings ENABLE ROW LEVEL SECURITY",
    f"CREATE POLICY seen ON sittings TO casework_app USING ({_EVERYTHING} OR {_CASE} OR {_BESIDE})",
    "CREATE POLICY carried_on ON sittings TO casework_worker USING (true)",
    "GRANT SELECT ON sittings TO casework_app",
    "GRANT SELECT, INSERT, DELETE ON sittings TO casework_worker",
    """CREATE INDEX timeline_meetings_held_idx ON timeline (at)
        WHERE fact IN ('group_meeting_held', 'review_meeting_held')""",
    """CREATE INDEX deadlines_of_agencies_idx ON deadlines (due, case_ref, key)
        WHERE ending IS NULL AND "row" IN ('closure-notice', 'community-protection-notice', 'multi-agency-groups',
            'other-powers', 'partner-led-action', 'refer-criminal-to-police')""",
    """CREATE INDEX deadlines_meetings_idx ON deadlines (due)
        WHERE ending IS NULL AND "row" IN ('case-review', 'multi-agency-groups')""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
