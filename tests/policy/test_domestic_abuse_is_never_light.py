"""domestic-abuse: nobody is told to speak first, nothing is "not ASB", nothing closes at once."""

import pytest

from policy.case_file import CaseFile
from policy.facts.assessing import Exclusion
from policy.facts.closing import Closing
from policy.facts.needs import DomesticAbuseRecognised, LegalOptionsExplained, NeedTold, SafeContact
from policy.facts.parts import Part
from policy.facts.people import Means
from policy.facts.safety import SafetyConsidered
from policy.facts.support import SupportDeclined
from policy.refusals import (
    AdviceDoesNotFit,
    CaseNotReadyToClose,
    ExclusionDoesNotApply,
    NotAnImmediateClosure,
)
from tests.given import assessed, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy import random_safety as safe
from tests.policy.happenings import owed, recorded

MONDAY = london(2023, 6, 5)
SAFE = SafeContact(means=(Means.PHONE,))
TOLD_LATER = recorded(
    case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY)),
    h.taken_on(MONDAY, "witness-1", Part.WITNESS),
    DomesticAbuseRecognised(at=MONDAY, person="witness-1", safe_contact=SAFE, words="He hits her."),
)
TOLD_AT_ONCE = case_of(report(MONDAY, domestic_abuse=True, safe_contact=SAFE), contact(MONDAY), assessed(MONDAY))


@pytest.fixture(params=[TOLD_AT_ONCE, TOLD_LATER], ids=["in the report", "of a witness, later"])
def abused(request: pytest.FixtureRequest) -> CaseFile:
    file: CaseFile = request.param
    return file


def test_nobody_is_advised_to_speak_to_them_first(abused: CaseFile) -> None:
    with pytest.raises(AdviceDoesNotFit, match="domestic abuse"):
        recorded(abused, h.advice(MONDAY))


@pytest.mark.parametrize("exclusion", list(Exclusion))
def test_it_is_never_not_usually_asb(abused: CaseFile, exclusion: Exclusion) -> None:
    with pytest.raises(ExclusionDoesNotApply, match="Domestic abuse"):
        recorded(abused, assessed(MONDAY, exclusion=exclusion))


@pytest.mark.parametrize("closing", [c for c in Closing if c not in {Closing.WITH_LETTER, Closing.JOINED}])
def test_it_is_not_closed_at_once(abused: CaseFile, closing: Closing) -> None:
    with pytest.raises(NotAnImmediateClosure, match="domestic abuse"):
        recorded(abused, h.closed(MONDAY, closing))


def test_everything_done_it_closes_when_they_have_been_told_safely() -> None:
    file = recorded(
        TOLD_AT_ONCE,
        LegalOptionsExplained(at=MONDAY, words="An injunction."),
        safe.support(MONDAY, 4, "complainant"),
        safe.risk(MONDAY),
    )
    (support,) = file.matters
    file = recorded(
        file,
        SupportDeclined(at=MONDAY, matter=support, words="No."),
        h.proposal(MONDAY),
        contact(MONDAY),
        h.closed(MONDAY),
    )
    assert file.closed_at is not None


def test_no_case_closes_while_a_supervisor_owes_a_look_at_a_high_risk() -> None:
    file = recorded(
        case_of(report(MONDAY), assessed(MONDAY)),
        NeedTold(at=MONDAY, kind="mental_health", words="She is not well."),
        safe.risk(MONDAY, pick=3),
        SafetyConsidered(at=MONDAY, measures=("none_wanted",), words="She stays."),
    )
    assert "risk-review:complainant" in owed(file)
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, h.closed(MONDAY, Closing.UNJUSTIFIED))
    assert refused.value.refusal.missing == ("a supervisor's look at the high risk",)
    assert recorded(file, h.review(MONDAY), h.closed(MONDAY, Closing.UNJUSTIFIED)).closed_at is not None
