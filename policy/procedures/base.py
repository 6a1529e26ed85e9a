"""What every procedure beside a case shares: a file, and stages that each have their day."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import AwareDatetime

from policy.deadlines.base import Deadline, dated, owed
from policy.deadlines.clocks import noticed, with_clocks
from policy.deadlines.escalating import with_escalations
from policy.editions import Edition
from policy.facts.base import Fact, Recorded, Role
from policy.facts.ruling import DeadlineMissed
from policy.file import File
from policy.refusals import Refused
from policy.working_days import Due, on_the_day, working_days_after


class ProcedureFile(File):
    """`case` is the reference of the case that it belongs to, where it belongs to one. `since` is when its `stage`
    began, `until` the day agreed for that.
    """

    case: str | None = None
    stage: str = ""
    since: AwareDatetime | None = None
    until: date | None = None


P = TypeVar("P", bound=ProcedureFile)


@dataclass(frozen=True)
class Stage:
    """What is owed at a stage, under which row, within how many working days unless a day was agreed. `steps` keep
    it; what is told `otherwise` may be recorded there too, and by one of us what is `ours`.
    """

    key: str
    row: str
    owed: str
    days: Callable[[Edition], int]
    steps: Collection[type[Fact]]
    otherwise: Collection[type[Fact]] = ()
    ours: Collection[type[Fact]] = ()
    by: Role = Role.OFFICER

    @property
    def kept_by(self) -> tuple[str, ...]:
        return tuple(kind.model_fields["fact"].default for kind in self.steps)

    def takes(self, kind: type[Fact], by: Role) -> bool:
        return kind in self.steps or kind in self.otherwise or (kind in self.ours and by is not Role.AGENCY)


def in_short(file: ProcedureFile, open_deadlines: Iterable[Deadline]) -> str:
    """A few lines for the engine's own pages, where nothing is encrypted: references and dates only."""
    lines = [f"**{file.ref}** - {file.stage}: {file.seq} facts"]
    return "\n".join([*lines, *dated(open_deadlines)])


def beside(case: str, matter: str) -> str:
    """The reference of what a matter of that case is carried on as: `CW-2026-000123-7` of `legal-action-7`."""
    return f"{case}-{number_of(matter)}"


def first_id(opening: ProcedureFile) -> str:
    """Under which its first fact is recorded."""
    return f"begun:{number_of(opening.ref)}"


def number_of(ref: str) -> str:
    """What its reference and the key of its matter have in common: the `7` of both."""
    return ref.rpartition("-")[2]


def stage_owed(file: ProcedureFile, stage: Stage, edition: Edition, agreed: date | None = None) -> Deadline:
    """What is owed at the stage since it began: on the day agreed, unless that was over when we learnt of it, else
    in the edition's time.
    """
    since = file.since
    if since is None:
        raise ValueError(f"{file.ref} is at no stage yet")
    return owed(
        file,
        stage.key,
        _due(file, stage, since, edition, (agreed, file.until)),
        row=stage.row,
        what=stage.owed,
        met_by=stage.kept_by,
        by=stage.by,
        stage=file.stage,
    )


def _due(
    file: ProcedureFile, stage: Stage, since: AwareDatetime, edition: Edition, agreed: Iterable[date | None]
) -> Due:
    closes = edition.office.closes
    for day in agreed:
        if day is not None and (due := on_the_day(day, closes)).moment >= since:
            return due
    return working_days_after(since, stage.days(edition), file.closure_days, closes)


def in_order(file: ProcedureFile, open_ones: Iterable[Deadline], edition: Edition) -> list[Deadline]:
    """The earliest first, with what goes to whoever stands above."""
    return sorted(with_escalations(file, list(open_ones), edition), key=lambda one: (one.due, one.key))


def with_its_clocks(
    file: P, entry: Recorded[Any], owed_of: Callable[[P, Edition], list[Deadline]], edition: Edition
) -> P:
    """Each as it stands after the entry. What was missed goes to whoever stands above at once."""
    if isinstance(entry.fact, DeadlineMissed):
        file = noticed(file, entry.fact, entry.recorded_at)
    return with_clocks(file, owed_of(file, edition))


def step_is_open(  # noqa: PLR0913 - what a refusal must say
    file: ProcedureFile,
    kind: type[Fact],
    stages: Mapping[Any, Stage],
    *,
    by: Role = Role.OFFICER,
    begins: type[Fact],
    called: str,
    refusal: type[Refused],
) -> None:
    """The fact that begins it comes first and once; then what its stage takes. Raises the `refusal`."""
    if file.seq == 0 or kind is begins:
        if file.seq == 0 and kind is begins:
            return
        raise refusal(f"This {called} has begun already." if file.seq else f"A {called} begins by itself.")
    if (stage := stages.get(file.stage)) is None:
        raise refusal(f"This {called} is over.")
    if not stage.takes(kind, by):
        raise refusal(
            f"This comes at another point. What is owed now: {stage.owed[0].lower()}{stage.owed[1:]}.",
            missing_facts=stage.kept_by if by is not Role.AGENCY else (),
        )
