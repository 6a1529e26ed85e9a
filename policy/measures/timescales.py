"""Whether what was owed by a day was done by then, and how long people waited.
(timescales-monitored, section 7)
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Final

from policy.case_file import CaseFile
from policy.deadlines import bare_key
from policy.facts.assessing import Assessed
from policy.ledger import Ending, Line
from policy.measures.base import Counted, Measure, Unit, counted
from policy.measures.caseload import of_itself
from policy.measures.history import CaseHistory
from policy.measures.others import Others
from policy.working_days import london_day, working_days_between

Ends = Callable[[CaseHistory], datetime | None]
_NOT_DONE: Final = "not_done"
_IN_TIME: Final = frozenset({Ending.KEPT, Ending.RECORDED_LATE})
_NO_LONGER_OWED: Final = frozenset({Ending.MOVED, Ending.WITHDRAWN})


def _kept(case: CaseHistory, _others: Others, row: str | None = None) -> Iterator[Counted]:
    """What staff owed by a day, each once, whoever it went up to. What was not missed and then moved
    or was no longer owed is left out; where it moved to it is owed again.
    """
    for line in case.ledger:
        if counts(line) and row in {None, line.deadline.row} and is_known(case.file, line):
            how, owner = how_done(line), line.deadline.owner or case.officer
            in_time, due = float(how in _IN_TIME), line.deadline.due
            yield counted(case, due, in_time, row=line.deadline.row, how=how, officer=owner)


def counts(line: Line) -> bool:
    """Whether it was ours, is no other's going up, and stood until it was done or missed."""
    deadline = line.deadline
    if not deadline.ours or deadline.key != bare_key(deadline.key):
        return False
    if line.ended is None:
        return line.noticed_at is not None
    return line.ended.ending not in _NO_LONGER_OWED or line.noticed_at is not None


def is_known(file: CaseFile, line: Line) -> bool:
    """Of what fell due before a case was brought from another system, only what that told: nobody knows whether it
    was not done, or not written down there.
    """
    brought = file.imported
    told = line.noticed_at is not None and brought is not None and line.noticed_at < brought.at
    return brought is None or line.deadline.due >= brought.at or told or how_done(line) != _NOT_DONE


def how_done(line: Line) -> str:
    """Missed, and not owed any more without having been done, is not done."""
    if line.ended is None or line.ended.ending in _NO_LONGER_OWED:
        return _NOT_DONE
    return line.ended.ending.value


def _days_until(ends: Ends, case: CaseHistory) -> Iterator[Counted]:
    """From the report, of cases that came so far."""
    end, start = ends(case), case.file.reported_at
    if end is not None and start is not None:
        days = working_days_between(london_day(start), london_day(end), case.file.closure_days)
        yield counted(case, end, days)


def _first_contact(case: CaseHistory) -> datetime | None:
    return case.file.first_contact_at


def _first_assessment(case: CaseHistory) -> datetime | None:
    return min((one.at for one in case.entries if isinstance(one.fact, Assessed)), default=None)


def _closure(case: CaseHistory) -> datetime | None:
    return case.file.closed_at


def _of(name: str, row: str, says: str) -> Measure:
    return Measure(name, 1, row, says, Unit.SHARE, partial(_kept, row=row), ("row", "how"))


def _until(name: str, row: str, says: str, ends: Ends) -> Measure:
    return Measure(name, 1, row, says, Unit.WORKING_DAYS, of_itself(partial(_days_until, ends)))


OF_TIME: Final = (
    Measure(
        "kept",
        1,
        "timescales-monitored",
        "Of all that we owed by a day, done by then",
        Unit.SHARE,
        _kept,
        ("row", "how"),
    ),
    _of("contacts_kept", "regular-contact", "Of the contacts that we owed while a case was open, made in time"),
    _of("promises_kept", "promise-ledger", "Of our promises, kept in time"),
    _of("risk_assessed", "risk-assessment", "Of the risk assessments that were due, done in time"),
    _of("reviews_held", "review-meetings", "Of the reviews that were due, held in time"),
    _until(
        "days_to_contact",
        "contact-5-working-days",
        "Working days from the report to our first contact",
        _first_contact,
    ),
    _until(
        "days_to_assessment",
        "assess-seriousness",
        "Working days from the report to its first assessment",
        _first_assessment,
    ),
    _until(
        "days_to_closure",
        "timescales-monitored",
        "Working days from the report until the case was closed",
        _closure,
    ),
)
