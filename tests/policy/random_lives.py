"""Whole lives of cases, at random: fact after fact, in earnest or not, some of them written down late."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from hypothesis import strategies as st

from policy import folding, rules
from policy.case_file import CaseFile
from policy.facts import SYSTEM, Actor, Entry, Role
from policy.facts.people import Party
from policy.facts.reporting import Reporter
from policy.refusals import Refused
from policy.working_days import LONDON
from tests.given import EDITION, OFFICER, SUPERVISOR, empty_file, report
from tests.policy import happenings as h
from tests.policy.random_cases import (
    ACTORS,
    BUILDERS,
    COMPLAINANTS,
    FIRST_DAY,
    KINDS,
    SENSIBLE,
    SEVEN_YEARS_IN_MINUTES,
    TOWARDS_CLOSING,
    WAITS,
    Step,
    perception,
    possible,
    towards_closing,
)

dice: Final = st.randoms(use_true_random=True)
"""Fair ones: Hypothesis's own choices lean to the simple, and simple cases seldom come to anything."""


REF: Final = "CW-2023-000001"
TAKEN_BY: Final = (OFFICER, OFFICER, SUPERVISOR, Actor(id="resident", role=Role.RESIDENT))
"""Whose the case is from its first minute; or nobody's, where it came by our page or a supervisor took it."""


def id_of(ref: str, number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"{ref} {number}"))


def reported(roll: Random, ref: str = REF) -> Entry:
    """The report that a case begins with."""
    now = FIRST_DAY + timedelta(minutes=roll.randrange(SEVEN_YEARS_IN_MINUTES))
    hate = perception(roll.randrange(2)) if roll.random() < 0.1 else None
    category = roll.choice(("noise", "noise", "environmental", "violence"))
    about = Party(address=("3 Invented Row",)) if roll.random() < 0.5 else None
    reporter = roll.choice((*[Reporter.VICTIM] * 6, Reporter.WITNESS, Reporter.THIRD_PARTY, Reporter.ANONYMOUS))
    abuse, advised = roll.random() < 0.05, roll.random() < 0.2
    told = report(
        now,
        category,
        roll.choice(COMPLAINANTS),
        hate=hate,
        about=about,
        reporter=reporter,
        domestic_abuse=abuse,
        police_advised=advised,
    )
    return Entry(id=id_of(ref, 0), by=roll.choice(TAKEN_BY), recorded_at=now, fact=told)


def begun(one: Entry, ref: str = REF) -> tuple[CaseFile, datetime]:
    """A case that has its report, and the moment of it."""
    file = empty_file(one.recorded_at.date(), ref)
    rules.check(file, one, EDITION)
    return folding.after(file, one, EDITION), one.recorded_at


def steps(roll: Random) -> list[Step]:
    return [
        Step(
            kind=roll.choice(KINDS),
            wait=roll.choice(WAITS),
            late=roll.choice(WAITS) if roll.random() < 0.2 else WAITS[0],
            pick=roll.randrange(1000),
            by=roll.choice(ACTORS),
        )
        for _ in range(roll.randint(15, 40))
    ]


@st.composite
def lives(draw: st.DrawFn) -> "Life":
    roll = draw(dice)
    return begun(reported(roll)), steps(roll)


LIVES: Final = lives()
Life = tuple[tuple[CaseFile, datetime], list[Step]]


class Moment(NamedTuple):
    """The case before and after one entry; `after` is `before` where the entry was refused."""

    now: datetime
    before: CaseFile
    entry: Entry
    after: CaseFile


def entry_of(step: Step, file: CaseFile, now: datetime, number: int) -> Entry:
    if step.kind in {SENSIBLE, TOWARDS_CLOSING}:
        choice = possible(file, now) if step.kind == SENSIBLE else towards_closing(file, now)
        fact, by = choice[step.pick % len(choice)] if choice else (h.incident(now), OFFICER)
        return Entry(id=id_of(file.ref, number + 1), by=by, recorded_at=now, fact=fact)
    zone = LONDON if step.pick % 2 else UTC
    fact = BUILDERS[step.kind](file, (now - step.late).astimezone(zone), step.pick)
    by = (
        SYSTEM
        if step.kind in {"deadline_missed", "report_joined"}
        or (step.kind.startswith(("letter_", "incident_sep")) and step.pick % 4)
        else step.by
    )
    return Entry(id=id_of(file.ref, number + 1), by=by, recorded_at=now, fact=fact)


def lived(life: Life) -> Iterator[Moment]:
    """Each moment of a life. Whatever is raised that is not a refusal is raised here too."""
    (file, now), steps = life
    for number, step in enumerate(steps):
        now += step.wait
        entry = entry_of(step, file, now, number)
        try:
            rules.check(file, entry, EDITION)
        except Refused:
            after = file
        else:
            after = folding.after(file, entry, EDITION)
        yield Moment(now, file, entry, after)
        file = after
