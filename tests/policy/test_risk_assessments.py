"""risk-assessment: for whom, by a matrix that is data, until when it holds, and what makes it due again."""

from datetime import datetime, timedelta

import pytest

from policy.case_file import CaseFile
from policy.deadlines import Deadline
from policy.editions import Edition, EditionNotSane, from_toml, named
from policy.facts.assessing import Assessed
from policy.facts.base import Role
from policy.facts.closing import Closing
from policy.facts.needs import NeedEnded, NeedTold
from policy.facts.parts import Earlier, Part
from policy.facts.people import Party
from policy.facts.risk import RiskAssessed, RiskAssessmentAsked
from policy.facts.ruling import EditionAdopted
from policy.refusals import CaseNotReadyToClose
from policy.refusals.safety import RiskNotAnswered
from policy.standing import standing
from tests.given import EDITION, ROWAN, assessed, case_of, contact, london, record, report
from tests.policy import happenings as h
from tests.policy.happenings import closed, incident, owed, recorded, review, set_aside
from tests.policy.random_safety import answers, risk
from tests.policy.test_people_on_a_case import ROWANS_ID
from tests.policy.test_released_editions import BESIDE, text_of, two_editions

__all__ = ["two_editions"]

MONDAY = london(2023, 6, 5)
DAY = timedelta(days=1)
RISK = "risk-assessment:complainant"
RENEWAL = "risk-renewal:complainant"


def need(at: datetime = MONDAY, kind: str = "disability", person: str = "complainant") -> NeedTold:
    return NeedTold(at=at, kind=kind, person=person, words="Told us.")


def asked(at: datetime = MONDAY) -> RiskAssessmentAsked:
    return RiskAssessmentAsked(at=at, words="She asked for it.")


def risk_of(file: CaseFile) -> Deadline | None:
    return owed(file).get(RISK)


# For whom


def test_an_ordinary_case_owes_no_risk_assessment_and_a_serious_one_does_within_two_days() -> None:
    assert risk_of(case_of(report(MONDAY))) is None
    deadline = risk_of(case_of(report(MONDAY, "violence")))
    assert deadline is not None
    assert deadline.due == london(2023, 6, 7, 17)
    assert deadline.why == (
        "Assess the risk to the complainant, by Wednesday 7 June 2023 at 17:00: 2 working days after Monday 5 "
        "June 2023 (policy section 4, risk-assessment)"
    )


def test_a_told_vulnerability_makes_it_due_and_another_need_does_not() -> None:
    file = case_of(report(MONDAY))
    assert RISK in owed(recorded(file, need(MONDAY + DAY)))
    assert RISK not in owed(recorded(file, need(MONDAY + DAY, "reading")))


def test_a_vulnerability_of_the_other_side_is_not_ignored_either() -> None:
    told = case_of(report(MONDAY, about=Party()))
    file = recorded(told, need(MONDAY + DAY, "mental_health", "perpetrator-1"))
    assert "risk-assessment:perpetrator-1" in owed(file)
    assert RISK not in owed(file)


def test_in_a_serious_case_it_is_due_for_each_victim_and_witness_and_for_nobody_else() -> None:
    told = case_of(report(MONDAY, "violence", about=Party()))
    file = recorded(told, h.taken_on(MONDAY, "witness-2", Part.WITNESS), h.taken_on(MONDAY, "other-1", Part.OTHER))
    due = {key for key in owed(file) if key.startswith("risk-assessment:")}
    assert due == {RISK, "risk-assessment:witness-2"}


def test_it_is_due_for_a_repeat_victim_once_we_know_that_they_are_one() -> None:
    """repeat-victims: what it means for the risk."""
    again = h.identified(MONDAY, "complainant", ROWANS_ID, Earlier(as_victim=1))
    deadline = risk_of(record(case_of(report(MONDAY)), again))
    assert deadline is not None
    assert deadline.due == london(2023, 6, 7, 17)
    assert risk_of(record(case_of(report(MONDAY, "environmental")), again)) is None
    first = h.identified(MONDAY, "complainant", ROWANS_ID, Earlier(as_perpetrator=1))
    assert risk_of(record(case_of(report(MONDAY)), first)) is None


def test_a_purely_environmental_case_owes_none_and_says_so_unless_somebody_asks() -> None:
    file = recorded(case_of(report(MONDAY, "environmental")), need())
    assert risk_of(file) is None
    assert "if somebody asks" in set_aside(file)[RISK]
    assert risk_of(recorded(file, asked())) is not None


