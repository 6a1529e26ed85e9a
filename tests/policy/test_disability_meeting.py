"""disability-meeting: nothing is done against somebody's home before a meeting has answered the questions."""

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from policy.case_file import CaseFile
from policy.disability import in_the_way
from policy.facts import CaseFact, Role
from policy.facts.base import BORDER
from policy.facts.disability import DisabilityMeetingHeld
from policy.facts.effects import Cause, EffectRecorded
from policy.facts.needs import NeedTold
from policy.facts.parts import Leaving, Part
from policy.legal_action.windows import Ground
from policy.refusals.legal import DisabilityMeetingMissing
from policy.standing import actions
from tests.given import EDITION, case_of, report
from tests.policy import happenings as h
from tests.policy.happenings import recorded
from tests.policy.warned import DAY, MONDAY, PAT, notice, to_be_warned

QUESTIONS = ("caused_by_it", "impairment", "addressed", "appropriate")
"""The policy's four."""
SAYS = (*QUESTIONS, "effect_on_neighbours", "proportionate", "besides")


def met(at: datetime = MONDAY, *, goes_on: bool = True, **more: Any) -> CaseFact:
    told = dict.fromkeys(SAYS, "As the minutes say.") | {"at": at, "goes_on": goes_on} | more
    return DisabilityMeetingHeld.model_validate(told)


def told(kind: str = "mental_health", at: datetime = MONDAY, person: str = "perpetrator-1") -> CaseFact:
    return NeedTold(at=at, person=person, kind=kind, words="His sister says so.")


def possession(at: datetime = MONDAY, **more: Any) -> CaseFact:
    return notice(at, Ground.GROUND_14, very_serious="He set fire to the stairs.", **more)


@pytest.mark.parametrize("kind", ["disability", "mental_health", "learning", "health", "sight", "hearing"])
def test_a_known_or_suspected_disability_needs_a_meeting_first(kind: str) -> None:
    with pytest.raises(DisabilityMeetingMissing, match="first a meeting") as refused:
        to_be_warned(told(kind), possession())
    assert refused.value.refusal.missing_facts == ("disability_meeting_held",)
    assert to_be_warned(told(kind), met(), possession())


@pytest.mark.parametrize("kind", ["reading", "dependency", "language"])
def test_other_needs_do_not(kind: str) -> None:
    assert to_be_warned(told(kind), possession())


@pytest.mark.parametrize("cause", [Cause.DISABILITY, Cause.MENTAL_HEALTH])
def test_a_cause_that_may_be_a_disability_of_those_complained_about_does(cause: Cause) -> None:
    effect = EffectRecorded(at=MONDAY, effect="Nobody sleeps.", causes=(cause,), words="He hears voices.")
    file = recorded(case_of(report(MONDAY, about=PAT)), effect)
    with pytest.raises(DisabilityMeetingMissing):
        recorded(file, possession())
    assert recorded(file, met(), possession())


def test_such_a_cause_is_suspected_of_nobody_but_those_complained_about() -> None:
    effect = EffectRecorded(
        at=MONDAY, effect="Nobody sleeps.", causes=(Cause.DISABILITY,), words="He hears voices."
    )
    file = recorded(case_of(report(MONDAY, about=PAT)), h.taken_on(MONDAY, "witness-1", Part.WITNESS), effect)
    assert [key for key in file.people if in_the_way(file, key)] == ["perpetrator-1"]


@pytest.mark.parametrize("part", [Part.PERPETRATOR, Part.HOUSEHOLD_MEMBER])
@pytest.mark.parametrize("when", ["before the cause was recorded", "after it"])
def test_such_a_cause_is_suspected_of_everybody_who_is_complained_about_whenever_they_are_named(
    part: Part, when: str
) -> None:
    effect = EffectRecorded(
        at=MONDAY, effect="Nobody sleeps.", causes=(Cause.MENTAL_HEALTH,), words="One of them hears voices."
    )
    another = h.taken_on(MONDAY, f"{part}-2", part)
    facts = (effect, another) if when == "after it" else (another, effect)
    file = recorded(case_of(report(MONDAY, about=PAT)), *facts, met())
    with pytest.raises(DisabilityMeetingMissing, match="first a meeting"):
        recorded(file, possession(person=f"{part}-2"))
    assert recorded(file, met(person=f"{part}-2"), possession(person=f"{part}-2"))


def test_somebody_else_s_disability_stops_nothing() -> None:
    assert to_be_warned(told(person="complainant"), possession())
    two = to_be_warned(h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR), told(person="perpetrator-2"))
    assert recorded(two, possession())
    with pytest.raises(DisabilityMeetingMissing, match="perpetrator 2"):
        recorded(two, possession(person="perpetrator-2"))


@pytest.mark.parametrize("person", ["complainant", "witness-4"])
def test_a_meeting_is_about_somebody_who_may_be_acted_against(person: str) -> None:
    file = to_be_warned(told(), h.taken_on(MONDAY, "witness-4", Part.WITNESS))
    with pytest.raises(DisabilityMeetingMissing, match="who is complained about: say about whom") as refused:
        recorded(file, met(person=person))
    assert refused.value.refusal.missing == ("whom the meeting was about",)


