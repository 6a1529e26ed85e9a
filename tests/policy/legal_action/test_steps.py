"""Every warning, notice and remedy for every tenure, on the days on either side of each change."""

from datetime import date, timedelta

import pytest

from policy.editions import Edition, EditionNotSane, from_toml
from policy.legal_action.steps import existing, why_not
from policy.tenure import Tenure
from tests.given import EDITION
from tests.policy.test_released_editions import BESIDE, text_of

DAY = timedelta(days=1)
TODAY = date(2026, 1, 5)
ANYBODY = {"warning_letter", "agreement", "injunction", "injunction_with_arrest_or_exclusion"} | {
    "closure_notice",
    "community_protection_notice",
    "dispersal",
    "public_spaces_protection_order",
    "criminal_behaviour_order",
    "health_or_social_services",
    "partner_led_action",
}
POSSESSION = {"notice_seeking_possession", "possession"}
DEMOTION = {"notice_seeking_demotion", "demotion"}
FOR: dict[Tenure, set[str]] = {
    Tenure.STARTER: ANYBODY | POSSESSION | {"starter_warning"},
    Tenure.ASSURED: ANYBODY | POSSESSION | DEMOTION,
    Tenure.ASSURED_SHORTHOLD: ANYBODY | POSSESSION,
    Tenure.FIXED_TERM: ANYBODY | POSSESSION | DEMOTION,
    Tenure.DEMOTED: ANYBODY | POSSESSION,
    Tenure.SHARED_OWNERSHIP: ANYBODY | POSSESSION,
    Tenure.SECURE: ANYBODY | POSSESSION,
    Tenure.LEASEHOLD: ANYBODY,
    Tenure.LICENCE: ANYBODY,
    Tenure.OTHER: ANYBODY,
    Tenure.NONE: ANYBODY,
}
SINCE = {
    "notice_seeking_demotion": date(2004, 6, 30),
    "demotion": date(2004, 6, 30),
    "injunction": date(2015, 3, 23),
    "injunction_with_arrest_or_exclusion": date(2015, 3, 23),
    "closure_notice": date(2014, 10, 20),
    "community_protection_notice": date(2014, 10, 20),
    "dispersal": date(2014, 10, 20),
    "public_spaces_protection_order": date(2014, 10, 20),
    "criminal_behaviour_order": date(2014, 10, 20),
}


def keys(edition: Edition, tenure: Tenure, day: date) -> set[str]:
    return {step.key for step in existing(edition, tenure, day)}


@pytest.mark.parametrize("tenure", Tenure)
def test_what_exists_today_depends_on_the_tenure(tenure: Tenure) -> None:
    assert keys(EDITION, tenure, TODAY) == FOR[tenure]


@pytest.mark.parametrize(("key", "since"), SINCE.items())
@pytest.mark.parametrize("tenure", Tenure)
def test_nothing_exists_before_its_law_does(tenure: Tenure, key: str, since: date) -> None:
    assert (key in keys(EDITION, tenure, since)) is (key in FOR[tenure])
    assert key not in keys(EDITION, tenure, since - DAY)


LAST = date(2027, 3, 31)


def ended(*gone: str, last: date = LAST) -> Edition:
    """An edition in which those steps, grounds or tenures end, by its data alone."""
    texts = list(BESIDE)
    for old in (f'key = "{key}"\n' for key in gone):
        texts = [text.replace(old, f"{old}until = {last}\n") if "[legal]" in text else text for text in texts]
    assert sum(text.count(f"until = {last}\n") for text in texts) == len(gone)
    return from_toml(text_of(EDITION.name), *texts)


@pytest.mark.parametrize("key", [step.key for step in EDITION.legal.steps])
@pytest.mark.parametrize("tenure", Tenure)
def test_each_ends_by_a_day_in_the_edition_and_nothing_else_does(tenure: Tenure, key: str) -> None:
    edition = ended(key)
    assert keys(edition, tenure, LAST) == FOR[tenure]
    assert keys(edition, tenure, LAST + DAY) == FOR[tenure] - {key}
    if key in FOR[tenure]:
        assert "ended on Wednesday 31 March 2027" in str(why_not(edition, key, tenure, LAST + DAY))


@pytest.mark.parametrize("gone", [Tenure.STARTER, Tenure.ASSURED_SHORTHOLD])
@pytest.mark.parametrize("tenure", Tenure)
def test_a_tenure_ends_by_a_day_in_the_edition_and_everything_for_it_does(tenure: Tenure, gone: Tenure) -> None:
    edition = ended(gone)
    assert keys(edition, tenure, LAST) == FOR[tenure]
    assert keys(edition, tenure, LAST + DAY) == (set() if tenure is gone else FOR[tenure])
    why = str(why_not(edition, "warning_letter", gone, LAST + DAY))
    assert "ended on Wednesday 31 March 2027" in why
    assert "Say how they hold their home now" in why


def test_starter_tenancies_and_demotion_are_switched_off_together() -> None:
    edition = ended("starter_warning", "starter", "assured_shorthold", *DEMOTION)
    left = {tenure: keys(edition, tenure, LAST + DAY) for tenure in Tenure}
    assert left[Tenure.STARTER] == left[Tenure.ASSURED_SHORTHOLD] == set()
    assert left[Tenure.ASSURED] == ANYBODY | POSSESSION


def test_a_refusal_says_for_whom_it_is_or_from_when() -> None:
    assert "It is for: starter" in str(why_not(EDITION, "starter_warning", Tenure.ASSURED, TODAY))
    assert "exists from Monday 23 March 2015" in str(
        why_not(EDITION, "injunction", Tenure.NONE, date(2015, 3, 22))
    )
    assert "There is no banishment" in str(why_not(EDITION, "banishment", Tenure.NONE, TODAY))


def test_a_refusal_names_steps_as_people_do_and_advises_nobody_on_the_edition() -> None:
    assert "Notice of seeking possession (notice_seeking_possession)" in str(
        why_not(EDITION, "banishment_order", Tenure.NONE, TODAY)
    )
    assert "There is no banishment order" in str(why_not(EDITION, "banishment_order", Tenure.NONE, TODAY))
    assert not [step.key for step in EDITION.legal.steps if "until`" in step.statute or "put it" in step.statute]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('key = "demotion"\n', 'key = "possession"\n', "more than one of possession"),
        ("since = 2015-03-23\n", "since = 2015-03-23\nuntil = 2015-03-22\n", "would end before it began"),
        ('kind = "remedy"', 'kind = "threat"', "legal.steps"),
        ('tenures = ["starter"]', 'tenures = ["squatter"]', "legal.steps"),
        ('key = "assured_shorthold"', 'key = "squatter"', "no tenure: squatter"),
        ('asked_of = ["police"]', 'asked_of = ["polis"]', "powers asked of no agency: polis"),
    ],
)
def test_an_edition_with_a_step_that_makes_no_sense_is_refused(old: str, new: str, says: str) -> None:
    texts = [text.replace(old, new, 1) for text in BESIDE]
    assert texts != list(BESIDE)
    with pytest.raises(EditionNotSane, match=says):
        from_toml(text_of(EDITION.name), *texts)
