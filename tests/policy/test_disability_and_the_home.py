"""disability-meeting: no home is asked back, or asked to be closed, before the meeting; a warning may be given."""

from datetime import date, timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts import powers as p
from policy.facts import tenancies as t
from policy.facts.closing import Closing
from policy.facts.effects import Cause
from policy.facts.parts import Leaving, Part
from policy.refusals.legal import DisabilityMeetingMissing
from policy.rules import refusal_now
from policy.tenure import Tenure
from tests.given import EDITION, assessed, case_of, contact, report
from tests.policy import happenings as h
from tests.policy.happenings import recorded
from tests.policy.test_disability_meeting import met, told
from tests.policy.warned import DAY, MONDAY, PAT, letter, to_be_warned

TUESDAY = MONDAY + DAY
KEY = "starter-tenancy-3"
KNOWN = t.StarterTenancyKnown(at=MONDAY, ends=date(2023, 12, 4))
ENDED = t.StarterTenancyEndDecided(at=TUESDAY, matter=KEY, reasons="It went on.")
CLOSURE = p.ClosureAsked(at=TUESDAY, asked_of="council", words="Dealing from the flat.")


def starter(*more: CaseFact) -> CaseFile:
    return to_be_warned(KNOWN, *more)


@pytest.mark.parametrize("fact", [ENDED, CLOSURE], ids=["starter tenancy", "closure"])
def test_no_home_is_asked_back_or_closed_before_the_meeting(fact: CaseFact) -> None:
    assert recorded(starter(), fact)
    with pytest.raises(DisabilityMeetingMissing, match="first a meeting") as refused:
        recorded(starter(told()), fact)
    assert refused.value.refusal.missing_facts == ("disability_meeting_held",)
    assert recorded(starter(told(), met()), fact)
    with pytest.raises(DisabilityMeetingMissing, match="decided against"):
        recorded(starter(told(), met(goes_on=False)), fact)
    learnt_after = starter(told(at=TUESDAY + DAY))
    assert recorded(learnt_after, fact, recorded_at=TUESDAY + DAY), "it was done before we knew"


def test_whoever_has_left_or_is_not_complained_about_holds_nothing_up_for_ever() -> None:
    whose = KNOWN.model_copy(update={"person": "perpetrator-1"})
    left = h.left(MONDAY + timedelta(hours=1), "perpetrator-1", Leaving.MOVED_AWAY)
    assert recorded(to_be_warned(told(), whose, left), ENDED.model_copy(update={"matter": "starter-tenancy-4"}))
    hers = to_be_warned(told(person="complainant"))
    assert recorded(hers, CLOSURE.model_copy(update={"person": "complainant"}))
    both = to_be_warned(told(), told(person="complainant"))
    assert recorded(both, CLOSURE.model_copy(update={"person": "complainant"}))
    assert refusal_now(both, p.ClosureAsked, EDITION) is None


def test_where_somebody_is_named_the_meeting_is_about_them() -> None:
    two = h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR)
    file = to_be_warned(two, told(person="perpetrator-2"))
    with pytest.raises(DisabilityMeetingMissing, match="perpetrator 2"):
        recorded(file, CLOSURE)
    assert recorded(file, CLOSURE.model_copy(update={"person": "perpetrator-1"}))
    whose = KNOWN.model_copy(update={"person": "perpetrator-1"})
    assert recorded(file, whose, ENDED.model_copy(update={"matter": "starter-tenancy-5"}))


def test_a_starter_tenancy_may_be_passed_or_extended_all_the_same() -> None:
    file = starter(told())
    assert recorded(file, t.StarterTenancyPassed(at=TUESDAY, matter=KEY, reasons="Quiet."))
    longer = t.StarterTenancyExtended(at=TUESDAY, matter=KEY, ends=date(2024, 6, 3), reasons="To see.")
    assert recorded(file, longer)
    assert refusal_now(to_be_warned(told(), KNOWN), t.StarterTenancyEndDecided, EDITION)


def test_the_meeting_is_held_on_a_closed_case_too_while_the_decision_on_a_tenancy_is_owed() -> None:
    effect = h.effect(MONDAY).model_copy(update={"causes": (Cause.MENTAL_HEALTH,)})
    file = recorded(case_of(report(MONDAY, about=PAT)), KNOWN, effect, contact(MONDAY), assessed(MONDAY))
    file = recorded(file, h.closed(TUESDAY, Closing.DEALT_WITH))
    ended = ENDED.model_copy(update={"at": TUESDAY + DAY, "matter": "starter-tenancy-2"})
    with pytest.raises(DisabilityMeetingMissing):
        recorded(file, ended)
    assert recorded(file, met(TUESDAY + DAY), ended)


@pytest.mark.parametrize(
    ("step", "tenure"), [("warning_letter", Tenure.ASSURED), ("starter_warning", Tenure.STARTER)]
)
def test_a_warning_gives_a_chance_and_waits_for_no_meeting(step: str, tenure: Tenure) -> None:
    assert to_be_warned(told(), letter(MONDAY, step, tenure))
