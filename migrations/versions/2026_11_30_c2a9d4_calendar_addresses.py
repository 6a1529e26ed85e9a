"""Addresses at which calendar programs fetch somebody's hearings and meetings, and how those are found."""

from alembic import op

revision = "c2a9d4"
down_revision = "f7d2a9"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE calendar_addresses (
        id uuid CONSTRAINT calendar_addresses_pkey PRIMARY KEY,
        subject text NOT NULL
            CONSTRAINT calendar_addresses_subject_fkey REFERENCES staff (subject) ON DELETE CASCADE,
        made_at timestamptz NOT NULL,
        revoked_at timestamptz,
        used_at timestamptz
    )""",
    "CREATE UNIQUE INDEX calendar_addresses_subject_idx ON calendar_addresses (subject) WHERE revoked_at IS NULL",
    "CREATE INDEX calendar_addresses_of_staff_idx ON calendar_addresses (subject)",
    "GRANT SELECT, INSERT ON calendar_addresses TO casework_app",
    "GRANT UPDATE (revoked_at, used_at) ON calendar_addresses TO casework_app",
    """CREATE INDEX timeline_court_days_idx ON timeline (case_ref, seq) WHERE fact IN (
        'papers_issued', 'court_listed', 'court_adjourned', 'court_decided', 'breach_answered', 'appeal_lodged',
        'appeal_decided', 'legal_action_ended')""",
    """CREATE INDEX timeline_meetings_idx ON timeline (recorded_at) WHERE fact IN (
        'hearing_listed', 'hearing_adjourned', 'hearing_vacated', 'group_meeting_held', 'review_meeting_held')""",
    """CREATE INDEX deadlines_open_row_idx ON deadlines ("row", case_ref) WHERE ending IS NULL""",
    "CREATE INDEX cases_open_hate_idx ON cases (next_due, ref) WHERE hate AND closed_at IS NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("migrations only go forward: restore a backup to go back")
