"""Closure days and misses at random."""

from datetime import date, datetime, timedelta

from policy.case_file import CaseFile
from policy.deadlines import deadlines
from policy.facts.ruling import ClosureDaysAdopted, DeadlineMissed
from tests.given import EDITION


def closure_days(at: datetime, file: CaseFile, pick: int) -> ClosureDaysAdopted:
    known = file.closure_days.days.items()
    days = {d: why for n, (d, why) in enumerate(known) if n % 5 != pick % 5 or (d < at.date() and pick % 3)}
    more = {at.date() + timedelta(days=n): "Closed" for n in range(1, pick % 4)}
    until = date(at.year + pick % 3, 12, 31)
    return ClosureDaysAdopted(at=at, days=days | more, known_until=until, reasons="Proclaimed.")


def miss(file: CaseFile, at: datetime, pick: int) -> DeadlineMissed:
    known = deadlines(file, EDITION)
    if not known:
        return DeadlineMissed(at=at, key="none", row="as-of", due=at)
    one = known[pick % len(known)]
    return DeadlineMissed(at=min(at, one.due), key=one.key, row=one.row, due=one.due)
