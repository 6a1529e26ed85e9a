"""Who is on a case, as what, and who acts for whom. The file holds codes and ids, and nobody's name."""

from datetime import date, timedelta

import pytest

from policy.case_file import CaseFile
from policy.duties import duties
from policy.facts.consent import ConsentGiven, Purpose
from policy.facts.hearings import HearingListed
from policy.facts.needs import DomesticAbuseRecognised, NeedTold
from policy.facts.parts import ConsentGiver, Earlier, Leaving, Part
from policy.facts.people import Means, Party, Standing
from policy.facts.reporting import Reporter
from policy.facts.wishing import ContactDeclined
from policy.refusals import AdvocateNeedsConsent, AlreadyOnTheCase, ComplainantStays, KeyDoesNotFit, NotOnTheCase
from tests.given import ROWAN, case_of, london, record, report
from tests.policy import happenings as h
from tests.policy.random_safety import SAFE_BY_PHONE, considered

MONDAY = london(2023, 6, 5)
LATER = MONDAY + timedelta(days=1)
ROWANS_ID = "5f0c4f3e-8f0e-4c8e-9a51-000000000001"
ASHLEYS_ID = "5f0c4f3e-8f0e-4c8e-9a51-000000000002"
BEFORE = Earlier(as_victim=2, as_perpetrator=1)


def reported(
    reporter: Reporter = Reporter.VICTIM, about: Party | None = None, category: str = "noise"
) -> CaseFile:
    return case_of(report(MONDAY, category, reporter=reporter, about=about))


def test_a_report_puts_on_the_case_who_reports_and_who_is_complained_about() -> None:
    file = reported(about=Party(name="Ashley Sample", standing=Standing.VISITOR))
    assert {key: one.part for key, one in file.people.items()} == {
        "complainant": Part.COMPLAINANT,
        "perpetrator-1": Part.PERPETRATOR,
    }
    assert file.people["perpetrator-1"].standing is Standing.VISITOR
    assert file.people["perpetrator-1"].person is None


def test_nobody_s_name_gets_into_the_file() -> None:
    file = reported(about=Party(name="Ashley Sample", address=("2 Invented Row",)))
    told = file.model_dump_json()
    for word in ("Ashley", "Rowan", "Invented", ROWAN.email):
        assert str(word) not in told


@pytest.mark.parametrize(
    ("reporter", "part"), [(Reporter.WITNESS, Part.WITNESS), (Reporter.THIRD_PARTY, Part.OTHER)]
)
def test_a_report_of_what_happened_to_another_keeps_a_place_for_the_victim(reporter: Reporter, part: Part) -> None:
    file = reported(reporter)
    assert file.people["complainant"].part is part
    assert file.people["victim"].unfilled
    file = record(file, h.taken_on(LATER, "victim", Part.VICTIM, person=ROWANS_ID, standing=Standing.STAFF))
    assert not file.people["victim"].unfilled
    assert (file.people["victim"].person, file.people["victim"].standing) == (ROWANS_ID, Standing.STAFF)


def test_a_victim_or_nobody_in_particular_leaves_no_empty_place() -> None:
    for reporter in (Reporter.VICTIM, Reporter.ANONYMOUS):
        assert "victim" not in reported(reporter).people


def test_the_place_of_the_victim_is_filled_by_saying_who_it_is_too() -> None:
    file = record(reported(Reporter.WITNESS), h.identified(LATER, "victim", ROWANS_ID))
    assert not file.people["victim"].unfilled


@pytest.mark.parametrize("standing", list(Standing))
def test_anybody_can_be_on_a_case_known_or_not(standing: Standing) -> None:
    for person in (None, ROWANS_ID):
        file = record(
            reported(), h.taken_on(LATER, "victim-1", Part.VICTIM, person=person, standing=standing, minor=True)
        )
        assert (file.people["victim-1"].standing, file.people["victim-1"].minor) == (standing, True)


def test_an_unknown_perpetrator_becomes_known_and_a_mistake_is_put_right() -> None:
    file = reported(about=Party())
    file = record(file, h.identified(LATER, "perpetrator-1", ROWANS_ID, BEFORE))
    assert (file.people["perpetrator-1"].person, file.people["perpetrator-1"].repeat) == (ROWANS_ID, BEFORE)
    file = record(file, h.identified(LATER, "perpetrator-1", ASHLEYS_ID))
    assert (file.people["perpetrator-1"].person, file.people["perpetrator-1"].repeat) == (ASHLEYS_ID, None)


