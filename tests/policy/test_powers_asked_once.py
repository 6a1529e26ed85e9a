"""other-powers, closure-notice: what is open is not asked for a second time, and is named where it is missing."""

import pytest

from policy.facts import powers as p
from policy.facts.parts import Part
from policy.refusals.legal import AlreadyAsked
from policy.rules.closing_requirements import open_matters
from tests.given import case_of, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.test_powers import asked, closure, notice_served
from tests.policy.warned import DAY, MONDAY, PAT, to_be_warned

SOMEBODY = "5b4f6d5e-0f5c-4a53-9f4f-1f3f6f0f2a02"


def test_a_power_is_not_asked_of_the_same_agency_a_second_time_while_that_is_open() -> None:
    file = recorded(to_be_warned(), asked(person="perpetrator-1"))
    key = next(key for key in owed(file) if key.startswith("power-"))
    yes = recorded(file, p.PowerAgreed(at=MONDAY, matter=key, words="In court in July."))
    for still_open in (file, yes):
        with pytest.raises(AlreadyAsked, match=f"asked of police already: {key}") as refused:
            recorded(still_open, asked(person="perpetrator-1"))
        assert refused.value.refusal.missing == ("an end to the request that is open",)
        assert refused.value.refusal.missing_facts == ("power_chased", "power_ended")
    for other in ({"asked_of": "council"}, {"person": None}, {"power": "dispersal"}):
        assert recorded(file, asked(**{"person": "perpetrator-1"} | other))
    no = p.PowerRefused(at=MONDAY, matter=key, reasons="Not enough.")
    used = p.PowerUsed(at=MONDAY, matter=key, words="Made for two years.")
    for answer in (no, used):
        assert recorded(file, answer, asked(person="perpetrator-1"))


def test_the_closure_of_a_home_is_not_asked_for_a_second_time_before_it_is_answered() -> None:
    asks = p.ClosureAsked(at=MONDAY, asked_of="police", person="perpetrator-1", words="Dealing from the flat.")
    file = recorded(case_of(report(MONDAY, "drugs", about=PAT)), asks)
    with pytest.raises(AlreadyAsked, match="closure-2"):
        recorded(file, asks)
    assert recorded(file, asks.model_copy(update={"asked_of": "council"}))
    assert recorded(file, notice_served(MONDAY), asks)


def test_another_home_or_another_action_that_an_agency_leads_may_be_asked_for() -> None:
    flat = p.ClosureAsked(at=MONDAY, asked_of="police", words="Dealing from the flat.")
    assert recorded(closure(), flat, flat)
    led = asked(power="partner_led_action", asked_of="council", person="perpetrator-1", owner="officer-2")
    assert recorded(to_be_warned(), led, led)


def test_what_was_asked_before_is_recorded_also_after_what_was_asked_later() -> None:
    later = recorded(to_be_warned(), asked(MONDAY + DAY, person="perpetrator-1"))
    assert recorded(later, asked(person="perpetrator-1"), recorded_at=MONDAY + 2 * DAY)


def test_under_another_name_of_theirs_it_is_the_same_request() -> None:
    names = (h.identified(MONDAY, key, SOMEBODY) for key in ("perpetrator-1", "household_member-2"))
    lives = h.taken_on(MONDAY, "household_member-2", Part.HOUSEHOLD_MEMBER)
    file = recorded(to_be_warned(), lives, *names, asked(person="perpetrator-1"))
    with pytest.raises(AlreadyAsked):
        recorded(file, asked(person="household_member-2"))


def test_each_power_that_was_asked_for_is_missing_by_its_name_and_agency() -> None:
    dispersal, notice = asked(power="dispersal"), asked(asked_of="council")
    closes = p.ClosureAsked(at=MONDAY, asked_of="police", words="Dealing from the flat.")
    file = recorded(case_of(report(MONDAY, "drugs", about=PAT)), asked(), dispersal, notice, closes)
    assert [one.words for one in open_matters(file)] == [
        "request for another's powers: the criminal behaviour order (police, power-2)",
        "request for another's powers: the dispersal of a group (police, power-3)",
        "request for another's powers: the criminal behaviour order (council, power-4)",
        "closure of a home (police, closure-5)",
    ]
    led = asked(power="partner_led_action", asked_of="youth_offending", owner="officer-2")
    (other,) = open_matters(case_of(report(MONDAY), led))
    assert other.words.endswith(": the action that another agency leads (youth offending, power-2)")
