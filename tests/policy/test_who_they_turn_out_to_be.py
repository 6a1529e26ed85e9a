"""What was said and done is of the one who said it, or for whom it was done, whoever they turn out to be."""

from datetime import date, timedelta

import pytest

from policy.case_file import CaseFile
from policy.company import NOBODY
from policy.duties import duties
from policy.facts import CaseFact
from policy.facts import needs as n
from policy.facts import safety as s
from policy.facts.consent import ConsentAsked, ConsentGiven, Purpose
from policy.facts.health import HealthContactMade, HealthWorker
from policy.facts.hearings import HearingListed, When
from policy.facts.parts import Leaving, Part
from policy.facts.people import Means
from policy.facts.promising import PromiseMade
from policy.facts.reporting import Reporter
from policy.refusals import KeyDoesNotFit
from policy.refusals.safety import HealthContactNeedsConsent, HelpStillOwed
from tests.given import case_of, london, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.random_safety import SAFE_BY_PHONE, considered, risk, support, witness_supported

MONDAY = london(2023, 6, 5)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ROWAN, ASHLEY = (f"5f0c4f3e-8f0e-4c8e-9a51-00000000000{n}" for n in (1, 2))
TAKEN_ON = h.taken_on(MONDAY, "victim-1", Part.VICTIM, person=ROWAN)
ABUSED = n.DomesticAbuseRecognised(
    at=MONDAY, person="victim-1", safe_contact=SAFE_BY_PHONE, words="He reads her post."
)
OPTIONS = n.LegalOptionsExplained(at=MONDAY, person="victim-1", words="An injunction.")
SOMEBODY_ELSE = h.identified(MONDAY + DAY, "victim-1", ASHLEY)
BY_MISTAKE = h.left(MONDAY + DAY, "victim-1", Leaving.BY_MISTAKE)


def with_rowan(*facts: CaseFact, category: str = "violence") -> CaseFile:
    return recorded(case_of(report(MONDAY, category)), TAKEN_ON, *facts)


def danger(at: object = MONDAY, person: str = "victim-1") -> CaseFact:
    return considered(at, 3, person).model_copy(update={"in_danger": True})  # type: ignore[arg-type]  # a moment


def needed(at: object = MONDAY, person: str = "victim-1") -> CaseFact:
    return s.EmergencyAccommodationNeeded(at=at, person=person, words="Tonight.")  # type: ignore[arg-type]  # a moment


# somebody who turns out to be somebody else


def test_the_word_of_the_one_whom_they_were_taken_for_is_not_theirs() -> None:
    health = ConsentGiven(at=MONDAY, person="victim-1", purpose=Purpose.HEALTH, words="Yes.")
    file = with_rowan(health, h.police_not_wanted(MONDAY, "victim-1"), h.police_agreed(MONDAY))
    same = recorded(file, h.identified(MONDAY + DAY, "victim-1", ROWAN))
    assert same.consents == file.consents
    other = recorded(file, SOMEBODY_ELSE)
    assert set(other.consents) == {"police:complainant"}
    with pytest.raises(HealthContactNeedsConsent):
        recorded(
            other, HealthContactMade(at=MONDAY + DAY, person="victim-1", worker=HealthWorker.GP, words="Asked.")
        )


def test_they_are_asked_about_the_police_from_when_we_learnt_who_they_are() -> None:
    file = with_rowan(h.police_agreed(MONDAY, "victim-1"), h.police_agreed(MONDAY))
    assert "police-consent" not in owed(file)
    other = recorded(file, h.identified(MONDAY + 7 * DAY, "victim-1", ASHLEY))
    assert owed(other)["police-consent"].due == london(2023, 6, 13, 17)


@pytest.mark.parametrize("who", [SOMEBODY_ELSE, BY_MISTAKE])
def test_that_puts_off_no_question_that_is_owed_to_another(who: CaseFact) -> None:
    file = with_rowan(h.police_agreed(MONDAY, "victim-1"))
    assert owed(file)["police-consent"].due == london(2023, 6, 6, 17)
    assert owed(recorded(file, who))["police-consent"].due == london(2023, 6, 6, 17)


