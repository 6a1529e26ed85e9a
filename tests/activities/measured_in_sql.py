"""The same measures by SQL over the register, the ledger and the timeline: a second reckoning, by another way."""

from datetime import date
from typing import Final

import asyncpg

_COMMON: Final = """
WITH told AS (SELECT $1::date AS first, $2::date AS last),
alone AS (
    SELECT c.*, (c.reported_at AT TIME ZONE 'Europe/London')::date AS reported_on,
        (c.closed_at AT TIME ZONE 'Europe/London')::date AS closed_on
    FROM cases c WHERE coalesce(c.file->'joined', 'null') = 'null'
),
said AS (
    SELECT t.case_ref, t.seq, t.fact, (t.at AT TIME ZONE 'Europe/London')::date AS day, s.content
    FROM timeline t JOIN timeline_content s USING (case_ref, seq)
),
party AS (
    SELECT DISTINCT c.ref, c.reported_at, c.closed_at, p.value->>'person' AS person
    FROM cases c, jsonb_each(c.file->'people') p
    WHERE p.value->>'part' = 'perpetrator' AND p.value->>'person' IS NOT NULL
)
"""
_DAYS: Final = """(
    SELECT count(*) FROM generate_series({start} + 1, {end}, '1 day') AS d(day)
    WHERE extract(isodow FROM d.day) < 6 AND NOT file->'closure_days'->'days' ? to_char(d.day, 'YYYY-MM-DD')
)"""
_NUMBER: Final = "SELECT count(*)::int, count(*)::float, NULL::float FROM found"
_SHARE: Final = "SELECT count(*)::int, avg(value::int)::float, NULL::float FROM found"
_WITHIN: Final = """SELECT count(*)::int, percentile_disc(0.5) WITHIN GROUP (ORDER BY value)::float,
    percentile_disc(0.9) WITHIN GROUP (ORDER BY value)::float FROM found"""


def _kept(narrowed: str = "") -> str:
    return f"""SELECT coalesce(d.ending IN ('kept', 'recorded_late'), false) AS value
    FROM deadlines d JOIN cases USING (case_ref), told,
        LATERAL (SELECT (cases.file->'imported'->>'at')::timestamptz AS brought) imported
    WHERE d.owed_by <> 'resident' AND d.key NOT LIKE 'escalation:%' {narrowed}
        AND (d.due AT TIME ZONE 'Europe/London')::date BETWEEN first AND last
        AND (d.noticed_at IS NOT NULL OR d.ending NOT IN ('moved', 'withdrawn'))
        AND (brought IS NULL OR d.due >= brought OR d.noticed_at < brought
            OR coalesce(d.ending NOT IN ('moved', 'withdrawn'), false))
    """.replace("cases USING (case_ref)", "cases ON cases.ref = d.case_ref")


def _repeat(parts: str, counts: str) -> str:
    return f"""SELECT EXISTS (
        SELECT FROM jsonb_each(file->'people') p
        WHERE p.value->>'part' IN ({parts}) AND p.value->>'left_at' IS NULL
            AND (p.value->'repeat'->>'as_{counts}')::int + (p.value->'repeat'->>'household_as_{counts}')::int > 0
    ) AS value FROM alone, told WHERE reported_on BETWEEN first AND last"""


def _until(day: str) -> str:
    days = _DAYS.format(start="reported_on", end="ended_on")
    return f"""SELECT {days} AS value FROM (SELECT *, {day} AS ended_on FROM alone) a, told
    WHERE ended_on BETWEEN first AND last"""


_AGAIN: Final = """EXISTS (
    SELECT FROM cases o WHERE o.ref <> a.ref
        AND o.reported_at > a.closed_at AND o.reported_at <= a.closed_at + interval '183 days'
        AND (EXISTS (SELECT FROM party x JOIN party y USING (person) WHERE x.ref = a.ref AND y.ref = o.ref)
            OR EXISTS (SELECT FROM said WHERE said.case_ref = o.ref AND said.content->>'follows' = a.ref))
)"""
_PEACE_ENDED: Final = """SELECT (again - closed_on) AS value FROM (
        SELECT a.closed_on, (min(o.reported_at) AT TIME ZONE 'Europe/London')::date AS again
        FROM alone a JOIN cases o ON o.ref <> a.ref
            AND o.reported_at > a.closed_at AND o.reported_at <= a.closed_at + interval '183 days'
        WHERE EXISTS (SELECT FROM party x JOIN party y USING (person) WHERE x.ref = a.ref AND y.ref = o.ref)
            OR EXISTS (SELECT FROM said WHERE said.case_ref = o.ref AND said.content->>'follows' = a.ref)
        GROUP BY a.ref, a.closed_on
    ) ended, told WHERE again BETWEEN first AND last"""
_NM01: Final = """SELECT true AS value FROM alone a, told WHERE reported_on BETWEEN first AND last {narrowed}
    AND NOT EXISTS (
        SELECT FROM party x JOIN party y USING (person) JOIN alone o ON o.ref = y.ref
        WHERE x.ref = a.ref AND y.ref <> a.ref AND (o.reported_at, o.ref) < (a.reported_at, a.ref)
            AND (o.closed_at IS NULL OR o.closed_at >= a.reported_at) {other}
    )"""


