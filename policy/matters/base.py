"""The course of a matter: the stages it goes through, what is owed at each, and the facts that carry it on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from policy.case_file import CaseFile, Matter
from policy.editions import Edition
from policy.editions.matter_days import MatterDays
from policy.editions.table import Listed
from policy.facts.base import Fact, Role
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.legal_action.windows import OUR_READING
from policy.working_days import Due, day_in_words

Steps = Mapping[type[Fact], str | None]
"""From the fact to the stage that it leads to; None ends the matter."""


@dataclass(frozen=True)
class Stage:
    """What is `owed` at this stage, within `days` of the edition unless a day was agreed;
    `in_hours`: the number is one of hours, for what is owed at once. A stage at which nothing is owed ends with
    the case.
    `steps` keep what is owed; `otherwise` carries the matter on without that.
    A stage that `lapses` waits for somebody outside: when its day has come it goes on to `lapses_to` by itself.
    `writes` is the letter that the system sends when the matter comes to this stage by itself.
    A day that is `fixed`, as a court's, comes no nearer when somebody asks after it.
    Days `counted_back` are those before the day on which the matter ends. At a stage that `outlives_closing` it
    may still be open when the case closes; the facts that it `tells_of` may then be recorded too. It is at the
    stage `without_consent` as long as whoever it is about says no. A statute's own time, from when the stage
    began, is `by_law`. What was begun for something that does not stand `falls_to` a stage that is `fallen`,
    and keeps no other from beginning: what was done before is written down there.
    """

    owed: str | None = None
    days: Callable[[MatterDays], int] = lambda _: 0
    steps: Steps = field(default_factory=dict)
    otherwise: Steps = field(default_factory=dict)
    by: Role = Role.OFFICER
    lapses: bool = False
    lapses_to: str | None = None
    writes: LetterKind | None = None
    in_hours: bool = False
    counted_back: bool = False
    fixed: bool = False
    outlives_closing: bool = False
    tells_of: tuple[type[Fact], ...] = ()
    without_consent: str | None = None
    by_law: Callable[[datetime], Due] | None = None
    falls_to: str | None = None
    fallen: bool = False

    @cached_property
    def met_by(self) -> tuple[str, ...]:
        """The kinds of fact that keep what is owed."""
        return tuple(fact.model_fields["fact"].default for fact in self.steps)

    def leads_to(self, fact: type[Fact]) -> str | None:
        """Raises KeyError for a fact that does not carry this stage on."""
        return self.steps[fact] if fact in self.steps else self.otherwise[fact]

    def takes(self, fact: type[Fact]) -> bool:
        return fact in self.steps or fact in self.otherwise

    def is_open_to(self, fact: type[Fact]) -> bool:
        """Whether it takes that fact, or tells of something that begins with it."""
        return self.takes(fact) or fact in self.tells_of


@dataclass(frozen=True)
class Instead:
    """What is owed in place of the stage that a matter is at, as if it were one, `since` a moment."""

    called: str
    stage: Stage
    since: datetime


@dataclass(frozen=True)
class Course:
    """The first of the `stages` is where the matter begins. `called` names it to an officer.
    Only what `outlives_closing` may still be open when the case closes. It begins only on a case that is so `when`
    the fact has been folded. `also_begun_by` are facts that begin it where it is so of them, on the case as it was
    before, unless one is open. Where
    matters of one kind differ, `code` is the field of the beginning fact that says which it is, and `in_words`
    says it in `{}` of what is owed, as does the name that is `listed` in the edition. It stands under another row
    of the policy where one of `rows_where` is so. What is owed at a stage may be something else as the case
    stands: that is `instead`.
    """

    kind: MatterKind
    row: str
    called: str
    begun_by: type[Fact]
    stages: Mapping[str, Stage]
    outlives_closing: bool = False
    when: Callable[[CaseFile], bool] = lambda _: True
    code: str | None = None
    in_words: Mapping[str, str] = field(default_factory=dict)
    listed: Callable[[Edition], Iterable[Listed]] = lambda _: ()
    also_begun_by: Mapping[type[Fact], Callable[[CaseFile, Fact], bool]] = field(default_factory=dict)
    rows_where: Mapping[str, Callable[[CaseFile, Matter], bool]] = field(default_factory=dict)
    instead: Callable[[CaseFile, Matter], Instead | None] = lambda _file, _matter: None

    @cached_property
    def first(self) -> str:
        return next(iter(self.stages))

    def row_of(self, file: CaseFile, matter: Matter) -> str:
        return next((row for row, is_so in self.rows_where.items() if is_so(file, matter)), self.row)

    def as_it_stands(self, file: CaseFile, matter: Matter) -> Instead:
        """What is owed of the matter now, with since when."""
        own = Instead(called=matter.stage, stage=self.stages[matter.stage], since=matter.since)
        return self.instead(file, matter) or own

    def owed(self, stage: Stage, code: str | None, edition: Edition, ends: date | None = None) -> str | None:
        """What is owed at that stage, in words, `until` it `ends` where they say so; None where nothing is."""
        said = stage.owed
        if code is None or said is None:
            return said
        names = {one.key: one.name for one in self.listed(edition)} | dict(self.in_words)
        until = "" if ends is None else f", which can be served until {day_in_words(ends)} ({OUR_READING})"
        return said.format(names.get(code, code), until=until)
