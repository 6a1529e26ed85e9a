"""police-with-consent: what the police were told while a case was part of another; they part, and news is late."""

from datetime import timedelta

import pytest

from policy.across import told_elsewhere
from policy.case_file import CaseFile
from policy.facts import SYSTEM, Entry
from policy.facts.case_reviews import ToldInCaseReview
from policy.facts.disclosing import Gateway
from policy.facts.joining import PoliceToldWhereJoined
from policy.facts.parts import Part
from policy.facts.policing import PoliceReferralEnded
from policy.objections import who_objects
from tests.given import EDITION, SUPERVISOR, case_of, entry, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.joined import OTHER, other_case, separate, taken
from tests.policy.test_police_told_around_joining import (
    JOINED,
    KEY,
    LATER,
    LIFE,
    both,
    called_and_met,
    carried,
    heard,
    hears,
    no,
)
from tests.policy.test_told_of_a_no import told
from tests.policy.warned import DAY, MONDAY


def test_what_was_told_while_it_was_part_of_the_other_reaches_it_also_after_they_parted() -> None:
    file, into = separate(*both())
    late = told(JOINED + timedelta(hours=1), to="police", gateway=Gateway.PROTOCOL)
    file, into = carried(file, into, late)
    assert KEY in owed(recorded(file, no(LATER)))
    after, _ = carried(file, into, late.model_copy(update={"at": LATER + DAY}))
    assert after == file


def test_what_is_taken_back_after_they_parted_is_taken_back_here_and_nothing_beside_it() -> None:
    told_twice = carried(*both(), h.police_referral(JOINED + timedelta(hours=1)))
    disclosed = told(JOINED + timedelta(hours=1), to="police", gateway=Gateway.PROTOCOL)
    file, into = separate(*carried(*told_twice, disclosed))
    assert len(file.police_told.tellings) == 2
    back = PoliceReferralEnded(at=LATER, matter=next(iter(into.matters)), reasons="Sent twice.", taken_back=True)
    file, into = carried(file, into, back)
    assert [one.matter for one in file.police_told.tellings] == [None]
    assert KEY in owed(recorded(file, no(LATER + DAY)))


def test_a_referral_of_its_own_that_is_taken_back_takes_back_none_of_the_other_case_s() -> None:
    there = PoliceToldWhereJoined(at=LATER, by_case=OTHER, told_at=LATER, matter="police-referral-2")
    file = recorded(case_of(report(MONDAY)), h.police_referral(LATER))
    file = recorded(file, there, by=SYSTEM)
    back = PoliceReferralEnded(at=LATER, matter="police-referral-2", reasons="Sent twice.", taken_back=True)
    assert [one.by_case for one in recorded(file, back).police_told.tellings] == [OTHER]


def test_nor_is_it_at_an_end_or_a_supervisor_s_for_what_was_told_there() -> None:
    late = PoliceToldWhereJoined(at=LATER, by_case=OTHER, told_at=LATER, matter="police-referral-4")
    for_life = h.police_referral(LATER).model_copy(update={"lawful_reason": LIFE})
    start = (h.taken_on(MONDAY, "victim-1", Part.VICTIM), no(MONDAY))
    file = recorded(recorded(case_of(report(MONDAY)), *start), for_life, by=SUPERVISOR)
    there = recorded(file, late, by=SYSTEM)
    back = PoliceReferralEnded(at=LATER, matter="police-referral-4", reasons="Sent twice.", taken_back=True)
    assert recorded(there, back)
    assert "police-referral-4" in recorded(there, heard(LATER), by=SUPERVISOR).matters


def decided_on(file: CaseFile, into: CaseFile) -> tuple[CaseFile, CaseFile]:
    """The group's next meeting, for a lawful reason over a no there."""
    refused = recorded(into, h.police_not_wanted(LATER + 2 * DAY))
    at = LATER + 3 * DAY
    again = g.arranged(at, "group-3", none_agreed=True, lawful_reason=LIFE, members=("police",))
    return carried(file, refused, again, SUPERVISOR)


