"""partner-led-action: what another agency leads is ours to follow, and a supervisor's where it drags on."""

from datetime import date, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import Role
from policy.facts import powers as p
from policy.facts.auditing import PatternName
from policy.facts.reviewing import CaseAllocated
from policy.refusals.legal import PowerNotKnown
from tests.given import EDITION, case_of, contact, report
from tests.policy.happenings import owed, recorded
from tests.policy.nights import MONDAY, nights_of, played, reported, said
from tests.policy.test_powers import asked

DAY = timedelta(days=1)
OFTEN = EDITION.audit.wait_extended
LED = asked(MONDAY, "partner_led_action", asked_of="probation")


def allocated(officer: str) -> CaseAllocated:
    return CaseAllocated(at=MONDAY, officer=officer)


def chased(n: int, matter: str) -> p.PowerChased:
    return p.PowerChased(at=MONDAY + n * DAY, matter=matter, words="Later.", by_when=date(2024, 6, 20 + n))


def asked_after(file: CaseFile, matter: str, number: int) -> CaseFile:
    return recorded(file, *(chased(n, matter) for n in range(1, number + 1)))


def test_it_is_the_case_s_officer_s_where_nobody_is_named_and_the_ledger_shows_whose() -> None:
    file = recorded(case_of(report(MONDAY)), allocated("officer-7"), LED)
    assert owed(file)["power-3"].owner == "officer-7"
    assert owed(recorded(file, allocated("officer-8")))["power-3"].owner == "officer-8"
    named = recorded(
        case_of(report(MONDAY)), allocated("officer-7"), LED.model_copy(update={"owner": "officer-2"})
    )
    assert owed(named)["power-3"].owner == "officer-2"


def test_it_is_never_nobody_s() -> None:
    with pytest.raises(PowerNotKnown, match="say who, or allocate the case") as refused:
        recorded(case_of(report(MONDAY)), LED)
    assert refused.value.refusal.missing == ("who of us sees to it",)


def test_asked_after_as_often_as_a_wait_is_extended_it_is_the_supervisor_s_until_it_goes_on() -> None:
    file = recorded(case_of(report(MONDAY)), allocated("officer-7"), LED)
    assert owed(asked_after(file, "power-3", OFTEN - 1))["power-3"].owed_by is Role.OFFICER
    often = asked_after(file, "power-3", OFTEN)
    assert owed(often)["power-3"].owed_by is Role.SUPERVISOR
    agreed = recorded(often, p.PowerAgreed(at=MONDAY + 9 * DAY, matter="power-3", words="In July."))
    assert owed(agreed)["power-3"].owed_by is Role.OFFICER


def test_so_is_the_request_for_a_closure() -> None:
    told = p.ClosureAsked(at=MONDAY, asked_of="council", words="Dealing.")
    file = asked_after(recorded(case_of(report(MONDAY)), told), "closure-2", OFTEN)
    assert owed(file)["closure-2"].owed_by is Role.SUPERVISOR


def test_the_night_s_check_finds_it_as_it_finds_a_wait_without_end() -> None:
    led = LED.model_copy(update={"owner": "officer-2"})
    chases = [chased(n, "power-4") for n in range(1, OFTEN + 1)]
    case = played(reported(), contact(MONDAY), led, *chases, until=MONDAY + 4 * DAY)
    assert said(PatternName.WAITING_WITHOUT_END, case) == (
        "We asked 3 times how it stands with what we had asked another agency to do."
    )
    fewer = played(reported(), contact(MONDAY), led, *chases[:-1], until=MONDAY + 4 * DAY)
    assert nights_of(PatternName.WAITING_WITHOUT_END, fewer) == []
