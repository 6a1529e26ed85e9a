"""What `casework story` prints and how it ends."""

import json
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from cli.story import live
from cli.story.command import NoTimeSkipper
from tests.stories.conftest import Write

REPOSITORY = Path(__file__).parent.parent.parent
STORY = """
title: Late
teaches: Nothing good.
outage: {from: 2024-06-10 16:00, until: 2024-06-11 09:10}
happenings:
  - {at: 2024-06-03 09:00, fact: report_received, category: noise, words: Loud music., assumed: [day]}
  - {at: 2024-06-04 11:00, fact: case_closed, closing: with_letter}
  - {at: 2024-06-11 12:00, fact: contact_made}
expect:
  - late: first-contact
"""


def casework(*arguments: str | Path) -> Result:
    """In this process: to load the policy takes longer than to tell a story."""
    with chdir(REPOSITORY):
        return CliRunner().invoke(app, ["story", *map(str, arguments)], catch_exceptions=False)


def as_typed(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "cli.main", "story", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=REPOSITORY)


def test_a_story_is_told_in_order_with_dates_and_reasons(write: Write) -> None:
    told = as_typed(write(STORY))
    assert (told.returncode, told.stderr) == (0, "")
    in_order = [
        "Late",
        "The system is away from Monday 10 June 2024 at 16:00 until Tuesday 11 June 2024 at 09:10.",
        "\nMonday 3 June 2024 at 09:00\n",
        "A report was made (noise), recorded by officer-1 (assumed: day)\n      “Loud music.”\n",
        "- Contact the complainant, by Monday 10 June 2024 at 17:00: 5 working days after Monday 3 June 2024",
        "- the system writes the acknowledgement, by e-mail (policy section 5)",
        "A letter went out (acknowledgement, by e-mail)",
        "\nTuesday 4 June 2024 at 11:00\n",
        "REFUSED, “The case was closed (with a letter)”, by officer-1: Before the case can close,",
        "\nTuesday 11 June 2024 at 09:10\n",
        (
            "MISSED, noticed 16 hours 10 minutes late: Contact the complainant, due by Monday 10 June 2024 "
            "at 17:00 (policy section 5)\n    - goes up to the supervisor, who sees to it by Thursday 13 June 2024"
        ),
        "\nTuesday 11 June 2024 at 12:00\n",
        "- LATE by 19 hours: Contact the complainant, due by Monday 10 June 2024 at 17:00",
        "1 of 1 expectations met.",
    ]
    places = [told.stdout.find(each) for each in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places == sorted(places)


def test_what_was_told_late_or_had_to_wait_says_so() -> None:
    told = casework(REPOSITORY / "stories" / "outage.yaml").stdout
    waited = "it was told on Monday 16 September 2024 at 18:10 and waited for the system"
    assert f"A further incident was reported (environmental), recorded by officer-1; {waited}\n" in told
    happened = "it happened on Monday 16 September 2024 at 16:40"
    assert f"We reached the complainant (by telephone), recorded by officer-1; {happened}\n" in told
    assert (
        "- RECORDED LATE: Contact the complainant, due by Monday 16 September 2024 at 17:00; done in time" in told
    )


def test_clocks_that_were_not_started_say_why() -> None:
    told = casework(REPOSITORY / "stories" / "nobody-to-reach.yaml").stdout
    reason = "no address, e-mail or telephone number was given (policy section 5)"
    assert f"- not owed now, first contact: {reason}" in told
    assert "- no letters: no address or e-mail was given to write to (policy section 5)" in told


def test_a_published_case_is_told_with_its_source() -> None:
    told = casework(REPOSITORY / "stories" / "published-202307799.yaml").stdout
    assert "Housing Ombudsman, West Kent Housing Association, 202307799: https://" in told


def test_what_the_night_s_check_found_is_told_with_who_taught_it() -> None:
    told = casework(REPOSITORY / "stories" / "published-202113716.yaml").stdout
    found = (
        "FOUND by the night's check: The complainant has asked 3 times, the first time on Monday 9 August 2021, "
        "and nobody has been in touch with them yet. (Learnt from published cases: "
        "Housing Ombudsman, case 202113716.) (policy sections 4 and 5)"
    )
    assert f"\nTuesday 17 August 2021 at 03:00\n  {found}\n" in told


def test_an_expectation_that_fails_is_named_and_ends_with_1(write: Write) -> None:
    told = casework(write(STORY + "  - kept: first-contact\n"))
    assert told.exit_code == 1
    assert "NOT AS EXPECTED, 2. kept first-contact: first-contact is late\n1 of 2 expectations met." in told.stdout


def test_json_holds_all_that_is_told(write: Write) -> None:
    file = write(STORY + "  - kept: first-contact\n")
    told = as_typed("--json", file)
    assert told.returncode == 1
    (outcome,) = json.loads(told.stdout)
    assert (outcome["file"], outcome["title"], outcome["holds"]) == (str(file), "Late", False)
    assert outcome["expectations"][0] == {"number": 1, "expected": "late first-contact", "instead": None}
    assert outcome["expectations"][1]["instead"] == "first-contact is late"
    assert outcome["refused"][0]["happening"] == 2
    assert outcome["refused"][0]["refusal"]["row"] == "closing-letter"
    assert {line["deadline"]["key"] for line in outcome["flagged"]} == {"first-contact", "assessment"}
    flagged = next(line for line in outcome["flagged"] if line["deadline"]["key"] == "first-contact")
    assert flagged["ended"]["ending"] == "late"
    assert flagged["deadline"]["why"].startswith("Contact the complainant, by Monday 10 June 2024")
    assert [said["kind"] for said in outcome["account"]].count("missed") == 2
    assert outcome["standing"]["stage"] == "reported"
    assert outcome["disagreements"] is None


def test_several_stories_are_told_one_after_another(write: Write) -> None:
    told = casework(write(STORY), REPOSITORY / "stories" / "bank-holiday.yaml", "--json")
    assert [each["title"] for each in json.loads(told.stdout)] == ["Late", "Five working days over a bank holiday"]


@pytest.mark.parametrize("how", [[], ["--json"], ["--live"]], ids=["told", "json", "live"])
def test_a_file_that_is_no_story_ends_with_2_and_names_the_place(write: Write, how: list[str]) -> None:
    file = write(STORY.replace("contact_made", "contact_mad"))
    told = casework(*how, file)
    assert (told.exit_code, told.stdout) == (2, "")
    assert f"{file}: line 8, happening 3, fact: there is no fact called contact_mad" in told.stderr


def test_a_file_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    told = casework(tmp_path / "nothing.yaml")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "nothing.yaml" in told.stderr


@pytest.mark.parametrize("named", [[], ["stories"]], ids=["nothing", "folder"])
def test_without_a_file_the_stories_are_listed(named: list[str]) -> None:
    """It said that an argument was missing, or that a folder cannot be read."""
    told = casework(*named)
    assert (told.exit_code, told.stderr) == (0, "")
    assert "stories/bank-holiday.yaml  Five working days over a bank holiday\n" in told.stdout


def test_a_folder_without_stories_says_so(tmp_path: Path) -> None:
    assert casework(tmp_path).stdout == f"There is no story in {tmp_path}. Name the file of one.\n"


def test_without_the_server_that_skips_time_the_command_that_fetches_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "_TIME_SKIPPER", "temporal-test-server-that-nobody-has")
    with pytest.raises(NoTimeSkipper, match="Run `make check` once in Casework's folder: that fetches it"):
        live.time_skipper()


def test_live_tells_the_same_story_as_the_simulation(write: Write) -> None:
    file = write(STORY)
    live, simulated = as_typed("--json", "--live", file), casework("--json", file)
    assert (live.returncode, live.stderr) == (0, "")
    (lived,), (expected,) = json.loads(live.stdout), json.loads(simulated.stdout)
    assert lived["disagreements"] == []
    assert [each["words"] for each in lived["account"] if each["kind"] != "refused"] == [
        each["words"] for each in expected["account"] if each["kind"] != "refused"
    ]


def test_for_machines_what_was_beside_the_case_is_told_too() -> None:
    told = casework("--json", REPOSITORY / "stories" / "closed-while-an-order-holds.yaml")
    (outcome,) = json.loads(told.stdout)
    assert told.exit_code == 0
    assert [refused["happening"] for refused in outcome["refused"]] == [13]
    (beside,) = outcome["beside"].values()
    assert (beside["stage"], outcome["standing"]["stage"]) == ("over", "closed")
    assert {line["deadline"]["key"] for line in beside["flagged"]} == {
        "breach-hearing",
        "order-ends",
        "escalation:order-ends",
        "escalation:escalation:order-ends",
    }
