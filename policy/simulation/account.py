"""What a simulation found, to be kept and read. (policy-simulation)"""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from policy.editions import Edition
from policy.frozen import Frozen
from policy.simulation.compared import Handled
from policy.simulation.tally import Example, Named, Tally
from policy.simulation.trial import Asked

KEPT_IN_TIME, LATE, NOT_DONE = "kept", "late", "not done"
_IN_FEW_WORDS = {"kept": KEPT_IN_TIME, "recorded_late": KEPT_IN_TIME, "late": LATE}


class Done(Frozen):
    """How many were done in time, late, and not at all."""

    kept: int = 0
    late: int = 0
    not_done: int = 0


class OfRow(Frozen):
    row: str
    own: Done
    proposed: Done


class Before(Frozen):
    """How many there are of `what` under their own edition, and under the proposed one."""

    what: str
    own: int
    proposed: int


class OfWeek(Frozen):
    """How many deadlines fall due for the officer in the week, such as `2026-W47`."""

    officer: str
    week: str
    own: int
    proposed: int


class OfGroup(Frozen):
    """Of the cases where `dimension` is `value`, how many would have gone differently."""

    dimension: str
    value: str
    cases: int
    different: int


class MovedBy(Frozen):
    """So many deadlines of the row come so many days later, or sooner where there are fewer than none."""

    row: str
    days: int
    number: int


class Number(Frozen):
    what: str
    number: int


class Adoption(Frozen):
    """What open cases would owe if they went over now; `cannot` are the reasons of those that cannot."""

    open: int
    cannot: tuple[Number, ...]
    overdue_cases: int
    overdue: tuple[Number, ...]
    moved: tuple[MovedBy, ...]
    owed: tuple[Number, ...]
    gone: tuple[Number, ...]


class Account(Frozen):
    """`cases` were open in the time; `compared` are what is compared: not those that were erased, nor those that
    went otherwise when they were told again under their own edition. Of those `different` ones would have gone
    differently, and `other_dates` the same by other dates. `named` are some of each kind.
    """

    edition: str
    title: str
    sha256: str
    first: date
    last: date
    known_at: datetime
    cases: int
    erased: int
    went_otherwise: int
    compared: int
    different: int
    other_dates: int
    rows: tuple[OfRow, ...]
    work: tuple[OfWeek, ...]
    letters: tuple[Before, ...]
    refused: tuple[Before, ...]
    groups: tuple[OfGroup, ...]
    adoption: Adoption
    named: dict[Named, tuple[Example, ...]]

    @property
    def refs(self) -> frozenset[str]:
        """Of the cases that it names."""
        return frozenset(one.ref for found in self.named.values() for one in found)

    def naming(self, refs: Collection[str]) -> "Account":
        """The same, naming these alone."""
        left = {kind: tuple(one for one in found if one.ref in refs) for kind, found in self.named.items()}
        return self.model_copy(update={"named": {kind: found for kind, found in left.items() if found}})


def account(tally: Tally, edition: Edition, asked: Asked) -> Account:
    own, proposed = tally.own, tally.proposed
    return Account(
        edition=edition.name,
        title=edition.title,
        sha256=edition.sha256,
        first=asked.period.first,
        last=asked.period.last,
        known_at=asked.known_at,
        cases=tally.alive,
        erased=tally.erased,
        went_otherwise=tally.went_otherwise,
        compared=tally.alive - tally.erased - tally.went_otherwise,
        different=tally.different,
        other_dates=tally.other_dates,
        rows=tuple(
            OfRow(row=row, own=_done(own, row), proposed=_done(proposed, row))
            for row in sorted({row for row, _ in (*own.deadlines, *proposed.deadlines)})
        ),
        work=tuple(
            OfWeek(officer=who, week=week, own=own.due[who, week], proposed=proposed.due[who, week])
            for who, week in sorted({*own.due, *proposed.due})
        ),
        letters=tuple(
            Before(what=kind, own=own.letters[kind], proposed=proposed.letters[kind])
            for kind in sorted({*own.letters, *proposed.letters})
        ),
        refused=tuple(
            Before(what=f"{fact}: {why}", own=own.refused[fact, why], proposed=proposed.refused[fact, why])
            for fact, why in sorted({*own.refused, *proposed.refused})
        ),
        groups=tuple(
            OfGroup(dimension=name, value=value, cases=number, different=tally.sorted_different[name, value])
            for (name, value), number in sorted(tally.sorted.items())
        ),
        adoption=Adoption(
            open=tally.open,
            cannot=_numbers(tally.cannot.items()),
            overdue_cases=tally.overdue_cases,
            overdue=_numbers(tally.overdue.items()),
            moved=tuple(MovedBy(row=row, days=days, number=n) for (row, days), n in sorted(tally.moved.items())),
            owed=_numbers(tally.owed.items()),
            gone=_numbers(tally.gone.items()),
        ),
        named={kind: tuple(found) for kind, found in sorted(tally.named.items())},
    )


def _numbers(found: Iterable[tuple[str, int]]) -> tuple[Number, ...]:
    return tuple(Number(what=what, number=number) for what, number in sorted(found))


def _done(of: Handled, row: str) -> Done:
    found = {KEPT_IN_TIME: 0, LATE: 0, NOT_DONE: 0}
    for (which, how), number in of.deadlines.items():
        if which == row:
            found[_IN_FEW_WORDS.get(how, NOT_DONE)] += number
    return Done(kept=found[KEPT_IN_TIME], late=found[LATE], not_done=found[NOT_DONE])
