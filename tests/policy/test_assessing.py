"""statutory-limb, not-usually-asb, persistent-harm-override, honest-advice."""

from datetime import timedelta

import pytest

from policy.case_file import CaseFile
from policy.facts.assessing import Assessed, Exclusion, Limb, Seriousness
from policy.facts.letters import LetterKind
from policy.refusals import AnotherPersonMustLook, DefinitionNotMet, ExclusionDoesNotApply, NothingToLookAtAgain
from tests.given import OFFICER, assessed, case_of, contact, london, report
from tests.policy.happenings import (
    ANOTHER_OFFICER,
    advice,
    incident,
    owed,
    recorded,
    second_look,
    second_look_answered,
)

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)


def judged(**changes: object) -> Assessed:
    return assessed(MONDAY).model_copy(update=changes)


def kinds(file: CaseFile) -> list[LetterKind]:
    return [letter.kind for letter in file.letters.values()]


def excluded() -> CaseFile:
    return case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY, exclusion=Exclusion.ONE_OFF))


# statutory-limb


@pytest.mark.parametrize("limb", [Limb.HARASSMENT_ALARM_DISTRESS, Limb.NUISANCE_IN_A_HOME])
def test_the_assessment_records_which_part_of_the_definition_is_met(limb: Limb) -> None:
    file = recorded(case_of(report(MONDAY)), judged(limb=limb))
    assert file.assessment is not None
    assert file.assessment.limb is limb


@pytest.mark.parametrize(
    ("judgement", "missing"),
    [
        ({"limb": None}, "the part of the definition, or why it is not usually anti-social behaviour"),
        ({"categories": ()}, "the kind of behaviour"),
        ({"limb": Limb.HOUSING_RELATED_NUISANCE}, "the part of our housing work"),
    ],
)
def test_an_assessment_says_what_it_lacks(judgement: dict[str, object], missing: str) -> None:
    with pytest.raises(DefinitionNotMet) as refused:
        recorded(case_of(report(MONDAY)), judged(**judgement))
    assert refused.value.refusal.missing == (missing,)


def test_housing_related_nuisance_is_met_with_the_function_it_touches() -> None:
    told = judged(limb=Limb.HOUSING_RELATED_NUISANCE, housing_function="Repairs: the contractor was turned away.")
    assert recorded(case_of(report(MONDAY)), told).assessment is not None


# not-usually-asb


@pytest.mark.parametrize("exclusion", list(Exclusion))
def test_each_exclusion_is_reasoned_and_the_complainant_is_written_to(exclusion: Exclusion) -> None:
    file = recorded(case_of(report(MONDAY)), assessed(MONDAY, exclusion=exclusion))
    assert file.assessment is not None
    assert file.assessment.exclusion is exclusion
    assert LetterKind.NOT_USUALLY_ASB in kinds(file)


def test_what_is_excluded_meets_no_part_of_the_definition_and_is_not_serious() -> None:
    file = case_of(report(MONDAY))
    for judgement in ({}, {"limb": None, "seriousness": Seriousness.SERIOUS}):
        with pytest.raises(ExclusionDoesNotApply):
            recorded(file, judged(exclusion=Exclusion.LIFESTYLES, **judgement))


# persistent-harm-override


def test_excluded_conduct_reported_three_times_in_a_month_is_looked_at_again() -> None:
    file = recorded(excluded(), incident(MONDAY + 10 * DAY))
    assert "reassessment" not in owed(file)
    file = recorded(file, incident(MONDAY + 31 * DAY))
    assert owed(file)["reassessment"].row == "persistent-harm-override"
    assert owed(file)["reassessment"].due == london(2023, 7, 13, 17)
    assert owed(file)["reassessment"].owed == (
        "Assess again: it keeps being reported (Monday 5 June 2023, Thursday 15 June 2023, Thursday 6 July 2023)"
    )
    assert "reassessment" not in owed(recorded(file, assessed(MONDAY + 32 * DAY)))


def test_three_reports_in_a_longer_time_are_not_persistent() -> None:
    file = recorded(excluded(), incident(MONDAY + 10 * DAY), incident(MONDAY + 32 * DAY))
    assert "reassessment" not in owed(file)


