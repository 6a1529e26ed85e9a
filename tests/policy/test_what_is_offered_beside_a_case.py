"""What may be done beside a case and why not: by its state and by who asks, as on a case itself."""

import pytest

from policy.case_review import facts as reviewed
from policy.facts import Actor, Role
from policy.facts.disability import WhyNot
from policy.facts.people import Means
from policy.procedures.base import ProcedureFile
from policy.procedures.kinds import KINDS
from policy.refusals import Refusal
from tests.given import OFFICER, SUPERVISOR
from tests.policy.case_review import reviewing
from tests.policy.legal_action import acting
from tests.policy.legal_action.acting import ENOUGH, INSTRUCTED, ISSUED, NOTICE, REVIEWED, learnt

MET = reviewing.told(
    reviewing.empty(),
    reviewing.asked(),
    reviewed.CaseReviewAcknowledged(at=reviewing.MONDAY, means=Means.EMAIL, words="As written."),
)


def why_not(kind: str, file: ProcedureFile, fact: str, by: Actor) -> Refusal | None:
    (action,) = [one for one in KINDS[kind].actions(file, by) if one.fact == fact]
    return action.refusal


def in_legal_action(file: acting.LegalFile, fact: str, by: Actor = SUPERVISOR) -> str | None:
    refusal = why_not("legal-action", file, fact, by)
    return refusal and refusal.refused


def test_what_comes_at_another_point_is_shown_with_what_is_owed_now() -> None:
    proposed = acting.told(acting.empty(), acting.proposed())
    refusal = why_not("legal-action", proposed, "court_decided", OFFICER)
    assert refusal is not None
    assert refusal.refused == "LegalStepNotOpen"
    assert "review how the case was handled before it goes to the solicitor" in refusal.sentence


def test_no_papers_are_offered_after_a_meeting_that_decided_against_it_or_without_a_notice_that_stands() -> None:
    ready = acting.told(acting.empty(), acting.proposed("possession"), REVIEWED, INSTRUCTED, ENOUGH)
    assert in_legal_action(ready, "papers_issued") is None
    against = acting.told(ready, learnt(ISSUED.at, window=NOTICE, why=WhyNot.DECIDED_AGAINST))
    assert in_legal_action(against, "papers_issued") == "DisabilityMeetingMissing"
    assert "papers_issued" not in KINDS["legal-action"].offered(against, SUPERVISOR)
    assert in_legal_action(against, "legal_action_ended") is None
    assert in_legal_action(acting.told(ready, learnt(ISSUED.at)), "papers_issued") == "WindowNotOpen"


def test_before_the_solicitor_has_agreed_the_papers_say_so() -> None:
    reviewed_first = acting.told(acting.empty(), acting.proposed(), REVIEWED)
    assert in_legal_action(reviewed_first, "papers_issued") == "SolicitorMustAgree"
    needed = acting.told(reviewed_first, learnt(ISSUED.at, why=WhyNot.MEETING_NEEDED))
    assert in_legal_action(needed, "solicitor_instructed") == "DisabilityMeetingMissing"


def test_the_review_of_a_legal_action_is_not_offered_to_whoever_proposed_it() -> None:
    by_them = acting.told(acting.empty(), acting.proposed(proposed_by=SUPERVISOR.id))
    assert in_legal_action(by_them, "team_reviewed", SUPERVISOR) == "AnotherPersonMustReview"
    somebody_else = SUPERVISOR.model_copy(update={"id": "supervisor-2"})
    assert in_legal_action(by_them, "team_reviewed", somebody_else) is None
    shown = {one.fact for one in KINDS["legal-action"].actions(by_them, OFFICER)}
    assert "team_reviewed" not in shown, "an officer's role does not review at all"


def test_a_decision_on_a_case_review_is_not_offered_to_whoever_has_worked_on_the_case() -> None:
    refusal = why_not("case-review", MET, "threshold_decided", reviewing.HANDLER)
    assert refusal is not None
    assert refusal.sentence.startswith("You have worked on this case")
    assert why_not("case-review", MET, "threshold_decided", reviewing.ANOTHER) is None


def test_what_a_case_review_still_needs_is_the_reason() -> None:
    refusal = why_not("case-review", MET, "recommendation_carried_out", OFFICER)
    assert refusal is not None
    assert refusal.refused == "RecommendationNotOpen"
    partner = why_not("case-review", MET, "partner_answered", OFFICER)
    assert partner is not None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.AGENCY])
def test_what_is_offered_are_the_actions_that_are_not_refused(kind: str, role: Role) -> None:
    file = {"legal-action": acting.told(acting.empty(), acting.proposed()), "case-review": MET}.get(kind)
    if file is None:
        return
    by = Actor(id="somebody", role=role)
    actions = KINDS[kind].actions(file, by)
    assert KINDS[kind].offered(file, by) == [one.fact for one in actions if one.refusal is None]
    assert all(one.refusal is None or one.refusal.sentence.endswith(".") for one in actions)
