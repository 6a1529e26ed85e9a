"""Two cases and what each is told when one joins the other, and when they part again."""

from datetime import timedelta
from typing import Final

from policy import folding, rules
from policy.across import told_elsewhere
from policy.case_file import CaseFile
from policy.facts import SYSTEM, CaseFact, Entry
from tests.given import EDITION, empty_file, entry, london
from tests.policy import happenings as h

MONDAY: Final = london(2023, 6, 5)
DAY: Final = timedelta(days=1)
THIS: Final = "CW-2023-000001"
OTHER: Final = "CW-2023-000002"


def other_case(*facts: CaseFact) -> CaseFile:
    file = empty_file(MONDAY.date(), OTHER)
    for fact in facts:
        file = h.recorded(file, fact)
    return file


def taken(file: CaseFile, one: Entry) -> CaseFile:
    rules.check(file, one, EDITION)
    return folding.after(file, one, EDITION)


def join(file: CaseFile, into: CaseFile, id_: str = "joining") -> tuple[CaseFile, CaseFile]:
    """Both after it: what the first records, and what that means for the other."""
    one = entry(h.joined(MONDAY + 9 * DAY, into.ref), id_=id_)
    (told,) = told_elsewhere(file, one)
    assert told.ref == into.ref
    echo = Entry(id=told.id, by=SYSTEM, recorded_at=one.recorded_at, fact=told.fact)
    return taken(file, one), taken(into, echo)


def separate(file: CaseFile, into: CaseFile) -> tuple[CaseFile, CaseFile]:
    one = entry(h.separated(MONDAY + 10 * DAY))
    (told,) = told_elsewhere(file, one)
    echo = Entry(id=told.id, by=SYSTEM, recorded_at=one.recorded_at, fact=told.fact)
    return taken(file, one), taken(into, echo)


def echoed(file: CaseFile, into: CaseFile, fact: CaseFact) -> tuple[CaseFile, CaseFile]:
    """Both after the first records it, and the other hears of it."""
    one = entry(fact)
    (told,) = told_elsewhere(file, one)
    return taken(file, one), taken(into, Entry(id=told.id, by=SYSTEM, recorded_at=fact.at, fact=told.fact))