def test_nor_have_they_been_asked_where_another_was() -> None:
    asked = ConsentAsked(at=MONDAY, person="victim-1", purpose=Purpose.POLICE, words="Shall we?")
    file = with_rowan(asked, h.police_agreed(MONDAY), SOMEBODY_ELSE)
    for other in (file, recorded(file, h.identified(MONDAY + 2 * DAY, "victim-1", ROWAN))):
        assert owed(other)["police-consent"].due == london(2023, 6, 7, 17)


def test_nor_is_the_help_that_they_had_or_the_way_that_was_safe_for_them() -> None:
    file = with_rowan(ABUSED, support(MONDAY, 4, "victim-1"), OPTIONS)
    assert not {key for key in owed(file) if key.startswith(("specialist", "legal", "safe-way"))}
    other = recorded(file, SOMEBODY_ELSE)
    for key in ("specialist-help", "legal-options", "safe-way"):
        assert owed(other)[f"{key}:victim-1"].due == MONDAY + DAY + 4 * HOUR


@pytest.mark.parametrize(
    ("help_had", "again", "still"),
    [
        (support(MONDAY, 4, "victim-1"), "specialist-help", "legal-options"),
        (OPTIONS, "legal-options", "specialist-help"),
    ],
)
def test_half_of_the_help_is_not_theirs_either_and_what_was_late_for_them_stays_late(
    help_had: CaseFact, again: str, still: str
) -> None:
    other = recorded(with_rowan(ABUSED, help_had), SOMEBODY_ELSE)
    assert owed(other)[f"{again}:victim-1"].due == MONDAY + DAY + 4 * HOUR
    assert owed(other)[f"{still}:victim-1"].due == MONDAY + 4 * HOUR


def test_the_hours_of_a_safe_way_that_is_owed_already_go_on_for_them() -> None:
    abused = ABUSED.model_copy(update={"person": "complainant", "safe_contact": None})
    file = recorded(case_of(report(MONDAY)), h.identified(MONDAY, "complainant", ROWAN), abused)
    other = recorded(file, h.identified(MONDAY + DAY, "complainant", ASHLEY))
    assert owed(other)["safe-way:complainant"].due == MONDAY + 4 * HOUR


def test_help_from_before_the_abuse_was_known_is_not_theirs_either() -> None:
    file = with_rowan(support(MONDAY, 4, "victim-1"), OPTIONS, SOMEBODY_ELSE)
    known = recorded(file, ABUSED, recorded_at=MONDAY + DAY)
    assert owed(known).keys() >= {"specialist-help:victim-1", "legal-options:victim-1"}


def test_whoever_reported_may_turn_out_to_be_somebody_else_and_nothing_goes_where_it_was_safe_for_another() -> (
    None
):
    by_post = n.SafeContact(means=(Means.EMAIL,))
    file = recorded(case_of(report(MONDAY, safe_contact=by_post)), h.identified(MONDAY, "complainant", ROWAN))
    assert duties(file)
    other = recorded(file, h.identified(MONDAY + DAY, "complainant", ASHLEY))
    assert (duties(other), other.withheld) == ([], True)
    assert "safe-way:complainant" in owed(other)


def test_they_are_prepared_for_the_hearing_themselves() -> None:
    listed = HearingListed(at=MONDAY, on=date(2023, 7, 3), court="A court")
    prepared = witness_supported(MONDAY, "hearing-3", "victim-1", When.BEFORE)
    file = with_rowan(listed, prepared)
    assert "hearing-before:hearing-3:victim-1" not in owed(file)
    other = recorded(file, SOMEBODY_ELSE)
    assert "hearing-before:hearing-3:victim-1" in owed(other)
    assert "hearing-before:hearing-3:victim-1" in owed(recorded(other, prepared, recorded_at=MONDAY + 2 * DAY))


