"""How many cases there are, worked out by hand."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from policy.facts import CaseFact
from policy.facts.closing import Closing
from policy.facts.consent import ConsentAsked, ConsentRefused, ConsentWithdrawn, Purpose
from policy.facts.parts import Earlier, Part
from policy.facts.reporting import HatePerception, Perceiver, Strand
from policy.measures.history import CaseHistory, history
from policy.measures.period import Period
from tests.given import assessed, contact, empty_file, entry, london, report
from tests.policy import happenings as h
from tests.policy.measures.worked import OCTOBER, case, measured, sorted_by

LAST_NIGHT = london(2023, 10, 31, 23, 59)
FIRST_MORNING = london(2023, 11, 1, 0)


def test_a_case_counts_in_the_month_of_its_london_day() -> None:
    september = case(1, report(london(2023, 9, 30, 23, 59)))
    october = case(2, report(london(2023, 10, 1, 0)), until=london(2023, 12, 1))
    last = case(3, report(LAST_NIGHT), until=london(2023, 12, 1))
    november = case(4, report(FIRST_MORNING), until=london(2023, 12, 1))
    cases = (september, october, last, november)
    assert measured("opened", *cases).value == 2
    assert measured("open", *cases).value == 3
    assert measured("opened", *cases, period=Period.month(2023, 11)).value == 1


def test_a_case_comes_in_when_its_report_is_recorded() -> None:
    """However late, and also where it joined another since."""
    told_late = came(1, london(2023, 9, 20), london(2023, 10, 1, 0))
    joined = came(2, LAST_NIGHT, LAST_NIGHT, h.joined(london(2023, 11, 3), "CW-2023-000001"))
    november = came(3, LAST_NIGHT, FIRST_MORNING)
    cases = (told_late, joined, november)
    assert measured("came_in", *cases).value == 2
    assert measured("came_in", *cases, period=Period.month(2023, 11)).value == 1
    assert measured("came_in", *cases, period=Period.month(2023, 9)).value == 0
    assert measured("opened", *cases).value == 1
    assert sorted_by("came_in", cases, "category") == {("noise",): 2}


def test_each_new_case_about_hate_is_one_of_them_whatever_it_is_said_to_be_about() -> None:
    at = london(2023, 10, 2)
    quiet = came(1, at, at)
    two = came(
        2, at, at, hate=HatePerception(strands=(Strand.RACE, Strand.RELIGION), perceived_by=Perceiver.VICTIM)
    )
    unsaid = came(3, at, at, hate=HatePerception(strands=(), perceived_by=Perceiver.VICTIM))
    told_after = came(4, at, at, h.hate(london(2023, 11, 20)))
    november = came(5, LAST_NIGHT, FIRST_MORNING, hate=h.RACE)
    cases = (quiet, two, unsaid, told_after, november)
    assert measured("came_in", *cases).value == 4
    assert measured("came_in_hate", *cases).value == 3
    assert sorted_by("came_in_hate", cases, "strand") == {("race",): 2, ("religion",): 1}


def came(number: int, told_at: datetime, recorded_at: datetime, *facts: CaseFact, **said: Any) -> CaseHistory:
    entries = [entry(report(told_at, **said), recorded_at=recorded_at), *map(entry, facts)]
    return history(empty_file(told_at.date(), f"CW-2023-{number:06d}"), entries, london(2023, 12, 1))


def test_open_is_what_was_open_at_the_end_whatever_became_of_it_since() -> None:
    at = london(2023, 10, 31)
    goes_on = case(1, report(at))
    in_october = case(2, report(at), assessed(at), h.closed(LAST_NIGHT, Closing.UNJUSTIFIED))
    in_november = case(
        3, report(at), assessed(at), h.closed(FIRST_MORNING, Closing.UNJUSTIFIED), until=london(2023, 12, 1)
    )
    cases = (goes_on, in_october, in_november)
    assert measured("open", *cases).value == 2
    assert measured("closed", *cases).value == 1
    assert sorted_by("closed", cases, "closing", "outcome") == {("unjustified", "none"): 1}
    assert sorted_by("closed", cases, "intervention") == {("none",): 1}


def test_what_joined_another_case_is_part_of_that_one() -> None:
    at = london(2023, 10, 2)
    alone, joins = case(1, report(at)), case(2, report(at), h.joined(london(2023, 10, 3), "CW-2023-000001"))
    for name in ("opened", "open"):
        assert measured(name, alone, joins).value == 1, name


def test_sorted_by_what_it_is_and_whose() -> None:
    at = london(2023, 10, 2)
    quiet = case(1, report(at), teams=("north",))
    hateful = case(2, report(at, hate=h.RACE), teams=("north", "south"))
    cases = (quiet, hateful)
    assert sorted_by("opened", cases, "category") == {("hate",): 1, ("noise",): 1}
    assert sorted_by("opened", cases, "seriousness") == {("ordinary",): 1, ("serious",): 1}
    assert sorted_by("opened", cases, "strand") == {("race",): 1}
    assert sorted_by("opened", cases, "team") == {("north",): 2, ("south",): 1}
    assert sorted_by("opened", cases, "officer") == {("officer-1",): 2}
    assert sorted_by("opened", cases, "team", "strand") == {("north", "race"): 1, ("south", "race"): 1}


def test_hate_is_counted_from_the_day_on_which_it_was_perceived() -> None:
    since = case(1, report(london(2023, 9, 20)), h.hate(london(2023, 10, 4)))
    agreed = case(2, report(london(2023, 10, 5), hate=h.RACE), h.police_agreed(london(2023, 10, 6)))
    no = case(3, report(london(2023, 10, 5), hate=h.RACE), h.police_not_wanted(london(2023, 10, 6)))
    before = case(4, report(london(2023, 9, 20), hate=h.RACE))
    assert measured("hate", since, agreed, no, before).value == 3
    told = sorted_by("hate", (since, agreed, no, before), "police_consent")
    assert told == {("given",): 1, ("refused",): 1, ("not_known",): 1}
    assert sorted_by("hate", (agreed,), "perceived_by", "strand") == {("witness", "race"): 1}


def test_hate_is_told_with_every_answer_about_the_police() -> None:
    at = london(2023, 10, 5)
    yes, no = h.police_agreed(at), h.police_not_wanted(at + timedelta(days=1))
    back = ConsentWithdrawn(at=at + timedelta(days=1), purpose=Purpose.POLICE, words="Not any more.")
    asked = ConsentAsked(at=at, purpose=Purpose.POLICE, words="May we?")
    others = ConsentRefused(at=at, purpose=Purpose.HEALTH, words="No.")
    lives = ([yes, back], [asked, no], [asked], [others])
    cases = tuple(case(n, report(at, hate=h.RACE), *facts) for n, facts in enumerate(lives, 1))
    told = sorted_by("hate", cases, "police_answers")
    assert told == {(said,): 1 for said in ("given", "withdrawn", "refused", "asked", "not_asked")}


def test_repeat_victims_and_perpetrators_are_a_share_of_what_was_reported() -> None:
    at = london(2023, 10, 2)
    again = Earlier(as_victim=1, household_as_perpetrator=2)
    known = case(
        1,
        report(at),
        h.identified(at, "complainant", "ab" * 16, again),
        h.taken_on(at, "perpetrator", Part.PERPETRATOR, person="cd" * 16, earlier=again),
    )
    cases = (known, *(case(n, report(at)) for n in (2, 3, 4)))
    assert measured("repeat_victims", *cases).value == pytest.approx(0.25)
    assert measured("repeat_perpetrators", *cases).value == pytest.approx(0.25)


def test_a_figure_of_then_is_the_same_whatever_is_learnt_later() -> None:
    at = london(2023, 10, 2)
    told = [entry(report(at)), entry(contact(at), recorded_at=london(2023, 12, 4))]
    then = history(empty_file(at.date()), told, london(2023, 11, 1))
    now = history(empty_file(at.date()), told, london(2023, 12, 5))
    assert measured("days_to_contact", then, period=OCTOBER).value is None
    assert measured("days_to_contact", now, period=OCTOBER).value == 0
