"""Invented cases, people and facts for tests."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from gateways.calendar import closure_days
from policy import folding, rules
from policy.case_file import CaseFile
from policy.editions import of, released
from policy.facts import Actor, CaseFact, Entry, Role
from policy.facts.assessing import Assessed, Exclusion, Limb, Seriousness
from policy.facts.contact import ContactMade
from policy.facts.people import Means, Person
from policy.facts.reporting import Channel, ReportReceived
from policy.working_days import LONDON

EDITION = released()[0]
OFFICER = Actor(id="officer-1", role=Role.OFFICER)
SUPERVISOR = Actor(id="supervisor-1", role=Role.SUPERVISOR)
ROWAN = Person(name="Rowan Example", email="rowan@example.org", prefers=Means.EMAIL)
BY_POST = Person(name="Ashley Sample", address=("2 Invented Row", "Sevenoaks"), prefers=Means.POST)


def london(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def empty_file(day: date, ref: str = "CW-2023-000001") -> CaseFile:
    return CaseFile(ref=ref, edition=EDITION.ref, closure_days=closure_days(day, {}))


def entry(
    fact: CaseFact, by: Actor = OFFICER, recorded_at: datetime | None = None, id_: str | None = None
) -> Entry:
    key = id_ or str(uuid4())
    return Entry(id=key, by=by, recorded_at=recorded_at or fact.at, fact=fact, digest=key)


def report(
    at: datetime, category: str = "noise", complainant: Person | None = ROWAN, **more: object
) -> ReportReceived:
    return ReportReceived(
        at=at, channel=Channel.PHONE, words="Told us so.", category=category, complainant=complainant, **more
    )


def contact(at: datetime, every: int | None = None) -> ContactMade:
    return ContactMade(at=at, means=Means.PHONE, words="Spoke.", every_working_days=every)


def assessed(
    at: datetime, *, serious: bool = False, exclusion: Exclusion | None = None, category: str = "noise"
) -> Assessed:
    return Assessed(
        at=at,
        seriousness=Seriousness.SERIOUS if serious else Seriousness.ORDINARY,
        categories=(category,),
        limb=None if exclusion else Limb.NUISANCE_IN_A_HOME,
        exclusion=exclusion,
        reasons="As told.",
    )


def record(file: CaseFile, fact: CaseFact, by: Actor = OFFICER, recorded_at: datetime | None = None) -> CaseFile:
    """Checked as at the door, then folded."""
    one = entry(fact, by, recorded_at)
    edition = of(file.edition)
    rules.check(file, one, edition)
    return folding.after(file, one, edition)


def case_of(*facts: CaseFact, day: date | None = None) -> CaseFile:
    file = empty_file(day or facts[0].at.date())
    for fact in facts:
        file = record(file, fact)
    return file


def court_day(day: date) -> date:
    """That day, or the next on which courts sit."""
    closed = closure_days(day, {}).days
    return next(
        one for one in (day + timedelta(days=n) for n in range(9)) if one.weekday() < 5 and one not in closed
    )


def a_moment_ago() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=1)
