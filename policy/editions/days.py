"""An edition's days, hours and limits in the handling of a case, and its categories."""

from datetime import time
from typing import Literal

from policy.editions.table import AtLeastOne
from policy.editions.table import Table as _Table
from policy.frozen import Frozen
from policy.hours import Hours


class Office(_Table):
    closes: time


class WorkingDays(_Table):
    working_days: AtLeastOne


class DaysOrHours(WorkingDays):
    hours: AtLeastOne


class PoliceAdvice(_Table):
    hours: AtLeastOne


class BySeriousness(_Table):
    ordinary_working_days: AtLeastOne
    serious_working_days: AtLeastOne


class RegularContact(BySeriousness):
    longest_working_days: AtLeastOne


class Closure(_Table):
    approval_working_days: AtLeastOne
    approval_needed_for: tuple[Literal["serious", "hate"], ...]


class Letters(_Table):
    """`arrives_working_days`: by then a letter has come by post. `held_hours`: so long one is held at most.
    `texts`: the hours in which text messages go.
    """

    arrives_working_days: AtLeastOne
    held_hours: AtLeastOne
    post_working_days: AtLeastOne
    check_working_days: AtLeastOne
    texts: Hours


class PersistentHarm(_Table):
    reports: AtLeastOne
    within_days: AtLeastOne
    reassess_working_days: AtLeastOne


class ClosureDaysLimits(_Table):
    """How many weekdays of a year may be closed, and how many calendar days back a change may reach."""

    most_a_year: AtLeastOne
    days_back: AtLeastOne


class Reopening(_Table):
    within_days: AtLeastOne


class Repeat(_Table):
    within_days: AtLeastOne


class Similar(_Table):
    closed_within_days: AtLeastOne


class Category(Frozen):
    key: str
    name: str
    in_letters: str
    in_letters_to_others: str | None = None
    group: Literal["personal", "nuisance", "environmental"]
    presumed_serious: bool = False
