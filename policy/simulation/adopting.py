"""An open case goes over to a proposed edition: what it would owe from then on. (policy-simulation)"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from policy.case import CASE
from policy.case_file import CaseFile
from policy.deadlines import Deadline, bare_key
from policy.editions import Edition
from policy.facts import Actor, Entry, Role
from policy.facts.ruling import EditionAdopted
from policy.refusals import Refused
from policy.working_days import london_day, moment_in_words

_WHOEVER_DECIDES: Final = Actor(id="rehearsal", role=Role.MANAGER)


@dataclass(frozen=True)
class Moved:
    """`days` by London's calendar: fewer than none where it comes sooner."""

    row: str
    days: int


@dataclass(frozen=True)
class Adopted:
    """`refused` is why it cannot go over. `overdue` are the rows of what becomes overdue at once, `owed` of what
    was not owed before, `gone` of what no longer is.
    """

    refused: str | None = None
    overdue: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    owed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


def rehearsed(file: CaseFile, edition: Edition, at: datetime) -> Adopted:
    """The case is as it stands at that moment; the edition is known as a proposed one."""
    fact = EditionAdopted(at=at, edition=edition.name, reasons="Rehearsed.")
    entry = Entry(id="rehearsed", by=_WHOEVER_DECIDES, recorded_at=at, fact=fact)
    if unknown := tuple(_unknown(file, edition)):
        return Adopted(refused=f"The edition does not know what the case is about: {', '.join(unknown)}.")
    try:
        CASE.check(file, entry)
    except Refused as refused:
        return Adopted(refused=refused.refusal.sentence)
    return _compared(CASE.deadlines(file), CASE.deadlines(CASE.after(file, entry)), at)


def _unknown(file: CaseFile, edition: Edition) -> Iterator[str]:
    yield from (f"category {key}" for key in file.categories if edition.category(key) is None)
    kinds = sorted({need.kind for need in file.needs.values()})
    yield from (f"need {kind}" for kind in kinds if not edition.needs.is_known(kind))
    agencies = sorted({one.agency for one in file.referrals.values()})
    yield from (f"agency {key}" for key in agencies if edition.agency(key) is None)


def _compared(before: Sequence[Deadline], after: Sequence[Deadline], at: datetime) -> Adopted:
    """Without what goes to whoever stands above, which follows from the rest."""
    then, now = (
        {(one.key, one.stage): one for one in owed if bare_key(one.key) == one.key} for owed in (before, after)
    )
    both = [(then[key], one) for key, one in now.items() if key in then]
    late = [
        one for key, one in now.items() if one.due <= at and not (key in then and then[key].due <= at) and one.ours
    ]
    moved = [(was, one) for was, one in both if was.due != one.due]
    return Adopted(
        overdue=tuple(one.row for one in late),
        moved=tuple(
            Moved(one.row, (london_day(one.due) - london_day(was.due)).days) for was, one in moved if one.ours
        ),
        owed=tuple(one.row for key, one in now.items() if key not in then),
        gone=tuple(one.row for key, one in then.items() if key not in now),
        sentences=(
            *(f"{one.owed}: overdue at once, since {moment_in_words(one.due)}." for one in late),
            *(
                f"{one.owed}: by {moment_in_words(one.due)}, not {moment_in_words(was.due)}."
                for was, one in moved
                if one not in late
            ),
            *(
                f"{one.owed}: owed as well, by {moment_in_words(one.due)}."
                for key, one in now.items()
                if key not in then and one not in late
            ),
            *(f"{one.owed}: no longer owed." for key, one in then.items() if key not in now),
        ),
    )