def test_what_is_known_of_somebody_stays_when_we_learn_who_they_are() -> None:
    owner = ROWAN.model_copy(update={"standing": Standing.LEASEHOLDER})
    file = case_of(report(MONDAY, complainant=owner))
    file = record(file, h.taken_on(LATER, "victim-1", Part.VICTIM, minor=True, earlier=BEFORE))
    assert file.repeat_victim
    for key in ("complainant", "victim-1"):
        file = record(file, h.identified(LATER, key, ROWANS_ID if key == "complainant" else ASHLEYS_ID))
    assert file.people["complainant"].standing is Standing.LEASEHOLDER
    assert file.people["victim-1"].minor


def test_nobody_is_on_a_case_twice_in_one_part_or_under_somebody_else_s_key() -> None:
    file = record(reported(), h.taken_on(LATER, "victim-1", Part.VICTIM, person=ROWANS_ID))
    with pytest.raises(AlreadyOnTheCase, match="as victim 1"):
        record(file, h.taken_on(LATER, "victim-2", Part.VICTIM, person=ROWANS_ID))
    with pytest.raises(AlreadyOnTheCase, match="another number"):
        record(file, h.taken_on(LATER, "victim-1", Part.VICTIM, person=ASHLEYS_ID))
    file = record(file, h.taken_on(LATER, "victim-2", Part.VICTIM))
    with pytest.raises(AlreadyOnTheCase):
        record(file, h.identified(LATER, "victim-2", ROWANS_ID))
    assert record(file, h.taken_on(LATER, "witness-1", Part.WITNESS, person=ROWANS_ID))


def test_somebody_who_leaves_was_there_and_who_came_by_mistake_was_not() -> None:
    file = record(reported(), h.taken_on(LATER, "victim-1", Part.VICTIM, person=ROWANS_ID))
    gone = record(file, h.left(LATER, "victim-1"))
    assert gone.people["victim-1"].left_at == LATER
    assert "victim-1" not in gone.present
    with pytest.raises(NotOnTheCase):
        record(gone, h.left(LATER, "victim-1"))
    assert "victim-1" not in record(file, h.left(LATER, "victim-1", Leaving.BY_MISTAKE)).people


def test_nobody_writes_to_a_complainant_who_has_died() -> None:
    with pytest.raises(ComplainantStays, match="We are sorry that they have died") as refused:
        record(reported(), h.left(LATER, "complainant", Leaving.DIED))
    assert refused.value.refusal.missing_facts == ("contact_declined",)
    assert "want" not in refused.value.refusal.sentence
    told = ContactDeclined(at=LATER, words="Her daughter rang: she died on Sunday.")
    assert duties(record(reported(), told)) == []


# Advocates


def advocate(acts_for: str = "complainant", by: ConsentGiver | None = ConsentGiver.THE_PERSON) -> h.PersonJoined:
    return h.taken_on(LATER, "advocate-1", Part.ADVOCATE, acts_for=acts_for, consent_given_by=by)


@pytest.mark.parametrize("side", ["complainant", "perpetrator-1"])
def test_either_side_may_have_somebody_act_for_them(side: str) -> None:
    file = record(reported(about=Party()), advocate(side))
    assert file.people["advocate-1"].acts_for == side


def test_nobody_acts_for_somebody_who_did_not_agree() -> None:
    with pytest.raises(AdvocateNeedsConsent) as refused:
        record(reported(), advocate(by=None))
    assert refused.value.refusal.missing == ("who agreed to it",)


def test_a_parent_agrees_for_a_child_and_for_nobody_else() -> None:
    file = record(reported(), h.taken_on(LATER, "victim-1", Part.VICTIM, minor=True))
    assert record(file, advocate("victim-1", ConsentGiver.PARENT_OR_GUARDIAN))
    with pytest.raises(AdvocateNeedsConsent, match="child"):
        record(file, advocate("complainant", ConsentGiver.PARENT_OR_GUARDIAN))
    assert record(file, advocate("complainant", ConsentGiver.ATTORNEY_OR_DEPUTY))


def test_an_advocate_acts_for_somebody_who_is_there() -> None:
    file = record(reported(Reporter.WITNESS), advocate())
    with pytest.raises(NotOnTheCase):
        record(reported(), advocate("victim-7"))
    another = advocate("victim").model_copy(update={"key": "advocate-2"})
    for acts_for in ("victim", "advocate-1"):
        with pytest.raises(AdvocateNeedsConsent):
            record(file, another.model_copy(update={"acts_for": acts_for}))
    with pytest.raises(AdvocateNeedsConsent, match="whom"):
        record(file, another.model_copy(update={"acts_for": None}))
    with pytest.raises(KeyDoesNotFit, match="advocate"):
        record(file, h.taken_on(LATER, "witness-1", Part.WITNESS, acts_for="complainant"))


