"""Support before, at and after each court hearing, for each victim and witness. (witness-care, section 4)"""

from collections.abc import Iterator
from datetime import datetime, time

from policy.care import Hearing
from policy.case_file import CaseFile
from policy.company import COMPLAINANT, called
from policy.deadlines.base import Obligation, out_of_reach, owed, set_aside, within_reach_since
from policy.editions import Edition
from policy.facts.hearings import When
from policy.working_days import Due, hours_after, on_the_day, working_days_after, working_days_before

_ROW = "witness-care"

_OWED = {
    When.BEFORE: "Prepare {who} for the hearing: court, protection, support",
    When.DURING: "See that somebody is with {who} at the hearing",
    When.AFTER: "Support {who} after the hearing",
}


def hearings(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    for key, hearing in file.hearings.items():
        for person, counted_since in hearing.people.items():
            if person in file.gone:
                continue
            known_since = max(counted_since, hearing.told_at)
            since = within_reach_since(file, known_since) if person == COMPLAINANT else known_since
            for when in hearing.still_owed(person):
                name = f"hearing-{when}:{key}:{person}"
                if person == COMPLAINANT and (why := out_of_reach(file)):
                    yield set_aside(name, row=_ROW, why=why)
                    continue
                yield owed(
                    file,
                    name,
                    _due(file, hearing, when, since, edition),
                    row=_ROW,
                    what=_OWED[when].format(who=called(person)),
                    met_by=("witness_supported",),
                )


def _due(file: CaseFile, hearing: Hearing, when: When, since: datetime, edition: Edition) -> Due:
    """Counted from the hearing. At short notice some hours after it was listed or the witness became known; what
    is before it while that can still be, which is until its day is over.
    """
    number, closes = edition.witnesses, edition.office.closes
    if when is When.AFTER and hearing.held_at is not None:
        return working_days_after(
            max(since, hearing.held_at), number.after_working_days, file.closure_days, closes
        )
    soonest = hours_after(since, number.short_notice_hours)
    if when is When.DURING:
        return max(on_the_day(hearing.on, closes), soonest, key=_moment)
    due = working_days_before(hearing.on, number.before_working_days, file.closure_days, closes)
    ends = on_the_day(hearing.on, time.max)
    return max(due, soonest if since > ends.moment else min(soonest, ends, key=_moment), key=_moment)


def _moment(due: Due) -> datetime:
    return due.moment