def test_they_are_told_themselves_what_a_victim_is_told() -> None:
    file = recorded(
        case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS)), TAKEN_ON, h.appointment(MONDAY, "victim-1")
    )
    assert "appointment" not in owed(file)
    assert owed(recorded(file, SOMEBODY_ELSE))["appointment"].due == london(2023, 6, 7, 17)


def test_what_whoever_reported_was_told_was_told_to_them_alone() -> None:
    told = h.appointment(MONDAY), h.police_advice(MONDAY)
    file = recorded(case_of(report(MONDAY, "violence")), h.identified(MONDAY, "complainant", ROWAN), *told)
    other = recorded(file, h.identified(MONDAY + DAY, "complainant", ASHLEY))
    assert owed(other).keys() >= {"appointment", "police-advice"}
    assert not {"appointment", "police-advice"} & owed(with_rowan(*told, SOMEBODY_ELSE)).keys()


@pytest.mark.parametrize(
    "who", [(SOMEBODY_ELSE,), (BY_MISTAKE, h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM))]
)
def test_a_room_that_is_sought_for_another_does_not_hide_their_danger(who: tuple[CaseFact, ...]) -> None:
    file = with_rowan(danger(), needed(), *who)
    assert "accommodation-4" in owed(file)
    in_danger = recorded(file, danger(MONDAY + DAY + HOUR))
    assert owed(in_danger)["emergency-accommodation:victim-1"].due == MONDAY + DAY + 3 * HOUR


def test_whose_room_it_is_need_not_be_said_where_it_is_whoever_reported() -> None:
    room = s.EmergencyAccommodationNeeded(at=MONDAY, words="Tonight.")
    file = recorded(case_of(report(MONDAY, "violence")), h.identified(MONDAY, "complainant", ROWAN), room)
    file = recorded(
        file, PromiseMade(at=MONDAY, words="We will ring."), h.identified(MONDAY + DAY, "complainant", ASHLEY)
    )
    in_danger = recorded(file, danger(MONDAY + DAY, "complainant"))
    assert "emergency-accommodation:complainant" in owed(in_danger)
    assert [one.person for one in in_danger.matters.values()] == [NOBODY, None]


def test_nor_does_one_that_was_sought_after_the_danger_to_them() -> None:
    file = with_rowan(needed(MONDAY + HOUR), SOMEBODY_ELSE)
    in_danger = recorded(file, danger(), recorded_at=MONDAY + 2 * DAY)
    assert "emergency-accommodation:victim-1" in owed(in_danger)


def test_looks_from_before_we_learnt_who_they_are_were_at_another() -> None:
    file = with_rowan(considered(MONDAY + 2 * DAY, 1, "victim-1"), risk(MONDAY + 2 * DAY, "victim-1"))
    other = recorded(file, SOMEBODY_ELSE, recorded_at=MONDAY + 3 * DAY)
    assert owed(other)["safety:victim-1"].due == london(2023, 6, 9, 17)
    assert "risk-assessment:victim-1" in owed(other)


# somebody who was never there


def test_of_somebody_who_was_never_there_no_step_makes_a_duty() -> None:
    helped = s.EmergencyAccommodationHelped(at=MONDAY, matter="accommodation-4", words="Rang.")
    file = with_rowan(danger(), needed(), helped, BY_MISTAKE)
    none = s.EmergencyAccommodationRefused(at=MONDAY + DAY, matter="accommodation-4", reasons="No room.")
    file = recorded(file, none)
    assert not [key for key in owed(file) if key.endswith("victim-1")]
    assert "accommodation-4" not in file.matters


def test_nor_was_anybody_prepared_for_a_hearing() -> None:
    listed = HearingListed(at=MONDAY, on=date(2023, 7, 3), court="A court")
    prepared = witness_supported(MONDAY, "hearing-3", "victim-1", When.BEFORE)
    back = h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM)
    assert "hearing-before:hearing-3:victim-1" in owed(with_rowan(listed, prepared, BY_MISTAKE, back))