def _ended(fact: str, begun: str, value: str = "true") -> str:
    return f"""SELECT {value} AS value FROM said e
    JOIN said b ON b.case_ref = e.case_ref AND b.fact = '{begun}'
        AND b.seq::text = substring(e.content->>'matter' FROM '[0-9]+$')
    JOIN cases c ON c.ref = e.case_ref, told WHERE e.fact IN ({fact}) AND e.day BETWEEN first AND last"""


_CAME_IN: Final = """SELECT t.case_ref FROM timeline t JOIN cases c ON c.ref = t.case_ref, told
    WHERE t.seq = 1 AND (t.recorded_at AT TIME ZONE 'Europe/London')::date BETWEEN first AND last"""

MEASURED: Final = {
    "opened": (_NUMBER, "SELECT ref FROM alone, told WHERE reported_on BETWEEN first AND last"),
    "came_in": (_NUMBER, _CAME_IN),
    "came_in_hate": (_NUMBER, f"{_CAME_IN} AND c.hate"),
    "closed": (_NUMBER, "SELECT ref FROM alone, told WHERE closed_on BETWEEN first AND last"),
    "open": (
        _NUMBER,
        "SELECT ref FROM alone, told WHERE reported_on <= last AND (closed_on IS NULL OR closed_on > last)",
    ),
    "hate": (
        _NUMBER,
        """SELECT ref FROM alone, told WHERE hate
        AND ((file->'hate'->>'since')::timestamptz AT TIME ZONE 'Europe/London')::date BETWEEN first AND last""",
    ),
    "repeat_victims": (_SHARE, _repeat("'complainant', 'victim'", "victim")),
    "repeat_perpetrators": (_SHARE, _repeat("'perpetrator'", "perpetrator")),
    "kept": (_SHARE, _kept()),
    "contacts_kept": (_SHARE, _kept("AND d.row = 'regular-contact'")),
    "promises_kept": (_SHARE, _kept("AND d.row = 'promise-ledger'")),
    "risk_assessed": (_SHARE, _kept("AND d.row = 'risk-assessment'")),
    "reviews_held": (_SHARE, _kept("AND d.row = 'review-meetings'")),
    "days_to_contact": (
        _WITHIN,
        _until("((file->>'first_contact_at')::timestamptz AT TIME ZONE 'Europe/London')::date"),
    ),
    "days_to_assessment": (
        _WITHIN,
        _until("(SELECT min(day) FROM said WHERE case_ref = ref AND fact = 'assessed')"),
    ),
    "days_to_closure": (_WITHIN, _until("closed_on")),
    "peace_held": (
        _SHARE,
        f"""SELECT NOT {_AGAIN} AS value FROM alone a, told
        WHERE ((closed_at + interval '183 days') AT TIME ZONE 'Europe/London')::date BETWEEN first AND last""",
    ),
    "days_of_peace": (_WITHIN, _PEACE_ENDED),
    "referrals_answered": (
        _WITHIN,
        f"""SELECT {_DAYS.format(start="b.day", end="e.day")} AS value FROM (
            SELECT DISTINCT ON (case_ref, content->>'matter') * FROM said
            WHERE fact IN ('referral_taken_up', 'referral_finished') ORDER BY case_ref, content->>'matter', seq
        ) e JOIN said b ON b.case_ref = e.case_ref AND b.fact = 'referral_proposed'
            AND b.seq::text = substring(e.content->>'matter' FROM '[0-9]+$')
        JOIN cases c ON c.ref = e.case_ref, told WHERE e.day BETWEEN first AND last""",
    ),
    "referrals": (
        _WITHIN,
        _ended("'referral_finished'", "referral_proposed", _DAYS.format(start="b.day", end="e.day")),
    ),
    "legal_actions": (
        _NUMBER,
        _ended("'legal_action_finished', 'legal_action_stopped'", "legal_action_proposed"),
    ),
    "answers": (
        _NUMBER,
        """SELECT a.key FROM said, jsonb_each(content->'answers') a, told
        WHERE fact = 'questionnaire_answered' AND day BETWEEN first AND last""",
    ),
    "satisfied": (
        _SHARE,
        """SELECT content->'answers'->>'satisfied' IN ('very', 'fairly') AS value FROM said, told
        WHERE fact = 'questionnaire_answered' AND content->'answers' ? 'satisfied'
            AND day BETWEEN first AND last""",
    ),
    "prevention": (_NUMBER, "SELECT id FROM prevention_work, told WHERE starts BETWEEN first AND last"),
    "nm01_cases": (_NUMBER, _NM01.format(narrowed="", other="")),
    "nm01_hate": (_NUMBER, _NM01.format(narrowed="AND hate", other="AND o.hate")),
}


async def measured(
    db: asyncpg.Connection, name: str, first: date, last: date
) -> tuple[int, float | None, float | None]:
    """How many were counted, the value, and what nine in ten took."""
    reckoning, found = MEASURED[name]
    row = await db.fetchrow(f"{_COMMON}, found AS ({found}) {reckoning}", first, last)
    assert row is not None
    return tuple(row)
