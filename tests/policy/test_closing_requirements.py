"""What must be there before a case closes depends on its kind and its closing; what is open blocks it by name."""

from datetime import timedelta

import pytest

from policy import rules
from policy.case_file import CaseFile, Matter
from policy.editions.lists import CaseSort, ClosingNeed
from policy.facts import FACT_TYPES, CaseFact
from policy.facts.closing import Closing, ClosureProposed, Outcome
from policy.facts.matters import MatterKind
from policy.facts.parts import Part
from policy.facts.support import SupportDeclined
from policy.facts.wishing import ComplaintWithdrawn, ContactDeclined
from policy.matters import COURSES, outlives_closing
from policy.refusals import CaseNotReadyToClose, Refusal
from policy.working_days import day_in_words
from tests.given import EDITION, assessed, case_of, contact, london, report
from tests.policy.happenings import (
    appointment,
    closed,
    discussed,
    hate,
    incident,
    not_told,
    police_advice,
    police_not_wanted,
    proposal,
    recorded,
    review,
    taken_on,
)
from tests.policy.random_safety import kept_safe, support

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
BY_DECISION = [closing for closing in Closing if closing is not Closing.JOINED]


def refusal(file: CaseFile, at_day: int = 1) -> Refusal:
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, proposal(MONDAY + at_day * DAY))
    return refused.value.refusal


def handled(category: str = "noise") -> CaseFile:
    return recorded(case_of(report(MONDAY, category)), contact(MONDAY), assessed(MONDAY, category=category))


NOBODY_UNSAFE = (
    "safe-way",
    "emergency-accommodation",
    "safety",
    "victim-found",
    "risk-assessment",
    "support-offer",
    "specialist-help",
    "legal-options",
    "partners",
    "hearing-before",
    "hearing-during",
    "hearing-after",
    "police-consent",
    "police-referral",
    "police-withdrawal",
    "disclosure-refusal",
    "risk-review",
    "mediation-stop",
)


@pytest.mark.parametrize(
    ("sorts", "closing", "needs"),
    [
        ({"any", "ordinary", "environmental"}, "with_letter", ("assessment", "first-contact")),
        ({"any", "ordinary", "personal"}, "with_letter", ("assessment", "first-contact", "view")),
        ({"any", "ordinary", "personal"}, "mediation", ("assessment",)),
        (
            {"any", "serious", "nuisance"},
            "with_letter",
            ("assessment", "first-contact", "police-advice", "appointment", "review", "perpetrator", "view"),
        ),
    ],
)
def test_the_table_says_what_is_needed(sorts: set[CaseSort], closing: str, needs: tuple[ClosingNeed, ...]) -> None:
    assert EDITION.needed_to_close(sorts, closing) == (*needs, *NOBODY_UNSAFE)


def test_every_closing_has_its_row() -> None:
    for closing in BY_DECISION:
        assert EDITION.needed_to_close({"any"}, closing.value), closing


def test_an_ordinary_case_about_the_place_needs_contact_and_an_assessment() -> None:
    assert recorded(handled("environmental"), proposal(MONDAY + DAY)).proposed is not None


def test_a_case_about_a_person_asks_what_they_think_of_closing() -> None:
    file = handled("alarm_or_distress")
    assert refusal(file).missing == ("what the complainant thinks of closing",)
    assert refusal(file).missing_facts == ("closing_discussed",)
    assert recorded(file, discussed(MONDAY), proposal(MONDAY + DAY)).proposed is not None


def test_what_they_thought_before_another_incident_is_asked_again() -> None:
    file = recorded(handled("alarm_or_distress"), discussed(MONDAY), incident(MONDAY + DAY))
    assert refusal(file, 2).missing_facts == ("closing_discussed",)


@pytest.mark.parametrize(
    "wish", [ComplaintWithdrawn(at=MONDAY, words="No more."), ContactDeclined(at=MONDAY, words="Leave me alone.")]
)
def test_somebody_who_withdrew_or_wants_no_contact_is_not_asked(wish: CaseFact) -> None:
    file = recorded(handled("alarm_or_distress"), wish)
    assert recorded(file, proposal(MONDAY + DAY)).proposed is not None


