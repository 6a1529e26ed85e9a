"""information-sharing: somebody may agree to be referred to one agency and not to another."""

from typing import Any

import pytest

from policy.consents import agrees_to_be_told_of
from policy.facts import CaseFact
from policy.facts.consent import ConsentGiven, ConsentRefused, ConsentWithdrawn, Purpose
from policy.refusals.safety import AgencyUnknown, ConsentToSomethingElse
from policy.standing import standing
from tests.given import EDITION, case_of, report
from tests.policy.warned import DAY, MONDAY

A: str = "victim_support"
B: str = "drug_and_alcohol"


def yes(day: int, agency: str | None = None, **more: Any) -> CaseFact:
    told = {"purpose": Purpose.REFERRAL, "agency": agency, "words": "Yes."}
    return ConsentGiven.model_validate({"at": MONDAY + day * DAY} | told | more)


def no(day: int, agency: str | None = None, **more: Any) -> CaseFact:
    told = {"purpose": Purpose.REFERRAL, "agency": agency, "words": "No."}
    return ConsentRefused.model_validate({"at": MONDAY + day * DAY} | told | more)


def no_more(day: int, agency: str | None = None) -> CaseFact:
    told = {"purpose": Purpose.REFERRAL, "agency": agency, "words": "No more."}
    return ConsentWithdrawn.model_validate({"at": MONDAY + day * DAY} | told)


HEALTH = {"purpose": Purpose.HEALTH}


@pytest.mark.parametrize(
    ("said", "agency", "agrees"),
    [
        ((), A, None),
        ((yes(0),), A, True),
        ((yes(0, A),), A, True),
        ((yes(0, A),), B, None),
        ((yes(0, A), no(1, B)), A, True),
        ((yes(0, A), no(1, B)), B, False),
        ((no(0, A), yes(1)), A, False),
        ((no(0, A), yes(1)), B, True),
        ((no(0), yes(1, A)), A, True),
        ((no(0), yes(1, A)), B, False),
        ((yes(0, A), no_more(1)), A, False),
        ((yes(0, A), no_more(1), yes(2)), A, True),
        ((yes(0), no_more(1, A)), A, False),
        ((yes(0), no_more(1, A)), B, True),
        ((yes(0), no_more(1, A), yes(2, A)), A, True),
        ((yes(0),), "gp", True),
        ((yes(0, **HEALTH),), "gp", True),
        ((yes(0, **HEALTH),), A, None),
        ((yes(0), no(1, **HEALTH)), "gp", False),
        ((no(0), yes(1, **HEALTH)), "gp", True),
        ((yes(0, **HEALTH), no(1)), "gp", False),
        ((yes(0, **HEALTH), no(1), yes(2, **HEALTH)), "gp", True),
        ((no(0), yes(1, purpose=Purpose.POLICE)), "police", True),
        ((yes(0, A), no(0)), A, False),
        ((no(0), yes(0, A)), A, False),
        ((no(0, purpose=Purpose.POLICE), yes(1)), "police", False),
        ((no(0, purpose=Purpose.POLICE), yes(1)), A, True),
    ],
)
def test_what_was_said_of_this_agency_holds_else_what_was_said_of_any(
    said: tuple[CaseFact, ...], agency: str, agrees: bool | None
) -> None:
    known = EDITION.agency(agency)
    assert known is not None
    assert agrees_to_be_told_of(case_of(report(MONDAY), *said), "complainant", known) is agrees


def test_whoever_reads_a_case_sees_of_each_agency_what_counts() -> None:
    taken_back = standing(case_of(report(MONDAY), yes(0, A), no_more(1)), EDITION).consents
    assert taken_back == {f"referral@{A}:complainant": False, "referral:complainant": False}
    given_again = standing(case_of(report(MONDAY), no(0), yes(1, A), no(2, B)), EDITION).consents
    assert given_again == {
        "referral:complainant": False,
        f"referral@{A}:complainant": True,
        f"referral@{B}:complainant": False,
    }


def test_an_answer_is_of_one_agency_that_there_is_and_of_being_referred_there() -> None:
    with pytest.raises(AgencyUnknown, match="Victim Support"):
        case_of(report(MONDAY), yes(0, "a_newspaper"))
    for purpose in set(Purpose) - {Purpose.REFERRAL}:
        for answer in (yes, no):
            with pytest.raises(ConsentToSomethingElse):
                case_of(report(MONDAY), answer(0, A, purpose=purpose))


def test_of_the_police_and_of_a_gp_they_answer_what_these_are_asked_for() -> None:
    for agency, what in (("police", "The police: .* the police being told"), ("gp", "a GP or nurse being asked")):
        for answer in (yes, no, no_more):
            with pytest.raises(ConsentToSomethingElse, match=what):
                case_of(report(MONDAY), answer(0, agency))
