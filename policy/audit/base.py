"""What a pattern is, and what it is shown of a case: codes and dates, none of anybody's words."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from policy.case_file import CaseFile, later
from policy.editions import Edition
from policy.editions.audit import Audit
from policy.facts import Entry
from policy.facts.auditing import PatternName
from policy.facts.base import Role
from policy.facts.matters import MatterKind
from policy.file import Clock
from policy.working_days import day_in_words, london_day

READ: Final = (
    "matter",
    "key",
    "kind",
    "means",
    "person",
    "waiting_for",
    "policy_followed",
    "powers",
    "happened_at",
)
"""The fields of facts that patterns are shown something of, wherever a fact has them."""


@dataclass(frozen=True)
class Told:
    """A recorded fact without its words; `seq` is its place in the timeline, `id` what it was recorded under."""

    seq: int
    fact: str
    at: datetime
    recorded_at: datetime
    by_system: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    id: str = ""


def told(seq: int, entry: Entry) -> Told:
    said = entry.fact.model_dump(mode="json", include=set(READ))
    return Told(
        seq=seq,
        fact=entry.fact.fact,
        at=entry.at,
        recorded_at=entry.recorded_at,
        by_system=entry.by.role is Role.SYSTEM,
        codes=codes(said),
        id=entry.id,
    )


def codes(said: Mapping[str, Any]) -> dict[str, str]:
    """What a fact says in its fields of `READ`, without names: codes as they are, lists by their length."""
    return {name: _code(value) for name, value in said.items() if value is not None}


def _code(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list():
            return str(len(value))
        case _:
            return str(value)


class Timeline:
    """A case's facts in their order, to be found by name. `latest` is when one of each name last happened,
    `worked_on` when people last recorded one, here or beside the case.
    """

    def __init__(self, facts: Iterable[Told] = ()) -> None:
        self.facts: list[Told] = []
        self.by_name: dict[str, list[Told]] = {}
        self.latest: dict[str, datetime] = {}
        self.worked_on: dict[str, datetime] = {}
        for one in facts:
            self.add(one)

    def add(self, one: Told) -> None:
        self.facts.append(one)
        self.by_name.setdefault(one.fact, []).append(one)
        self.latest[one.fact] = later(self.latest.get(one.fact), one.at)
        if _is_ours(one):
            self.worked_on[one.fact] = later(self.worked_on.get(one.fact), one.recorded_at)


class Seen(NamedTuple):
    """A case as one pattern sees it at a moment. What came before `answered`, the last answer to that pattern, is
    not `new`, and days are counted from there at the earliest; so they are from when a case stood by itself again
    that had been part of another, where what was done meanwhile is recorded.
    """

    file: CaseFile
    timeline: Timeline
    moment: datetime
    edition: Edition
    answered: datetime | None

    @property
    def numbers(self) -> Audit:
        return self.edition.audit

    def all(self, *names: str) -> list[Told]:
        """Every fact of these names, in the order in which they were recorded for each."""
        known = self.timeline.by_name
        return [one for name in names if name in known for one in known[name]]

    def new(self, *names: str) -> list[Told]:
        return [one for one in self.all(*names) if self.answered is None or one.recorded_at > self.answered]

    def last_worked_on(self, but: frozenset[str]) -> datetime | None:
        """When people last recorded something, here or beside the case, but for these names."""
        worked_on = self.timeline.worked_on
        return max((moment for name, moment in worked_on.items() if name not in but), default=None)

    def last(self, *names: str) -> datetime | None:
        latest = self.timeline.latest
        return max((latest[name] for name in names if name in latest), default=None)

    def days_since(self, moment: datetime) -> int:
        """Days by London's calendar."""
        start = later(self.last("case_separated"), later(self.answered, moment))
        return (london_day(self.moment) - london_day(start)).days

    def overdue(self, key: str) -> Clock | None:
        """The deadline of that key, where it was missed and is still owed."""
        clock = self.file.clocks.get(key)
        return clock if clock is not None and clock.noticed_at is not None else None

    def overdue_longest(self, keys: Collection[str], days: int) -> tuple[str, Clock] | None:
        """Of the deadlines with one of these keys that were missed and are still owed after so many days, the one
        that was due first. A key that ends with a hyphen or colon stands for all that begin so.
        """
        found = [
            (key, clock)
            for key, clock in self.file.clocks.items()
            if clock.noticed_at is not None
            and any(key == one or (one.endswith(("-", ":")) and key.startswith(one)) for one in keys)
            and self.days_since(clock.noticed_at) >= days
        ]
        return min(found, key=lambda one: one[1].due, default=None)


@dataclass(frozen=True)
class Published:
    """Where a failure was found: which body, in which decision, and what it said, in our words."""

    body: str
    reference: str
    said: str


@dataclass(frozen=True)
class Pattern:
    """`looks_for` is what is wrong, as an officer reads it after "Look into this:"; `look` says it with dates and
    counts where it is so. What is so stays so, day after day, until something is recorded. Where it
    does not, `comes_later` says whether what is not so tonight may be so on a later night.
    """

    name: PatternName
    row: str
    looks_for: str
    taught_by: tuple[Published, ...]
    look: Callable[[Seen], str | None]
    comes_later: Callable[[Seen], bool] | None = None


def on(moment: datetime | date) -> str:
    return day_in_words(london_day(moment) if isinstance(moment, datetime) else moment)


def times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"  # noqa: PLR2004 - what two times are called


def open_findings(file: CaseFile) -> frozenset[str]:
    """The patterns that were found on the case and are not answered."""
    found = (matter.code for matter in file.matters.values() if matter.kind is MatterKind.FINDING)
    return frozenset(code for code in found if code is not None)


def _is_ours(one: Told) -> bool:
    return not one.by_system or one.fact in _WORKED_BESIDE


_WORKED_BESIDE: Final = frozenset(
    {
        *("legal_action_moved", "legal_order_made", "legal_action_finished"),
        *("referral_moved", "referral_taken_up", "referral_finished"),
    }
)
"""What people did beside the case, which the system tells it."""
