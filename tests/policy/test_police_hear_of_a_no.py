"""police-with-consent: however the police were told, they hear of a no."""

from datetime import timedelta

import pytest

from policy.facts import Role
from policy.facts.consent import Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Leaving, Part
from policy.facts.policing import PoliceReferralChased, PoliceReferralEnded, PoliceToldOfWithdrawal
from policy.referral.beginning import stays, still_stands
from policy.refusals import MatterNotOpen
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.safety import AgencyUnknown
from tests.given import SUPERVISOR, case_of, london, report
from tests.policy import groups_told as g
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.test_no_no_is_lost import BOTH, LIFE, PERSON, POLICE_YES, WITNESS, ended
from tests.policy.test_referrals_on_a_case import proposed
from tests.policy.test_told_of_a_no import COUNCIL, case, no, told
from tests.policy.warned import DAY, MONDAY


def test_one_referral_that_is_taken_back_takes_back_nothing_that_they_were_told_otherwise() -> None:
    file = case(POLICE_YES, told(to="police"), h.police_referral(MONDAY))
    twice = PoliceReferralEnded(
        at=MONDAY + DAY, matter="police-referral-4", reasons="Sent twice.", taken_back=True
    )
    later = recorded(file, twice, no(MONDAY + 2 * DAY, Purpose.POLICE))
    assert owed(later)["police-withdrawal"].due == london(2023, 6, 8, 17)


def test_a_group_called_for_a_lawful_reason_has_told_the_police_for_one() -> None:
    call = g.called(lawful_reason=LIFE)
    file = recorded(case(no(purpose=Purpose.POLICE), no()), call, by=SUPERVISOR)
    over = ended(recorded(file, g.held(MONDAY, "group-4")), number=4)
    assert not {"police-withdrawal", "disclosure-refusal:police"} & owed(over).keys()


def test_that_the_police_have_heard_ends_what_rested_on_the_consent_also_after_they_were_asked_again() -> None:
    file = case(POLICE_YES, h.police_referral(MONDAY), no(MONDAY + DAY, Purpose.POLICE))
    chased = PoliceReferralChased(at=MONDAY + 3 * DAY, matter="police-referral-3", words="Anything?")
    heard = PoliceToldOfWithdrawal(at=MONDAY + 2 * DAY, words="The sergeant knows.")
    assert "police-referral-3" not in recorded(file, chased, heard, recorded_at=MONDAY + 4 * DAY).matters


def test_the_police_hear_of_nothing_that_they_were_not_told() -> None:
    heard = PoliceToldOfWithdrawal(at=MONDAY + DAY, words="They know.")
    with pytest.raises(MatterNotOpen, match="the police were told of nothing"):
        case(no(purpose=Purpose.POLICE), heard)


def test_what_the_police_were_told_against_a_victim_s_word_a_supervisor_puts_right() -> None:
    heard = PoliceToldOfWithdrawal(at=MONDAY + 2 * DAY, words="They know.")
    against = case(no(purpose=Purpose.POLICE), told(MONDAY + DAY, to="police", already_told=True))
    hate = case(h.hate(MONDAY), told(MONDAY, to="police", gateway=Gateway.PROTOCOL, already_told=True))
    unasked = recorded(hate, no(MONDAY + DAY, Purpose.POLICE))
    agreed = POLICE_YES.model_copy(update={"at": MONDAY + timedelta(hours=1)})
    again = recorded(
        hate, agreed, h.police_referral(MONDAY + timedelta(hours=2)), no(MONDAY + DAY, Purpose.POLICE)
    )
    for file in (against, unasked, again):
        assert owed(file)["police-withdrawal"].owed_by is Role.SUPERVISOR
        with pytest.raises(NoConsentForPolice, match="Only a supervisor"):
            recorded(file, heard)
        assert "police-withdrawal" not in owed(recorded(file, heard, by=SUPERVISOR))


def test_only_a_supervisor_takes_back_what_was_told_against_a_victim_s_word() -> None:
    file = case(h.police_referral(MONDAY + DAY))
    late = recorded(file, no(MONDAY, Purpose.POLICE), recorded_at=MONDAY + 2 * DAY)
    back = PoliceReferralEnded(
        at=MONDAY + 3 * DAY, matter="police-referral-2", reasons="As she says.", taken_back=True
    )
    with pytest.raises(NoConsentForPolice, match="Only a supervisor"):
        recorded(late, back)
    assert "police-withdrawal" not in owed(recorded(late, back, by=SUPERVISOR))


def test_the_police_hear_of_a_no_also_where_they_were_told_for_a_lawful_reason_alone() -> None:
    decided = recorded(
        case(WITNESS, no(person="witness-1")), told(MONDAY + DAY, to="police", **BOTH), by=SUPERVISOR
    )
    later = recorded(decided, no(MONDAY + 2 * DAY, Purpose.POLICE))
    assert owed(later)["police-withdrawal"].owed.endswith(": the complainant")


def test_a_lawful_reason_for_what_is_told_later_takes_back_no_duty_for_what_was_told_before() -> None:
    file = case(told(gateway=Gateway.PROTOCOL), no(MONDAY + DAY))
    again = told(MONDAY + 2 * DAY, gateway=Gateway.PROTOCOL, lawful_reason=LIFE)
    assert owed(recorded(file, again, by=SUPERVISOR))[COUNCIL].due == owed(file)[COUNCIL].due


def test_a_referral_about_somebody_who_was_never_there_stands_for_nobody_else() -> None:
    by_law = proposed(about=("complainant", "witness-1"), gateway=Gateway.CRIME_AND_DISORDER_ACT)
    file = recorded(case(WITNESS), by_law, h.left(MONDAY + DAY, "witness-1", Leaving.BY_MISTAKE))
    other = recorded(file, h.taken_on(MONDAY + DAY, "witness-1", Part.WITNESS, person=PERSON))
    (referral,) = other.referrals.values()
    assert (referral.about, still_stands(other, referral), stays(other, referral)) == (
        ("complainant",),
        False,
        False,
    )


def test_it_is_referred_to_neighbourhood_officers_as_to_the_police_and_to_nobody_who_is_none() -> None:
    file = case_of(report(MONDAY, "violence"))
    made = h.police_referral(MONDAY).model_copy(update={"agency": "neighbourhood_officers"})
    assert "police-referral-2" in owed(recorded(file, made))
    with pytest.raises(AgencyUnknown, match="neighbourhood_officers"):
        recorded(file, made.model_copy(update={"agency": "council"}))