def test_reporting_it_every_day_does_not_push_the_new_assessment_away() -> None:
    file = recorded(excluded(), incident(MONDAY + DAY), incident(MONDAY + 2 * DAY))
    first = owed(file)["reassessment"].due
    for days in range(3, 8):
        file = recorded(file, incident(MONDAY + days * DAY))
    assert owed(file)["reassessment"].due == first


def test_an_earlier_assessment_written_down_late_does_not_answer_later_reports() -> None:
    file = recorded(excluded(), incident(MONDAY + 10 * DAY), incident(MONDAY + 20 * DAY))
    late = assessed(MONDAY + 15 * DAY, exclusion=Exclusion.TIT_FOR_TAT)
    assert "reassessment" in owed(recorded(file, late, recorded_at=MONDAY + 21 * DAY))
    assert "reassessment" not in owed(recorded(file, assessed(MONDAY + 15 * DAY), recorded_at=MONDAY + 21 * DAY))


def test_an_old_incident_written_down_late_does_not_hide_a_run_of_new_ones() -> None:
    file = recorded(excluded(), incident(MONDAY + 40 * DAY), incident(MONDAY + 45 * DAY))
    file = recorded(file, incident(MONDAY + 2 * DAY), recorded_at=MONDAY + 46 * DAY)
    assert "reassessment" not in owed(file)
    assert "reassessment" in owed(recorded(file, incident(MONDAY + 50 * DAY)))


def test_a_case_that_is_not_excluded_is_not_assessed_again_for_being_reported_often() -> None:
    file = case_of(report(MONDAY), assessed(MONDAY))
    for days in range(1, 5):
        file = recorded(file, incident(MONDAY + days * DAY))
    assert "reassessment" not in owed(file)


# honest-advice


def test_honest_advice_goes_by_letter_and_can_be_looked_at_again() -> None:
    file = recorded(case_of(report(MONDAY)), advice(MONDAY))
    assert LetterKind.HONEST_ADVICE in kinds(file)
    file = recorded(file, second_look(MONDAY + DAY))
    assert owed(file)["second-look"].due == london(2023, 6, 20, 17)
    file = recorded(file, second_look_answered(MONDAY + 2 * DAY))
    assert "second-look" not in owed(file)
    assert LetterKind.SECOND_LOOK_ANSWER in kinds(file)


def test_not_usually_asb_can_be_looked_at_again() -> None:
    assert "second-look" in owed(recorded(excluded(), second_look(MONDAY + DAY)))


def test_without_advice_there_is_nothing_to_look_at_again() -> None:
    file = case_of(report(MONDAY))
    for fact in (second_look(MONDAY), second_look_answered(MONDAY)):
        with pytest.raises(NothingToLookAtAgain):
            recorded(file, fact)


def test_a_second_look_is_asked_for_once_and_answered_once() -> None:
    file = recorded(case_of(report(MONDAY)), advice(MONDAY), second_look(MONDAY))
    with pytest.raises(NothingToLookAtAgain):
        recorded(file, second_look(MONDAY))
    file = recorded(file, second_look_answered(MONDAY))
    with pytest.raises(NothingToLookAtAgain):
        recorded(file, second_look_answered(MONDAY))


def test_a_second_look_needs_a_second_person() -> None:
    file = recorded(case_of(report(MONDAY)), advice(MONDAY), second_look(MONDAY))
    with pytest.raises(AnotherPersonMustLook):
        recorded(file, second_look_answered(MONDAY), by=OFFICER)


@pytest.mark.parametrize(
    "more", [advice(MONDAY + 2 * DAY), assessed(MONDAY + 2 * DAY, exclusion=Exclusion.ONE_OFF)]
)
def test_further_advice_does_not_answer_a_second_look(more: Assessed) -> None:
    file = recorded(case_of(report(MONDAY)), advice(MONDAY), second_look(MONDAY + DAY))
    due = owed(file)["second-look"].due
    file = recorded(file, more, by=ANOTHER_OFFICER)
    assert owed(file)["second-look"].due == due
