"""Powers that others hold: asked for, answered, used; the closure of a home with its hours and months."""

from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest

from policy.case_file import CaseFile
from policy.facts import CaseFact
from policy.facts import powers as p
from policy.facts.closing import Closing
from policy.facts.effects import Cause
from policy.refusals import CaseNotReadyToClose
from policy.refusals.legal import (
    AgainstWhomNotSaid,
    ClosedTooLong,
    OldEnoughNotSaid,
    PowerNotKnown,
    WarningMustComeFirst,
)
from policy.standing import standing
from tests.given import EDITION, SUPERVISOR, assessed, case_of, contact, london, report
from tests.policy import happenings as h
from tests.policy.happenings import owed, recorded
from tests.policy.warned import DAY, MONDAY, PAT, agreed, letter, served, to_be_warned

HOUR: Final = timedelta(hours=1)


def asked(at: datetime = MONDAY, power: str = "criminal_behaviour_order", **more: Any) -> CaseFact:
    return p.PowerAsked.model_validate(
        {"at": at, "power": power, "asked_of": "police", "words": "Please consider it."} | more
    )


def protection_notice(at: datetime, **more: Any) -> CaseFact:
    told = {"asked_of": "council", "person": "perpetrator-1"} | more
    return asked(at, "community_protection_notice", **told)


def closure(*more: CaseFact) -> CaseFile:
    """Asked for under 2."""
    told = p.ClosureAsked(at=MONDAY, asked_of="police", words="Dealing from the flat.")
    return recorded(case_of(report(MONDAY, "drugs", about=PAT)), told, *more)


def notice_served(at: datetime) -> CaseFact:
    return p.ClosureNoticeServed(at=at, matter="closure-2", words="Put on the door.")


def closed(at: datetime, ends: date) -> CaseFact:
    return p.ClosureOrderMade(at=at, matter="closure-2", ends=ends, words="Closed.")


def extended(at: datetime, ends: date) -> CaseFact:
    return p.ClosureOrderExtended(at=at, matter="closure-2", ends=ends, words="Longer.")


# other powers


def test_a_request_is_answered_followed_and_looked_at_each_by_its_day() -> None:
    file = recorded(case_of(report(MONDAY)), asked())
    assert owed(file)["power-2"].owed == "Ask for an answer to our request: the criminal behaviour order"
    assert (owed(file)["power-2"].due, owed(file)["power-2"].row) == (london(2023, 6, 19, 17), "other-powers")
    chased = recorded(file, p.PowerChased(at=MONDAY + 9 * DAY, matter="power-2", words="Next week."))
    assert owed(chased)["power-2"].due == london(2023, 6, 28, 17)
    yes = recorded(file, p.PowerAgreed(at=MONDAY + DAY, matter="power-2", words="In court in July."))
    assert owed(yes)["power-2"].owed == "Ask how it stands: the criminal behaviour order"
    used = recorded(yes, p.PowerUsed(at=MONDAY + 9 * DAY, matter="power-2", words="Made for two years."))
    assert owed(used)["power-2"].owed == "See whether it works: the criminal behaviour order"
    over = recorded(used, p.PowerEnded(at=MONDAY + 20 * DAY, matter="power-2", words="Quiet."))
    assert "power-2" not in owed(over)
    no = recorded(file, p.PowerRefused(at=MONDAY + DAY, matter="power-2", reasons="Not enough."))
    assert "power-2" not in owed(no)


def test_what_another_agency_leads_waits_for_a_day_and_no_case_closes_over_it() -> None:
    told = {"asked_of": "youth_offending", "by_when": date(2023, 6, 9), "owner": "officer-2"}
    led = asked(MONDAY, "partner_led_action", **told)
    file = recorded(case_of(report(MONDAY), contact(MONDAY), assessed(MONDAY)), led)
    key = next(key for key in owed(file) if key.startswith("power-"))
    assert (owed(file)[key].row, owed(file)[key].due) == ("partner-led-action", london(2023, 6, 9, 17))
    with pytest.raises(CaseNotReadyToClose, match="request for another's powers"):
        recorded(file, h.closed(MONDAY, Closing.DEALT_WITH))


@pytest.mark.parametrize(
    ("power", "at", "why"),
    [
        ("banishment", MONDAY, "is not one of these"),
        ("injunction", MONDAY, "is not one of these"),
        ("closure_notice", MONDAY, "is not one of these"),
        ("dispersal", london(2014, 10, 17), "exists from Monday 20 October 2014"),
    ],
)
def test_a_power_that_nobody_holds_or_that_did_not_exist_yet_is_refused(
    power: str, at: datetime, why: str
) -> None:
    with pytest.raises(PowerNotKnown, match=why):
        recorded(case_of(report(at)), asked(at, power))


