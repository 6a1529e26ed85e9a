"""publicise-action: a success is told where nobody can be recognised, or it is said why not."""

from datetime import timedelta

import pytest

from policy.across import told_elsewhere
from policy.case_file import CaseFile
from policy.facts import SYSTEM, Role
from policy.facts import publicity as p
from policy.facts.closing import Outcome
from policy.facts.consent import ConsentAsked, ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.parts import Leaving, Part, PersonLeft
from policy.facts.proceedings import LegalActionFinished, LegalOrderMade, LegalStage
from policy.refusals import CaseIsClosed
from policy.refusals.conduct import (
    OrderDoesNotStand,
    VictimCouldBeKnown,
    VictimHasNotAnswered,
    VictimWantsNoPublicity,
    WriterCannotApprove,
)
from tests.given import OFFICER, SUPERVISOR, assessed, case_of, contact, entry, london, report
from tests.policy import happenings as h
from tests.policy.happenings import ANOTHER_SUPERVISOR, owed, recorded
from tests.policy.legal_action.acting import TO_COURT, decided
from tests.policy.legal_action.test_two_courts import LODGED, STANDS
from tests.policy.random_proceedings import proposed
from tests.policy.test_legal_action_on_a_case import carried
from tests.policy.warned import PAT

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
WORDED = p.PublicityWorded(at=MONDAY + DAY, matter="publicity-5", words="A court has acted in Invented Row.")
APPROVED = p.PublicityApproved(
    at=MONDAY + 2 * DAY, matter="publicity-5", nobody_named=True, nothing_points_to_them=True, words="Good."
)
DECLINED = p.PublicityDeclined(at=MONDAY + 2 * DAY, matter="publicity-5", reasons="She asked us not to.")


NO = ConsentRefused(at=MONDAY + DAY, purpose=Purpose.PUBLICITY, words="Leave me out of it.")


def handled() -> CaseFile:
    return case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY), h.effect(MONDAY))


def succeeded() -> CaseFile:
    return recorded(handled(), h.success(MONDAY))


def test_a_success_proposes_publicity_and_so_does_closing_with_enforcement() -> None:
    for success in (h.success(MONDAY), h.proposal(MONDAY, Outcome.ENFORCED)):
        assert owed(recorded(handled(), success))["publicity-5"].due == london(2023, 6, 19, 17)
    assert "publicity-5" not in owed(recorded(handled(), h.proposal(MONDAY, Outcome.STOPPED)))


def taken_to_court() -> CaseFile:
    """A legal action under 3."""
    file = recorded(case_of(report(MONDAY, about=PAT)), h.effect(MONDAY))
    return recorded(file, proposed(file, MONDAY, 0, person="perpetrator-1", very_serious="He held a knife."))


ORDER = LegalOrderMade(at=MONDAY + DAY, matter="legal-action-3", stage=LegalStage.IN_FORCE)


def publicity_of(file: CaseFile) -> list[str]:
    return [key for key in owed(file) if key.startswith("publicity")]


SET_ASIDE = LegalActionFinished(
    at=MONDAY + 9 * DAY, matter="legal-action-3", stage=LegalStage.OVER, set_aside=True
)


@pytest.mark.parametrize("steps", [0, 1, 2], ids=["proposed", "worded", "approved"])
def test_nobody_is_told_of_an_order_that_did_not_stand(steps: int) -> None:
    of_it = {"matter": "publicity-4"}
    worded, approved = (one.model_copy(update=of_it) for one in (WORDED, APPROVED))
    file = recorded(taken_to_court(), ORDER, by=SYSTEM)
    for fact, by in ((worded, OFFICER), (approved, SUPERVISOR))[:steps]:
        file = recorded(file, fact, by=by)
    over = recorded(file, SET_ASIDE, by=SYSTEM)
    assert publicity_of(over) == ["publicity-4"] * (steps == 2), "whether it had been given out before"
    with pytest.raises(OrderDoesNotStand):
        recorded(over, worded.model_copy(update={"at": MONDAY + 9 * DAY}))
    expired = recorded(file, SET_ASIDE.model_copy(update={"set_aside": False}), by=SYSTEM)
    assert publicity_of(expired) == ["publicity-4"]