def test_a_case_that_turns_out_to_be_more_than_environmental_owes_it_from_then_on() -> None:
    file = recorded(case_of(report(MONDAY, "environmental")), need(), incident(MONDAY + 7 * DAY, "noise"))
    deadline = risk_of(file)
    assert deadline is not None
    assert deadline.due == london(2023, 6, 14, 17)


def test_nobody_s_risk_is_asked_for_where_there_is_no_way_to_ask_them() -> None:
    file = case_of(report(MONDAY, "violence", None))
    assert risk_of(file) is None
    assert RISK in set_aside(file)


def test_it_is_no_longer_due_when_the_reason_has_gone() -> None:
    assert risk_of(recorded(case_of(report(MONDAY, "violence")), assessed(MONDAY, category="violence"))) is None
    told = recorded(case_of(report(MONDAY)), need())
    assert risk_of(recorded(told, NeedEnded(at=MONDAY, kind="disability", words="A mistake."))) is None


@pytest.mark.parametrize("closing", [Closing.UNJUSTIFIED, Closing.DEALT_WITH])
def test_no_closure_skips_it(closing: Closing) -> None:
    file = recorded(case_of(report(MONDAY)), contact(MONDAY), assessed(MONDAY), need())
    with pytest.raises(CaseNotReadyToClose, match="risk assessment"):
        recorded(file, closed(MONDAY + DAY, closing))
    recorded(file, risk(MONDAY + DAY), closed(MONDAY + DAY, closing))


# The matrix


def test_every_question_is_answered_with_one_of_its_answers() -> None:
    file = case_of(report(MONDAY))
    complete = answers(0)
    for wrong in (
        {key: answer for key, answer in complete.items() if key != "effect"},
        complete | {"mood": "good"},
        complete | {"effect": "terrible"},
    ):
        with pytest.raises(RiskNotAnswered):
            recorded(file, RiskAssessed(at=MONDAY, answers=wrong, words="As told."))


@pytest.mark.parametrize(("pick", "score", "band"), [(0, 0, "standard"), (1, 13, "medium"), (3, 27, "high")])
def test_the_score_is_the_sum_of_the_answers_and_the_band_follows_from_it(
    pick: int, score: int, band: str
) -> None:
    file = recorded(case_of(report(MONDAY)), risk(MONDAY, pick=pick))
    assert (file.risks["complainant"].score, file.risks["complainant"].band) == (score, band)
    (shown,) = standing(file, EDITION).risks
    assert (shown.person, shown.score, shown.band) == ("complainant", score, band)


OTHER_MATRIX = """[risk]
working_days = 1
source = "our reading: another landlord's own"

[[risk.bands]]
key = "green"
name = "Green"
from_score = 0
lasts_working_days = 10

[[risk.bands]]
key = "red"
name = "Red"
from_score = 1
lasts_working_days = 5
consider_safety = true

[[risk.questions]]
key = "afraid"
asks = "Are they afraid?"
answers = [{ key = "no", says = "No", score = 0 }, { key = "yes", says = "Yes", score = 1 }]

# What somebody may need"""


def with_another_matrix(text: str) -> str:
    start = text.index("[risk]\n")
    return text[:start] + OTHER_MATRIX + text[text.index("# What somebody may need") + 24 :]


def edition_text(*changes: tuple[str, str]) -> str:
    text = with_another_matrix(text_of(EDITION.name))
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_another_landlord_s_matrix_is_another_text_and_no_other_code(two_editions: object) -> None:
    assert two_editions
    from policy.editions import released  # noqa: PLC0415 - after the folder of editions was changed

    folder = two_editions
    later = edition_text((f'name = "{EDITION.name}"', 'name = "2024-04-01"'), ("2015-03-23", "2024-04-01"))
    (folder / "2024-04-01.toml").write_text(later, encoding="utf-8")  # type: ignore[attr-defined]  # a path
    released.cache_clear()
    named.cache_clear()
    file = recorded(
        case_of(report(MONDAY)), EditionAdopted(at=MONDAY, edition="2024-04-01", reasons="Our own."), asked()
    )
    assert owed(file)[RISK].due == london(2023, 6, 6, 17)
    file = recorded(file, RiskAssessed(at=MONDAY, answers={"afraid": "yes"}, words="She is."))
    assert (file.risks["complainant"].score, file.risks["complainant"].band) == (1, "red")
    assert "safety:complainant" in owed(file)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from_score = 0", "from_score = 1"),
        ('key = "no"', 'key = "yes"'),
        ("score = 1 }]", "score = -1 }]"),
        ("lasts_working_days = 5", "lasts_working_days = 0"),
        (
            'answers = [{ key = "no", says = "No", score = 0 }, { key = "yes", says = "Yes", score = 1 }]',
            "answers = []",
        ),
    ],
)
def test_a_matrix_that_makes_no_sense_is_no_edition(old: str, new: str) -> None:
    assert isinstance(from_toml(edition_text(), *BESIDE), Edition)
    with pytest.raises(EditionNotSane, match="risk"):
        from_toml(edition_text((old, new)), *BESIDE)


