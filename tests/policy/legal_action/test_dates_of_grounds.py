"""Every ground of possession, on the days on either side of each change. (formal-warnings, ground-7a)"""

from datetime import date, datetime

import pytest

from policy import folding, rules
from policy.case_file import CaseFile
from policy.editions import Edition, EditionNotSane, from_toml
from policy.facts import Actor, CaseFact
from policy.legal_action.windows import Ground
from policy.refusals.legal import WarningNotPossible
from policy.tenure import Tenure
from tests.given import EDITION, OFFICER, SUPERVISOR, case_of, entry, london, report
from tests.policy.happenings import effect
from tests.policy.legal_action.test_steps import ended
from tests.policy.test_released_editions import BESIDE, text_of
from tests.policy.warned import DAY, PAT, WEEKLY, agreed, letter, notice, proven, served, to_be_warned

SINCE = {
    Ground.GROUND_7A: date(2014, 10, 20),
    Ground.SECURE_84A: date(2014, 10, 20),
    Ground.GROUND_14A: date(1997, 2, 28),
    Ground.SECURE_2A: date(1997, 2, 28),
}
LAST = date(2023, 6, 6)
MONDAY, TUESDAY, WEDNESDAY = (london(2023, 6, day) for day in (5, 6, 7))


def told(file: CaseFile, fact: CaseFact, edition: Edition, by: Actor = OFFICER) -> CaseFile:
    one = entry(fact, by)
    rules.check(file, one, edition)
    return folding.after(file, one, edition)


def on(ground: Ground, at: datetime) -> CaseFact:
    tenure = Tenure.SECURE if ground.secure else Tenure.ASSURED
    more = {"tenure": tenure, "tenancy": WEEKLY.model_copy(update={"begins": date(1980, 1, 7)})}
    return notice(at, ground, proven=proven(at.date()), very_serious="Fire.", **more)


@pytest.mark.parametrize("ground", Ground)
def test_a_notice_rests_on_no_ground_before_the_law_has_it(ground: Ground) -> None:
    since = SINCE.get(ground, date(1989, 1, 15))
    first = london(since.year, since.month, since.day)
    file = case_of(report(first - DAY, about=PAT), effect(first - DAY))
    assert told(file, on(ground, first), EDITION).warnings
    if ground in SINCE:
        with pytest.raises(WarningNotPossible, match="exists from") as refused:
            told(file, on(ground, first - DAY), EDITION)
        assert refused.value.refusal.missing == ("another ground",)


@pytest.mark.parametrize("ground", Ground)
def test_nor_after_the_edition_says_that_it_ended(ground: Ground) -> None:
    edition = ended(ground, last=LAST)
    assert told(to_be_warned(), on(ground, TUESDAY), edition).warnings
    with pytest.raises(WarningNotPossible, match="ended on Tuesday 6 June 2023"):
        told(to_be_warned(), on(ground, WEDNESDAY), edition)
    for another in set(Ground) - {ground}:
        assert told(to_be_warned(), on(another, WEDNESDAY), edition).warnings


@pytest.mark.parametrize(
    ("key", "fact"),
    [
        ("7A", on(Ground.GROUND_7A, MONDAY)),
        ("notice_seeking_possession", on(Ground.GROUND_14, MONDAY)),
        (
            "notice_seeking_demotion",
            notice(MONDAY, step="notice_seeking_demotion", very_serious="Fire."),
        ),
        ("starter_warning", letter(MONDAY, "starter_warning", Tenure.STARTER)),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_has_ended_in_the_meantime_is_neither_agreed_to_nor_served(key: str, fact: CaseFact) -> None:
    edition = ended(key, last=LAST)
    file = told(to_be_warned(), fact, edition)
    (matter,) = file.warnings
    agreed_to = told(file, agreed(TUESDAY, matter), edition, SUPERVISOR)
    assert told(agreed_to, served(TUESDAY, matter), edition)
    with pytest.raises(WarningNotPossible, match="Take this one back"):
        told(file, agreed(WEDNESDAY, matter), edition, SUPERVISOR)
    with pytest.raises(WarningNotPossible, match="Take this one back") as refused:
        told(agreed_to, served(WEDNESDAY, matter), edition)
    assert refused.value.refusal.missing_facts == ("warning_taken_back",)


def test_an_edition_has_the_dates_of_every_ground_and_each_once() -> None:
    assert sorted(one.key for one in EDITION.legal.grounds) == sorted(Ground)
    for old, new, says in (
        ('key = "14A"', 'key = "7A"', "more than one of 7A"),
        ('key = "14A"', 'key = "14B"', "grounds without their dates: 14A"),
    ):
        texts = [text.replace(old, new, 1) for text in BESIDE]
        with pytest.raises(EditionNotSane, match=says):
            from_toml(text_of(EDITION.name), *texts)
