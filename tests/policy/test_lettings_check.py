"""lettings-check: a lawful reason, or no answer; and then as little as answers the question."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts.assessing import Exclusion
from policy.facts.closing import CaseClosed, Closing, ClosureProposed, Outcome
from policy.facts.letters import LetterKind
from policy.facts.wishing import ComplaintWithdrawn
from policy.lettings import Answer, Applicant, History, Question, answer, check
from policy.refusals import NoLawfulReason
from tests.given import EDITION, assessed, case_of, contact, london, record, report
from tests.policy.happenings import CASEWORK, effect, sent

MONDAY = london(2023, 6, 5)
NOW = london(2023, 7, 3)
ROBIN = Applicant(name="Robin Invented", address=("7 Invented Row",))


def closed_with_letter(outcome: Outcome) -> CaseFile:
    file = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY))
    if outcome is Outcome.COMPLAINANT_WITHDREW:
        file = record(file, ComplaintWithdrawn(at=MONDAY, words="I would rather leave it."))
    if outcome is Outcome.ENFORCED:
        file = record(file, effect(MONDAY))
    file = record(file, ClosureProposed(at=MONDAY, outcome=outcome, explanation="As told."))
    assert file.proposed is not None
    file = record(file, sent(MONDAY, file.proposed.letter), CASEWORK)
    return record(file, CaseClosed(at=MONDAY, closing=Closing.WITH_LETTER, reasons="Done."))


def closed_at_once(closing: Closing) -> CaseFile:
    file = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY))
    return record(file, CaseClosed(at=MONDAY, closing=closing, reasons="Done."))


def excluded() -> CaseFile:
    file = case_of(report(MONDAY), assessed(MONDAY, exclusion=Exclusion.ONE_OFF))
    (key,) = (k for k, letter in file.letters.items() if letter.kind is LetterKind.NOT_USUALLY_ASB)
    file = record(file, sent(MONDAY, key), CASEWORK)
    return record(file, CaseClosed(at=MONDAY, closing=Closing.NOT_USUALLY_ASB, reasons="A party."))


def told(*cases: CaseFile) -> tuple[History, int]:
    given = answer(cases, NOW, EDITION)
    return given.history, given.upheld


@pytest.mark.parametrize("reason", [reason.key for reason in EDITION.lettings_check.reasons])
def test_each_reason_of_the_edition_is_enough(reason: str) -> None:
    check(Question(reason=reason, applicant=ROBIN), EDITION)


def test_without_a_lawful_reason_there_is_no_answer() -> None:
    with pytest.raises(NoLawfulReason, match="exclusion policy"):
        check(Question(reason="curious", applicant=ROBIN), EDITION)


def test_nothing_found_is_no_history() -> None:
    assert told() == (History.NONE, 0)


def test_an_open_case_is_a_reason_to_ask_and_is_not_upheld() -> None:
    assert told(case_of(report(MONDAY))) == (History.ASK, 0)


@pytest.mark.parametrize("outcome", [Outcome.STOPPED, Outcome.SUPPORTED, Outcome.ENFORCED])
def test_what_was_found_to_have_happened_is_counted_as_upheld(outcome: Outcome) -> None:
    case = closed_with_letter(outcome)
    assert told(case, case, case_of(report(MONDAY))) == (History.ASK, 2)


@pytest.mark.parametrize("outcome", [Outcome.COMPLAINANT_WITHDREW, Outcome.MOVED])
def test_what_ended_otherwise_is_not_upheld(outcome: Outcome) -> None:
    assert told(closed_with_letter(outcome)) == (History.ASK, 0)


def test_what_was_not_proven_not_justified_or_not_usually_ours_is_held_against_nobody() -> None:
    cases = (closed_with_letter(Outcome.NOT_PROVEN), closed_at_once(Closing.UNJUSTIFIED), excluded())
    assert told(*cases) == (History.NONE, 0)


def test_what_is_older_than_the_editions_period_is_not_told() -> None:
    case, days = case_of(report(MONDAY)), EDITION.lettings_check.within_days
    assert answer([case], MONDAY + timedelta(days=days), EDITION).history is History.ASK
    assert answer([case], MONDAY + timedelta(days=days, seconds=1), EDITION).history is History.NONE


def test_the_answer_has_the_same_shape_either_way_and_names_nobody() -> None:
    fields = {"history", "in_words", "upheld", "within_days", "edition"}
    assert set(Answer.model_fields) == fields
    case = case_of(report(MONDAY))
    for given in (answer([], NOW, EDITION), answer([case], NOW, EDITION)):
        assert set(given.model_dump()) == fields
        assert case.ref not in given.model_dump_json()