@pytest.mark.parametrize("parted", [False, True], ids=["part of it", "parted"])
def test_what_is_decided_there_is_decided_about_those_alone_who_are_part_of_it(*, parted: bool) -> None:
    file, into = called_and_met(*both())
    if parted:
        file, into = separate(file, into)
    file = recorded(file, no(LATER + 2 * DAY))
    file, into = decided_on(file, into)
    assert (KEY in owed(file)) is parted


def test_what_was_told_before_the_report_arrived_was_told_of_nobody_there() -> None:
    joining = entry(h.joined(JOINED, OTHER), id_="joining")
    alone, other = case_of(report(MONDAY)), other_case(report(MONDAY, "violence"))
    (report_,) = told_elsewhere(alone, joining)
    file = taken(alone, joining)
    meanwhile = told(JOINED + timedelta(hours=1), to="police", gateway=Gateway.PROTOCOL)
    other = recorded(other, meanwhile)
    into = taken(other, Entry(id=report_.id, by=SYSTEM, recorded_at=JOINED, fact=report_.fact))
    assert KEY not in owed(hears(file, into, no(LATER)))
    file, into = carried(file, into, told(LATER, to="police", gateway=Gateway.PROTOCOL))
    assert len(file.police_told.tellings) == 1


def test_nor_was_what_a_group_was_told_then_though_it_is_decided_on_later() -> None:
    joining = entry(h.joined(JOINED, OTHER), id_="joining")
    call = g.called(JOINED + timedelta(hours=1), about=("complainant",))
    (report_,) = told_elsewhere(case_of(report(MONDAY)), joining)
    other = recorded(other_case(report(MONDAY, "violence")), call)
    into = taken(other, Entry(id=report_.id, by=SYSTEM, recorded_at=JOINED, fact=report_.fact))
    refused = recorded(into, h.police_not_wanted(LATER))
    again = g.arranged(LATER, "group-2", none_agreed=True, lawful_reason=LIFE, members=("police",))
    file, _ = carried(taken(case_of(report(MONDAY)), joining), refused, again, SUPERVISOR)
    assert file.police_told.tellings == ()


def test_what_was_told_before_it_is_heard_that_they_parted_is_taken_back_too() -> None:
    file, into = both()
    gone = entry(h.separated(LATER))
    (echo,) = told_elsewhere(file, gone)
    apart, into = carried(taken(file, gone), into, h.police_referral(LATER + timedelta(hours=1)))
    into = taken(into, Entry(id=echo.id, by=SYSTEM, recorded_at=LATER, fact=echo.fact))
    back = PoliceReferralEnded(
        at=LATER + DAY, matter=next(iter(into.matters)), reasons="Sent twice.", taken_back=True
    )
    assert carried(apart, into, back)[0].police_told.tellings == ()


def test_it_does_not_matter_whether_it_is_heard_first_that_it_was_told_or_that_it_was_taken_back() -> None:
    there = PoliceToldWhereJoined(at=LATER, by_case=OTHER, told_at=LATER, matter="police-referral-2")
    back = there.model_copy(update={"taken_back": True})
    for news in ((there, back), (back, there)):
        file = recorded(both()[0], *news, by=SYSTEM)
        assert (file.police_told.tellings, file.police_told.taken_back) == ((), ())
    assert recorded(file, there, by=SYSTEM).police_told.tellings


def test_a_case_review_there_leaves_the_noes_of_a_joined_case_to_that() -> None:
    file, into = both()
    review = ToldInCaseReview(at=LATER, review="CR-2023-000001", to=("police",), told_at=LATER)
    file, into = carried(file, into, review, SYSTEM)
    into = hears(file, into, no(LATER + DAY))
    assert who_objects(into, into.informed["police"], EDITION) == set()
    assert KEY in owed(recorded(file, no(LATER + DAY)))