ASKED_OF: Final = {
    "community_protection_notice": {"police", "council"},
    "dispersal": {"police"},
    "public_spaces_protection_order": {"council"},
    "criminal_behaviour_order": {"police", "council"},
    "health_or_social_services": {
        "adult_social_services",
        "children_social_services",
        "gp",
        "mental_health_nurse",
    },
    "partner_led_action": {one.key for one in EDITION.agencies},
}
WHOM: Final = (*(one.key for one in EDITION.agencies), "a_newspaper")


@pytest.mark.parametrize("power", ASKED_OF)
@pytest.mark.parametrize("whom", WHOM)
def test_a_power_is_asked_of_those_alone_who_hold_it(power: str, whom: str) -> None:
    file = warned_in_writing() if power == "community_protection_notice" else case_of(report(MONDAY))
    person = "perpetrator-1" if "perpetrator-1" in file.people else None
    ask = asked(MONDAY, power, asked_of=whom, person=person, owner="officer-1")
    if whom in ASKED_OF[power]:
        assert recorded(file, ask)
        return
    with pytest.raises(PowerNotKnown, match="can be asked of these alone") as refused:
        recorded(file, ask)
    assert refused.value.refusal.missing == ("somebody who holds it",)


@pytest.mark.parametrize("whom", WHOM)
def test_a_closure_is_asked_of_the_police_or_a_council(whom: str) -> None:
    ask = p.ClosureAsked(at=MONDAY, asked_of=whom, words="Dealing.")
    if whom in {"police", "council"}:
        assert recorded(case_of(report(MONDAY)), ask)
        return
    with pytest.raises(PowerNotKnown, match=r"these alone: The police \(police\); The council \(council\)"):
        recorded(case_of(report(MONDAY)), ask)


def test_no_closure_is_asked_for_before_there_was_such_a_thing() -> None:
    for at in (london(2014, 10, 17), london(2014, 10, 20)):
        ask = p.ClosureAsked(at=at, asked_of="council", words="Dealing.")
        if at.day == 20:
            assert recorded(case_of(report(at)), ask)
        else:
            with pytest.raises(PowerNotKnown, match="exists from Monday 20 October 2014"):
                recorded(case_of(report(at)), ask)


def test_what_follows_a_closure_that_ends_on_the_evening_it_began_is_decided_on_the_next_working_day() -> None:
    served, evening = notice_served(MONDAY), london(2023, 6, 6, 20)
    assert owed(closure(served, closed(evening, date(2023, 6, 6))))["closure-2"].due == london(2023, 6, 7, 17)
    assert owed(closure(served, closed(MONDAY, date(2023, 6, 5))))["closure-2"].due == london(2023, 6, 5, 17)