def test_an_advocate_leaves_with_whom_they_act_for() -> None:
    file = record(reported(), h.taken_on(LATER, "victim-1", Part.VICTIM))
    file = record(file, advocate("victim-1"))
    assert set(record(file, h.left(LATER, "victim-1")).present) == {"complainant"}
    assert set(record(file, h.left(LATER, "victim-1", Leaving.BY_MISTAKE)).people) == {"complainant"}
    assert set(record(file, h.left(LATER, "advocate-1", Leaving.CONSENT_WITHDRAWN)).present) == {
        "complainant",
        "victim-1",
    }


def test_an_advocate_who_had_left_already_left_then() -> None:
    file = record(reported(), h.taken_on(LATER, "victim-1", Part.VICTIM))
    file = h.recorded(file, advocate("victim-1"), h.left(LATER, "advocate-1", Leaving.CONSENT_WITHDRAWN))
    file = record(file, h.left(LATER + timedelta(days=1), "victim-1"))
    assert {key: one.left_at for key, one in file.people.items() if one.left_at} == {
        "victim-1": LATER + timedelta(days=1),
        "advocate-1": LATER,
    }


# Repeat victims and perpetrators


@pytest.mark.parametrize(
    ("earlier", "victim", "perpetrator"),
    [
        (None, False, False),
        (Earlier(), False, False),
        (Earlier(as_victim=1), True, False),
        (Earlier(as_perpetrator=1), False, True),
        (Earlier(household_as_victim=1), True, False),
        (Earlier(household_as_perpetrator=1), False, True),
    ],
)
def test_who_was_there_before_in_the_same_part_is_a_repeat(
    earlier: Earlier | None, *, victim: bool, perpetrator: bool
) -> None:
    affected = record(reported(about=Party()), h.identified(LATER, "complainant", ROWANS_ID, earlier))
    assert (affected.repeat_victim, affected.repeat_perpetrator) == (victim, False)
    accused = record(reported(about=Party()), h.identified(LATER, "perpetrator-1", ROWANS_ID, earlier))
    assert (accused.repeat_victim, accused.repeat_perpetrator) == (False, perpetrator)


def test_a_witness_s_own_cases_make_no_repeat_victim() -> None:
    file = record(reported(Reporter.WITNESS), h.identified(LATER, "complainant", ROWANS_ID, BEFORE))
    assert not file.repeat_victim


def test_what_is_told_of_somebody_is_told_of_somebody_on_the_case() -> None:
    told = NeedTold(at=LATER, person="witness-7", kind="language", words="Speaks Polish.")
    with pytest.raises(NotOnTheCase, match=r"is witness 7\. On it are: the complainant"):
        record(reported(), told)
    with pytest.raises(NotOnTheCase, match=r'is called "Pat"\. On it are: the complainant'):
        record(reported(), told.model_copy(update={"person": "Pat"}))
    joined = record(reported(), h.taken_on(LATER, "witness-7", Part.WITNESS))
    assert "witness-7:language" in record(joined, told).needs
    left = record(joined, h.left(LATER, "witness-7"))
    assert "witness-7:language" in record(left, told).needs


def test_of_somebody_who_was_put_on_the_case_by_mistake_nothing_stays() -> None:
    file = record(reported(category="violence"), h.taken_on(LATER, "witness-7", Part.WITNESS))
    told = NeedTold(
        at=LATER, person="witness-7", kind="safe_contact", safe_contact=SAFE_BY_PHONE, words="Ring at work."
    )
    file = h.recorded(file, told, ConsentGiven(at=LATER, person="witness-7", purpose=Purpose.HEALTH, words="Yes."))
    file = h.recorded(
        file,
        DomesticAbuseRecognised(at=LATER, person="witness-7", words="He reads her post."),
        considered(LATER, 3, "witness-7"),
        h.contacted(LATER, "witness-7", Means.VISIT),
        HearingListed(at=LATER, on=date(2023, 7, 3), court="A court"),
    )
    assert "risk-assessment:witness-7" in h.owed(file)
    never = record(file, h.left(LATER, "witness-7", Leaving.BY_MISTAKE))
    assert "witness-7" not in never.model_dump_json(exclude={"clocks"})
    assert not any("witness-7" in key for key in h.owed(never))


def test_the_risk_to_a_victim_whom_nobody_has_named_waits_in_sight_until_somebody_does() -> None:
    file = reported(Reporter.THIRD_PARTY, category="violence")
    assert h.set_aside(file)["risk-assessment:victim"] == "nobody has said yet who the victim is"
    assert "risk-assessment:complainant" not in h.owed(file)
    named = record(file, h.identified(london(2023, 7, 3), "victim", ROWANS_ID))
    assert h.owed(named)["risk-assessment:victim"].due == london(2023, 7, 5, 17)