def test_what_is_told_of_another_success_outlasts_an_order_that_did_not_stand() -> None:
    success = h.success(MONDAY)
    before = recorded(recorded(taken_to_court(), success), ORDER, SET_ASIDE, by=SYSTEM)
    after = recorded(
        recorded(taken_to_court(), ORDER, by=SYSTEM), DECLINED.model_copy(update={"matter": "publicity-4"})
    )
    again = recorded(recorded(after, success.model_copy(update={"at": MONDAY + 3 * DAY})), SET_ASIDE, by=SYSTEM)
    assert (len(publicity_of(before)), len(publicity_of(again))) == (1, 1)


@pytest.mark.parametrize("stands", [True, False], ids=["stands", "set-aside"])
def test_its_case_knows_whether_an_order_stood_on_appeal(*, stands: bool) -> None:
    played = carried("injunction", *TO_COURT, decided(), LODGED, STANDS.model_copy(update={"stands": stands}))
    assert bool(publicity_of(played.file)) is stands


def test_a_court_s_order_proposes_publicity_and_what_is_heard_of_it_later_does_not() -> None:
    file = recorded(taken_to_court(), ORDER, by=SYSTEM)
    assert owed(file)["publicity-4"].due == london(2023, 6, 20, 17)
    no = DECLINED.model_copy(update={"matter": "publicity-4"})
    breached = ORDER.model_copy(update={"at": MONDAY + 3 * DAY, "stage": LegalStage.BREACHED})
    assert publicity_of(recorded(recorded(file, no), breached, by=SYSTEM)) == []
    assert publicity_of(recorded(file, breached, by=SYSTEM)) == ["publicity-4"]


def test_a_legal_action_that_gets_no_order_proposes_none() -> None:
    refused = LegalActionFinished(at=MONDAY + DAY, matter="legal-action-3", stage=LegalStage.REFUSED)
    assert publicity_of(recorded(taken_to_court(), refused, by=SYSTEM)) == []


def test_one_success_is_one_matter() -> None:
    again = recorded(succeeded(), h.proposal(MONDAY, Outcome.ENFORCED))
    assert [key for key in owed(again) if key.startswith("publicity")] == ["publicity-5"]


def test_the_wording_is_approved_by_somebody_other_than_its_writer_and_then_given_out() -> None:
    file = recorded(succeeded(), WORDED, by=SUPERVISOR)
    assert owed(file)["publicity-5"].owed_by is Role.SUPERVISOR
    with pytest.raises(WriterCannotApprove):
        recorded(file, APPROVED, by=SUPERVISOR)
    file = recorded(file, APPROVED, by=ANOTHER_SUPERVISOR)
    assert owed(file)["publicity-5"].owed == "Give out what was approved"
    out = p.PublicityGivenOut(at=MONDAY + 3 * DAY, matter="publicity-5", words="In the newsletter.")
    assert "publicity-5" not in owed(recorded(file, out))


@pytest.mark.parametrize("tick", ["nobody_named", "nothing_points_to_them"])
def test_nothing_is_approved_in_which_a_victim_could_be_recognised(tick: str) -> None:
    with pytest.raises(VictimCouldBeKnown) as refused:
        recorded(succeeded(), WORDED, APPROVED.model_copy(update={tick: False}))
    assert refused.value.refusal.missing == (tick.replace("_", " "),)


