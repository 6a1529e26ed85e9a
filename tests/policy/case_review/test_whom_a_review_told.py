"""case-review, information-sharing: each case hears whom its people were told of, and sees to their noes."""

import pytest

from policy.case_file import CaseFile
from policy.case_review import facts as f
from policy.case_review.duties import came_of, duties
from policy.case_review.review import ReviewFile
from policy.case_review.telling import told_of_no_case
from policy.facts import SYSTEM, CaseFact, Role
from policy.facts.case_reviews import CaseReviewBegun, ToldInCaseReview
from policy.facts.closing import Closing
from policy.facts.consent import ConsentRefused, Purpose
from policy.facts.disclosing import AgencyToldOfRefusal
from policy.facts.parts import Leaving, Part
from policy.refusals import FactBeforeTheReport
from policy.refusals.case_review import ReviewAgencyUnknown, ReviewNotReadyToEnd, ReviewStepNotOpen
from tests.given import OFFICER, SUPERVISOR, case_of, london, report
from tests.policy import happenings as h
from tests.policy.case_review.reviewing import (
    CASE,
    COUNCIL,
    DAY,
    MEETING,
    MONDAY,
    OUTCOME_TOLD,
    PARTNERS,
    POLICE,
    WEEK,
    asked,
    empty,
    ended,
    owed,
    review_decided,
    told,
)
from tests.policy.case_review.test_asking_over_a_no import NO_COUNCIL, REASON, asking, case, no, up_to_asking
from tests.policy.happenings import recorded

ANOTHER = "CW-2023-000002"
DUE = "disclosure-refusal:council"
HELD = MEETING.model_copy(update={"attended": ("council", "police"), "against": (NO_COUNCIL,)})


def all_told(file: ReviewFile, *, reached: bool = True) -> tuple[ReviewFile, list[CaseFact]]:
    """After each of its duties was done, with the news."""
    news = []
    while waiting := duties(file):
        news.append(waiting[0].news)
        file = told(file, came_of(waiting[0], MONDAY + 8 * WEEK, reached=reached), by=SYSTEM)
    return file, news


def hears(file: CaseFile, **more: object) -> CaseFile:
    said = {"at": MONDAY + WEEK, "review": "CR-2023-000001", "to": ("council",), "told_at": MONDAY + WEEK}
    return recorded(file, ToldInCaseReview.model_validate(said | more), by=SYSTEM)


# the review


def test_each_case_hears_which_agencies_were_asked_and_which_came() -> None:
    file = told(up_to_asking(), PARTNERS, POLICE, COUNCIL, MEETING)
    _, news = all_told(file)
    begun, when_asked, at_the_meeting = news
    assert isinstance(begun, CaseReviewBegun)
    assert (when_asked.to, when_asked.told_at) == (("police", "council"), PARTNERS.at)
    assert (at_the_meeting.to, at_the_meeting.told_at) == (("police",), MEETING.at)


def test_a_case_that_is_brought_in_later_was_not_told_of_unless_there_was_none() -> None:
    later = f.CaseBroughtIn(at=MONDAY + 2 * WEEK, case=ANOTHER)
    _, news = all_told(told(up_to_asking(), PARTNERS, later))
    assert [type(one) for one in news] == [CaseReviewBegun, ToldInCaseReview, CaseReviewBegun]
    nobody_knew = up_to_asking().with_(cases=())
    _, news = all_told(told(nobody_knew, PARTNERS, later))
    assert [type(one) for one in news] == [CaseReviewBegun, ToldInCaseReview]


def test_what_a_supervisor_decided_goes_to_the_case_with_it() -> None:
    file = told(up_to_asking(), asking("council", against=(NO_COUNCIL,), lawful_reason=REASON), by=SUPERVISOR)
    _, news = all_told(file)
    assert news[-1].lawful_reason == REASON
    held = told(file, f.PartnerChased(at=MONDAY + 2 * WEEK, agency="council", words="Rung."), HELD)
    _, news = all_told(held)
    by_agency = {one.to: one.lawful_reason for one in news if isinstance(one, ToldInCaseReview)}
    assert by_agency == {("council",): REASON, ("police",): None}
    assert {one.decided_at for one in news if isinstance(one, ToldInCaseReview)} == {MONDAY + WEEK, None}


