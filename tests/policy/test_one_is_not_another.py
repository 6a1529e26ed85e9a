"""What is done for one person is not done for another, and what was urgent stays so on its way up."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import needs as n
from policy.facts.hearings import HearingHeld, HearingListed, When
from policy.facts.parts import Leaving, Part
from policy.facts.people import Means, Party
from policy.facts.reporting import Reporter
from policy.facts.safety import (
    EmergencyAccommodationHelped,
    EmergencyAccommodationNeeded,
    EmergencyAccommodationRefused,
)
from policy.facts.wishing import ContactDeclined, ContactWanted
from policy.ledger import Ending
from policy.simulation import simulate
from tests.given import EDITION, case_of, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.random_safety import SAFE_BY_PHONE, considered, risk, support, witness_supported

MONDAY = london(2023, 6, 5)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WITNESS = h.taken_on(MONDAY, "witness-1", Part.WITNESS)
LISTED = HearingListed(at=MONDAY, on=london(2023, 7, 3).date(), court="A court")
IN_DANGER, SAFE = considered(MONDAY, 3).model_copy(update={"in_danger": True}), considered(MONDAY, 1)


def of(person: str, fact: object, **changes: object) -> object:
    return fact.model_copy(update={"person": person, **changes})  # type: ignore[attr-defined] # a fact


def with_a_witness() -> CaseFile:
    return h.recorded(case_of(report(MONDAY, "violence", about=Party())), WITNESS)


def test_the_danger_to_one_is_not_ended_by_a_look_at_another() -> None:
    file = h.recorded(with_a_witness(), of("witness-1", IN_DANGER), of("complainant", SAFE, at=MONDAY + HOUR))
    assert h.owed(file)["emergency-accommodation:witness-1"].due == MONDAY + 2 * HOUR
    first = h.recorded(with_a_witness(), of("complainant", SAFE, at=MONDAY + HOUR))
    later = h.recorded(first, of("witness-1", IN_DANGER), recorded_at=MONDAY + 2 * HOUR)
    assert "emergency-accommodation:witness-1" in h.owed(later)
    other = EmergencyAccommodationNeeded(at=MONDAY + HOUR, person="complainant", words="A hostel.")
    file = h.recorded(file, other, of("witness-1", IN_DANGER, at=MONDAY + HOUR))
    assert "emergency-accommodation:witness-1" in h.owed(file)
    theirs = EmergencyAccommodationNeeded(at=MONDAY + HOUR, person="witness-1", words="A hostel.")
    assert "emergency-accommodation:witness-1" not in h.owed(h.recorded(file, theirs))


def test_help_for_the_other_side_or_a_witness_is_no_help_for_the_victim() -> None:
    file = h.recorded(with_a_witness(), h.hate(MONDAY))
    helped = h.recorded(file, support(MONDAY, 0, "perpetrator-1"), support(MONDAY, 0, "witness-1"))
    assert "support-offer" in h.owed(helped)
    assert "support-offer" not in h.owed(h.recorded(helped, support(MONDAY, 0, "complainant")))


def test_the_safety_of_each_victim_is_considered_and_of_nobody_in_their_stead() -> None:
    second = h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM)
    file = h.recorded(with_a_witness(), second)
    assert h.owed(file)["safety:complainant"].due == london(2023, 6, 6, 17)
    assert h.owed(file)["safety:victim-1"].due == london(2023, 6, 7, 17)
    assert "safety:witness-1" not in h.owed(file)
    looked_at = h.recorded(file, *(of(one, SAFE) for one in ("complainant", "perpetrator-1", "witness-1")))
    assert "safety:complainant" not in h.owed(looked_at)
    assert "safety:victim-1" in h.owed(looked_at)
    assert "safety:victim-1" not in h.owed(h.recorded(looked_at, of("victim-1", SAFE, at=MONDAY + DAY)))


def test_what_was_done_for_the_one_whom_they_were_taken_for_is_done_again() -> None:
    ids = [f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in (1, 2)]
    file = h.recorded(with_a_witness(), h.taken_on(MONDAY, "victim-1", Part.VICTIM, person=ids[0]))
    done = h.recorded(file, of("victim-1", SAFE), risk(MONDAY, "victim-1", pick=1))
    assert not {"safety:victim-1", "risk-assessment:victim-1"} & h.owed(done).keys()
    same = h.recorded(done, h.identified(MONDAY + DAY, "victim-1", ids[0]))
    assert not {"safety:victim-1", "risk-assessment:victim-1"} & h.owed(same).keys()
    other = h.recorded(done, h.identified(MONDAY + DAY, "victim-1", ids[1]))
    assert h.owed(other)["safety:victim-1"].due == london(2023, 6, 7, 17)
    assert h.owed(other)["risk-assessment:victim-1"].due == london(2023, 6, 8, 17)


def test_a_witness_at_high_risk_is_considered_as_a_victim_is() -> None:
    file = h.recorded(with_a_witness(), SAFE, risk(MONDAY + HOUR, "witness-1", pick=3))
    assert "safety:witness-1" in h.owed(file)
    assert "safety:complainant" not in h.owed(file)
    assert "safety:witness-1" not in h.owed(h.recorded(file, of("witness-1", SAFE, at=MONDAY + HOUR)))
    first = h.recorded(with_a_witness(), of("witness-1", SAFE), risk(MONDAY, "witness-1", pick=3))
    assert "safety:witness-1" not in h.owed(first)


def test_a_room_that_was_sought_for_a_witness_before_the_danger_is_no_way_out_of_it() -> None:
    file = h.recorded(with_a_witness(), of("witness-1", IN_DANGER, at=MONDAY + DAY))
    early = EmergencyAccommodationNeeded(at=MONDAY, person="witness-1", words="For the weekend.")
    file = h.recorded(file, early, recorded_at=MONDAY + DAY)
    assert "emergency-accommodation:witness-1" in h.owed(file)
    helped = EmergencyAccommodationHelped(at=MONDAY + DAY, matter="accommodation-4", words="Rang.")
    none = EmergencyAccommodationRefused(at=MONDAY + DAY + HOUR, matter="accommodation-4", reasons="No room.")
    file = h.recorded(file, helped, none)
    assert h.owed(file)["emergency-accommodation:witness-1"].due == MONDAY + DAY + 2 * HOUR
    assert "emergency-accommodation:complainant" not in h.owed(file)


def test_a_witness_whose_safety_was_considered_is_not_a_victim_of_what_comes_later() -> None:
    ordinary = h.recorded(case_of(report(MONDAY)), WITNESS, of("witness-1", SAFE))
    assert "safety:witness-1" not in h.owed(h.recorded(ordinary, h.incident(MONDAY + DAY, "violence")))


def test_a_further_reason_to_consider_somebody_s_safety_puts_nothing_off() -> None:
    again = (risk(MONDAY + DAY, who, pick=3) for who in ("complainant", "witness-1"))
    file = h.recorded(with_a_witness(), risk(MONDAY, "witness-1", pick=3), *again)
    for who in ("complainant", "witness-1"):
        assert h.owed(file)[f"safety:{who}"].due == london(2023, 6, 6, 17)


def test_a_victim_whom_nobody_has_named_is_not_out_of_danger() -> None:
    file = case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS))
    assert "safety:complainant" not in h.owed(file)
    assert "safety:victim" in h.owed(file)
    assert "safety:victim" not in h.owed(h.recorded(file, of("victim", SAFE)))


def test_a_need_that_ended_before_it_was_told_again_has_not_ended() -> None:
    told = n.NeedTold(at=MONDAY + 2 * DAY, kind="safe_contact", safe_contact=SAFE_BY_PHONE, words="By phone only.")
    file = h.recorded(case_of(report(MONDAY)), told)
    late = n.NeedEnded(at=MONDAY + DAY, kind="safe_contact", words="Write again.")
    file = h.recorded(file, late, recorded_at=MONDAY + 3 * DAY)
    assert file.safe_ways["complainant"].means == (Means.PHONE,)
    assert "complainant:safe_contact" in file.needs


def test_what_was_owed_within_hours_goes_up_within_hours() -> None:
    friday = london(2023, 6, 9, 16)
    told = [report(friday, police_advised=True), of("complainant", IN_DANGER, at=friday)]
    case = simulate(empty_file(friday.date()), [entry(one) for one in told], until=friday + 3 * DAY)  # type: ignore[arg-type]  # facts
    due = {line.deadline.key: line.deadline.due for line in case.ledger()}
    missed = "emergency-accommodation:complainant"
    assert due[f"escalation:{missed}"] == friday + 6 * HOUR
    assert due[f"escalation:escalation:{missed}"] == friday + 10 * HOUR


def test_a_letter_to_the_other_side_is_not_contact_with_the_complainant() -> None:
    about = Party(name="Pat Sample", address=("3 Invented Row",))
    safely = n.NeedTold(at=MONDAY, kind="safe_contact", safe_contact=SAFE_BY_PHONE, words="By phone only.")
    file = h.recorded(case_of(report(MONDAY, about=about)), safely, h.told_off(MONDAY))
    (key,) = [key for key, letter in file.letters.items() if letter.to == "perpetrator-1"]
    assert "right-way:complainant" not in h.owed(h.recorded(file, h.sent(MONDAY + HOUR, key)))


@pytest.mark.parametrize("why", [Leaving.DIED, Leaving.MOVED_AWAY])
def test_nothing_is_owed_to_somebody_who_is_gone(why: Leaving) -> None:
    abused = n.DomesticAbuseRecognised(at=MONDAY, person="witness-1", words="He reads her post.")
    high = risk(MONDAY, "witness-1", pick=3)
    file = h.recorded(with_a_witness(), high, of("witness-1", IN_DANGER), abused, LISTED)
    file = h.recorded(file, risk(MONDAY + HOUR, "witness-1", pick=3))
    assert sum("witness-1" in key for key in h.owed(file)) == 9
    gone = h.recorded(file, h.left(MONDAY + DAY, "witness-1", why))
    assert not [key for key in h.owed(gone) if "witness-1" in key]


def test_a_safe_way_is_not_agreed_with_somebody_who_wants_no_contact() -> None:
    abused = n.DomesticAbuseRecognised(at=MONDAY, words="He reads her post.")
    declined = ContactDeclined(at=MONDAY + DAY, words="Please leave me alone.")
    file = h.recorded(case_of(report(MONDAY)), abused, declined)
    assert "safe-way:complainant" not in h.owed(file)
    assert "wants no contact" in h.set_aside(file)["safe-way:complainant"]
    wanted = ContactWanted(at=MONDAY + 7 * DAY, words="Please ring me after all.")
    hours = EDITION.domestic_abuse.hours
    assert h.owed(h.recorded(file, wanted))["safe-way:complainant"].due == MONDAY + 7 * DAY + hours * HOUR


def test_a_line_is_not_put_right_by_what_was_done_for_another() -> None:
    late = MONDAY + 10 * DAY
    told = [entry(report(MONDAY, "violence")), entry(WITNESS), entry(risk(late), recorded_at=late)]
    told.append(entry(risk(MONDAY, "witness-1"), recorded_at=late + HOUR))
    case = simulate(empty_file(MONDAY.date()), told, until=late + DAY)
    ended = {line.deadline.key: line.ended and line.ended.ending for line in case.ledger()}
    assert ended["risk-assessment:complainant"] is Ending.LATE
    assert ended["risk-assessment:witness-1"] is Ending.RECORDED_LATE


def test_support_after_a_hearing_is_not_somebody_with_them_at_it() -> None:
    listed = HearingListed(at=MONDAY, on=london(2023, 6, 7).date(), court="A court")
    held = HearingHeld(at=london(2023, 6, 7, 12), matter="hearing-3", words="An order was made.")
    after = witness_supported(london(2023, 6, 8), "hearing-3", "complainant", When.AFTER)
    told = [entry(report(MONDAY)), entry(listed), entry(held), entry(after)]
    case = simulate(empty_file(MONDAY.date()), told, until=london(2023, 6, 9))
    ended = {line.deadline.key: line.ended and line.ended.ending for line in case.ledger()}
    assert ended["hearing-during:hearing-3:complainant"] is Ending.WITHDRAWN
    assert ended["hearing-after:hearing-3:complainant"] is Ending.KEPT
