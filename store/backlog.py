"""What is late, waits or is in doubt in the whole office, as numbers alone: for monitoring, in one question."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import text

from policy.facts.base import SYSTEM
from store.sessions import Reading

QUESTION: Final = text("""
SELECT 'late' AS name, "row" AS about, count(*) AS number, min(due) AS oldest
    FROM deadlines WHERE ending IS NULL AND due < :now GROUP BY "row"
UNION ALL SELECT 'unnoticed', '', count(*), min(due)
    FROM deadlines WHERE ending IS NULL AND due < :now AND noticed_at IS NULL
UNION ALL SELECT 'promises', '', count(*), min(due)
    FROM deadlines WHERE ending IS NULL AND "row" = 'promise-ledger'
UNION ALL SELECT 'cases', CASE WHEN serious THEN 'serious' ELSE 'ordinary' END, count(*), min(reported_at)
    FROM cases WHERE closed_at IS NULL GROUP BY serious
UNION ALL SELECT 'relay', 'reports', count(*), min(received_at) FROM reports WHERE settled_at IS NULL
UNION ALL SELECT 'relay', 'applications', count(*), min(a.received_at)
    FROM procedures p JOIN applications a ON a.ref = p.ref WHERE p.seq = 0
UNION ALL SELECT 'relay', 'imported', count(*), min(imported_at)
    FROM imported_cases WHERE settled_at IS NULL AND imported_at IS NOT NULL
UNION ALL SELECT 'letters', 'to_send', count(*), min(composed_at)
    FROM letters WHERE state IN ('composed', 'sending')
UNION ALL SELECT 'letters', 'to_post', count(*), min(composed_at) FROM letters WHERE state = 'to_post'
UNION ALL SELECT 'in_doubt', 'letters', count(*), min(changed_at) FROM letters WHERE state = 'in_doubt'
UNION ALL SELECT 'in_doubt', 'referrals', count(*), min(changed_at) FROM sendings WHERE state = 'in_doubt'
UNION ALL SELECT 'evidence', 'a_case', count(*), min(added_at)
    FROM evidence_files WHERE matter IS NULL AND set_aside IS NULL AND state <> 'erased'
UNION ALL SELECT 'evidence', 'the_scanner', count(*), min(added_at)
    FROM evidence_files WHERE state = 'quarantined'
UNION ALL SELECT 'reports', kind, count(*), (max(last) + 1)::timestamp AT TIME ZONE 'Europe/London'
    FROM made_reports WHERE made_at IS NOT NULL AND by_id = :clock GROUP BY kind
""")


class Number(NamedTuple):
    """`about` is a row of the policy, a state or a kind, never a reference. `since` is the moment of the oldest;
    of reports that the clock had made, when the days were over of which the last one tells.
    """

    name: str
    about: str
    number: int
    since: datetime | None


async def numbers(db: Reading, now: datetime) -> Sequence[Number]:
    return [Number(*row) for row in await db.connection.execute(QUESTION, {"now": now, "clock": SYSTEM.id})]
