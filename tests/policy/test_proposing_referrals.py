"""information-sharing: a referral is proposed on a case only where something allows the agency to be told."""

import pytest

from policy.facts import SYSTEM, Actor, Role
from policy.facts.consent import Purpose
from policy.facts.disclosing import Gateway
from policy.facts.parts import Part
from policy.facts.referring import ReferralFinished
from policy.referral import facts as f
from policy.referral.codes import ReferralOutcome
from policy.refusals import NotOnTheCase
from policy.refusals.referral import AlreadyReferred, PoliceReferredOtherwise
from policy.refusals.safety import AgencyUnknown, NoGateway
from tests.given import OFFICER, SUPERVISOR, case_of, report
from tests.policy import happenings as h
from tests.policy.referral.referring import DAY, MONDAY
from tests.policy.test_referrals_on_a_case import KEY, LAWFUL, NO_MORE, YES, begun, proposed

MANAGER = Actor(id="manager-1", role=Role.MANAGER)


def test_it_is_recorded_as_a_disclosure_that_needs_each_person_s_consent_while_it_holds() -> None:
    file = case_of(report(MONDAY))
    with pytest.raises(NoGateway, match="have a supervisor give a lawful reason"):
        h.recorded(file, proposed())
    agreed = h.recorded(file, YES)
    assert KEY in h.recorded(agreed, proposed()).matters
    both = h.recorded(agreed, h.taken_on(MONDAY, "witness-1", Part.WITNESS))
    with pytest.raises(NoGateway, match="witness 1"):
        h.recorded(both, proposed(about=("complainant", "witness-1")))
    with pytest.raises(NoGateway, match="The complainant said no to this"):
        h.recorded(agreed, NO_MORE, proposed(at=MONDAY + DAY))


def test_on_a_consent_it_is_said_who_said_no_and_who_was_not_asked() -> None:
    file = h.recorded(case_of(report(MONDAY)), NO_MORE, h.taken_on(MONDAY, "witness-1", Part.WITNESS))
    both = proposed(at=MONDAY + DAY, about=("complainant", "witness-1"))
    with pytest.raises(NoGateway, match="The complainant said no to this: A school") as refused:
        h.recorded(file, both)
    assert "Not asked yet: witness 1. Respect a no, or have a supervisor" in str(refused.value)
    assert refused.value.refusal.missing == ("the consent of witness 1", "a supervisor's lawful reason")
    with pytest.raises(NoGateway, match=r"once this is given by witness 1\. Ask them") as unasked:
        h.recorded(file, both.model_copy(update={"about": ("witness-1",)}))
    assert unasked.value.refusal.missing == ("the consent of witness 1",)
    decided = both.model_copy(update={"lawful_reason": "life_at_risk"})
    assert h.recorded(file, decided, by=SUPERVISOR)


def test_consent_to_something_else_is_no_consent_to_being_referred() -> None:
    with pytest.raises(NoGateway):
        case_of(report(MONDAY), YES.model_copy(update={"purpose": Purpose.HEALTH}), proposed())


@pytest.mark.parametrize("gateway", LAWFUL)
def test_what_the_law_or_a_protocol_allows_needs_no_consent(gateway: Gateway) -> None:
    assert "referral-2" in case_of(report(MONDAY), proposed(gateway=gateway)).matters


@pytest.mark.parametrize("gateway", LAWFUL)
def test_whoever_said_no_is_referred_by_a_supervisor_alone(gateway: Gateway) -> None:
    for no in (NO_MORE, NO_MORE.model_copy(update={"agency": "education"})):
        file = h.recorded(case_of(report(MONDAY)), no)
        with pytest.raises(NoGateway, match="The complainant said no to this"):
            h.recorded(file, proposed(gateway=gateway, at=MONDAY + DAY))
        decided = proposed(gateway=gateway, at=MONDAY + DAY, lawful_reason="life_at_risk")
        assert "referral-3" in h.recorded(file, decided, by=SUPERVISOR).matters


def test_it_says_to_whom_about_whom_and_under_which_protocol() -> None:
    file = case_of(report(MONDAY), YES)
    with pytest.raises(AgencyUnknown, match="Victim Support"):
        h.recorded(file, proposed("a_newspaper"))
    with pytest.raises(NoGateway, match="about whom"):
        h.recorded(file, proposed(about=()))
    with pytest.raises(NotOnTheCase):
        h.recorded(file, proposed(about=("witness-4",)))
    with pytest.raises(NoGateway, match="which protocol"):
        h.recorded(file, proposed(gateway=Gateway.PROTOCOL, under=None))


@pytest.mark.parametrize("by", [SUPERVISOR, MANAGER])
def test_a_supervisor_may_name_a_lawful_reason_in_place_of_the_consent_and_no_officer(by: Actor) -> None:
    file = case_of(report(MONDAY))
    reason = proposed(lawful_reason="child_or_adult_at_risk")
    with pytest.raises(NoGateway, match="Only a supervisor"):
        h.recorded(file, reason)
    (begin,) = begun(h.recorded(file, reason, by=by))
    assert isinstance(begin.begins, f.ReferralBegun)
    assert begin.begins.overridden
    with pytest.raises(NoGateway, match="Not a lawful reason: curiosity"):
        h.recorded(file, proposed(lawful_reason="curiosity"), by=by)


def test_an_officer_names_no_lawful_reason_beside_a_consent_either() -> None:
    """What rests on a reason would go on when the consent is taken back."""
    with pytest.raises(NoGateway, match="Only a supervisor"):
        case_of(report(MONDAY), YES, proposed(lawful_reason="life_at_risk"))


def test_the_same_people_are_not_referred_to_an_agency_a_second_time_while_it_is_open() -> None:
    witness = YES.model_copy(update={"person": "witness-1"})
    on_it = case_of(report(MONDAY), h.taken_on(MONDAY, "witness-1", Part.WITNESS), YES, witness)
    both = h.recorded(on_it, proposed(about=("complainant", "witness-1")))
    for about in (("witness-1", "complainant"), ("witness-1",)):
        with pytest.raises(AlreadyReferred) as refused:
            h.recorded(both, proposed(about=about))
        assert refused.value.refusal.sentence.startswith(
            "A referral of the complainant and witness 1 is open already (A school or the education service):"
            f" {both.ref}-5. Go on with that one, or end it before another begins."
        )
    assert "referral-6" in h.recorded(both, proposed("wardens")).matters, "another agency"
    one = h.recorded(on_it, proposed())
    assert "referral-6" in h.recorded(one, proposed(about=("complainant", "witness-1"))).matters, (
        "somebody else too"
    )
    over = ReferralFinished(at=MONDAY, matter="referral-5", outcome=ReferralOutcome.HELPED)
    assert "referral-7" in h.recorded(h.recorded(one, over, by=SYSTEM), proposed()).matters, "it is over"


@pytest.mark.parametrize("agency", ["police", "neighbourhood_officers"])
@pytest.mark.parametrize("gateway", list(Gateway))
def test_the_police_are_told_only_by_the_fact_that_asks_the_victims(agency: str, gateway: Gateway) -> None:
    hate = case_of(report(MONDAY, "hate", hate=h.RACE), YES)
    for by in (OFFICER, SUPERVISOR):
        with pytest.raises(PoliceReferredOtherwise) as refused:
            h.recorded(hate, proposed(agency, gateway=gateway), by=by)
        assert refused.value.refusal.missing_facts == ("police_referral_made",)
