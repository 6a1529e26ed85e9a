"""case-review, information-sharing: no agency is asked about somebody who said no to it, as if nobody had."""

from datetime import datetime

import pytest

from policy.case_file import CaseFile
from policy.case_review import facts as f
from policy.case_review.review import ReviewFile, ReviewStage
from policy.case_review.telling import whose_word_it_is_against
from policy.facts import Actor, CaseFact, Fact, Role
from policy.facts.consent import ConsentGiven, ConsentRefused, Purpose
from policy.facts.parts import Part
from policy.refusals.safety import NoGateway
from tests.given import EDITION, OFFICER, SUPERVISOR, case_of, report
from tests.policy import happenings as h
from tests.policy.case_review.reviewing import (
    ACKNOWLEDGED,
    CASE,
    COUNCIL,
    DAY,
    HEARD,
    MEETING,
    MET,
    MONDAY,
    PARTNERS,
    POLICE,
    THRESHOLD_TOLD,
    WEEK,
    asked,
    empty,
    told,
)
from tests.policy.happenings import recorded

AGENCIES = ("police", "council", "gp")


def no(purpose: Purpose, *, person: str = "complainant", at: datetime = MONDAY, **more: object) -> CaseFact:
    said = {"at": at, "purpose": purpose, "person": person, "words": "No."}
    return ConsentRefused.model_validate(said | more)


def yes(purpose: Purpose, **more: object) -> CaseFact:
    return ConsentGiven.model_validate({"at": MONDAY + DAY, "purpose": purpose, "words": "Yes."} | more)


def case(*facts: CaseFact) -> CaseFile:
    return recorded(case_of(report(MONDAY)), *facts)


def against(*files: CaseFile, at: datetime | None = None) -> list[tuple[str | None, str]]:
    found = whose_word_it_is_against(files, AGENCIES, EDITION, at)
    return [(one.who, one.agency) for one in found]


def asking(*agencies: str, against: tuple[f.Against, ...] = (), **more: object) -> Fact:
    told_of = {"at": MONDAY + WEEK, "agencies": agencies, "against": against}
    return f.PartnersAsked.model_validate(told_of | more)


def up_to_asking() -> ReviewFile:
    return told(empty(), asked(), ACKNOWLEDGED, HEARD, MET, THRESHOLD_TOLD)


NO_COUNCIL = f.Against(case=CASE, agency="council", who="complainant", since=MONDAY)
UNASKED = f.Against(case=CASE, agency="police")
REASON = EDITION.police.lawful_reasons[0].key


def test_whose_word_it_is_against_is_read_from_the_cases_as_for_any_telling_that_rests_on_a_law() -> None:
    assert against(case()) == []
    assert against(case(no(Purpose.POLICE))) == [("complainant", "police")]
    assert against(case(no(Purpose.HEALTH))) == [("complainant", "gp")]
    assert against(case(no(Purpose.REFERRAL, agency="council"))) == [("complainant", "council")]
    general = case(no(Purpose.REFERRAL))
    assert against(general) == [("complainant", agency) for agency in AGENCIES]
    assert against(recorded(general, yes(Purpose.REFERRAL, agency="council"))) == [
        ("complainant", "police"),
        ("complainant", "gp"),
    ]


def test_a_witness_who_says_no_is_heard_and_a_perpetrator_cannot_stop_it() -> None:
    others = (
        h.taken_on(MONDAY, "witness-1", Part.WITNESS),
        h.taken_on(MONDAY, "perpetrator-1", Part.PERPETRATOR),
    )
    refused = [no(Purpose.REFERRAL, person=who, agency="council") for who in ("witness-1", "perpetrator-1")]
    assert against(case(*others, *refused)) == [("witness-1", "council")]


def test_of_hate_the_police_are_asked_nothing_before_the_victim_was() -> None:
    hate = case(h.hate(MONDAY))
    assert against(hate) == [(None, "police")]
    assert against(recorded(hate, yes(Purpose.POLICE))) == []


def test_it_is_read_from_each_case_and_as_everybody_had_said_by_then() -> None:
    first, second = case(no(Purpose.HEALTH)), case(no(Purpose.POLICE, at=MONDAY + WEEK))
    assert against(first, second) == [("complainant", "gp"), ("complainant", "police")]
    assert against(first, second, at=MONDAY + DAY) == [("complainant", "gp")]


def test_nobody_is_asked_against_somebody_s_word_and_others_are() -> None:
    with pytest.raises(NoGateway, match=rf"The complainant on {CASE} said no to this: The council\.") as refused:
        told(up_to_asking(), asking("police", "council", against=(NO_COUNCIL,)))
    assert refused.value.refusal.missing == ("a supervisor's lawful reason",)
    with pytest.raises(NoGateway, match=f"On {CASE} not every victim of hate has been asked"):
        told(up_to_asking(), asking("police", against=(UNASKED,)))
    assert told(up_to_asking(), asking("police")).stage is ReviewStage.GATHERING


def test_a_supervisor_may_give_the_edition_s_lawful_reason_and_nobody_else() -> None:
    against_it = asking("council", against=(NO_COUNCIL,), lawful_reason=REASON)
    with pytest.raises(NoGateway, match="Only a supervisor may"):
        told(up_to_asking(), against_it, by=OFFICER)
    with pytest.raises(NoGateway, match="Not a lawful reason"):
        told(up_to_asking(), asking("council", against=(NO_COUNCIL,), lawful_reason="curiosity"))
    for by in (SUPERVISOR, Actor(id="manager-1", role=Role.MANAGER)):
        assert told(up_to_asking(), against_it, by=by).partners.keys() == {"council"}


def test_a_meeting_that_was_held_is_recorded_as_it_was() -> None:
    met = told(up_to_asking(), PARTNERS, POLICE, COUNCIL)
    held = MEETING.model_copy(update={"attended": ("council",), "against": (NO_COUNCIL,)})
    assert told(met, held).stage is ReviewStage.HELD
