"""policy-simulation: what another edition would have made of past cases, worked by hand."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from policy.editions import EditionRef, proposed
from policy.editions.proposal import proposal
from policy.facts import CaseFact, Entry
from policy.facts.letters import LetterSent
from policy.facts.people import Means
from policy.facts.proceedings import LegalActionProposed
from policy.facts.reviewing import CaseAllocated
from policy.legal_action.facts import LegalEntry, TeamReviewed
from policy.measures.period import Period
from policy.simulation import Happening, Played, ToldBeside, simulate
from policy.simulation.account import Account, Done, account
from policy.simulation.tally import Example, Named, Tally
from policy.simulation.trial import Asked, Past, tried
from policy.tenure import Tenure
from tests.given import SUPERVISOR, assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.warned import PAT

MONDAY = london(2023, 10, 2)
DAY = timedelta(days=1)
NOW = london(2023, 10, 31)
OCTOBER = Period.month(2023, 10)
HEAD = """
name = "2027-04-01"
title = "Quicker first contact"
in_force_from = 2027-04-01
"""
QUICKER = f"{HEAD}[first_contact]\nworking_days = 3\n"
ROW = "contact-5-working-days"


def past(ref: str, *facts: CaseFact, now: datetime = NOW, shut: bool = False) -> Past:
    """As it went."""
    told = simulate(empty_file(MONDAY.date(), ref), [entry(fact) for fact in facts], until=now)
    assert not told.refused
    return as_recorded(told, shut=shut)


def as_recorded(told: Played, *, shut: bool = False) -> Past:
    open_one = told.file if told.file.closed_at is None else None
    beside = {key: one.entries for key, one in told.beside.items()}
    return Past(told.opening, told.entries, beside, open_one, shut)


def tally_of(cases: Sequence[Past], text: str = QUICKER, examples: int = 10, period: Period = OCTOBER) -> Tally:
    edition = proposal(text)
    with proposed(edition):
        return tried(cases, Asked(edition.name, period, NOW, examples))


def found(cases: Sequence[Past], text: str = QUICKER, **more: int) -> Account:
    return account(tally_of(cases, text, **more), proposal(text), Asked("2027-04-01", OCTOBER, NOW))


def spoken_to_after(days: int, ref: str) -> Past:
    return past(ref, report(MONDAY), contact(MONDAY + days * DAY), assessed(MONDAY + days * DAY))


@pytest.fixture(scope="module")
def three() -> Account:
    """Spoken to on Wednesday, on Friday, and on the Tuesday after: due by Monday, and by Thursday if quicker."""
    return found([spoken_to_after(days, f"CW-2023-00000{days}") for days in (2, 4, 8)])


def test_who_was_spoken_to_between_the_two_dates_would_have_been_late(three: Account) -> None:
    row = next(one for one in three.rows if one.row == ROW)
    assert (row.own, row.proposed) == (Done(kept=2, late=1), Done(kept=1, late=2))


def test_exactly_these_cases_would_have_gone_differently_and_how_is_said(three: Account) -> None:
    """The third was late anyway, by so long now that the night's check would have found it."""
    assert (three.cases, three.compared, three.different, three.other_dates) == (3, 3, 2, 1)
    friday, tuesday = three.named[Named.DIFFERENT]
    assert friday == Example(
        ref="CW-2023-000004",
        sentences=(
            (
                "Contact the complainant: by Thursday 5 October 2023 at 17:00, not Monday 9 October 2023 at 17:00;"
                " late, not kept."
            ),
        ),
    )
    assert (tuesday.ref, len(tuesday.sentences)) == ("CW-2023-000008", 2)
    assert tuesday.sentences[1] == (
        "Look into this: first contact is late and nobody has been in touch with the complainant, by Wednesday 11"
        " October 2023 at 17:00: owed as well, and not done."
    )
    assert [one.ref for one in three.named[Named.OTHER_DATES]] == ["CW-2023-000002"]


def test_what_falls_due_is_counted_by_officer_and_week(three: Account) -> None:
    """The three first contacts fall due in the first week in place of the second, which has the finding."""
    due = {(one.week, one.officer): one.proposed - one.own for one in three.work}
    assert {place: more for place, more in due.items() if more} == {
        ("2023-W40", "officer-1"): 3,
        ("2023-W41", "officer-1"): -2,
    }


def test_what_officers_owe_is_counted_for_whoever_had_the_case_when_it_was_due() -> None:
    """The assessment and first contact fell due before it was another's. The review is the supervisor's."""
    given = CaseAllocated(at=MONDAY + 14 * DAY, officer="officer-2")
    told = found([past("CW-2023-000001", report(MONDAY), contact(MONDAY + DAY), assessed(MONDAY + DAY), given)])
    assert {(one.officer, one.week): one.own for one in told.work if one.own} == {
        ("officer-1", "2023-W41"): 2,
        ("officer-2", "2023-W42"): 1,
        ("officer-2", "2023-W43"): 1,
    }
    assert "review-meetings" in {one.row for one in told.rows}


def test_who_is_treated_differently_is_sorted(three: Account) -> None:
    of = {(one.dimension, one.value): (one.cases, one.different) for one in three.groups}
    assert of == {("category", "noise"): (3, 2), ("seriousness", "ordinary"): (3, 2)}


def test_under_the_same_numbers_nothing_is_different() -> None:
    same = found([spoken_to_after(4, "CW-2023-000004")], QUICKER.replace("working_days = 3", "working_days = 5"))
    assert (same.different, same.other_dates) == (0, 0)
    assert all(one.own == one.proposed for one in (*same.rows, *same.work, *same.letters))
    assert same.adoption.moved == ()


