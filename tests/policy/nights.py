"""Cases that are looked at night after night, and what was found on which."""

from collections.abc import Iterator
from datetime import date, datetime

from policy import audit
from policy.audit.base import Seen
from policy.facts import CaseFact, Entry
from policy.facts.auditing import PatternFound, PatternName
from policy.facts.people import Means, Person
from policy.simulation import Outage, Played, simulate
from policy.working_days import london_day
from tests.given import EDITION, case_of, empty_file, entry, london, report
from tests.policy.happenings import usual_actor

MONDAY = london(2024, 6, 3, 9)
ROBIN = Person(name="Robin Sample", phone="01632 960001", email="robin@example.org")
"""Somebody who has not said how they want to be reached."""
BY_PHONE = ROBIN.model_copy(update={"prefers": Means.PHONE})


def reported(at: datetime = MONDAY, category: str = "noise", complainant: Person = ROBIN) -> CaseFact:
    return report(at, category, complainant)


def played(*facts: CaseFact | Entry, until: datetime, outage: Outage | None = None) -> Played:
    entries = [one if isinstance(one, Entry) else entry(one, usual_actor(one)) for one in facts]
    return simulate(empty_file(entries[0].at.date()), entries, until=until, outage=outage)


def findings(case: Played) -> Iterator[PatternFound]:
    return (one.fact for one in case.entries if isinstance(one.fact, PatternFound))


def nights_of(name: PatternName, case: Played) -> list[date]:
    assert case.refused == ()
    return [london_day(one.at) for one in findings(case) if one.pattern is name]


def said(name: PatternName, case: Played) -> str:
    return next(one.sentence for one in findings(case) if one.pattern is name)


def looked_at(name: PatternName, now: datetime, *facts: audit.Told, file: object = None) -> str | None:
    """What one pattern says of facts that nobody can record yet."""
    case = file or case_of(reported())
    seen = Seen(case, audit.Timeline(facts), now, EDITION, None)  # type: ignore[arg-type]  # a case file
    return audit.PATTERNS[name].look(seen)
