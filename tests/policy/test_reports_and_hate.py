"""register-every-report, acknowledge, asb-categories, hate-by-perception, hate-is-serious."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile, Stage
from policy.duties import Outcome, came_of, duties
from policy.facts.assessing import Exclusion
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind
from policy.facts.people import Means, Party, Person, Standing
from policy.facts.reporting import (
    HatePerceived,
    HatePerception,
    IncidentReported,
    Perceiver,
    Reporter,
    ReportReceived,
    Strand,
)
from policy.letters_owed import LetterState
from policy.refusals import (
    CaseAlreadyReported,
    CategoryUnknown,
    ExclusionDoesNotApply,
    FactBeforeTheReport,
    HateIsSerious,
    HateNeedsAStrand,
    LetterNotOwed,
    NotAnImmediateClosure,
)
from policy.standing import standing
from tests.given import BY_POST, EDITION, assessed, case_of, contact, london, report
from tests.policy.happenings import (
    RACE,
    appointment,
    closed,
    hate,
    in_doubt,
    incident,
    not_taken,
    owed,
    police_advice,
    proposal,
    ready_to_post,
    recorded,
    review,
    sent,
    set_aside,
)

MONDAY = london(2023, 6, 5)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ANONYMOUS = Person()


def letters(file: CaseFile) -> dict[str, LetterState]:
    return {key: letter.state for key, letter in file.letters.items()}


# register-every-report


def test_a_report_makes_a_case_that_owes_contact_an_assessment_and_a_review() -> None:
    file = case_of(report(MONDAY))
    assert file.stage is Stage.REPORTED
    assert set(owed(file)) == {"first-contact", "assessment", "review"}


@pytest.mark.parametrize("standing_", list(Standing))
def test_anyone_may_report_and_be_complained_about(standing_: Standing) -> None:
    person = Person(name="A", phone="01632 960001", standing=standing_)
    about = Party(name="B", standing=standing_)
    assert case_of(report(MONDAY, complainant=person, about=about)).seq == 1


@pytest.mark.parametrize("complainant", [None, ANONYMOUS])
def test_an_anonymous_report_is_a_case_and_says_which_clocks_cannot_run(complainant: Person | None) -> None:
    file = case_of(report(MONDAY, "violence", complainant, reporter=Reporter.ANONYMOUS))
    assert set(owed(file)) == {"assessment", "review", "partners", "police-referral"}
    assert set(set_aside(file)) == {
        "first-contact",
        "appointment",
        "police-advice",
        "police-consent",
        "letters",
        "risk-assessment:complainant",
        "safety:complainant",
    }
    assert "no address" in set_aside(file)["first-contact"]


def test_a_case_has_one_report() -> None:
    with pytest.raises(CaseAlreadyReported):
        recorded(case_of(report(MONDAY)), report(MONDAY + HOUR))


@pytest.mark.parametrize("days_before", [0, 400])
def test_a_further_incident_is_never_refused_while_the_case_is_open(days_before: int) -> None:
    vague = HatePerception(strands=(), perceived_by=Perceiver.OTHER)
    told = incident(MONDAY - timedelta(days=days_before), "no-such-category", hate=vague)
    file = recorded(case_of(report(MONDAY)), told)
    assert file.hate is not None
    assert "no-such-category" not in file.categories


def test_other_facts_are_not_dated_before_the_report() -> None:
    with pytest.raises(FactBeforeTheReport):
        recorded(case_of(report(MONDAY)), contact(MONDAY - HOUR))


# acknowledge


def test_a_report_is_acknowledged_by_letter_at_once() -> None:
    (duty,) = duties(case_of(report(MONDAY)))
    assert (duty.kind, duty.means, duty.row, duty.section) == ("acknowledgement", Means.EMAIL, "acknowledge", "5")
    assert not duty.police_advice


def test_the_acknowledgement_of_a_serious_report_advises_to_ring_the_police() -> None:
    file = case_of(report(MONDAY, "violence"))
    (duty,) = duties(file)
    assert duty.police_advice
    file = recorded(file, came_of(duty, Outcome.SENT, MONDAY + timedelta(seconds=5)))
    assert "police-advice" not in owed(file)


def test_a_letter_goes_by_the_chosen_means() -> None:
    address = ("2 Invented Row",)
    both = Person(email="a@example.org", address=address)
    assert Person(email="a@example.org", prefers=Means.POST).written_to_by() is Means.EMAIL
    assert both.model_copy(update={"prefers": Means.POST}).written_to_by() is Means.POST
    assert both.model_copy(update={"prefers": Means.EMAIL}).written_to_by() is Means.EMAIL
    assert both.written_to_by() is Means.POST
    assert Person(phone="01632 960001").written_to_by() is None


def test_a_letter_for_the_post_is_owed_until_somebody_says_that_it_went() -> None:
    file = recorded(case_of(report(MONDAY, complainant=BY_POST)), ready_to_post(MONDAY, "acknowledgement"))
    assert duties(file) == []
    assert owed(file)["letter:acknowledgement"].due == london(2023, 6, 6, 17)
    file = recorded(file, sent(MONDAY + HOUR, "acknowledgement"))
    assert file.letters == {}
    assert "letter:acknowledgement" not in owed(file)


def test_an_address_that_refuses_mail_is_written_to_by_post() -> None:
    person = Person(email="gone@example.org", address=("2 Invented Row",), prefers=Means.EMAIL)
    file = recorded(case_of(report(MONDAY, complainant=person)), not_taken(MONDAY + HOUR, "acknowledgement"))
    (duty,) = duties(file)
    assert duty.means is Means.POST
    assert file.writes_by is Means.POST


def test_without_a_postal_address_a_person_finds_out_about_the_refused_letter() -> None:
    file = recorded(case_of(report(MONDAY)), not_taken(MONDAY + HOUR, "acknowledgement"))
    assert letters(file) == {"acknowledgement": LetterState.UNDELIVERABLE}
    assert "Ask for another address" in owed(file)["letter:acknowledgement"].owed


def test_a_letter_in_doubt_is_not_sent_again_by_itself() -> None:
    file = recorded(case_of(report(MONDAY)), in_doubt(MONDAY + HOUR, "acknowledgement"))
    assert duties(file) == []
    assert "letter:acknowledgement" in owed(file)


def test_only_a_letter_that_waits_can_be_said_to_have_gone() -> None:
    file = recorded(case_of(report(MONDAY)), sent(MONDAY, "acknowledgement"))
    with pytest.raises(LetterNotOwed):
        recorded(file, sent(MONDAY + HOUR, "acknowledgement"))


# asb-categories


def test_a_category_that_the_edition_does_not_hold_is_refused() -> None:
    with pytest.raises(CategoryUnknown, match="noise"):
        case_of(report(MONDAY, "littering"))
    with pytest.raises(CategoryUnknown):
        recorded(case_of(report(MONDAY)), assessed(MONDAY, category="littering"))


def test_the_most_serious_category_leads() -> None:
    file = recorded(case_of(report(MONDAY, "environmental")), incident(MONDAY, "noise"), incident(MONDAY, "drugs"))
    assert file.categories == ("environmental", "noise", "drugs")
    assert standing(file, EDITION).category == "drugs"


def test_every_category_of_the_policy_is_in_the_edition_with_its_group() -> None:
    groups = {c.key: c.group for c in EDITION.categories}
    assert len(groups) == 11
    assert groups["hate"] == "personal"
    assert groups["noise"] == "nuisance"
    assert groups["environmental"] == groups["vehicles"] == "environmental"


# hate-by-perception


@pytest.mark.parametrize("perceiver", list(Perceiver))
def test_whoever_perceives_it_makes_it_a_hate_case(perceiver: Perceiver) -> None:
    file = case_of(report(MONDAY, hate=HatePerception(strands=(Strand.RACE,), perceived_by=perceiver)))
    assert file.hate is not None
    assert file.hate.perceived_by is perceiver
    assert "hate" in file.categories


def test_hate_needs_a_strand_and_nothing_else() -> None:
    empty = HatePerception(strands=(), perceived_by=Perceiver.VICTIM)
    with pytest.raises(HateNeedsAStrand):
        case_of(report(MONDAY, hate=empty))
    with pytest.raises(HateNeedsAStrand):
        recorded(case_of(report(MONDAY)), hate(MONDAY, empty))


def test_strands_gather_and_an_alleged_offence_stays_alleged() -> None:
    crime = HatePerception(strands=(Strand.DISABILITY,), perceived_by=Perceiver.VICTIM, offence_alleged=True)
    file = recorded(case_of(report(MONDAY)), hate(MONDAY, crime), hate(MONDAY + HOUR))
    assert file.hate is not None
    assert file.hate.strands == (Strand.DISABILITY, Strand.RACE)
    assert file.hate.offence_alleged
    assert file.hate.since == MONDAY


def test_a_perception_told_earlier_and_written_down_late_is_the_first() -> None:
    file = recorded(case_of(report(MONDAY)), hate(MONDAY + 3 * DAY))
    file = recorded(file, hate(MONDAY + DAY), recorded_at=MONDAY + 4 * DAY)
    assert file.hate is not None
    assert file.hate.since == file.serious_since == MONDAY + DAY


# hate-is-serious


@pytest.mark.parametrize("told", [report(MONDAY, "hate"), report(MONDAY, hate=RACE)])
def test_a_hate_report_runs_on_the_serious_clock_from_its_first_minute(told: ReportReceived) -> None:
    file = case_of(told)
    assert file.serious_since == MONDAY
    assert owed(file)["appointment"].due == london(2023, 6, 6, 17)


@pytest.mark.parametrize("later", [hate(MONDAY + 14 * DAY), incident(MONDAY + 14 * DAY, hate=RACE)])
def test_a_hate_perception_two_weeks_in_starts_the_one_day_clock_from_that_moment(
    later: HatePerceived | IncidentReported,
) -> None:
    file = case_of(report(MONDAY), contact(MONDAY + DAY), assessed(MONDAY + DAY), review(MONDAY + 2 * DAY))
    file = recorded(file, later)
    assert file.serious_since == later.at
    assert owed(file)["appointment"].due == london(2023, 6, 20, 17)
    assert owed(file)["police-advice"].due == MONDAY + 14 * DAY + HOUR


def test_what_was_done_before_the_perception_does_not_keep_its_clock() -> None:
    file = case_of(report(MONDAY), appointment(MONDAY + HOUR), police_advice(MONDAY + HOUR), hate(MONDAY + DAY))
    assert {"appointment", "police-advice"} <= set(owed(file))


def test_nobody_assesses_hate_away() -> None:
    file = case_of(report(MONDAY, "hate"))
    with pytest.raises(HateIsSerious):
        recorded(file, assessed(MONDAY))
    with pytest.raises(HateIsSerious):
        recorded(file, assessed(MONDAY, exclusion=Exclusion.ONE_OFF))
    hidden = recorded(file, assessed(MONDAY, serious=True, category="noise"))
    assert hidden.hate is not None
    assert "hate" in hidden.categories


def test_an_excluded_hate_case_is_refused_whatever_its_seriousness() -> None:
    excluded = assessed(MONDAY, serious=True).model_copy(update={"exclusion": Exclusion.ONE_OFF, "limb": None})
    with pytest.raises(ExclusionDoesNotApply):
        recorded(case_of(report(MONDAY, "hate")), excluded)


def test_an_officer_who_assesses_as_hate_makes_it_a_serious_hate_case() -> None:
    with pytest.raises(HateIsSerious):
        recorded(case_of(report(MONDAY)), assessed(MONDAY + DAY, category="hate"))
    file = recorded(case_of(report(MONDAY)), assessed(MONDAY + DAY, serious=True, category="hate"))
    assert file.hate is not None
    assert file.serious_since == MONDAY + DAY


def test_a_perception_withdraws_a_proposed_closure() -> None:
    file = case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY), proposal(MONDAY + DAY))
    assert LetterKind.CLOSING_LETTER in {letter.kind for letter in file.letters.values()}
    file = recorded(file, hate(MONDAY + 2 * DAY))
    assert file.proposed is None
    assert LetterKind.CLOSING_LETTER not in {letter.kind for letter in file.letters.values()}


def test_a_hate_case_never_closes_at_once() -> None:
    file = case_of(report(MONDAY, "hate"), contact(MONDAY), assessed(MONDAY, serious=True))
    with pytest.raises(NotAnImmediateClosure):
        recorded(file, closed(MONDAY + DAY, Closing.DEALT_WITH))