def test_what_is_due_before_or_after_the_time_counts_in_none_of_it() -> None:
    september = Period.month(2023, 9)
    told = tally_of([spoken_to_after(4, "CW-2023-000004")], period=september)
    assert not told.own.deadlines
    assert told.different == 0


def test_what_is_due_on_a_day_before_the_time_counts_in_none_of_it_on_either_side() -> None:
    """By its own edition it is due on the 9th, and as proposed on the 5th."""
    told = tally_of(
        [spoken_to_after(4, "CW-2023-000004")], period=Period(first=date(2023, 10, 9), last=NOW.date())
    )
    assert (
        told.own.deadlines[ROW, "kept"],
        sum(told.proposed.deadlines[ROW, how] for how in ("kept", "late")),
    ) == (
        1,
        0,
    )
    assert all(week >= "2023-W41" for _, week in (*told.own.due, *told.proposed.due))


def test_a_case_that_does_not_go_as_it_went_is_named_and_compared_with_nothing() -> None:
    """A letter went that nothing called for."""
    case = spoken_to_after(4, "CW-2023-000004")
    assert case.entries is not None
    strange = LetterSent(at=MONDAY + DAY, key="closing-letter-99", means=Means.EMAIL)
    entries = [*case.entries, h_system(strange)]
    told = found([case._replace(entries=tuple(sorted(entries, key=lambda one: one.recorded_at)))])
    assert (told.went_otherwise, told.compared, told.rows) == (1, 0, ())
    assert told.named[Named.WENT_OTHERWISE][0].sentences == ("Not told again: letter sent.",)


def test_a_case_of_which_nobody_can_say_what_it_would_owe_is_compared_all_the_same() -> None:
    """As it stands it has an edition that there is no more."""
    case = spoken_to_after(4, "CW-2023-000004")
    assert case.file is not None
    lost = case.file.model_copy(update={"edition": EditionRef(name="1999-01-01", sha256="")})
    told = found([case._replace(file=lost)])
    assert (told.compared, told.went_otherwise, told.different) == (1, 0, 1)
    why = "What it would owe cannot be worked out: EditionUnknown."
    assert [(one.what, one.number) for one in told.adoption.cannot] == [(why, 1)]
    assert told.named[Named.CANNOT] == (Example(ref="CW-2023-000004", sentences=(why,)),)


def h_system(fact: CaseFact) -> Entry:
    return entry(fact, by=h.CASEWORK)


def test_what_retention_has_erased_is_counted_and_no_more() -> None:
    told = found([spoken_to_after(4, "CW-2023-000004")._replace(entries=None, file=None)])
    assert (told.cases, told.erased, told.compared, told.named) == (1, 1, 0, {})


def test_a_case_that_is_shut_to_some_is_counted_and_not_named() -> None:
    case = past("CW-2023-000004", report(MONDAY), contact(MONDAY + 4 * DAY), assessed(MONDAY), shut=True)
    told = found([case])
    assert (told.different, told.named) == (1, {})


def test_no_more_are_named_than_are_asked_for() -> None:
    cases = [spoken_to_after(4, f"CW-2023-00000{number}") for number in (3, 1, 2)]
    assert [one.ref for one in found(cases, examples=2).named[Named.DIFFERENT]] == [
        "CW-2023-000001",
        "CW-2023-000002",
    ]


def test_what_would_be_refused_is_told_with_its_sentence_and_the_letter_that_does_not_go() -> None:
    closed = (report(MONDAY), contact(MONDAY), assessed(MONDAY), h.proposal(MONDAY), h.closed(MONDAY + DAY))
    needs = (
        QUICKER + '\n[[closing_requirements]]\ncases = ["any"]\nclosings = ["with_letter"]\nneeds = ["review"]\n'
    )
    told = found([past("CW-2023-000001", *closed)], needs + 'source = "proposed"\n')
    refused = {one.what: (one.own, one.proposed) for one in told.refused}
    assert refused["case_closed: CaseNotReadyToClose"] == (0, 1)
    letters = {one.what: (one.own, one.proposed) for one in told.letters}
    assert letters["closing-letter"] == (1, 0)
    sentences = told.named[Named.DIFFERENT][0].sentences
    assert "It would still be open." in sentences
    assert "1 fewer of this letter: closing letter." in sentences
    assert any("(case closed) would have been refused" in one for one in sentences)


def to_court(at: datetime) -> LegalActionProposed:
    return LegalActionProposed(
        at=at,
        remedy="injunction",
        person="perpetrator-1",
        tenure=Tenure.ASSURED,
        very_serious="He held a knife.",
        reasons="Nobody is safe.",
    )


def test_what_a_case_began_is_told_again_beside_it() -> None:
    """The team looked at it after two working days, and has one by the proposed edition."""
    begins: list[Happening] = [
        entry(one) for one in (report(MONDAY, about=PAT), h.effect(MONDAY), to_court(MONDAY))
    ]
    (key,) = simulate(empty_file(MONDAY.date()), begins, until=MONDAY).beside
    reviewed = TeamReviewed(at=MONDAY + 2 * DAY, words="Go on.", goes_on=True)
    looked_at = LegalEntry(id="reviewed", by=SUPERVISOR, recorded_at=reviewed.at, fact=reviewed)
    told = simulate(empty_file(MONDAY.date()), [*begins, ToldBeside(key, looked_at)], until=NOW)
    case = as_recorded(told)
    days = HEAD + "[legal.days]\nteam_review = 1\n"
    quicker = found([case], days)
    row = next(one for one in quicker.rows if one.row == "legal-reviews")
    assert (row.own, row.proposed) == (Done(kept=1), Done(late=1))
    assert quicker.named[Named.DIFFERENT][0].sentences[0].endswith("; late, not kept.")
    untold = found([case._replace(beside={})], days)
    assert "legal-reviews" not in {one.row for one in untold.rows}
