"""What may be left out of a story, and what is refused with its place."""

from datetime import UTC, date, datetime

import pytest

from cli.story.file import NotAStory, read_story
from policy.facts import Actor, Role
from policy.facts.contact import ContactMade
from policy.facts.letters import LetterSent
from policy.facts.people import Means
from policy.facts.reporting import Channel, ReportReceived
from policy.refusals import LetterNotOwed
from tests.stories.conftest import Write

SHORT = """
title: A story
teaches: Something.
happenings:
  - at: 2024-06-03 09:00
    fact: report_received
  - at: 2024-06-04 10:30
    fact: contact_made
expect:
  - kept: first-contact
"""


def test_what_is_left_out_is_filled_in(write: Write) -> None:
    report, contact = read_story(write(SHORT)).entries
    assert isinstance(report.fact, ReportReceived)
    assert isinstance(contact.fact, ContactMade)
    assert report.fact.channel is Channel.PHONE
    assert report.fact.complainant is not None
    assert report.fact.complainant.written_to_by() is Means.EMAIL
    assert (contact.fact.means, contact.by) == (Means.PHONE, Actor(id="officer-1", role=Role.OFFICER))
    assert contact.recorded_at == contact.at == datetime(2024, 6, 4, 9, 30, tzinfo=UTC)


def test_times_are_london_times_in_winter_and_in_summer(write: Write) -> None:
    story = read_story(write(SHORT.replace("2024-06-03 09:00", "2024-01-03T09:00:30")))
    assert story.entries[0].at == datetime(2024, 1, 3, 9, 0, 30, tzinfo=UTC)
    assert story.entries[1].at == datetime(2024, 6, 4, 9, 30, tzinfo=UTC)


def test_a_fact_that_a_supervisor_records_is_recorded_by_one(write: Write) -> None:
    story = read_story(write(SHORT.replace("contact_made", "case_reviewed")))
    assert story.entries[1].by == Actor(id="supervisor-1", role=Role.SUPERVISOR)


def test_the_landlords_own_closure_days_count(write: Write) -> None:
    told = "closure_days: {2024-06-05: Moving house}\nhappenings:"
    story = read_story(write(SHORT.replace("happenings:", told)))
    assert story.opening.closure_days.days[date(2024, 6, 5)] == "Moving house"
    first_contact = next(line for line in story.simulated().ledger() if line.deadline.key == "first-contact")
    assert first_contact.deadline.due.date() == date(2024, 6, 11)


def test_a_posted_letter_is_named_by_its_kind(write: Write) -> None:
    told = """fact: advice_given
    advice: speak_first
  - at: 2024-06-04 15:00
    fact: letter_sent
    letter: honest-advice"""
    text = SHORT.replace("fact: contact_made", told).replace(
        "fact: report_received", "fact: report_received\n    complainant: by_post"
    )
    played = read_story(write(text)).simulated()
    assert played.refused == ()
    sent = played.entries[-1].fact
    assert isinstance(sent, LetterSent)
    assert (sent.key, sent.means) == ("honest-advice-3", Means.POST)


def test_a_letter_that_nobody_owes_is_refused_by_the_policy_not_by_the_file(write: Write) -> None:
    text = SHORT.replace("fact: contact_made", "fact: letter_sent\n    letter: closing-letter")
    (refused,) = read_story(write(text)).simulated().refused
    assert refused.refusal.refused == LetterNotOwed.__name__


BAD = {
    "no yaml": ("happenings:\n  - at: 2024", "happenings: [\n  - at: 2024", "line 5: "),
    "unknown field": ("teaches:", "teeches:", "line 3, teeches: Extra inputs are not permitted"),
    "unknown fact": (
        "contact_made",
        "contact_mad",
        "line 8, happening 2, fact: there is no fact called contact_mad",
    ),
    "system's fact": ("contact_made", "deadline_missed", "line 8, happening 2, fact: the system records this"),
    "unknown field of a fact": (
        "fact: contact_made",
        "fact: contact_made\n    mean: phone",
        "line 9, happening 2, mean: Extra inputs are not permitted",
    ),
    "missing field of a fact": ("contact_made", "assessed", "line 7, happening 2, seriousness: Field required"),
    "day without a time": ("2024-06-04 10:30", "2024-06-04", "line 7, happening 2, at: write London"),
    "hour that never was": (
        "2024-06-04 10:30",
        "2025-03-30 01:30",
        "line 7, happening 2, at: the clocks",
    ),
    "badly written moment in a fact": (
        "fact: contact_made",
        "fact: appointment_offered\n    appointment_at: tomorrow",
        "line 9, happening 2, appointment_at: write London time",
    ),
    "no report first": ("report_received", "contact_made", "line 6, happening 1, fact: a story begins with"),
    "two reports": ("contact_made", "report_received", "line 8, happening 2, fact: a case has one report"),
    "not in order": (
        "2024-06-04 10:30",
        "2024-06-02 10:30",
        "line 7, happening 2: is recorded before happening 1",
    ),
    "role that may not": (
        "fact: contact_made",
        "fact: case_reviewed\n    by: officer",
        "line 9, happening 2, by: no officer may record case_reviewed",
    ),
    "nobody we know": (
        "fact: contact_made",
        "fact: contact_made\n    by: mayor",
        "line 9, happening 2, by: write officer",
    ),
    "report before it was made": (
        "fact: contact_made",
        "fact: incident_reported\n    recorded_at: 2024-06-04 10:00",
        "line 9, happening 2, recorded_at: a report cannot be taken before it is made",
    ),
    "fact in an outage": (
        "happenings:",
        "outage: {from: 2024-06-04 10:00, until: 2024-06-04 11:00}\nhappenings:",
        "line 8, happening 2: the system was away then",
    ),
    "outage backwards": (
        "happenings:",
        "outage: {from: 2024-06-04 11:00, until: 2024-06-04 10:00}\nhappenings:",
        "line 4, outage: an outage ends after it began",
    ),
    "unknown expectation": (
        "kept:",
        "keept:",
        "line 10, expectation 1: an expectation begins with one of: missed",
    ),
    "unknown field of an expectation": (
        "kept: first-contact",
        "kept: first-contact\n    on: monday",
        "line 11, expectation 1, on: Extra inputs are not permitted",
    ),
    "length of time": (
        "kept: first-contact",
        "missed: first-contact\n    noticed_late_by: ages",
        "line 11, expectation 1, noticed_late_by: write a length of time",
    ),
    "nothing expected": ("  - kept: first-contact", "  []", "line 10, expect: holds nothing"),
    "said twice": ("title: A story", "title: A story\ntitle: Another", "line 3, title: is said twice"),
}


@pytest.mark.parametrize(("old", "new", "problem"), BAD.values(), ids=BAD.keys())
def test_a_bad_story_is_refused_with_its_file_and_place(write: Write, old: str, new: str, problem: str) -> None:
    file = write(SHORT.replace(old, new, 1))
    with pytest.raises(NotAStory) as refused:
        read_story(file)
    assert f"{file}: {problem}" in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"- a list\n", b"just words", b"\xff\xfe", b"title: [1"])
def test_what_is_no_story_at_all_is_refused(write: Write, content: bytes) -> None:
    file = write("")
    file.write_bytes(content)
    with pytest.raises(NotAStory, match=r"story\.yaml: \w"):
        read_story(file)
