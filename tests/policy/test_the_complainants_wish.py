"""What the complainant wishes: which clocks still make sense, which were set aside and why, when they return."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile, Stage
from policy.deadlines import deadlines
from policy.duties import duties
from policy.facts.assessing import Exclusion
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind
from policy.facts.needs import DomesticAbuseRecognised
from policy.facts.parts import Part
from policy.facts.people import Person
from policy.facts.ruling import DeadlineMissed
from policy.facts.wishing import AnonymityWished, ComplaintWithdrawn, ContactDeclined, ContactWanted
from policy.ledger import Ending, lines
from policy.letters_owed import LetterState
from policy.refusals import CaseNotReadyToClose, NotAnImmediateClosure
from tests.given import BY_POST, EDITION, assessed, case_of, contact, entry, london, report
from tests.policy.happenings import (
    appointment,
    closed,
    contacted,
    details,
    in_doubt,
    incident,
    owed,
    police_advice,
    proposal,
    ready_to_post,
    recorded,
    second_look,
    second_look_answered,
    set_aside,
    taken_on,
)

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
WHY = "the complainant wants no contact, as told on Tuesday 6 June 2023"
WITHDRAWN = "the complainant withdrew the complaint on Tuesday 6 June 2023"

declined = ContactDeclined(at=MONDAY + DAY, words="Please leave me alone.")
withdrawn = ComplaintWithdrawn(at=MONDAY + DAY, words="I do not want to go on.")


def wanted(days: int) -> ContactWanted:
    return ContactWanted(at=MONDAY + days * DAY, words="Please ring me after all.")


def violence() -> CaseFile:
    return case_of(report(MONDAY, "violence"))


def test_somebody_who_wants_no_contact_is_left_alone_and_the_rest_goes_on() -> None:
    file = recorded(violence(), declined)
    ours = {
        "assessment",
        "review",
        "partners",
        "safety:complainant",
        "risk-assessment:complainant",
        "police-referral",
    }
    assert set(owed(file)) == ours
    aside = set_aside(file)
    kinds = ("first-contact", "appointment", "police-advice", "police-consent", "letters")
    assert {key: aside[key] for key in kinds} == {
        "first-contact": WHY,
        "appointment": WHY,
        "police-advice": WHY,
        "police-consent": WHY,
        "letters": WHY,
    }


def test_regular_contact_is_set_aside_and_counts_again_from_when_it_is_wanted() -> None:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY, every=5), declined)
    assert set_aside(file)["regular-contact"] == WHY
    assert "regular-contact" not in owed(file)
    assert owed(recorded(file, wanted(7)))["regular-contact"].due == london(2023, 6, 19, 17)


def test_first_contact_counts_from_when_it_makes_sense_again() -> None:
    file = recorded(violence(), declined, wanted(7))
    assert owed(file)["first-contact"].due == london(2023, 6, 19, 17)
    assert owed(file)["appointment"].due == london(2023, 6, 13, 17)
    assert owed(file)["police-advice"].due == london(2023, 6, 12, 10)
    assert owed(file)["police-consent"].due == london(2023, 6, 13, 17)
    assert set_aside(file) == {}


def test_withdrawing_leaves_what_is_for_their_safety_and_for_others() -> None:
    file = recorded(violence(), withdrawn)
    assert set(owed(file)) >= {"assessment", "review", "police-advice", "police-referral"}
    assert set_aside(file) == {"first-contact": WITHDRAWN, "appointment": WITHDRAWN, "police-consent": WITHDRAWN}
    assert file.serious
    assert file.stage is Stage.REPORTED


def test_who_reports_again_has_not_withdrawn_any_more() -> None:
    file = recorded(case_of(report(MONDAY)), withdrawn, incident(MONDAY + 7 * DAY))
    assert owed(file)["first-contact"].due == london(2023, 6, 19, 17)
    assert set_aside(file) == {}


def test_what_was_late_before_the_wish_stays_on_the_ledger() -> None:
    file = case_of(report(MONDAY))
    late = owed(file)["first-contact"]
    miss = DeadlineMissed(at=late.due, key=late.key, row=late.row, due=late.due)
    file = recorded(file, miss, recorded_at=late.due)
    told = entry(ContactDeclined(at=late.due + DAY, words="Leave me alone."))
    after = recorded(file, told.fact)
    ledger = lines(deadlines(file, EDITION), deadlines(after, EDITION), told)
    changed = {line.deadline.key: line for line in ledger}
    line = changed["first-contact"]
    assert line.ended is not None
    assert (line.ended.ending, line.ended.by) == (Ending.WITHDRAWN, "contact_declined")
    assert line.deadline.noticed


def test_no_letter_goes_to_somebody_who_wants_none_and_each_says_why() -> None:
    file = case_of(report(MONDAY, complainant=BY_POST), ready_to_post(MONDAY, "acknowledgement"), declined)
    assert file.letters["acknowledgement"].state is LetterState.SET_ASIDE
    assert set_aside(file)["letter:acknowledgement"] == WHY
    assert duties(recorded(file, ready_to_post(MONDAY + DAY, "acknowledgement"))) == []
    assert "letter:acknowledgement" not in owed(file)
    file = recorded(file, wanted(2))
    assert [duty.kind for duty in duties(file)] == [LetterKind.ACKNOWLEDGEMENT]


def test_whether_a_letter_in_doubt_went_is_found_out_all_the_same() -> None:
    file = recorded(case_of(report(MONDAY)), in_doubt(MONDAY, "acknowledgement"), declined)
    assert "letter:acknowledgement" in owed(file)


def test_what_they_ask_for_is_answered_in_writing() -> None:
    file = recorded(case_of(report(MONDAY)), assessed(MONDAY, exclusion=Exclusion.ONE_OFF))
    file = recorded(file, declined, second_look(MONDAY + 2 * DAY), second_look_answered(MONDAY + 3 * DAY))
    assert [duty.kind for duty in duties(file)] == [LetterKind.SECOND_LOOK_ANSWER]


def test_closing_needs_no_letter_but_the_recorded_wish() -> None:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY), assessed(MONDAY), proposal(MONDAY), declined)
    assert recorded(file, closed(MONDAY + 2 * DAY)).finished
    file = recorded(case_of(report(MONDAY)), assessed(MONDAY), declined)
    assert recorded(file, closed(MONDAY + 2 * DAY, Closing.DEALT_WITH)).finished


def test_withdrawing_does_not_close_a_serious_case_by_itself() -> None:
    file = recorded(violence(), withdrawn)
    with pytest.raises(NotAnImmediateClosure):
        recorded(file, closed(MONDAY + 2 * DAY, Closing.DEALT_WITH))
    with pytest.raises(CaseNotReadyToClose):
        recorded(file, closed(MONDAY + 2 * DAY))


def test_what_was_wished_last_holds_whenever_it_is_written_down() -> None:
    file = recorded(case_of(report(MONDAY)), wanted(1), declined, wanted(3))
    earlier = ContactDeclined(at=MONDAY + 2 * DAY, words="Told on Wednesday.")
    assert set_aside(recorded(file, earlier, recorded_at=MONDAY + 5 * DAY)) == {}
    file = recorded(case_of(report(MONDAY)), ContactDeclined(at=MONDAY + 4 * DAY, words="No."))
    assert "first-contact" in set_aside(recorded(file, wanted(2), recorded_at=MONDAY + 5 * DAY))


def test_wishing_for_contact_that_was_wished_already_moves_no_clock() -> None:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY, every=5))
    assert owed(recorded(file, wanted(3))) == owed(file)


def test_somebody_who_stays_anonymous_and_gives_no_way_to_reach_them_is_said_to() -> None:
    file = case_of(report(MONDAY, complainant=None), AnonymityWished(at=MONDAY, words="No name."))
    assert set_aside(file)["first-contact"] == (
        "the complainant stays anonymous: no address, e-mail or telephone number was given"
    )
    reached = recorded(file, details(MONDAY + DAY, Person(phone="01632 960001")))
    assert "first-contact" in owed(reached)


def test_the_serious_duties_that_were_done_stay_done() -> None:
    file = recorded(violence(), appointment(MONDAY), police_advice(MONDAY), declined, wanted(3))
    assert not {"appointment", "police-advice"} & set(owed(file))


HELP = ("specialist-help", "legal-options", "safe-way", "right-way")


def test_another_victim_is_helped_also_where_the_complainant_wants_no_contact() -> None:
    file = recorded(violence(), taken_on(MONDAY, "victim-1", Part.VICTIM))
    for person in ("complainant", "victim-1"):
        file = recorded(file, DomesticAbuseRecognised(at=MONDAY, person=person, words="He reads the post."))
    file = recorded(file, contact(MONDAY), contacted(MONDAY, "victim-1"), declined)
    assert owed(file).keys() >= {f"{key}:victim-1" for key in HELP}
    assert {set_aside(file)[f"{key}:complainant"] for key in HELP} == {WHY}
    assert owed(file)["right-way:victim-1"].met_by == ("person_contacted",)


def test_or_cannot_be_reached() -> None:
    file = recorded(case_of(report(MONDAY, "violence", None)), taken_on(MONDAY, "victim-1", Part.VICTIM))
    assert "safety:victim-1" in owed(file)
    assert "safety:complainant" in set_aside(file)