def test_no_meeting_is_offered_where_nobody_is_complained_about() -> None:
    def offered(file: CaseFile) -> bool:
        (meeting,) = [one for one in actions(file, EDITION, Role.OFFICER) if one.fact == "disability_meeting_held"]
        return meeting.refusal is None

    assert not offered(case_of(report(MONDAY)))
    assert offered(case_of(report(MONDAY, about=PAT)))


def test_a_notice_is_not_offered_while_a_meeting_is_missing_for_everybody_who_could_get_one() -> None:
    def offered(file: CaseFile) -> bool:
        (notices,) = [one for one in actions(file, EDITION, Role.OFFICER) if one.fact == "notice_proposed"]
        return notices.refusal is None

    missing = to_be_warned(told())
    assert not offered(missing)
    assert offered(recorded(missing, met()))
    assert offered(recorded(missing, h.taken_on(MONDAY, "perpetrator-2", Part.PERPETRATOR)))


def test_what_is_told_after_the_meeting_needs_another() -> None:
    file = to_be_warned(told(), met(), told("learning", MONDAY + DAY))
    with pytest.raises(DisabilityMeetingMissing):
        recorded(file, possession(MONDAY + DAY))
    assert recorded(file, met(MONDAY + DAY), possession(MONDAY + DAY))


def test_a_meeting_that_decided_against_it_is_kept_to_until_another_has_been_held() -> None:
    file = to_be_warned(told(), met(goes_on=False))
    with pytest.raises(DisabilityMeetingMissing, match="decided against legal action"):
        recorded(file, possession())
    assert recorded(file, met(MONDAY + DAY), possession(MONDAY + DAY))


def test_an_earlier_meeting_that_is_written_down_late_does_not_undo_the_last_one() -> None:
    file = to_be_warned(told(), met(MONDAY + DAY, goes_on=False))
    file = recorded(file, met(MONDAY), recorded_at=MONDAY + DAY)
    with pytest.raises(DisabilityMeetingMissing, match="decided against"):
        recorded(file, possession(MONDAY + DAY))


def test_what_the_law_leaves_out_does_not_end_the_inquiry() -> None:
    with pytest.raises(DisabilityMeetingMissing, match="does not end the inquiry") as refused:
        to_be_warned(met(excluded=("addiction",), besides=None))
    assert refused.value.refusal.missing == ("what else there is, or that nothing is known",)
    assert to_be_warned(met(excluded=("addiction",), besides="Depression, since his discharge."))
    with pytest.raises(DisabilityMeetingMissing, match="Addiction to alcohol"):
        to_be_warned(met(excluded=("laziness",), besides="Nothing."))


@pytest.mark.parametrize("answer", [*QUESTIONS, "effect_on_neighbours"])
def test_no_meeting_is_taken_that_leaves_one_of_the_questions_unanswered(answer: str) -> None:
    answers: dict[str, Any] = dict.fromkeys(SAYS, "As the minutes say.") | {"at": MONDAY, "goes_on": True}
    del answers[answer]
    for unanswered in (answers, answers | {answer: " "}):
        with pytest.raises(ValidationError, match=answer):
            DisabilityMeetingHeld.model_validate(unanswered, context=BORDER)


def test_nor_one_that_did_not_look_for_what_nobody_has_diagnosed() -> None:
    with pytest.raises(DisabilityMeetingMissing, match="has diagnosed, too: say what else there is") as refused:
        to_be_warned(told(), met(besides=None))
    assert refused.value.refusal.missing == ("what else there is, or that nothing is known",)
    assert to_be_warned(told(), met(besides="Nothing is known."), possession())


def test_each_condition_that_the_law_leaves_out_is_named_with_its_regulation() -> None:
    conditions = EDITION.legal.excluded_conditions
    assert {one.key for one in conditions} == {
        "addiction",
        "hay_fever",
        "setting_fires",
        "stealing",
        "abusing",
        "exhibitionism",
        "voyeurism",
    }
    assert all(one.statute.startswith("Equality Act 2010 (Disability) Regulations 2010") for one in conditions)


def test_who_turns_out_to_be_somebody_else_takes_over_no_meeting() -> None:
    one, other = (f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in (1, 2))
    file: CaseFile = to_be_warned(h.identified(MONDAY, "perpetrator-1", one), told(), met())
    assert recorded(file, possession())
    somebody_else = recorded(file, h.identified(MONDAY + DAY, "perpetrator-1", other))
    assert somebody_else.needs
    with pytest.raises(DisabilityMeetingMissing, match="first a meeting"):
        recorded(somebody_else, possession(MONDAY + DAY))
    assert recorded(somebody_else, met(MONDAY + DAY), possession(MONDAY + DAY))
    assert recorded(file, h.left(MONDAY + DAY, "perpetrator-1", Leaving.BY_MISTAKE)).disability == {}