def test_what_fits_the_case_is_suggested_until_it_is_asked_for() -> None:
    file = to_be_warned(letter(MONDAY))
    for_his_drinking = "health_or_social_services"
    assert standing(file, EDITION).suggested_powers == ("community_protection_notice", for_his_drinking)
    file = recorded(file, agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    file = recorded(file, served(MONDAY, "warning-3"), protection_notice(MONDAY))
    assert standing(file, EDITION).suggested_powers == (for_his_drinking,)


SUGGESTED: Final = {
    "closure_notice": {"drugs", "unlawful_use", "disorder"},
    "community_protection_notice": {"noise", "environmental"},
    "dispersal": {"disorder", "alarm_or_distress"},
    "public_spaces_protection_order": {"environmental", "vehicles", "disorder"},
    "criminal_behaviour_order": {"hate", "violence", "intimidation", "drugs", "unlawful_use"},
}


@pytest.mark.parametrize("category", [one.key for one in EDITION.categories])
def test_each_power_is_suggested_for_what_it_is_for(category: str) -> None:
    file = case_of(report(MONDAY).model_copy(update={"category": category}))
    fitting = {power for power, categories in SUGGESTED.items() if category in categories}
    assert set(standing(file, EDITION).suggested_powers) == fitting


@pytest.mark.parametrize("cause", Cause)
def test_health_or_social_services_are_suggested_where_illness_or_drink_plays_a_part(cause: Cause) -> None:
    effect = h.effect(MONDAY).model_copy(update={"causes": (cause,)})
    found = standing(recorded(case_of(report(MONDAY, "violence")), effect), EDITION).suggested_powers
    theirs = cause in {Cause.DRUGS, Cause.ALCOHOL, Cause.MENTAL_HEALTH, Cause.DISABILITY}
    assert ("health_or_social_services" in found) is theirs


def test_a_closure_that_was_asked_for_is_not_suggested() -> None:
    assert "closure_notice" in standing(case_of(report(MONDAY, "drugs")), EDITION).suggested_powers
    assert "closure_notice" not in standing(closure(), EDITION).suggested_powers


def test_it_is_suggested_as_it_exists_when_the_case_was_last_heard_of() -> None:
    noise = case_of(report(london(2014, 10, 17)))
    assert standing(noise, EDITION).suggested_powers == ()
    assert standing(recorded(noise, h.incident(london(2014, 10, 19))), EDITION).suggested_powers == ()
    known_since = recorded(noise, h.incident(london(2014, 10, 20)))
    assert standing(known_since, EDITION).suggested_powers == ("community_protection_notice",)


# community-protection-notice


def warned_in_writing() -> CaseFile:
    file = recorded(to_be_warned(letter(MONDAY)), agreed(MONDAY, "warning-3"), by=SUPERVISOR)
    return recorded(file, served(MONDAY, "warning-3"))


def test_a_community_protection_notice_comes_only_after_a_written_warning_that_counts() -> None:
    assert owed(recorded(warned_in_writing(), protection_notice(MONDAY)))["power-6"].row == (
        "community-protection-notice"
    )
    assert recorded(warned_in_writing(), protection_notice(london(2024, 6, 5)))
    with pytest.raises(WarningMustComeFirst, match="written warning to perpetrator 1"):
        recorded(warned_in_writing(), protection_notice(london(2024, 6, 6)))
    with pytest.raises(WarningMustComeFirst, match="written warning to perpetrator 1"):
        to_be_warned(protection_notice(MONDAY))
    with pytest.raises(AgainstWhomNotSaid, match="against whom"):
        recorded(warned_in_writing(), protection_notice(MONDAY, person=None))
    with pytest.raises(AgainstWhomNotSaid, match="Nobody complains about the complainant here"):
        recorded(warned_in_writing(), protection_notice(MONDAY, person="complainant"))


def test_it_is_for_somebody_of_sixteen_or_over() -> None:
    child = h.identified(MONDAY, "perpetrator-1", "5f0c4f3e-8f0e-4c8e-9a51-000000000001")
    file = recorded(warned_in_writing(), child.model_copy(update={"minor": True}))
    with pytest.raises(OldEnoughNotSaid, match="16 or over"):
        recorded(file, protection_notice(MONDAY))
    assert recorded(file, protection_notice(MONDAY, sixteen_or_over=True))


# closure-notice


def test_a_court_hears_us_within_48_hours_of_the_notice_and_christmas_day_does_not_count() -> None:
    deadline = owed(closure(notice_served(MONDAY)))["closure-2"]
    assert deadline.owed == "Learn what the court decided on the closure"
    assert deadline.due == MONDAY + 48 * HOUR
    christmas_eve = london(2023, 12, 24, 18)
    deadline = owed(closure(notice_served(christmas_eve)))["closure-2"]
    assert deadline.due == london(2023, 12, 27, 18)
    assert "48 hours after Sunday 24 December 2023 at 18:00, not counting" in deadline.why
    assert "Monday 25 December 2023 (Christmas Day)" in deadline.why


def test_a_request_for_a_closure_is_answered_within_days() -> None:
    assert owed(closure())["closure-2"].due == london(2023, 6, 7, 17)
    refused = p.PowerRefused(at=MONDAY + DAY, matter="closure-2", reasons="Not enough.")
    assert "closure-2" not in owed(closure(refused))


def test_a_home_is_closed_for_three_months_and_six_in_all_to_the_day() -> None:
    heard = MONDAY + DAY
    file = closure(notice_served(MONDAY))
    assert recorded(file, closed(heard, date(2023, 9, 5)))
    with pytest.raises(ClosedTooLong, match="Tuesday 5 September 2023"):
        recorded(file, closed(heard, date(2023, 9, 6)))
    file = recorded(file, closed(heard, date(2023, 9, 5)))
    assert owed(file)["closure-2"].due == london(2023, 8, 21, 17), "ten working days before it ends"
    later = london(2023, 8, 21)
    longer = recorded(file, extended(later, date(2023, 12, 5)))
    assert owed(longer)["closure-2"].due == london(2023, 11, 21, 17)
    with pytest.raises(ClosedTooLong, match="Tuesday 5 December 2023"):
        recorded(file, extended(later, date(2023, 12, 6)))
    again = recorded(file, extended(later, date(2023, 10, 5)))
    with pytest.raises(ClosedTooLong, match="Tuesday 5 December 2023"):
        recorded(again, extended(later + DAY, date(2023, 12, 6)))
