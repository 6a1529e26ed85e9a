"""An expectation that is not so says what is so instead."""

import pytest

from cli.story.file import Story, read_story
from tests.stories.conftest import Write

TOLD = """
title: A story with something of everything
teaches: Something.
outage: {from: 2024-06-10 16:00, until: 2024-06-11 09:10}
happenings:
  - {at: 2024-06-03 09:00, fact: report_received, category: noise}
  - {at: 2024-06-04 10:30, fact: contact_made}
  - {at: 2024-06-04 11:00, fact: case_closed, closing: with_letter}
  - {at: 2024-06-11 12:00, fact: assessed, seriousness: ordinary, categories: [noise], limb: b}
  - {at: 2024-06-13 09:00, fact: hate_perceived, hate: {strands: [race], perceived_by: staff}}
  - at: 2024-06-14 16:30
    recorded_at: 2024-06-17 09:00
    fact: appointment_offered
    appointment_at: 2024-06-20 10:00
expect:
"""

SO = [
    "{due: first-contact, at: 2024-06-10 17:00, why: 5 working days}",
    "{missed: assessment, due: 2024-06-10 17:00}",
    "{missed: assessment, noticed: 2024-06-11 09:10, noticed_late_by: 16 hours and 10 minutes}",
    "{kept: first-contact}",
    "{late: assessment}",
    "{recorded_late: appointment, due: 2024-06-14 17:00}",
    "{moved: review, due: 2024-07-01 17:00}",
    "{not_flagged: [first-contact, review]}",
    "{refused: 3, as: CaseNotReadyToClose, row: closing-letter, missing: [assessment, proposed closure]}",
    "{letter_sent: acknowledgement, at: 2024-06-03 09:00}",
    "{stage: reported, at: 2024-06-11 11:59}",
    "{stage: open}",
    "{not: {set_aside: letters}}",
    "{not: {found: silence}}",
    "{only_found: nothing}",
    "{not: {kept: assessment}}",
]

NOT_SO = {
    "{due: first-contact, at: 2024-06-11 17:00}": "first-contact fell due: Monday 10 June 2024 at 17:00",
    "{due: second-look, at: 2024-06-11 17:00}": "second-look fell due: never",
    "{due: first-contact, at: 2024-06-10 17:00, why: bank holiday}": "its explanation is: Contact",
    "{missed: first-contact}": "first-contact was noticed as missed: never",
    "{missed: assessment, due: 2024-06-12 17:00}": "assessment was noticed as missed: never",
    "{missed: assessment, noticed: 2024-06-10 17:00}": "Tuesday 11 June 2024 at 09:10, 16 hours 10 minutes late",
    "{missed: assessment, noticed_late_by: 1 hour}": "16 hours 10 minutes late",
    "{kept: assessment}": "assessment is late",
    "{kept: second-look}": "second-look is not owed",
    "{late: appointment}": "appointment is recorded late",
    "{recorded_late: first-contact}": "first-contact is kept",
    "{withdrawn: first-contact}": "first-contact is kept",
    "{not_flagged: everything}": "flagged: assessment of Monday 10 June 2024 at 17:00",
    "{not_flagged: assessment}": "flagged: assessment of Monday 10 June 2024 at 17:00",
    "{refused: 2}": "happening 2 was not refused",
    "{refused: 3, as: CaseIsClosed}": "it was refused as CaseNotReadyToClose (closing-letter)",
    "{refused: 3, row: as-of}": "it was refused as CaseNotReadyToClose (closing-letter)",
    "{refused: 3, missing: [assessment]}": "missing: assessment, proposed closure",
    "{letter_sent: closing-letter}": "sent: never",
    "{letter_sent: acknowledgement, at: 2024-06-04 09:00}": "sent: Monday 3 June 2024 at 09:00",
    "{stage: closed}": "it is open",
    "{set_aside: letters}": "letters was set aside: never",
    "{found: silence}": "silence was found: never",
    "{only_found: [silence]}": "found: silence never",
    "{not: {kept: first-contact}}": "it is so",
}


def story_that_expects(write: Write, *expected: str) -> Story:
    return read_story(write(TOLD + "".join(f"  - {each}\n" for each in expected)))


def test_what_is_so_is_met(write: Write) -> None:
    story = story_that_expects(write, *SO)
    played = story.simulated()
    assert [(each.in_words(), each.unmet(played)) for each in story.expect if each.unmet(played)] == []


@pytest.mark.parametrize("expected", SO)
def test_not_turns_what_is_so_around(write: Write, expected: str) -> None:
    story = story_that_expects(write, f"{{not: {expected}}}")
    assert story.expect[0].unmet(story.simulated()) == "it is so"


@pytest.mark.parametrize(("expected", "instead"), NOT_SO.items())
def test_what_is_not_so_says_what_is(write: Write, expected: str, instead: str) -> None:
    story = story_that_expects(write, expected)
    unmet = story.expect[0].unmet(story.simulated())
    assert unmet is not None
    assert instead in unmet


def test_a_clock_is_set_aside_for_the_reason_that_is_given(write: Write) -> None:
    text = TOLD.replace("category: noise}", "category: noise, complainant: unknown}")
    file = write(
        f"{text}  - {{set_aside: first-contact, because: no address}}\n  - {{set_aside: letters, because: rain}}"
    )
    story = read_story(file)
    so, not_so = (each.unmet(story.simulated()) for each in story.expect)
    assert so is None
    assert not_so == "letters was set aside: no address or e-mail was given to write to"


FOUND = """
title: Nobody rings
teaches: Something.
happenings:
  - {at: 2024-06-03 09:00, fact: report_received, category: noise}
until: 2024-06-20 09:00
expect:
"""


@pytest.mark.parametrize(
    ("expected", "instead"),
    [
        ("{found: first-contact-late}", None),
        ("{found: first-contact-late, on: 2024-06-13}", None),
        ("{only_found: [first-contact-late]}", None),
        (
            "{found: first-contact-late, on: 2024-06-14}",
            "first-contact-late was found: Thursday 13 June 2024",
        ),
        ("{only_found: nothing}", "found: first-contact-late on Thursday 13 June 2024"),
    ],
)
def test_what_the_night_s_check_found_is_expected_by_its_day(
    write: Write, expected: str, instead: str | None
) -> None:
    story = read_story(write(f"{FOUND}  - {expected}\n"))
    assert story.expect[0].unmet(story.simulated()) == instead


def test_an_expectation_is_told_on_one_line_as_the_story_has_it(write: Write) -> None:
    story = story_that_expects(
        write, "{missed: assessment, noticed_late_by: 1 day 2 hours}", "{not: {refused: 3, as: X}}"
    )
    assert [each.in_words() for each in story.expect] == [
        "missed assessment, noticed_late_by 1 day 2 hours",
        "not refused 3, as X",
    ]
