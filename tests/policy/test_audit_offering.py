"""case-review, self-audit: a case whose threshold is met, and nobody has told the complainant."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from policy.audit import Timeline
from policy.audit import told as shown
from policy.audit.offering import REPORTS, reported, threshold_of
from policy.case_file import CaseFile
from policy.case_review.threshold import Reported
from policy.facts import SYSTEM, CaseFact, Entry
from policy.facts.auditing import FindingAnswered, PatternName
from policy.facts.case_reviews import CaseReviewBegun, CaseReviewOffered
from policy.facts.joining import IncidentSeparated
from policy.facts.people import Place
from policy.facts.reporting import Channel, HatePerception, IncidentReported, Perceiver, ReportReceived, Strand
from tests.given import EDITION, OFFICER, SUPERVISOR, entry
from tests.policy import happenings as h
from tests.policy.nights import MONDAY, nights_of, played, said
from tests.policy.nights import reported as first_report

DAY = timedelta(days=1)
DAYS = EDITION.audit.review_offer_days * DAY
PATTERN = PatternName.CASE_REVIEW_NOT_OFFERED
AGAIN = [h.incident(MONDAY + n * DAY) for n in (10, 20)]
FOUND_ON = date(2024, 7, 21)
"""28 days after the third report, on 23 June."""


def nights(*facts: CaseFact, days: int = 70) -> list[date]:
    return nights_of(PATTERN, played(first_report(), *facts, until=MONDAY + days * DAY))


def later(days: int, **more: Any) -> IncidentReported:
    told = {"at": MONDAY + days * DAY, "channel": Channel.PHONE, "words": "Again."}
    return IncidentReported.model_validate(told | more)


def test_a_threshold_that_has_been_met_for_weeks_and_nobody_said_so_is_found() -> None:
    case = played(first_report(), *AGAIN, until=MONDAY + 70 * DAY)
    assert nights_of(PATTERN, case) == [FOUND_ON]
    assert said(PATTERN, case) == (
        "The threshold of a case review has been met since Sunday 23 June 2024 at the latest, and nobody has"
        " offered one."
    )
    assert nights(AGAIN[0]) == []


@pytest.mark.parametrize(
    "told",
    [
        CaseReviewOffered(at=MONDAY + 21 * DAY, words="How to ask for one."),
        CaseReviewBegun(at=MONDAY + 21 * DAY, review="CR-2024-000001"),
    ],
    ids=["offered", "asked for"],
)
def test_where_it_was_offered_or_asked_for_nothing_is_found(told: CaseFact) -> None:
    assert nights(*AGAIN, told) == []


def test_what_a_joined_case_brings_after_an_offer_counts_however_old_it_is() -> None:
    offered = CaseReviewOffered(at=MONDAY + 21 * DAY, words="How to ask for one.")
    brought = h.report_joined(MONDAY + DAY).model_copy(
        update={"reports": tuple(MONDAY + n * DAY for n in (1, 8, 15))}
    )
    known = Entry(id="joined", by=SYSTEM, recorded_at=MONDAY + 30 * DAY, fact=brought)
    assert nights_of(PATTERN, played(first_report(), offered, known, until=MONDAY + 90 * DAY)) != []
    before = Entry(id="joined", by=SYSTEM, recorded_at=MONDAY + 20 * DAY, fact=brought)
    assert nights_of(PATTERN, played(first_report(), before, offered, until=MONDAY + 90 * DAY)) == []


@pytest.mark.parametrize(
    "told",
    [
        CaseReviewOffered(at=MONDAY + 21 * DAY, words="How to ask for one."),
        CaseReviewBegun(at=MONDAY + 21 * DAY, review="CR-2024-000001"),
    ],
    ids=["offered", "asked for"],
)
def test_once_it_was_offered_or_asked_for_it_is_offered_again_after_as_many_reports_since(told: CaseFact) -> None:
    since = [later(day) for day in (30, 35, 40)]
    assert nights(*AGAIN, told, *since[:2], days=120) == []
    case = played(first_report(), *AGAIN, told, *since, until=MONDAY + 120 * DAY)
    assert nights_of(PATTERN, case) == [date(2024, 8, 10)], "one is found until it is answered"
    assert said(PATTERN, case) == (
        "The threshold of a case review has been met again since Saturday 13 July 2024 at the latest, and nobody"
        " has offered one."
    )


def test_what_was_reported_before_an_offer_does_not_count_again_because_it_was_written_down_later() -> None:
    offered = CaseReviewOffered(at=MONDAY + 21 * DAY, words="How to ask for one.")
    late = entry(later(20), OFFICER, recorded_at=MONDAY + 22 * DAY)
    assert nights(AGAIN[0], offered, late, later(30), later(35), days=120) == []


def test_what_was_reported_too_late_after_it_happened_does_not_count() -> None:
    long_ago = later(20, happened_at=MONDAY - 60 * DAY)
    assert nights(AGAIN[0], long_ago) == []


def test_after_an_answer_only_what_was_reported_since_counts() -> None:
    case = played(first_report(), *AGAIN, until=MONDAY + 60 * DAY)
    (key,) = [key for key, one in case.file.matters.items() if one.code == PATTERN]
    answered = FindingAnswered(at=MONDAY + 50 * DAY, matter=key, words="They know.")
    assert nights(*AGAIN, answered, days=120) == [FOUND_ON]
    more = [later(day) for day in (55, 60, 65)]
    assert nights(*AGAIN, answered, *more, days=120) == [FOUND_ON, date(2024, 9, 4)]


# the arithmetic of a case


def of_a_case(day: datetime, *facts: CaseFact | Entry, **first: Any) -> tuple[CaseFile, list[Reported]]:
    told = {"at": MONDAY, "channel": Channel.PHONE, "words": "Music.", "category": "noise"} | first
    all_told = (ReportReceived.model_validate(told), *facts)
    entries = [one if isinstance(one, Entry) else entry(one, SUPERVISOR) for one in all_told]
    file = played(*entries, until=day).file
    timeline = Timeline(shown(n, one) for n, one in enumerate(entries, start=1))
    return file, reported(file, [one for one in timeline.facts if one.fact in REPORTS])


def met(day: datetime, *facts: CaseFact | Entry, **first: Any) -> bool:
    return threshold_of(*of_a_case(day, *facts, **first), day.date(), EDITION).met


def test_it_is_met_from_the_third_report_on_and_no_longer_than_the_oldest_counts() -> None:
    assert not met(MONDAY + 19 * DAY, AGAIN[0])
    assert met(MONDAY + 21 * DAY, *AGAIN)
    assert met(datetime.fromisoformat("2024-12-02T12:00:00Z"), *AGAIN)
    assert not met(datetime.fromisoformat("2024-12-03T12:00:00Z"), *AGAIN)


HATE = HatePerception(strands=(Strand.RACE,), perceived_by=Perceiver.VICTIM)


@pytest.mark.parametrize(
    ("ward", "enough"), [("Sevenoaks", True), ("sevenoaks ", True), ("Swale", False), (None, False)]
)
def test_one_report_of_hate_is_enough_where_the_district_of_its_ward_says_so(
    ward: str | None, *, enough: bool
) -> None:
    assert met(MONDAY + DAY, hate=HATE, place=Place(ward=ward)) is enough
    perceived = h.hate(MONDAY + DAY, HATE)
    assert met(MONDAY + 2 * DAY, perceived, place=Place(ward=ward)) is enough
    assert not met(MONDAY + DAY, place=Place(ward=ward))


def test_an_incident_that_turned_out_to_be_another_matter_does_not_count() -> None:
    told = entry(AGAIN[1], SUPERVISOR)
    apart = {"incident": told.id, "reasons": "Another neighbour.", "reported_at": told.at}
    separated = IncidentSeparated.model_validate({"at": MONDAY + 21 * DAY} | apart)
    assert met(MONDAY + 22 * DAY, AGAIN[0], told)
    assert not met(MONDAY + 22 * DAY, AGAIN[0], told, separated)


def test_what_came_with_a_case_that_joined_counts() -> None:
    with_two = h.report_joined(MONDAY + DAY).model_copy(update={"reports": (MONDAY + DAY, MONDAY + 20 * DAY)})
    told = entry(with_two, SYSTEM, recorded_at=MONDAY + 21 * DAY)
    assert nights(told) == [FOUND_ON]
    assert met(MONDAY + 22 * DAY, told)
    assert not met(MONDAY + 22 * DAY, entry(h.report_joined(MONDAY + DAY), SYSTEM))
    apart = IncidentSeparated(at=MONDAY + 22 * DAY, incident=told.id, reasons="Another flat after all.")
    assert not met(MONDAY + 23 * DAY, told, entry(apart, SYSTEM)), "it went again"


def test_hate_that_a_joined_case_brought_is_its_reports_own() -> None:
    joined = entry(h.report_joined(MONDAY, hate=HATE), SYSTEM)
    where = {"place": Place(ward="Sevenoaks")}
    assert met(MONDAY + DAY, joined, **where)
    own, brought = of_a_case(MONDAY + DAY, joined, **where)[1]
    assert (own.hate, brought.hate) == (False, True)