@pytest.mark.parametrize("kind", ["violence", "hate"])
def test_a_serious_or_hate_case_needs_more_and_a_supervisor(kind: str) -> None:
    file = case_of(report(MONDAY, "violence" if kind == "violence" else "noise"), contact(MONDAY))
    file = recorded(file, *([hate(MONDAY)] if kind == "hate" else []), assessed(MONDAY, serious=True))
    file = recorded(file, appointment(MONDAY), police_advice(MONDAY), *kept_safe(MONDAY))
    if kind == "hate":
        assert "support_offered" in refusal(file).missing_facts
        file = recorded(
            file,
            support(MONDAY, 0),
            SupportDeclined(at=MONDAY, matter=f"support-{file.seq + 1}", words="Not now."),
        )
    assert refusal(file).missing_facts == (
        *(("consent_asked", "consent_given", "consent_refused") if kind == "hate" else ()),
        "case_reviewed",
        "perpetrator_written_to",
        "perpetrator_not_told",
        "closing_discussed",
    )
    file = recorded(file, *([police_not_wanted(MONDAY)] if kind == "hate" else []))
    file = recorded(file, review(MONDAY), not_told(MONDAY), discussed(MONDAY), proposal(MONDAY + DAY))
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(file, closed(MONDAY + DAY))
    assert refused.value.refusal.missing_facts == ("closure_approved", "letter_sent")


def test_the_most_urgent_is_told_first() -> None:
    told = refusal(case_of(report(MONDAY, "violence"))).missing
    order = (
        "ways to get the victim away from the problem",
        "risk assessment",
        "offer of an appointment",
        "advice to ring the police",
        "assessment",
        "a supervisor's review since the assessment",
    )
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)


def test_where_several_people_are_affected_it_is_said_for_whom() -> None:
    alone = case_of(report(MONDAY, "violence"))
    assert "risk assessment" in refusal(alone).missing
    both = recorded(alone, taken_on(MONDAY, "victim-1", Part.VICTIM))
    for who in ("the complainant", "victim 1"):
        assert f"risk assessment ({who})" in refusal(both).missing


def test_a_review_from_before_the_assessment_is_not_a_review_of_it() -> None:
    file = case_of(report(MONDAY, "violence", police_advised=True), contact(MONDAY), review(MONDAY))
    file = recorded(file, assessed(MONDAY + DAY, serious=True), appointment(MONDAY + DAY))
    assert "case_reviewed" in refusal(file, 2).missing_facts


@pytest.mark.parametrize("kind", [kind for kind in MatterKind if not COURSES[kind].outlives_closing])
@pytest.mark.parametrize("closing", BY_DECISION)
def test_whatever_is_still_open_blocks_closing_by_name(kind: MatterKind, closing: Closing) -> None:
    for stage in COURSES[kind].stages:
        matter = Matter(kind=kind, stage=stage, about="x", since=MONDAY)
        if outlives_closing(matter):
            continue
        file = handled().with_(matters={f"{kind}-9": matter})
        with pytest.raises(CaseNotReadyToClose) as refused:
            recorded(file, closed(MONDAY + DAY, closing))
        assert COURSES[kind].called in refused.value.refusal.missing
        assert f"{COURSES[kind].called}, since {day_in_words(MONDAY.date())}" in refused.value.refusal.sentence
        assert set(refused.value.refusal.missing_facts) <= set(FACT_TYPES)


def test_nobody_is_said_to_have_withdrawn_who_has_not() -> None:
    told = ClosureProposed(at=MONDAY + DAY, outcome=Outcome.COMPLAINANT_WITHDREW, explanation="You told us.")
    with pytest.raises(CaseNotReadyToClose) as refused:
        recorded(handled(), told)
    assert refused.value.refusal.missing_facts == ("complaint_withdrawn",)
    withdrawn = recorded(handled(), ComplaintWithdrawn(at=MONDAY, words="No more."))
    assert recorded(withdrawn, told).proposed is not None


def test_what_is_missing_is_told_before_anything_is_recorded() -> None:
    found = rules.refusal_now(case_of(report(MONDAY)), ClosureProposed, EDITION)
    assert found is not None
    assert found.missing_facts == ("assessed", "contact_made")
