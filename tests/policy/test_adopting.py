"""policy-simulation: what open cases would owe on the day on which they went over."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile
from policy.editions import proposed
from policy.editions.proposal import proposal
from policy.editions.safety import Question
from policy.facts.closing import Closing
from policy.facts.risk import RiskAssessed
from policy.facts.ruling import DeadlineMissed
from policy.simulation.adopting import Adopted, Moved, rehearsed
from tests.given import EDITION, assessed, case_of, contact, london, report
from tests.policy import happenings as h

MONDAY = london(2023, 10, 2)
DAY = timedelta(days=1)
HEAD = 'name = "2027-04-01"\ntitle = "Another"\nin_force_from = 2027-04-01\n'
QUICKER = f"{HEAD}[first_contact]\nworking_days = 3\n"


def over(file: CaseFile, days: int, text: str = QUICKER) -> Adopted:
    edition = proposal(text)
    with proposed(edition):
        return rehearsed(file, edition, MONDAY + days * DAY)


def test_a_date_that_has_gone_by_is_overdue_at_once() -> None:
    """Due on Monday the 9th, or on Thursday the 5th; it is Friday."""
    told = over(case_of(report(MONDAY), assessed(MONDAY)), 4)
    assert (told.overdue, told.moved) == (("contact-5-working-days",), (Moved("contact-5-working-days", -4),))
    assert told.sentences == ("Contact the complainant: overdue at once, since Thursday 5 October 2023 at 17:00.",)


def test_a_date_that_is_still_to_come_only_moves() -> None:
    told = over(case_of(report(MONDAY), assessed(MONDAY)), 2)
    assert (told.overdue, told.moved) == ((), (Moved("contact-5-working-days", -4),))
    assert told.sentences == (
        "Contact the complainant: by Thursday 5 October 2023 at 17:00, not Monday 9 October 2023 at 17:00.",
    )


def test_what_was_late_already_is_not_overdue_through_it() -> None:
    file = case_of(report(MONDAY), assessed(MONDAY))
    due = file.clocks["first-contact"].due
    missed = DeadlineMissed(at=due, key="first-contact", row="contact-5-working-days", due=due)
    late = h.recorded(file, missed, by=h.CASEWORK, recorded_at=due)
    told = over(late, 8)
    assert (told.overdue, [one.row for one in told.moved]) == ((), ["contact-5-working-days"])


def test_where_nothing_changes_nothing_is_said() -> None:
    assert over(case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY)), 4, HEAD) == Adopted()


def test_a_shorter_interval_moves_the_next_contact_and_what_is_owed_stays_the_same() -> None:
    file = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY))
    told = over(file, 1, f"{HEAD}[regular_contact]\nordinary_working_days = 3\nserious_working_days = 2\n")
    assert told.moved == (Moved("regular-contact", -11),)
    assert (told.owed, told.gone, told.overdue) == ((), (), ())


@pytest.mark.parametrize("looks", [True, False])
def test_what_is_owed_as_well_and_what_no_longer_is_are_said(looks: bool) -> None:
    """A supervisor looks at whom the matrix finds at no risk, or at nobody."""
    answers = {one.key: _answer(one, highest=not looks) for one in EDITION.risk.questions}
    scored = RiskAssessed(at=MONDAY, answers=answers, words="As told.")
    file = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY), scored)
    assert ("risk-review:complainant" in file.clocks) is not looks
    told = over(file, 1, HEAD + f'[[risk.bands]]\nkey = "any"\nname = "Any"\nfrom_score = 0\n{lasts(looks)}')
    assert (told.owed, told.gone) == ((("risk-assessment",), ()) if looks else ((), ("risk-assessment",)))


def lasts(looks: bool) -> str:
    return f"lasts_working_days = 120\n{'review_working_days = 3' if looks else ''}\n"


def _answer(question: Question, *, highest: bool) -> str:
    return (max if highest else min)(question.answers, key=lambda one: one.score).key


def test_a_case_about_what_the_edition_does_not_know_cannot_go_over() -> None:
    told = over(case_of(report(MONDAY), assessed(MONDAY)).with_(categories=("shouting", "noise")), 1)
    assert told == Adopted(refused="The edition does not know what the case is about: category shouting.")


def test_a_case_that_does_not_take_it_says_why() -> None:
    closed = case_of(report(MONDAY), assessed(MONDAY), h.closed(MONDAY, Closing.UNJUSTIFIED))
    assert str(over(closed, 1).refused).startswith("The case was closed on Monday 2 October 2023")