# a case that goes on


def test_the_case_tells_an_agency_of_a_later_no() -> None:
    file = hears(case())
    assert DUE not in h.owed(file)
    later = recorded(file, no(Purpose.REFERRAL, at=MONDAY + 2 * WEEK))
    assert (h.owed(later)[DUE].due, h.owed(later)[DUE].owed_by) == (london(2023, 6, 20, 17), Role.OFFICER)


def test_a_meeting_that_was_held_over_a_no_is_a_supervisor_s_to_put_right_unless_one_had_decided() -> None:
    refused = case(no(Purpose.REFERRAL))
    deadline = h.owed(hears(refused))[DUE]
    assert (deadline.due, deadline.owed_by) == (london(2023, 6, 13, 17), Role.SUPERVISOR)
    assert DUE not in h.owed(hears(refused, lawful_reason=REASON))


def test_the_police_hear_of_it_as_the_police() -> None:
    file = hears(case(), to=("police",))
    later = recorded(file, no(Purpose.POLICE, at=MONDAY + 2 * WEEK))
    assert "police-withdrawal" in h.owed(later)


def test_everybody_was_spoken_of_also_who_has_left() -> None:
    witness = (h.taken_on(MONDAY, "witness-1", Part.WITNESS), no(Purpose.REFERRAL, person="witness-1"))
    left = h.left(MONDAY + DAY, "witness-1", Leaving.CONSENT_WITHDRAWN)
    assert h.owed(hears(case(*witness, left)))[DUE].owed.endswith("witness 1")


def test_a_case_at_rest_that_still_runs_hears_of_it_and_goes_on_owing_it() -> None:
    closed = hears(case(no(Purpose.REFERRAL)).with_(closed_at=MONDAY + DAY, closing=Closing.DEALT_WITH))
    assert (DUE in h.owed(closed), closed.with_(letters={}, matters={}).finished) == (True, False)
    heard = AgencyToldOfRefusal(at=MONDAY + 2 * WEEK, agency="council", words="They know.")
    assert recorded(closed.with_(letters={}, matters={}), heard, by=SUPERVISOR).finished
    joined = hears(recorded(case_of(report(MONDAY)), h.joined(MONDAY + DAY)))
    said = ConsentRefused(at=MONDAY + 2 * WEEK, purpose=Purpose.REFERRAL, words="No.")
    assert DUE in h.owed(recorded(joined, said))


# a case that is over


def over_their_heads() -> ReviewFile:
    """Whose meeting told the council against the word of somebody on a case that nobody runs any more."""
    return all_told(told(up_to_asking(), PARTNERS, POLICE, COUNCIL, HELD), reached=False)[0]


def test_of_a_case_that_is_over_the_review_sees_to_it_itself() -> None:
    deadline = owed(over_their_heads())["refusal"]
    assert (deadline.due, deadline.owed_by, deadline.row) == (
        london(2023, 7, 4, 17),
        Role.SUPERVISOR,
        "information-sharing",
    )
    assert deadline.owed.endswith(f"somebody on {CASE} does not agree to their being told: The council")
    reached, _ = all_told(told(up_to_asking(), PARTNERS, POLICE, COUNCIL, HELD))
    assert "refusal" not in owed(reached)


def brought_in(*against: f.Against, reason: str | None = None) -> ReviewFile:
    """A case that is over, after the council was asked by a review that had found none."""
    nobody_knew = up_to_asking().with_(cases=())
    asked_them = told(nobody_knew, asking("council", lawful_reason=reason), by=SUPERVISOR)
    later = f.CaseBroughtIn(at=MONDAY + 2 * WEEK, case=ANOTHER, against=against)
    return all_told(told(asked_them, later), reached=False)[0]


