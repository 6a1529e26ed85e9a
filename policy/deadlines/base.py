"""A deadline: what somebody owes, by when, and why; and a clock that was set aside, with the reason."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pydantic import AwareDatetime, computed_field

from policy.case_file import CaseFile
from policy.company import COMPLAINANT
from policy.editions import BySeriousness, DaysOrHours, Edition
from policy.facts.base import Role
from policy.file import File
from policy.frozen import Frozen
from policy.rows import section_in_words, section_of
from policy.working_days import (
    Counted,
    Due,
    day_in_words,
    hours_after,
    in_words,
    london_day,
    moment_in_words,
    working_days_after,
)


class Deadline(Frozen):
    """`key` names the obligation on its case; with `since`, the `seq` of the fact from which it stands at this
    date, one occurrence of it. `met_by` are the facts that keep it, `noticed_at` when its miss was
    recorded, `owner` the member of staff who took it on where that is not the case's officer, `stage` a
    matter's.
    """

    key: str
    since: int
    row: str
    section: str
    edition: str
    owed_by: Role
    owner: str | None = None
    owed: str
    due: AwareDatetime
    counted: Counted
    met_by: tuple[str, ...]
    noticed_at: AwareDatetime | None = None
    stage: str | None = None

    @property
    def noticed(self) -> bool:
        return self.noticed_at is not None

    @property
    def ours(self) -> bool:
        """Whether staff owe it."""
        return self.owed_by is not Role.RESIDENT

    @computed_field
    def why(self) -> str:
        """The date's own explanation, in words."""
        return reason(self.owed, Due(moment=self.due, counted=self.counted), self.section, self.row)


def reason(what: str, due: Due, section: str, row: str) -> str:
    return f"{what}, by {moment_in_words(due.moment)}: {in_words(due)} (policy {section_in_words(section)}, {row})"


class SetAside(Frozen):
    """A clock that would make no sense on this case, and why."""

    key: str
    row: str
    section: str
    why: str


Obligation = Deadline | SetAside


def owed(  # noqa: PLR0913 - one keyword for each thing that a deadline must be able to say
    file: File,
    key: str,
    due: Due,
    *,
    row: str,
    what: str,
    met_by: tuple[str, ...],
    by: Role = Role.OFFICER,
    owner: str | None = None,
    stage: str | None = None,
) -> Deadline:
    clock = file.clocks.get(key)
    stands = clock if clock is not None and (clock.due, clock.stage) == (due.moment, stage) else None
    return Deadline(
        key=key,
        since=stands.since if stands else file.seq,
        owner=owner,
        row=row,
        section=section_of(row),
        edition=file.edition.name,
        owed_by=by,
        owed=what,
        due=due.moment,
        counted=due.counted,
        met_by=met_by,
        noticed_at=stands.noticed_at if stands else None,
        stage=stage,
    )


def at_intervals(file: CaseFile, last: datetime, every: BySeriousness, edition: Edition) -> Due:
    """The next of something regular. A case that becomes serious counts the shorter interval from that moment
    at the earliest: nobody is late at once.
    """
    days, closes = file.closure_days, edition.office.closes
    ordinary = working_days_after(last, every.ordinary_working_days, days, closes)
    if file.serious_since is None:
        return ordinary
    start = max(last, file.serious_since)
    serious = working_days_after(start, every.serious_working_days, days, closes)
    return min(ordinary, serious, key=lambda due: due.moment)


def urgent_since(file: CaseFile) -> datetime | None:
    """Since when it has been serious, or there were signs of domestic abuse."""
    abuse = [one.since for one in file.domestic_abuse.values()]
    return min((moment for moment in (file.serious_since, *abuse) if moment is not None), default=None)


def sooner_where_urgent(file: CaseFile, since: datetime, number: DaysOrHours, edition: Edition) -> Due:
    """Within working days; within hours of when it became urgent, if that is sooner."""
    due = working_days_after(since, number.working_days, file.closure_days, edition.office.closes)
    urgent = urgent_since(file)
    if urgent is None:
        return due
    return min(due, hours_after(max(since, urgent), number.hours), key=lambda one: one.moment)


NO_WAY_TO_REACH: Final = "no address, e-mail or telephone number was given"


def out_of_reach(file: CaseFile) -> str | None:
    """Why the complainant is not to be spoken to, or cannot be; None where they can."""
    if unwanted := wants_no_contact(file):
        return unwanted
    if file.reachable:
        return None
    anonymous = file.wish.anonymous_since is not None
    return f"the complainant stays anonymous: {NO_WAY_TO_REACH}" if anonymous else NO_WAY_TO_REACH


def wants_no_contact(file: CaseFile) -> str | None:
    """Nor do letters go to them."""
    since = file.wish.no_contact_since
    return f"the complainant wants no contact, as told on {_day(since)}" if since else None


def no_longer_pursued(file: CaseFile) -> str | None:
    at = file.wish.withdrawn_at
    return f"the complainant withdrew the complaint on {_day(at)}" if at else None


def _day(moment: datetime) -> str:
    return day_in_words(london_day(moment))


def within_reach_since(file: CaseFile, moment: datetime) -> datetime:
    """The moment, or when there was a way to reach the complainant and they wished it, if that was later."""
    return max(moment, file.reachable_since or moment, file.wish.contact_again_since or moment)


def known_since(file: CaseFile, person: str) -> datetime | None:
    """Since when we could have spoken to somebody; None where nobody told of them, or of a way to reach them."""
    if person == COMPLAINANT:
        return file.reachable_since
    return file.people[person].since if person in file.people else None


def pursued_since(file: CaseFile, moment: datetime) -> datetime:
    """The same of somebody who had withdrawn and goes on."""
    return max(within_reach_since(file, moment), file.wish.pursued_again_since or moment)


def set_aside(key: str, *, row: str, why: str) -> SetAside:
    return SetAside(key=key, row=row, section=section_of(row), why=why)


def dated(open_ones: Iterable[Deadline]) -> list[str]:
    """For pages where nothing is encrypted, each by its key: the words may say of whom it is owed, or to whom."""
    return [f"- {'LATE: ' if one.noticed else ''}{one.key}, by {moment_in_words(one.due)}" for one in open_ones]
