"""What a story says of what happened and of what is owed, to somebody who knows none of our keys."""

import re
from itertools import takewhile

import pytest

from cli.story.changes import Said
from cli.story.told import account
from cli.story.wording import fact_in_words
from policy.case_review.facts import REVIEW_FACT_TYPES
from policy.facts import FACT_TYPES
from policy.facts.contact import PersonContacted
from policy.facts.people import Means
from policy.headings import HEADINGS, OF_CASE_REVIEW, OF_LEGAL_ACTION, OF_REFERRAL
from policy.legal_action.facts import LEGAL_FACT_TYPES
from policy.referral.facts import REFERRAL_FACT_TYPES
from policy.rows import SECTION_OF_ROW
from tests.given import empty_file, entry, london
from tests.stories.told import STORIES, simulated, story

MONDAY = london(2023, 6, 5)


def said_in(name: str) -> list[Said]:
    file = next(file for file in STORIES if file.stem == name)
    return account(simulated(file), story(file).assumed)


def told(name: str) -> list[str]:
    return [said.words for said in said_in(name)]


def after(name: str, heading: str) -> list[str]:
    """What followed the last happening that is told so."""
    said = said_in(name)
    start = max(place for place, one in enumerate(said) if one.words.startswith(heading)) + 1
    return [one.words for one in takewhile(lambda one: one.follows, said[start:])]


def test_every_kind_of_fact_has_a_heading_of_its_own() -> None:
    assert HEADINGS.keys() == FACT_TYPES.keys()
    assert OF_LEGAL_ACTION.keys() | {"deadline_missed"} == LEGAL_FACT_TYPES.keys()
    assert OF_REFERRAL.keys() | {"deadline_missed"} == REFERRAL_FACT_TYPES.keys()
    assert OF_CASE_REVIEW.keys() | {"deadline_missed"} == REVIEW_FACT_TYPES.keys()
    assert len(set(HEADINGS.values())) == len(HEADINGS)


@pytest.mark.parametrize("name", [file.stem for file in STORIES])
def test_no_story_tells_a_key(name: str) -> None:
    words = " ".join(told(name))
    rows = [row for row in SECTION_OF_ROW if "-" in row and row != "second-look"]
    assert [row for row in rows if row in words] == []
    assert re.findall(r"\b[a-z]+_[a-z_]+\b|\{|None", words) == []


def test_at_the_next_stage_of_a_matter_another_thing_is_owed() -> None:
    no_longer, instead = after("a-consent-taken-back", "The complainant took their consent back (to asking")
    assert no_longer.startswith("no longer owed: Ask the GP or nurse for the answer, due by ")
    assert instead.startswith("Tell the GP or nurse that the person no longer consents and that we wait for no")


def test_what_was_missed_and_is_no_longer_owed_says_so_and_why() -> None:
    found = after("nobody-asked-who", "The victim is no longer on the case (nobody could find out who they are)")
    due = "Advise the victim to ring the police, due by Monday 4 November 2024 at 15:00"
    why = "nobody could find out who the victim is; it had gone up to the manager"
    assert found[0] == f"was missed, and is no longer owed: {due}: {why}"


def test_a_miss_that_goes_up_is_told_once_at_each_step() -> None:
    found = [words for words in told("nobody-asked-who") if "ring the police" in words and "MISSED" in words]
    owed = "Advise the victim to ring the police, due by Monday 4 November 2024 at"
    assert found == [
        f"MISSED: {owed} 15:00",
        f"MISSED by the supervisor too: {owed} 19:00",
        f"MISSED by the manager too: {owed} 23:00",
    ]


def test_each_side_of_a_mediation_is_named() -> None:
    found = [
        words.partition(", rec")[0] for words in told("mediation-agreed") if words.startswith("Mediation was")
    ]
    assert found == [
        "Mediation was offered (the complainant)",
        "Mediation was agreed to (the complainant)",
        "Mediation was offered (the person complained about)",
        "Mediation was agreed to (the person complained about)",
    ]


def test_where_nothing_changed_it_is_said_what_is_still_late() -> None:
    late = "Review the case with the officer; Tell the complainant how the case stands"
    (still,) = after("published-24-005-075", "A further incident was reported")
    assert still == f"still late: {late}; an answer to what the night's check found (4)"


def test_an_incident_that_changes_nothing_names_what_is_owed_next() -> None:
    assert after("a-warning-that-was-not-heeded", "A further incident was reported") == [
        "still owed: Review the case with the officer, due by Wednesday 3 April 2024 at 17:00"
    ]


def test_somebody_who_was_not_reached_is_not_told_as_reached() -> None:
    tried = PersonContacted(at=MONDAY, person="witness-2", means=Means.PHONE, words="Rang.", reached=False)
    words = fact_in_words(entry(tried), empty_file(MONDAY.date()))
    assert words == "We contacted witness 2 (by telephone, and did not reach them)"
