"""witness-care: a case that hears of several of a court's days at once knows of each what it would have known."""

from datetime import date, datetime

import pytest

from policy.case_file import CaseFile
from policy.legal_action import facts as f
from policy.legal_action.action import LegalFile
from policy.legal_action.duties import came_of, duties
from tests.given import london
from tests.policy.legal_action.acting import DAY, HEARD_AT, TO_COURT, WEEK, decided, empty, proposed, told
from tests.policy.legal_action.test_breaches import BREACHED, OUTCOME, TO_COURT_ABOUT_IT
from tests.policy.legal_action.test_breaches import LISTED as OF_THE_BREACH
from tests.policy.legal_action.test_two_courts import APPEAL_HEARD, LODGED, OF_THE_APPEAL, STANDS
from tests.policy.test_legal_action_on_a_case import KEY, heard, owed, under_way

NEXT = f.CourtListed(at=london(2023, 7, 5), on=date(2023, 9, 4))
NO_JUDGE = f.CourtAdjourned(at=london(2023, 7, 3, 10, 30), words="No judge.")
BY_LETTER = f.CourtAdjourned(at=london(2023, 6, 28), words="By a letter.")
LODGED_AGAIN = f.AppealLodged(at=APPEAL_HEARD + DAY, words="Higher.")
SOONER = f.CourtListed(at=HEARD_AT - WEEK, on=date(2023, 6, 30))
LATE = london(2023, 9, 6)
DROPPED = f.BreachAnswered(at=HEARD_AT + WEEK, words="Dropped.")

MERGED = {
    "put-off-on-its-day": (*TO_COURT, NO_JUDGE, NEXT),
    "put-off-before-its-day": (*TO_COURT, BY_LETTER, NEXT),
    "moved-on-its-day": (*TO_COURT, NEXT.model_copy(update={"at": NO_JUDGE.at})),
    "put-off-twice": (*TO_COURT, SOONER, NO_JUDGE.model_copy(update={"at": london(2023, 6, 30, 11)}), NEXT),
    "decided-then-of-a-breach": (*TO_COURT, decided(), BREACHED, TO_COURT_ABOUT_IT, OF_THE_BREACH),
    "of-a-breach-then-heard": (*TO_COURT, decided(), BREACHED, TO_COURT_ABOUT_IT, OF_THE_BREACH, OUTCOME),
    "dropped-then-set-aside": (
        *TO_COURT,
        *(decided(), BREACHED, TO_COURT_ABOUT_IT, OF_THE_BREACH, LODGED, DROPPED),
        f.AppealDecided(at=london(2023, 7, 24), stands=False, words="Allowed."),
    ),
    "appealed-twice": (*TO_COURT, decided(), LODGED, OF_THE_APPEAL, STANDS, LODGED_AGAIN),
    "settled-before-its-day": (
        *TO_COURT,
        NO_JUDGE,
        NEXT,
        f.CourtDecided(at=london(2023, 8, 1), outcome=f.CourtOutcome.SETTLED, words="So."),
    ),
}


def begun() -> LegalFile:
    return told(empty().with_(ref=f"CW-2023-000001-{KEY.rpartition('-')[2]}"), proposed())


def news_of(action: LegalFile, case: CaseFile, now: datetime) -> tuple[LegalFile, CaseFile]:
    for duty in duties(action):
        case = heard(case, duty.news.model_copy(update={"at": now}))
        action = told(action, came_of(duty, now, reached=True))
    assert duties(action) == []
    return action, case


def told_of(facts: tuple[f.LegalFact, ...], at_once: int) -> CaseFile:
    """The case hears of the last ones `at_once`, late; of those before as they happened."""
    action, case = begun(), under_way()
    for fact in facts[: len(facts) - at_once]:
        action, case = news_of(told(action, fact), case, fact.at)
    action = told(action, *facts[len(facts) - at_once :])
    return news_of(action, case, LATE)[1]


def known(case: CaseFile) -> dict[str, tuple[date, datetime | None, set[str]]]:
    return {key: (one.on, one.held_at, set(one.people)) for key, one in case.hearings.items()}


@pytest.mark.parametrize("merged", MERGED)
def test_whoever_came_on_a_day_is_supported_after_it_however_late_the_case_hears_of_it(merged: str) -> None:
    facts = MERGED[merged]
    one_by_one = told_of(facts, 0)
    for at_once in range(1, len(facts) + 1):
        in_one = told_of(facts, at_once)
        assert known(in_one) == known(one_by_one), f"the last {at_once} in one"
        assert {key for key in owed(in_one) if key.startswith("hearing")} == {
            key for key in owed(one_by_one) if key.startswith("hearing")
        }
    first_day = {one.held_at is not None for one in one_by_one.hearings.values() if one.on == date(2023, 7, 3)}
    assert first_day == (set() if merged in {"put-off-before-its-day", "put-off-twice"} else {True})


def test_what_is_said_while_its_case_is_being_told_is_told_next_and_nothing_twice() -> None:
    action, case = news_of(told(begun(), *TO_COURT[:-1]), under_way(), TO_COURT[-1].at)
    action = told(action, TO_COURT[-1])
    (duty,) = duties(action)
    action = told(action, NO_JUDGE, NEXT, came_of(duty, NEXT.at, reached=True))
    assert [one.on for one in action.hearing.earlier] == [None]
    _, case = news_of(action, heard(case, duty.news), LATE)
    assert known(case) == known(told_of(MERGED["put-off-on-its-day"], 0))
