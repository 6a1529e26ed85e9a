"""Stories about nobody who can be known: what was given out of cases that are closed. (publications)"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from policy.case_file import CaseFile
from policy.consents import victims_agree
from policy.facts import Entry
from policy.facts.consent import Purpose
from policy.facts.publicity import PublicityApproved, PublicityGivenOut, PublicityWorded
from policy.matters.publicity import no_order_stands
from policy.measures.history import CaseHistory
from policy.measures.period import Period


def stories(case: CaseHistory, period: Period) -> tuple[str, ...]:
    """What was given out in the period, as worded and approved: until then a victim may say no. None of a case
    that is open, or of domestic abuse, whose order was set aside, or whose victim says no. (our reading)
    """
    if not _may_be_told(case.file):
        return ()
    return tuple(words for at, words in _given_out(case.entries) if period.holds(at))


def _may_be_told(file: CaseFile) -> bool:
    closed = file.closed_at is not None and not file.domestic_abuse
    agreed = victims_agree(file, Purpose.PUBLICITY) is not False
    return closed and agreed and not no_order_stands(file)


def _given_out(entries: Iterable[Entry]) -> Iterator[tuple[datetime, str]]:
    worded: dict[str, str] = {}
    approved: dict[str, str] = {}
    for one in entries:
        match one.fact:
            case PublicityWorded(matter=matter, words=words):
                worded[matter] = words
            case PublicityApproved(matter=matter) if matter in worded:
                approved[matter] = worded[matter]
            case PublicityGivenOut(matter=matter, at=at) if matter in approved:
                yield at, approved[matter]