# the victim's place


def test_the_first_victim_who_is_named_fills_the_empty_place() -> None:
    file = case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS))
    language = n.NeedTold(at=MONDAY, person="victim", kind="language", language="pl", words="Speaks Polish.")
    file = recorded(file, language, danger(person="victim"), needed(person="victim"))
    file = recorded(file, risk(MONDAY, "victim"), h.police_agreed(MONDAY, "victim"))
    named = recorded(file, h.taken_on(MONDAY + DAY, "victim-1", Part.VICTIM))
    assert set(named.people) == {"complainant", "victim-1"}
    assert not [key for key in owed(named) if key.endswith(":victim") or key == "victim-found"]
    assert owed(named)["risk-assessment:victim-1"].due == london(2023, 6, 8, 17)
    assert owed(named)["safety:victim-1"].due == london(2023, 6, 7, 17)
    assert "police-consent" in owed(named)
    assert set(named.needs) == {"victim-1:language"}
    assert named.matters["accommodation-4"].person == "victim-1"
    second = recorded(named, h.taken_on(MONDAY + DAY, "victim-2", Part.VICTIM))
    assert set(second.people) == {"complainant", "victim-1", "victim-2"}


def test_nobody_but_a_victim_fills_it() -> None:
    file = case_of(report(MONDAY, "violence", reporter=Reporter.WITNESS))
    assert recorded(file, h.taken_on(MONDAY, "witness-1", Part.WITNESS)).unfilled == ("victim",)


# nobody in danger goes out of sight


@pytest.mark.parametrize("why", [Leaving.NO_LONGER_INVOLVED, Leaving.CONSENT_WITHDRAWN])
def test_whoever_is_in_danger_does_not_leave_with_one_press(why: Leaving) -> None:
    for owes in (danger(), ABUSED):
        with pytest.raises(HelpStillOwed, match="still owed to victim 1"):
            with_rowan(owes, h.left(MONDAY, "victim-1", why))
    helped = with_rowan(danger(), needed(), ABUSED, support(MONDAY, 4, "victim-1"), OPTIONS)
    assert "victim-1" not in recorded(helped, h.left(MONDAY, "victim-1", why)).present


@pytest.mark.parametrize("why", [Leaving.DIED, Leaving.MOVED_AWAY, Leaving.BY_MISTAKE])
def test_whoever_is_gone_leaves(why: Leaving) -> None:
    assert "victim-1" not in with_rowan(danger(), ABUSED, h.left(MONDAY, "victim-1", why)).present


def test_only_somebody_whom_we_do_not_know_is_not_found() -> None:
    not_found = h.left(MONDAY, "victim-1", Leaving.NOT_FOUND)
    with pytest.raises(KeyDoesNotFit, match="We know who victim 1 is"):
        with_rowan(not_found)
    file = recorded(case_of(report(MONDAY, "violence")), h.taken_on(MONDAY, "victim-1", Part.VICTIM))
    assert "victim-1" not in recorded(file, not_found).present
    with pytest.raises(HelpStillOwed):
        recorded(file, danger(), not_found)
    abused = report(MONDAY, "violence", reporter=Reporter.WITNESS, domestic_abuse=True)
    assert recorded(case_of(abused), h.left(MONDAY, "victim", Leaving.NOT_FOUND)).victims == ()


def test_help_from_before_the_abuse_that_was_late_for_one_stays_late_for_the_other() -> None:
    early = OPTIONS.model_copy(update={"at": MONDAY})
    abused = ABUSED.model_copy(update={"at": MONDAY + HOUR})
    other = recorded(with_rowan(early, abused), SOMEBODY_ELSE)
    assert owed(other)["legal-options:victim-1"].due == MONDAY + 5 * HOUR