def test_what_a_victim_does_not_want_published_is_neither_approved_nor_given_out() -> None:
    no = ConsentRefused(at=MONDAY, purpose=Purpose.PUBLICITY, words="Leave me out of it.")
    with pytest.raises(VictimWantsNoPublicity):
        recorded(succeeded(), WORDED, no, APPROVED)
    withdrawn = ConsentWithdrawn(at=MONDAY + 2 * DAY, purpose=Purpose.PUBLICITY, words="I have thought again.")
    out = p.PublicityGivenOut(at=MONDAY + 3 * DAY, matter="publicity-5", words="In the newsletter.")
    with pytest.raises(VictimWantsNoPublicity):
        recorded(succeeded(), WORDED, APPROVED, withdrawn, out)
    assert "publicity-5" not in owed(recorded(succeeded(), WORDED, APPROVED, withdrawn, DECLINED))
    late = withdrawn.model_copy(update={"at": MONDAY + 4 * DAY})
    before = recorded(succeeded(), WORDED, APPROVED, late, out, recorded_at=MONDAY + 5 * DAY)
    assert "publicity-5" not in owed(before), "what had gone out before the no is recorded as it was"


ASKED = ConsentAsked(at=MONDAY, purpose=Purpose.PUBLICITY, words="By letter.")
YES = ConsentGiven(at=MONDAY + DAY, purpose=Purpose.PUBLICITY, words="Go on.")
OUT = p.PublicityGivenOut(at=MONDAY + 3 * DAY, matter="publicity-5", words="In the newsletter.")


def test_whoever_was_asked_answers_before_anything_is_published() -> None:
    with pytest.raises(VictimHasNotAnswered, match="the answer of the complainant"):
        recorded(succeeded(), WORDED, ASKED, APPROVED)
    with pytest.raises(VictimHasNotAnswered):
        recorded(succeeded(), WORDED, APPROVED, ASKED, OUT)
    assert "publicity-5" not in owed(recorded(succeeded(), WORDED, APPROVED, ASKED, YES, OUT))
    assert "publicity-5" not in owed(recorded(succeeded(), WORDED, ASKED, DECLINED)), "no answer came"
    about_the_police = ASKED.model_copy(update={"purpose": Purpose.POLICE})
    assert recorded(succeeded(), WORDED, about_the_police, APPROVED)


def test_nobody_waits_for_the_answer_of_somebody_who_has_left() -> None:
    victim = h.taken_on(MONDAY, "victim-1", Part.VICTIM)
    asked = ASKED.model_copy(update={"person": "victim-1"})
    file = recorded(succeeded(), victim, WORDED, asked)
    with pytest.raises(VictimHasNotAnswered, match="victim 1"):
        recorded(file, APPROVED)
    assert recorded(file, PersonLeft(at=MONDAY + DAY, key="victim-1", why=Leaving.MOVED_AWAY), APPROVED)


def test_saying_nothing_is_a_decision_too_at_every_stage() -> None:
    for before in ((), (WORDED,), (WORDED, APPROVED)):
        assert "publicity-5" not in owed(recorded(succeeded(), *before, DECLINED))


def test_publicity_holds_no_case_open_and_is_still_decided_on() -> None:
    file = recorded(handled(), h.proposal(MONDAY, Outcome.ENFORCED))
    (letter,) = [key for key in file.letters if key.startswith("closing-letter")]
    file = recorded(file, h.sent(MONDAY, letter), h.closed(MONDAY + DAY))
    assert file.closed_at is not None
    assert "publicity-5" in owed(file)
    assert not {"publicity-5"} & recorded(file, DECLINED).matters.keys()
    with pytest.raises(VictimWantsNoPublicity):
        recorded(file, WORDED, NO, APPROVED)
    with pytest.raises(CaseIsClosed):
        recorded(file, DECLINED, NO)


def test_a_victim_whose_case_joined_this_one_is_heard_too() -> None:
    theirs = case_of(report(MONDAY), NO.model_copy(update={"at": MONDAY}))
    (told,) = told_elsewhere(theirs, entry(h.joined(MONDAY)))
    with pytest.raises(VictimWantsNoPublicity):
        recorded(succeeded(), told.fact, WORDED, APPROVED)