# Until when it holds


def serious_and_assessed(pick: int = 0) -> CaseFile:
    return recorded(case_of(report(MONDAY, "violence")), risk(MONDAY, pick=pick))


def test_it_is_due_again_before_it_expires_and_a_higher_risk_expires_sooner() -> None:
    file = serious_and_assessed()
    assert RISK not in owed(file)
    assert owed(file)[RENEWAL].due == london(2023, 11, 21, 17)
    assert owed(serious_and_assessed(3))[RENEWAL].due == london(2023, 7, 3, 17)
    again = recorded(serious_and_assessed(3), risk(MONDAY + 7 * DAY, pick=3))
    assert owed(again)[RENEWAL].due == london(2023, 7, 10, 17)


def test_a_new_vulnerability_makes_it_due_again() -> None:
    file = recorded(serious_and_assessed(), need(MONDAY + 7 * DAY))
    assert owed(file)[RISK].due == london(2023, 6, 14, 17)
    assert RISK not in owed(recorded(file, risk(MONDAY + 8 * DAY)))


def test_an_assessment_from_before_the_vulnerability_was_told_does_not_answer_it() -> None:
    file = recorded(serious_and_assessed(), need(MONDAY + 7 * DAY))
    before = recorded(file, risk(MONDAY + 6 * DAY), recorded_at=MONDAY + 8 * DAY)
    assert RISK in owed(before)


def test_a_vulnerability_told_before_and_written_down_after_an_assessment_is_counted_from_when_we_learnt_it() -> (
    None
):
    file = recorded(case_of(report(MONDAY)), asked(), risk(MONDAY + 2 * DAY))
    file = recorded(file, need(MONDAY + DAY), recorded_at=MONDAY + 7 * DAY)
    assert owed(file)[RISK].due == london(2023, 6, 14, 17)


def test_another_kind_of_behaviour_and_a_rise_to_serious_make_it_due_again() -> None:
    told = recorded(case_of(report(MONDAY)), need(), risk(MONDAY))
    assert RISK not in owed(recorded(told, incident(MONDAY + DAY, "noise")))
    assert RISK in owed(recorded(told, incident(MONDAY + DAY, "intimidation")))
    rise: Assessed = assessed(MONDAY + DAY, serious=True)
    assert RISK in owed(recorded(told, rise))


def test_where_nothing_else_calls_for_it_a_new_incident_does_once_the_last_assessment_has_expired() -> None:
    file = recorded(case_of(report(MONDAY)), asked(), risk(MONDAY, pick=3))
    assert RENEWAL not in owed(file)
    assert RISK not in owed(recorded(file, incident(london(2023, 7, 3, 16))))
    assert RISK in owed(recorded(file, incident(london(2023, 7, 4))))


# What a high risk asks for


def test_a_supervisor_looks_at_a_high_risk_sooner() -> None:
    file = recorded(case_of(report(MONDAY)), risk(MONDAY, pick=3))
    deadline = owed(file)["risk-review:complainant"]
    assert (deadline.owed_by, deadline.due) == (Role.SUPERVISOR, london(2023, 6, 8, 17))
    assert "risk-review:complainant" not in owed(recorded(file, review(MONDAY + DAY)))
    assert "risk-review:complainant" not in owed(recorded(case_of(report(MONDAY)), risk(MONDAY, pick=1)))


def test_at_a_high_risk_ways_to_get_them_away_from_it_are_considered() -> None:
    assert "safety:complainant" in owed(recorded(case_of(report(MONDAY)), risk(MONDAY, pick=3)))
    assert "safety:complainant" not in owed(recorded(case_of(report(MONDAY)), risk(MONDAY, pick=1)))


def test_what_expired_while_nobody_could_reach_them_is_not_late_at_once_when_somebody_can() -> None:
    file = recorded(case_of(report(MONDAY, "violence", complainant=None)), risk(MONDAY))
    assert RENEWAL not in owed(file)
    assert owed(recorded(file, h.details(MONDAY + DAY, ROWAN)))[RENEWAL].due == london(2023, 11, 21, 17)
    assert owed(recorded(file, h.details(london(2024, 6, 3), ROWAN)))[RENEWAL].due == london(2024, 6, 5, 17)
