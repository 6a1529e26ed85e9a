"""What is to be done where store and engine do not agree, from what each has."""

import pytest

from cli.reconciling import Both, Way, compared
from policy.case import CASE
from policy.case_file import CaseFile
from policy.facts import Entry
from policy.facts.base import SYSTEM
from policy.facts.ruling import DeadlineMissed
from tests.given import contact, empty_file, entry, london, report
from workflows.remembered import Numbered, Remembered

REPORTED = london(2043, 3, 2, 10)
DUE = london(2043, 3, 9, 17)
FIRST = entry(report(REPORTED), id_="first")
SECOND = entry(contact(REPORTED), id_="second")
THIRD = entry(contact(REPORTED), id_="third")
OWN = Entry(
    id="own",
    by=SYSTEM,
    recorded_at=DUE,
    fact=DeadlineMissed(at=DUE, key="assessment", row="assess-seriousness", due=DUE),
)
REF = "CW-2043-000001"


def folded(*entries: Entry) -> CaseFile:
    file = empty_file(REPORTED.date()).model_copy(update={"ref": REF})
    for one in entries:
        file = CASE.after(file, one)
    return file


def engine(*entries: Entry, running: bool = True, begins: int = 1, taken: tuple[Entry, ...] = ()) -> Remembered:
    """That handed these to the store, the first of them under the number `begins`."""
    brought = [one for one in (*entries, *taken) if one.by != SYSTEM]
    return Remembered(running, folded(FIRST), begins - 1, [Numbered(begins, entries)] if entries else [], brought)


def both(in_store: tuple[Entry, ...], there: Remembered | None, *, over: bool = False) -> Both:
    file = folded(*in_store) if in_store else None
    if file is not None and over:
        file = file.with_(closed_at=DUE, stage="closed", letters={})
    return Both(CASE, REF, file, {number: one.id for number, one in enumerate(in_store, start=1)}, there)


@pytest.mark.parametrize(
    ("in_store", "there", "way"),
    [
        ((FIRST, SECOND), engine(FIRST, SECOND), None),
        ((FIRST,), engine(FIRST, SECOND), Way.ENTER),
        ((), engine(FIRST, SECOND), Way.ENTER),
        ((FIRST, SECOND), engine(FIRST), Way.ANEW),
        ((FIRST, SECOND), engine(FIRST, THIRD), Way.ANEW),
        ((FIRST, SECOND), engine(FIRST, SECOND, running=False), Way.ANEW),
        ((FIRST, SECOND), None, Way.ANEW),
        ((FIRST,), engine(THIRD, begins=3), Way.ANEW),
    ],
)
def test_what_is_done_first(in_store: tuple[Entry, ...], there: Remembered | None, way: Way | None) -> None:
    found = compared(both(in_store, there))
    assert (None if found is None else found.way) is way


def test_numbers_that_neither_has_are_named() -> None:
    found = compared(both((FIRST,), engine(THIRD, begins=4)))
    assert found is not None
    assert found.gone == (2, 3)
    assert found.words.endswith("numbers 2 to 3 are lost")


def test_what_is_over_and_still_runs_ends_and_what_was_brought_to_it_is_not_forgotten() -> None:
    running = both((FIRST, SECOND), engine(FIRST, taken=(THIRD,)), over=True)
    found = compared(running)
    assert found is not None
    assert found.way is Way.END
    ended = both((FIRST, SECOND), engine(FIRST, running=False, taken=(THIRD,)), over=True)
    assert compared(ended) is None
    assert ended.lost() == [THIRD]


def test_what_was_brought_to_a_run_that_was_replaced_is_told_again_once() -> None:
    there = engine(FIRST, SECOND)
    there.lost = [THIRD, SECOND, THIRD]
    agreeing = both((FIRST, SECOND), there)
    assert compared(agreeing) is None
    assert agreeing.lost() == [THIRD]


def test_what_casework_finds_out_again_is_not_asked_of_a_person() -> None:
    assert both((FIRST,), engine(FIRST, OWN)).own() == []
    letter = OWN.model_copy(update={"id": "other", "fact": SECOND.fact})
    assert both((FIRST,), engine(FIRST, letter)).own() == [letter]
