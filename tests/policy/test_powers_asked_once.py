"""other-powers, closure-notice: what is open is not asked for a second time, and is named where it is missing."""

import pytest

from policy.facts import powers as p
from policy.refusals.legal import AlreadyAsked
from policy.rules.closing_requirements import open_matters
from tests.given import case_of, report
from tests.policy.happenings import owed, recorded
from tests.policy.test_powers import asked, closure, notice_served
from tests.policy.warned import MONDAY, PAT, to_be_warned


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
    asks = p.ClosureAsked(at=MONDAY, asked_of="police", words="Dealing from the flat.")
    with pytest.raises(AlreadyAsked, match="closure-2"):
        recorded(closure(), asks)
    assert recorded(closure(), asks.model_copy(update={"asked_of": "council"}))
    assert recorded(closure(notice_served(MONDAY)), asks)


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
