"""case-review: the cases that a review is about hear of it, each once, and it is offered what it may record."""

from policy.case_review import facts as f
from policy.case_review.duties import came_of, duties
from policy.case_review.review import ReviewFile
from policy.facts import SYSTEM
from policy.facts.case_reviews import CaseReviewBegun
from policy.procedures.kinds import KINDS
from policy.refusals import CaseIsClosed
from policy.rules import refusal_now
from tests.given import EDITION, OFFICER, SUPERVISOR, case_of, london, report
from tests.policy import happenings as h
from tests.policy.case_review.reviewing import (
    CASE,
    DAY,
    MONDAY,
    asked,
    carried_out,
    concluded,
    empty,
    ended,
    recommended,
    told,
)

KIND = KINDS["case-review"]
ANOTHER = "CW-2023-000002"


def telling(file: ReviewFile) -> list[str]:
    return [duty.case for duty in duties(file)]


def test_each_case_hears_once_that_there_is_a_review() -> None:
    file = told(empty(), asked(cases=(CASE, ANOTHER)))
    assert telling(file) == [CASE, ANOTHER]
    first, second = duties(file)
    assert first.news == CaseReviewBegun(at=MONDAY, review=file.ref)
    assert first.key != second.key
    file = told(file, came_of(first, MONDAY, reached=True), by=SYSTEM)
    assert telling(file) == [ANOTHER]
    file = told(file, came_of(second, MONDAY, reached=False), by=SYSTEM)
    assert telling(file) == [], "a case that has ended is not told again and again"
    assert telling(empty()) == []


def test_a_case_that_is_brought_in_later_hears_of_it_then() -> None:
    file = told(empty(), asked(cases=()))
    assert telling(file) == []
    assert telling(told(file, f.CaseBroughtIn(at=MONDAY + DAY, case=CASE))) == [CASE]


def test_a_case_that_hears_of_a_review_owes_nothing_more_and_may_close_while_it_runs() -> None:
    before = case_of(report(MONDAY))
    after = h.recorded(before, CaseReviewBegun(at=MONDAY, review="CR-2023-000001"), by=SYSTEM)
    assert h.owed(after) == h.owed(before)
    assert refusal_now(after.with_(closed_at=MONDAY), CaseReviewBegun, EDITION) is not None
    closed = refusal_now(after.with_(closed_at=MONDAY), CaseReviewBegun, EDITION)
    assert closed is not None
    assert closed.refused == CaseIsClosed.__name__


def test_what_is_followed_and_who_is_brought_in_is_offered_at_every_stage() -> None:
    assert "case_brought_in" in KIND.offered(told(empty(), asked()), OFFICER)
    assert "recommendation_carried_out" not in KIND.offered(told(empty(), asked()), OFFICER)
    open_ = concluded(recommended())
    assert {"recommendation_carried_out", "recommendation_moved"} <= set(KIND.offered(open_, OFFICER))
    over = told(open_, carried_out("recommendation-1", london(2023, 7, 11)), ended(london(2023, 8, 7)))
    assert KIND.offered(over, SUPERVISOR) == []


def test_only_a_supervisor_is_offered_what_a_supervisor_decides() -> None:
    decided = told(empty(), asked(), f.CaseReviewAcknowledged(at=MONDAY, means="post", words="As written."))
    assert "threshold_decided" in KIND.offered(decided, SUPERVISOR)
    assert "threshold_decided" not in KIND.offered(decided, OFFICER)