def test_a_no_on_a_case_that_is_over_and_brought_in_later_is_heard_from_when_it_is_known() -> None:
    theirs = NO_COUNCIL.model_copy(update={"case": ANOTHER})
    deadline = owed(brought_in(theirs))["refusal"]
    assert (deadline.due, deadline.owed_by) == (london(2023, 6, 20, 17), Role.SUPERVISOR)
    assert "refusal" not in owed(brought_in(theirs.model_copy(update={"agency": "police"})))
    assert "refusal" not in owed(brought_in(theirs, reason=REASON))
    late = theirs.model_copy(update={"learnt_at": MONDAY + 2 * WEEK - DAY})
    assert "refusal" in owed(brought_in(late, reason=REASON)), "nobody had decided over a no that nobody knew of"


def test_what_agencies_were_told_of_another_case_is_against_nobody_on_one_that_is_brought_in() -> None:
    asked_of_one = told(up_to_asking(), asking("council"))
    assert (told_of_no_case(asked_of_one), told_of_no_case(brought_in())) == ((), ("council",))
    theirs = NO_COUNCIL.model_copy(update={"case": ANOTHER})
    later = f.CaseBroughtIn(at=MONDAY + 2 * WEEK, case=ANOTHER, against=(theirs,))
    assert [one.against for one in told(asked_of_one, later).tellings] == [()]


def test_what_a_supervisor_decided_when_an_agency_was_asked_is_for_the_noes_of_that_time() -> None:
    asked_all_the_same = asking("council", against=(NO_COUNCIL,), lawful_reason=REASON)
    chased = f.PartnerChased(at=MONDAY + 2 * WEEK, agency="council", words="Rung.")
    later = NO_COUNCIL.model_copy(update={"who": "witness-1", "learnt_at": MONDAY + 2 * WEEK})
    for against, owes in (((NO_COUNCIL,), False), ((NO_COUNCIL, later), True)):
        held = HELD.model_copy(update={"against": against})
        file, _ = all_told(told(up_to_asking(), asked_all_the_same, chased, held), reached=False)
        assert ("refusal" in owed(file)) is owes


def test_it_is_put_right_once_the_agency_has_heard_and_the_review_does_not_end_before() -> None:
    heard = f.AgenciesToldOfRefusal(at=MONDAY + 5 * WEEK, agencies=("council",), words="They know.")
    file = told(over_their_heads(), review_decided(), OUTCOME_TOLD)
    with pytest.raises(ReviewNotReadyToEnd, match="still to hear"):
        told(file, ended(london(2023, 8, 7)))
    for agencies in ((), ("police",)):
        with pytest.raises(ReviewAgencyUnknown, match="Say which of these has heard of it: The council"):
            told(file, heard.model_copy(update={"agencies": agencies}))
    with pytest.raises(FactBeforeTheReport):
        told(file, heard.model_copy(update={"at": MONDAY + WEEK}))
    put_right = told(file, heard)
    assert "refusal" not in owed(put_right)
    assert told(put_right, ended(london(2023, 8, 7))).over


def test_an_agency_that_has_heard_of_one_case_is_still_to_hear_of_what_came_later() -> None:
    first, second = (NO_COUNCIL.model_copy(update={"case": ref}) for ref in (ANOTHER, "CW-2023-000003"))
    later = f.CaseBroughtIn(at=MONDAY + 3 * WEEK, case=second.case, against=(second,))
    file = all_told(told(brought_in(first), later, later), reached=False)[0]
    assert [(one.case, one.since) for one in file.to_tell] == [
        (ANOTHER, MONDAY + 2 * WEEK),
        (second.case, MONDAY + 3 * WEEK),
    ]
    heard = f.AgenciesToldOfRefusal(at=MONDAY + 2 * WEEK + DAY, agencies=("council",), words="They know.")
    assert [one.case for one in told(file, heard).to_tell] == [second.case]
    assert told(file, heard.model_copy(update={"at": MONDAY + 4 * WEEK})).to_tell == ()


def test_nobody_records_it_where_nothing_is_to_be_put_right() -> None:
    heard = f.AgenciesToldOfRefusal(at=MONDAY + 5 * WEEK, agencies=("council",), words="They know.")
    with pytest.raises(ReviewStepNotOpen, match="no agency is still to hear"):
        told(told(empty(), asked()), heard, by=OFFICER)
