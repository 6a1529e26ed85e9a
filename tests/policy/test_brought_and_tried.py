"""policy-simulation: a case that was brought from another system is taken as it is, and told again behind that."""

from collections.abc import Sequence
from datetime import date, datetime

from policy.editions import proposed
from policy.editions.proposal import proposal
from policy.facts import CaseFact, Entry
from policy.facts.importing import CaseImported
from policy.facts.ruling import DeadlineMissed
from policy.measures.period import Period
from policy.simulation.tally import Tally
from policy.simulation.trial import Asked, Past, tried
from tests.given import assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.test_tried import DAY, MONDAY, NOW, OCTOBER, QUICKER, ROW

BROUGHT = london(2023, 10, 16)
FRIDAY = MONDAY + 4 * DAY
DUE = london(2023, 10, 9, 17)
SPOKEN_TO = (contact(FRIDAY), assessed(FRIDAY))


def brought(*there: CaseFact, then: Sequence[Entry] = ()) -> Past:
    """Casework acknowledged nothing, and nobody asked it whether that may be."""
    own = CaseImported(at=BROUGHT, source="Orchard", reference="7", entries=1 + len(there))
    before = (entry(fact) for fact in (report(MONDAY), *there))
    return Past(empty_file(MONDAY.date()), (*before, entry(own, h.CASEWORK), *then), {})


def told_again(case: Past, period: Period = OCTOBER, known_at: datetime = NOW) -> Tally:
    edition = proposal(QUICKER)
    with proposed(edition):
        told = tried([case], Asked(edition.name, period, known_at))
    assert (told.alive, told.went_otherwise) == (1, 0), told.named
    return told


def test_what_was_done_there_stays_and_other_numbers_make_of_it_what_they_do() -> None:
    """Spoken to on the Friday, which is late if there are three days; closed as our rules would not have it."""
    told = told_again(brought(*SPOKEN_TO, h.closed(FRIDAY + DAY)))
    assert (told.own.deadlines[ROW, "kept"], told.proposed.deadlines[ROW, "late"]) == (1, 1)
    assert not (told.own.refused + told.proposed.refused)
    assert not (told.own.letters + told.proposed.letters)


def test_what_is_overdue_when_it_comes_is_noticed_then_and_what_nobody_told_is_in_no_figure() -> None:
    then = [
        entry(DeadlineMissed(at=DUE, key=key, row=row, due=DUE), h.CASEWORK, BROUGHT)
        for key, row in (("assessment", "assess-seriousness"), ("first-contact", ROW))
    ]
    told = told_again(brought(then=then), known_at=BROUGHT + DAY)
    assert not (told.own.deadlines + told.proposed.deadlines)


def test_what_is_told_of_it_here_goes_on_by_the_rules() -> None:
    again = entry(contact(BROUGHT + DAY))
    told = told_again(brought(*SPOKEN_TO, then=[again]), known_at=BROUGHT + DAY)
    assert (told.different, told.own.deadlines["regular-contact", "kept"]) == (1, 1)


def test_of_a_time_before_it_came_there_is_what_was_done_there() -> None:
    told = told_again(brought(*SPOKEN_TO), Period(first=MONDAY.date(), last=date(2023, 10, 13)))
    assert (told.own.deadlines[ROW, "kept"], told.proposed.deadlines[ROW, "late"]) == (1, 1)
