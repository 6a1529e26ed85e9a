"""satisfaction-questionnaire: enclosed with the closing letter, asked for once more; it holds no case open."""

import re
from datetime import date, datetime, timedelta

import pytest

from policy.case_file import CaseFile, Stage
from policy.duties import duties
from policy.facts import Entry, Role
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind, LetterSent
from policy.facts.people import Means, Person
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.wishing import ContactDeclined
from policy.refusals import AnswerNotKnown, CaseIsClosed
from policy.simulation import Played, simulate
from tests.given import BY_POST, EDITION, assessed, case_of, contact, empty_file, entry, london, report
from tests.policy.happenings import answered, closed, owed, proposal, recorded, sent

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
KEY = "questionnaire-6"


def closed_with_a_letter() -> CaseFile:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY), assessed(MONDAY), proposal(MONDAY))
    return recorded(file, sent(MONDAY, "closing-letter-4"), closed(MONDAY), sent(MONDAY, "acknowledgement"))


def played(*more: Entry, until: datetime, by_post: bool = False) -> Played:
    told = report(MONDAY, complainant=BY_POST) if by_post else report(MONDAY)
    facts = [told, contact(MONDAY), assessed(MONDAY), proposal(MONDAY)]
    if by_post:
        posted = ("acknowledgement", "closing-letter-5")
        facts += [LetterSent(at=MONDAY + timedelta(hours=1), key=key, means=Means.POST) for key in posted]
    facts.append(closed(MONDAY + timedelta(hours=2)))
    return simulate(empty_file(MONDAY.date()), [*map(entry, facts), *more], until=until)


def test_it_goes_with_the_closing_letter_and_the_complainant_may_answer_it() -> None:
    file = closed_with_a_letter()
    assert file.stage is Stage.CLOSED
    assert not file.finished
    deadline = owed(file)[KEY]
    assert (deadline.owed_by, deadline.ours, deadline.row) == (Role.RESIDENT, False, "satisfaction-questionnaire")
    assert deadline.due == london(2023, 6, 26, 17)
    assert recorded(file, answered(MONDAY + DAY, KEY)).finished


def test_an_immediate_closure_asks_nothing() -> None:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY), assessed(MONDAY))
    assert recorded(file, closed(MONDAY, Closing.DEALT_WITH)).matters == {}


def test_nobody_is_asked_who_was_not_written_to() -> None:
    file = case_of(report(MONDAY, complainant=Person(phone="01632 960001")), contact(MONDAY), assessed(MONDAY))
    assert recorded(file, proposal(MONDAY), contact(MONDAY + DAY), closed(MONDAY + DAY)).finished


def test_it_is_asked_for_once_more_by_letter_and_then_let_go_and_nobody_is_late() -> None:
    case = played(until=MONDAY + 120 * DAY)
    assert case.file.finished
    reminders = [t for t in case.taken if isinstance(t.entry.fact, LetterSent) and "reminder" in t.entry.fact.key]
    assert [reminder.entry.recorded_at.date() for reminder in reminders] == [date(2023, 6, 26)]
    assert case.flagged() == []
    assert not [line for line in case.ledger() if line.deadline.key.startswith("escalation")]
    assert case.standing.stage is Stage.CLOSED


def test_a_reminder_by_post_waits_for_somebody_to_post_it_and_that_is_ours_to_do() -> None:
    case = played(until=london(2023, 6, 26, 18), by_post=True)
    waiting = [d for d in case.standing.deadlines if d.key.startswith("letter:questionnaire-reminder")]
    assert [d.ours for d in waiting] == [True]


def test_an_answer_after_the_reminder_counts_and_none_after_that() -> None:
    reminded = entry(answered(london(2023, 7, 3), "questionnaire-7"))
    assert played(reminded, until=MONDAY + 40 * DAY).file.finished
    late = entry(answered(london(2023, 9, 3), "questionnaire-7"))
    (refused,) = played(late, until=MONDAY + 120 * DAY).refused
    assert refused.refusal.refused == CaseIsClosed.__name__


@pytest.mark.parametrize(
    "answers", [{}, {"no-such-question": "yes"}, {"satisfied": "no-such-answer"}, {"": ""}, {"satisfied": ""}]
)
def test_answers_are_to_questions_that_were_asked(answers: dict[str, str]) -> None:
    file = closed_with_a_letter()
    with pytest.raises(AnswerNotKnown):
        recorded(file, QuestionnaireAnswered(at=MONDAY + DAY, matter=KEY, answers=answers))
    with pytest.raises(AnswerNotKnown, match=rf"no-such-question .*{re.escape(EDITION.questionnaire[0].asks)} \("):
        recorded(file, QuestionnaireAnswered(at=MONDAY + DAY, matter=KEY, answers={"no-such-question": "yes"}))
    words = QuestionnaireAnswered(at=MONDAY + DAY, matter=KEY, answers={}, words="Thank you, Sam.")
    assert recorded(file, words).finished


def test_every_question_can_be_answered() -> None:
    for question in EDITION.questionnaire:
        for answer in question.answers:
            told = QuestionnaireAnswered(at=MONDAY + DAY, matter=KEY, answers={question.key: answer})
            assert recorded(closed_with_a_letter(), told).finished


def test_a_closed_case_takes_what_outlives_it_and_nothing_else() -> None:
    with pytest.raises(CaseIsClosed):
        recorded(closed_with_a_letter(), contact(MONDAY + DAY))


def test_somebody_who_wants_no_contact_is_not_reminded() -> None:
    file = recorded(closed_with_a_letter(), ContactDeclined(at=MONDAY + DAY, words="Please stop."))
    assert file.finished
    assert duties(file) == []


def test_the_reminder_is_a_letter_of_its_own_kind() -> None:
    case = played(until=london(2023, 6, 26, 18), by_post=True)
    assert LetterKind.QUESTIONNAIRE_REMINDER in {letter.kind for letter in case.file.letters.values()}
